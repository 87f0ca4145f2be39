"""The dashboard in a real browser: closed to the network, usable by keyboard, on a phone, on paper and by everybody."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from advisor.engines.random_units import random_units
from advisor.portfolio.words import Words
from tests.cli.command import run
from tests.portfolio.rows import cells_of
from tests.shipped.answers import RULEBOOK

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
EVIL = "<script>alert(1)</script></script><img src=x onerror=alert(1)>&amp;"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_CHROMIUM is None, reason="there is no Chromium on this machine"),
]


def dashboard(folder: Path, number: int, *options: str) -> Path:
    """The dashboard of so many units by the real command; the third one has an evil name."""
    units = [cells_of(facts, RULEBOOK) for facts in random_units(RULEBOOK, 60) if RULEBOOK.permits(facts)]
    rows = [
        {
            "organisation": f"Region {place % 7}",
            "unit": EVIL if place == 2 else f"Branch {place}",
            **units[place % len(units)],
        }
        for place in range(number)
    ]
    table, file = folder / "units.csv", folder / "board.html"
    pl.DataFrame(rows, infer_schema_length=None).write_csv(table)
    done = run("portfolio", table, "-o", file, *options)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dashboard(tmp_path_factory.mktemp("ten"), 10)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dashboard(tmp_path_factory.mktemp("many"), 10_000)


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dashboard(tmp_path_factory.mktemp("german"), 10, "--language", "de")


@pytest.fixture(params=["ten", "many"])
def board(request: pytest.FixtureRequest) -> Path:
    file: Path = request.getfixturevalue(request.param)
    return file


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=_QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_page() as page:
        yield page


def units_of(page: Page) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page.locator("#data").text_content() or "")
    return data


def names(page: Page) -> list[str]:
    return page.locator("#table tbody .link").all_inner_texts()


def test_nothing_is_logged_nothing_is_loaded_and_no_name_comes_alive(page: Page, board: Path) -> None:
    logged: list[str] = []
    loaded: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on("dialog", lambda dialog: logged.append(dialog.message))
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(board.as_uri())
    page.locator("input[type=search]").fill("<script>")
    assert names(page) == [EVIL]
    page.locator("#table .link").click()
    assert EVIL in page.locator("#details-title").inner_text()
    assert logged == []
    assert loaded == [board.as_uri()]


def test_the_security_policy_lets_nothing_else_run(page: Page, ten: Path) -> None:
    page.goto(ten.as_uri())
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.x = 1'; document.body.append(s); }"
    )
    assert page.evaluate("window.x") is None
    assert page.evaluate("fetch('https://example.com').then(() => 'sent', () => 'refused')") == "refused"


@pytest.mark.parametrize("width", [1200, 390])
def test_everybody_can_read_it(page: Page, board: Path, width: int) -> None:
    """No violation of WCAG 2.2 A and AA and of good practice that axe-core sees, contrast among them."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(board.as_uri())
    for view in ("advice", "preparations", "erosion", "hours"):
        page.locator(f"input[value={view}]").check()
        result = Axe().run(page)
        assert [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in result.response["violations"]] == []
    page.locator("#table .link").first.click()
    result = Axe().run(page, context="dialog")
    assert [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in result.response["violations"]] == []


def test_a_phone_needs_no_scrolling_to_the_side(page: Page, board: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(board.as_uri())
    for view in ("advice", "preparations", "erosion", "hours"):
        page.locator(f"input[value={view}]").check()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate(
            "document.getElementById('table').scrollWidth <= document.getElementById('table').clientWidth"
        )


def test_a_bar_filters_the_list_and_lets_go_of_it(page: Page, board: Path) -> None:
    page.goto(board.as_uri())
    data = units_of(page)
    for bar in page.locator("button[data-filter=verdict]").all():
        title, shown = bar.inner_text().split("\n")[0], bar.locator(".count").inner_text()
        bar.click()
        assert bar.get_attribute("aria-pressed") == "true"
        wanted = [each[1] for each in data["verdicts"]].index(title)
        number = data["units"]["verdict"].count(wanted)
        assert shown.split(" ")[0].replace(",", "") == str(number)
        assert page.locator("#shown").inner_text().split(" ")[0].replace(",", "") == str(number)
        assert set(page.locator("#table tbody td[data-head=Verdict]").all_inner_texts()) == {title}
        bar.click()
        assert bar.get_attribute("aria-pressed") == "false"
    assert page.locator("#shown").inner_text().startswith(f"{len(data['units']['name']):,} of")


def test_filters_work_together_and_are_cleared(page: Page, many: Path) -> None:
    page.goto(many.as_uri())
    units, data = units_of(page)["units"], units_of(page)
    page.select_option("select[name=verdict]", index=1)
    page.select_option("select[name=erosion]", label="active")
    level = [each[1] for each in data["levels"]].index("active")
    wanted = sum(pair == (0, level) for pair in zip(units["verdict"], units["level"], strict=True))
    assert page.locator("#shown").inner_text().startswith(f"{wanted:,} of")
    page.locator("input[type=search]").fill("no such branch")
    assert "clear a filter" in page.locator("#table").inner_text()
    page.get_by_role("button", name="Clear filters").click()
    assert page.locator("#shown").inner_text().startswith("10,000 of")


@pytest.mark.parametrize(
    ("board", "words"),
    [("ten", Words(RULEBOOK)), ("many", Words(RULEBOOK)), ("german", Words(RULEBOOK.in_language("de")))],
    ids=["ten", "many", "german"],
    indirect=["board"],
)
def test_columns_sort_both_ways_with_what_is_not_known_last(page: Page, board: Path, words: Words) -> None:
    page.goto(board.as_uri())
    heads = page.locator("thead button[data-key^=low]").all_inner_texts()
    assert heads == [words.say("dash.support", pattern=title) for title in list(words.patterns.values())[:-1]]
    free = units_of(page)["units"]["free"]
    page.locator("input[value=hours]").check()
    known = sorted(each for each in free if each is not None)
    for wanted, state in ((known, "ascending"), (known[::-1], "descending")):
        page.locator("thead button[data-key=free]").click()
        assert page.locator("th[aria-sort]").get_attribute("aria-sort") == state
        shown = page.locator("#table tbody tr td:nth-of-type(2)").all_inner_texts()
        expected = [words.number(each) for each in wanted][: len(shown)]
        assert shown[: len(expected)] == expected
        assert not any(shown[len(expected) :])


def test_the_keyboard_alone_sorts_turns_pages_and_opens_a_unit(page: Page, many: Path) -> None:
    page.goto(many.as_uri())
    page.locator("thead button[data-key=name]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.key") == "name"
    assert names(page)[0] == "Branch 9999"
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    assert "Page 2 of 200" in page.locator("#pages").inner_text()
    page.locator("#table .link").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    alike = page.locator("dialog li .link").first
    other = alike.inner_text()
    alike.focus()
    page.keyboard.press("Enter")
    assert page.locator("#details-title").inner_text() == other
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    page.locator("input[value=advice]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("input[value=preparations]").is_checked()


def test_the_heat_maps_say_what_the_rows_say(page: Page, ten: Path, tmp_path: Path) -> None:
    done = run("portfolio", ten.parent / "units.csv", "--format", "jsonl", "--findings")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    page.goto(ten.as_uri())
    words = {word: label for word, label, _ in units_of(page)["statuses"]}
    page.locator("input[value=preparations]").check()
    for row, shown in zip(rows, page.locator("#table tbody tr").all(), strict=True):
        assert shown.locator("td.state").all_inner_texts() == [
            words[row[n]] for n in ("clarity", "authority", "recognition")
        ]
    page.locator("input[value=erosion]").check()
    indicators = [*RULEBOOK.groups["red"].rules, *RULEBOOK.groups["structural"].rules]
    signs = {True: "●", False: "", None: "?"}
    for row, shown in zip(rows, page.locator("#table tbody tr").all(), strict=True):
        cells = [text.strip() for text in shown.locator("td.mark").all_inner_texts()]
        assert cells == [signs[row[f"finding.{rule}"]] for rule in indicators]


def test_paper_has_the_list_without_what_can_be_operated(page: Page, many: Path) -> None:
    page.goto(many.as_uri())
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#table tbody tr").count() == 500
    assert "first 500 of 10000" in page.locator("#printed").inner_text()
    assert not page.locator("form.filters").is_visible()
    assert len(page.pdf()) > 10_000
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#table tbody tr").count() == 50


def test_without_script_the_figures_are_there_and_it_says_what_is_not(browser: Browser, ten: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(ten.as_uri())
        assert "What to do next" in page.locator("main").inner_text()
        assert "need JavaScript" in page.locator("noscript").inner_text()
