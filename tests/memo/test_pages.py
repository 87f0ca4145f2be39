"""Pages as a reader turns them: no heading, and no sentence that introduces a table, stands alone at their foot."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from advisor.memo import memo_of
from advisor.memo.blocks import Block, Chart, Decision, Heading, HeatMap, Paragraph, Steps, Table
from advisor.memo.one_page import first_page
from advisor.memo.pdf import render_pdf
from advisor.memo.word import render_word
from tests.memo.office import as_pdf, needs_office
from tests.memo.samples import PROFILES, advice, adviser, profile

_SMALLEST = 8.5
"""Points of the letters of tables; those of notes, and of what repeats on every page, are smaller."""
_SURE = 15
_SHORT_TABLE = 6
"""Rows of a table that stays on its page."""
_FURNITURE = 60
"""So many characters at most stand above the text of a page."""
_LANGUAGES = {name: "de" if place % 3 == 0 else "en" for place, name in enumerate(PROFILES)}


def _last_lines(file: bytes) -> Iterator[tuple[int, str]]:
    """The number of each page but the last, and its lowest line that is no note, on the whole and in each half."""
    pages = PdfReader(io.BytesIO(file)).pages
    for number, page in enumerate(pages[:-1], 1):
        middle, placed = float(page.mediabox.width) / 2, _placed(page)
        for start, end in ((0.0, inf), (0.0, middle), (middle, inf)):
            here = [(height, words) for place, height, words in placed if start <= place < end]
            if here:
                lowest = min(height for height, _ in here)
                yield number, "".join("".join(words.split()) for height, words in here if height == lowest)


def _placed(page: PageObject) -> list[tuple[float, int, str]]:
    """Words with where they begin and how far they stand above the foot of a page, in points."""
    found: list[tuple[float, int, str]] = []

    def visit(words: str, outer: Any, matrix: Any, _font: Any, size: float) -> None:
        high = size * abs(matrix[3]) * abs(outer[3])
        if words.strip() and high >= _SMALLEST:
            place, height = outer[0] * matrix[4] + outer[4], round(outer[3] * matrix[5] + outer[5])
            found.append((place, height, words))

    page.extract_text(visitor_text=visit)
    return found


def _introductions(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The words of what must not be the last of a page, without white space."""
    for block, following in pairwise(blocks):
        if isinstance(block, Heading):
            yield "".join(block.words.split())
        elif isinstance(block, Paragraph) and isinstance(following, Table | HeatMap | Chart | Steps):
            yield "".join(f"{block.text.lead}{block.text.words}".split())


def _orphans(file: bytes, blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
    said = [*_introductions(blocks)]
    return [(number, line) for number, line in _last_lines(file) if any(_ends_with(each, line) for each in said)]


def _split(file: bytes, blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
    """The pages that begin with a row of a short table which is not its first one, under its repeated heads."""
    pages = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(file)).pages]
    later = [
        "".join("".join([*(column.head for column in block.columns), row[0].lead, row[0].words]).split())
        for block in blocks
        if isinstance(block, Table) and len(block.rows) <= _SHORT_TABLE
        for row in block.rows[1:]
    ]
    return [(number, row) for number, page in enumerate(pages, 1) for row in later if 0 <= page.find(row) < _FURNITURE]


def _page_one_stands_alone(file: bytes, blocks: tuple[Block, ...]) -> bool:
    """Whether the decision that is asked for is on the first page, too."""
    (decision,) = [block for block in first_page(blocks) if isinstance(block, Decision)]
    page_one = "".join(PdfReader(io.BytesIO(file)).pages[0].extract_text().split())
    return "".join(decision.text.words.split()) in page_one


def _ends_with(words: str, line: str) -> bool:
    """Whether a line is all of the words or their end; a short one may be a cell that only looks like an end."""
    return words == line or (len(line) >= _SURE and words.endswith(line))


@pytest.mark.parametrize("name", PROFILES)
def test_no_page_of_a_pdf_ends_with_what_introduces_the_next(name):
    memo = memo_of(advice(name, _LANGUAGES[name]))
    file = render_pdf(memo)
    assert _page_one_stands_alone(file, memo.blocks)
    assert _orphans(file, memo.blocks) == []
    # Units have tables with the same heads, of which one may be short and one long.
    assert len(advice(name).document.units) > 1 or _split(file, memo.blocks) == []


@pytest.mark.parametrize("place", range(3))
def test_page_one_of_a_unit_of_which_all_is_known_stands_alone(place):
    """With all notes in German, which is longer, and the key figures."""
    whole = profile("healthy-insurer")
    memo = memo_of(adviser("de").advise(replace(whole, units=whole.units[place : place + 1])))
    assert _page_one_stands_alone(render_pdf(memo), memo.blocks)


@pytest.mark.slow
@needs_office
def test_in_word_page_one_holds_the_decision_and_no_page_ends_with_what_introduces_the_next(tmp_path: Path):
    languages = {"ikea": "en", "klarna-2024": "en", "no-net-saving": "de", "healthy-insurer": "de"}
    memos = {name: memo_of(advice(name, language)) for name, language in languages.items()}
    files = as_pdf({name: render_word(memo) for name, memo in memos.items()}, ".docx", tmp_path)
    assert [name for name, memo in memos.items() if not _page_one_stands_alone(files[name], memo.blocks)] == []
    assert {name: _orphans(files[name], memo.blocks) for name, memo in memos.items()} == {name: [] for name in memos}
