"""Page one alone: in PDF and Word it is really one page."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from advisor.memo import Memo, MemoOptions, MemoWarning, memo_of
from advisor.memo.blocks import Bullets, Callout, Decision, PageBreak, Paragraph, Text, Title
from advisor.memo.html import render_html
from advisor.memo.pdf import render_pdf
from advisor.memo.word import render_word
from tests.memo.samples import PROFILES, adviser, bare_advice, several
from tests.memo.test_several_units import EIGHT, THREE

_OFFICE = shutil.which("soffice")
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
@pytest.mark.skipif(_OFFICE is None, reason="there is no LibreOffice on this machine")
def test_word_shows_one_page(tmp_path: Path):
    for name, memo in _memos().items():
        (tmp_path / f"{name}.docx").write_bytes(render_word(memo))
    command = [str(_OFFICE), f"-env:UserInstallation={tmp_path.as_uri()}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, *tmp_path.glob("*.docx")], check=True, capture_output=True)
    pages = {file.stem: _pages(file.read_bytes()) for file in tmp_path.glob("*.pdf")}
    assert pages == dict.fromkeys(_memos(), 1)


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
