"""HTML that holds the whole memo, loads nothing, and shows whatever a client wrote as text."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings

from advisor.memo import Memo, memo_of
from advisor.memo.blocks import Chart, Table, heads_rows
from advisor.memo.html import render_html
from tests.memo.documents import client_texts, every_block, strings_of, with_client_text
from tests.memo.samples import PROFILES, advice, adviser

_EMPTY = {"meta", "hr", "img"}


class _Page(HTMLParser):
    """The tags, attributes and words of a page; fails where tags do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{len(self.open)}{tag}")
        self.attributes += [(name, value or "") for name, value in attrs]
        self.words += [f" {value} " for name, value in attrs if name == "alt"]
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def values(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]


@pytest.mark.parametrize("name", PROFILES)
def test_every_string_of_the_memo_is_on_the_page(name):
    memo = memo_of(advice(name))
    text = _Page(render_html(memo)).text
    assert [words for words in strings_of(memo) if words not in text] == []


def test_a_row_that_heads_others_goes_across_its_table():
    memo = memo_of(advice("ikea"))
    widths = [
        str(len(each.columns))
        for each in memo.blocks
        if isinstance(each, Table)
        for row in each.rows
        if heads_rows(row)
    ]
    assert _Page(render_html(memo)).values("colspan") == widths != []


@settings(max_examples=50)
@given(client_texts())
@example("x")
def test_client_text_stays_text(text):
    plain = _Page(render_html(memo_of(adviser().advise(with_client_text("x")))))
    page = _Page(render_html(memo_of(adviser().advise(with_client_text(text)))))
    assert page.tags == plain.tags
    assert text in page.text


@given(client_texts())
def test_every_kind_of_block_keeps_its_text(text):
    memo = replace(memo_of(advice("ikea")), blocks=every_block(text), record=None)
    page = _Page(render_html(memo))
    assert [words for words in strings_of(memo) if words not in page.text] == []
    assert not {"script", "b"} & {tag.lstrip("0123456789") for tag in page.tags}
    assert [address.partition(",")[0] for address in page.values("src")] == ["data:image/svg+xml;base64"]


@pytest.mark.parametrize("name", PROFILES)
def test_links_lead_to_places_on_the_page_and_nowhere_else(name):
    page = _Page(render_html(memo_of(advice(name))))
    places = page.values("id")
    assert len(places) == len(set(places))
    assert {target.removeprefix("#") for target in page.values("href")} <= set(places)
    assert all(target.startswith("#") for target in page.values("href"))


def test_the_security_policy_lets_in_this_style_and_nothing_else():
    page = render_html(memo_of(advice("ikea")))
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = next(value for value in _Page(page).values("content") if "default-src" in value)
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert _Page(page).values("style") == []
    assert not [name for name, _ in _Page(page).attributes if name.startswith("on")]


def test_every_picture_says_its_figures_to_who_does_not_see_it():
    memo = memo_of(advice("healthy-insurer"))
    charts = [block for block in memo.blocks if isinstance(block, Chart)]
    assert charts
    assert _Page(render_html(memo)).values("alt") == [chart.alternative for chart in charts]


def test_a_note_called_twice_is_one_note():
    memo = memo_of(advice("ikea"))
    page = render_html(memo)
    notes = re.findall(r'<li id="note-(\d+)">(.*?) <a', page)
    assert [int(number) for number, _ in notes] == list(range(1, len(notes) + 1))
    assert len({words for _, words in notes}) == len(notes)


def test_the_same_memo_gives_the_same_page():
    memo: Memo = memo_of(advice("healthy-insurer"))
    assert render_html(memo) == render_html(memo_of(advice("healthy-insurer")))
