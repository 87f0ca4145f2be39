"""Page one alone: in PDF and Word it is really one page."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from advisor.memo import Memo, MemoOptions, MemoWarning, memo_of
from advisor.memo.blocks import Bullets, Callout, Decision, PageBreak, Paragraph, Text, Title
from advisor.memo.html import render_html
from advisor.memo.looks import Looks
from advisor.memo.pdf import render_pdf
from advisor.memo.word import render_word
from advisor.memo.word.template import read_template
from tests.memo.office import as_pdf, needs_office
from tests.memo.samples import PROFILES, adviser, bare_advice, several
from tests.memo.test_several_units import EIGHT, THREE

_ONE = MemoOptions(one_page=True)


def _pages(file: bytes) -> int:
    return len(PdfReader(io.BytesIO(file)).pages)


@cache
def _memos() -> dict[str, Memo]:
    memos = {f"{name}-{code}": memo_of(bare_advice(name, code), _ONE) for name in PROFILES for code in ("en", "de")}
    for number, names in enumerate((THREE, EIGHT)):
        memos[f"several-{number}"] = memo_of(adviser("de").advise(several(*names)), _ONE)
    return memos


@pytest.mark.parametrize("name", PROFILES)
def test_it_is_what_stands_before_the_first_page_break(name):
    whole, page = memo_of(bare_advice(name)), memo_of(bare_advice(name), _ONE)
    assert page.blocks == whole.blocks[: whole.blocks.index(PageBreak())]
    assert isinstance(page.blocks[0], Title)
    assert isinstance(page.blocks[-1], Decision)
    assert any(isinstance(block, Callout) for block in page.blocks)


@pytest.mark.parametrize("provenance", ["footnotes", "margin", "off"])
def test_the_pdf_is_one_page(provenance):
    long = {name: replace(memo, provenance=provenance) for name, memo in _memos().items()}
    assert {name: _pages(render_pdf(memo)) for name, memo in long.items()} == dict.fromkeys(long, 1)


@pytest.mark.slow
@needs_office
def test_word_shows_one_page(tmp_path: Path):
    files = as_pdf({name: render_word(memo) for name, memo in _memos().items()}, ".docx", tmp_path)
    assert {name: _pages(file) for name, file in files.items()} == dict.fromkeys(_memos(), 1)


def test_letters_become_smaller_only_where_they_have_to():
    sizes = {}
    for name, more in (("short", 0), ("long", 12)):
        memo = memo_of(bare_advice("ikea"), _ONE)
        reasons = tuple(Bullets((Text("A reason with its figures, said at some length. " * 3),)) for _ in range(more))
        longer = replace(memo, blocks=(*memo.blocks, *reasons))
        sizes[name] = _size_of_text(render_word(longer))
        assert _pages(render_pdf(longer)) == 1
    assert sizes["short"] == 10
    assert 7 <= sizes["long"] < 10


def _size_of_text(file: bytes) -> float:
    from docx import Document

    size = Document(io.BytesIO(file)).styles["Normal"].font.size
    return float(size.pt)


@pytest.mark.parametrize("render", [render_pdf, render_word])
def test_what_no_page_holds_is_said_and_not_cut(render):
    memo = replace(memo_of(bare_advice("ikea"), _ONE), blocks=(Title("t"), Paragraph(Text("word " * 4000))))
    with pytest.warns(MemoWarning, match="too long for one page"):
        file = render(memo)
    assert file


def test_the_other_memos_keep_their_size():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert _size_of_text(render_word(memo_of(bare_advice("no-net-saving", "de")))) == 10


def test_html_needs_no_contents_for_one_page():
    assert "<nav" in render_html(memo_of(bare_advice("ikea")))
    assert "<nav" not in render_html(memo_of(bare_advice("ikea"), _ONE))


def _on_small_pages(letters: float) -> Looks:
    """A template with a small page, and letters that only the whole file has a size for."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(176), Mm(250)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin = section.right_margin = Mm(20)
    (size,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:sz")
    size.set(qn("w:val"), str(round(2 * letters)))
    file = io.BytesIO()
    document.save(file)
    return Looks(template=file.getvalue())


def test_letters_fit_the_page_and_the_letters_of_a_template(tmp_path: Path):
    path = tmp_path / "client.docx"
    sizes = {}
    for letters in (9, 12):
        path.write_bytes(_on_small_pages(letters).template or b"")
        memo = memo_of(bare_advice("ikea"), replace(_ONE, looks=read_template(path).looks))
        sizes[letters] = _size_of_text(render_word(memo))
    assert 0.7 * 9 <= sizes[9] < 9
    assert 0.7 * 12 <= sizes[12] < 12
    assert sizes[12] / 12 < sizes[9] / 9


@pytest.mark.slow
@needs_office
def test_word_shows_one_page_of_a_template(tmp_path: Path):
    path = tmp_path / "client.docx"
    path.write_bytes(_on_small_pages(11).template or b"")
    looks = read_template(path).looks
    path.unlink()
    memos = {name: memo_of(bare_advice(name), replace(_ONE, looks=looks)) for name in ("ikea", "verizon-2025")}
    files = as_pdf({name: render_word(memo) for name, memo in memos.items()}, ".docx", tmp_path)
    assert {name: _pages(file) for name, file in files.items()} == dict.fromkeys(memos, 1)
