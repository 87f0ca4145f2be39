"""Jumps in a PDF from calls to notes and back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pypdf import PdfReader

from advisor.memo import memo_of
from advisor.memo.document import Memo
from advisor.memo.one_page import one_page
from advisor.memo.pdf import render_pdf
from advisor.memo.pdf.jumps import with_jumps
from tests.memo.documents import every_block
from tests.memo.samples import advice

_LIKE_AN_OBJECT = "\n7 0 obj\n<</Type/Annot/Subtype/Link/Rect[1 2 3 4]/Dest 8 0 R/Contents(x)>>\nendobj\n"


@dataclass(frozen=True)
class _Jump:
    page: int
    area: tuple[float, ...]
    to_page: int
    to: tuple[float, float]
    said: str


def _jumps(pdf: PdfReader) -> Iterator[_Jump]:
    pages: list[Any] = [page.indirect_reference for page in pdf.pages]
    for number, page in enumerate(pdf.pages):
        for each in page.get("/Annots") or ():
            link: Any = each.get_object()
            to, kind, left, top, zoom = link["/Dest"]
            assert (link["/Subtype"], kind, zoom) == ("/Link", "/XYZ", 0)
            area = tuple(map(float, link["/Rect"]))
            yield _Jump(number, area, pages.index(to), (float(left), float(top)), link["/Contents"])


def _words_in(pdf: PdfReader, page: int, area: tuple[float, ...]) -> str:
    """What is written within an area of a page."""
    found: list[str] = []

    def visit(text: str, at: Any, *_: Any) -> None:
        if area[0] - 1 <= at[4] < area[2] and area[1] - 1 <= at[5] <= area[3]:
            found.append(text)

    pdf.pages[page].extract_text(visitor_text=visit)
    return "".join(found).strip()


@pytest.mark.parametrize(
    "memo",
    [
        pytest.param(memo_of(advice("ikea", "de")), id="German"),
        pytest.param(one_page(memo_of(advice("klarna-2025"))), id="one page"),
        pytest.param(replace(memo_of(advice("ikea")), blocks=every_block(_LIKE_AN_OBJECT)), id="text like an object"),
    ],
)
def test_each_call_leads_to_its_note_and_each_note_back_to_its_first_call(memo: Memo):
    pdf = PdfReader(io.BytesIO(render_pdf(memo)))
    jumps = list(_jumps(pdf))
    calls = [each for each in jumps if each.said.startswith(f"{memo.furniture.notes}: ")]
    notes = {each.said: each for each in jumps if each not in calls}
    assert notes
    assert len(notes) + len(calls) == len(jumps)
    assert list(notes) == [memo.furniture.back.format(number=number) for number in range(1, len(notes) + 1)]
    assert {each.said for each in calls} == {f"{memo.furniture.notes}: {number}" for number in range(1, len(notes) + 1)}
    for number, note in enumerate(notes.values(), 1):
        called = [each for each in calls if each.said == f"{memo.furniture.notes}: {number}"]
        assert {(each.to_page, each.to) for each in called} == {(note.page, (note.area[0], note.area[3]))}
        assert (note.to_page, note.to) == (called[0].page, (called[0].area[0], called[0].area[3]))
        assert all(_words_in(pdf, each.page, each.area) == str(number) for each in [*called, note])


def test_notes_stand_together_in_front_of_the_appendix():
    memo = memo_of(advice("healthy-insurer"))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(memo))).pages)
    *_, notes = text.partition("\nNotes\n")
    assert text.count("\nNotes\n") == 1
    assert notes.startswith("1 ")
    assert "\nAppendix\n" in notes


def test_without_notes_there_are_neither_jumps_nor_a_heading():
    file = render_pdf(replace(memo_of(advice("ikea")), provenance="off"))
    pdf = PdfReader(io.BytesIO(file))
    assert list(_jumps(pdf)) == []
    assert file.count(b"%%EOF") == 1
    assert "Notes" not in pdf.pages[-1].extract_text()


@pytest.mark.parametrize("alien", [b"", b"%PDF-1.7\n%%EOF\n"])
def test_a_file_that_is_written_otherwise_is_refused(alien: bytes):
    with pytest.raises(ValueError, match=r"not as Typst 0\.15 writes it"):
        with_jumps(alien, "{number}", "{number}")
