"""The HTML memo in a real browser: quiet, closed to the network, usable by keyboard, on a phone and by everybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from font_source_sans_pro import __file__ as source_sans
from playwright.sync_api import Browser, Page, sync_playwright

from advisor.memo import MemoOptions, write_memo
from advisor.memo.brand import read_brand
from advisor.memo.looks import USUAL, Looks
from tests.memo.samples import ROOT, adviser, several
from tests.memo.test_several_units import THREE

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=_QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module", params=["usual", "brand"])
def memo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The memo in the usual looks, and with colours, a logo and fonts of a brand."""
    folder = tmp_path_factory.mktemp("memo")
    looks = USUAL if request.param == "usual" else _brand(folder)
    write_memo(adviser().advise(several(*THREE)), folder / "memo.html", MemoOptions(looks=looks))
    return folder / "memo.html"


def _brand(folder: Path) -> Looks:
    fonts = folder / "fonts"
    fonts.mkdir()
    for weight in ("Regular", "Semibold", "Bold"):
        shutil.copy(Path(source_sans).with_name("files") / f"SourceSansPro-{weight}.ttf", fonts)
    sample = (ROOT / "docs" / "brand" / "brand.yaml").read_text(encoding="utf-8")
    given = sample.replace("fonts:\n", "fonts:\n  folder: fonts\n  text: Source Sans Pro\n")
    (folder / "brand.yaml").write_text(given, encoding="utf-8")
    shutil.copy(ROOT / "docs" / "brand" / "logo.svg", folder)
    return read_brand(folder / "brand.yaml").looks


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_page() as page:
        yield page


def test_nothing_is_logged_and_nothing_is_loaded(page: Page, memo: Path) -> None:
    logged: list[str] = []
    loaded: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(memo.as_uri())
    assert logged == []
    assert [url for url in loaded if not url.startswith("data:")] == [memo.as_uri()]


@pytest.mark.parametrize("width", [1200, 390])
def test_everybody_can_read_it(page: Page, memo: Path, width: int) -> None:
    """No violation of WCAG 2.2 A and AA and of good practice that axe-core sees, contrast among them."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(memo.as_uri())
    page.locator("summary").click()
    result = Axe().run(page)
    assert [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in result.response["violations"]] == []


def test_a_phone_needs_no_scrolling_to_the_side(page: Page, memo: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(memo.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = "[...document.querySelectorAll('.table')].filter(each => each.scrollWidth > each.clientWidth).length"
    assert page.evaluate(wide) == 0


def test_on_a_phone_the_letters_of_charts_are_as_large_as_drawn_and_the_keyboard_moves_them(
    page: Page, memo: Path
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(memo.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    charts = page.locator("figure .chart")
    assert charts.count() == page.locator("figure img").count() > 0
    scales = page.locator(".chart img").evaluate_all("all => all.map(each => each.clientWidth / each.naturalWidth)")
    assert min(scales) == max(scales) == 1
    first = charts.first
    assert first.get_attribute("aria-label") == page.locator("figure:has(.chart) figcaption").first.inner_text()
    first.focus()
    page.keyboard.press("ArrowRight")
    look = "() => each.scrollLeft > 0 ? moved() : requestAnimationFrame(look)"
    first.evaluate(f"each => new Promise(moved => {{ const look = {look}; look() }})")
    page.set_viewport_size({"width": 1200, "height": 800})
    assert first.evaluate("each => each.scrollWidth - each.clientWidth") == 0


def test_the_keyboard_reaches_a_note_and_comes_back(page: Page, memo: Path) -> None:
    page.goto(memo.as_uri())
    page.locator("#call-1-1").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#note-1")
    assert page.locator("#note-1").is_visible()
    page.locator("#note-1 [role=doc-backlink]").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#call-1-1")


def test_the_contents_open_by_key_and_lead_to_their_part(page: Page, memo: Path) -> None:
    page.goto(memo.as_uri())
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    last = page.locator("nav a").last
    words = last.inner_text()
    last.focus()
    page.keyboard.press("Enter")
    target = page.url.rpartition("#")[2]
    assert page.locator(f"#{target}").inner_text() == words
