"""PDF that holds the whole memo as text, tagged, and the same on every run."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from pypdf import PdfReader

from advisor.memo import memo_of
from advisor.memo.blocks import Bullets, Chart, Column, PageBreak, Paragraph, Table, Text, Title
from advisor.memo.document import Memo, MemoWarning
from advisor.memo.pdf import render_pdf
from tests.memo.documents import HOSTILE, client_texts, every_block, goes_on, strings_of
from tests.memo.samples import PROFILES, ROOT, advice

_BASIC = re.compile(r"[\x20-\x7e\u00a0-\u017f]+")


def _read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def _squeezed(text: str) -> str:
    """Without white space and hyphens: where lines end is a matter of the page."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def _text(file: bytes) -> str:
    """The words on the pages and the alternative texts of the pictures."""
    pdf = _read(file)
    root: Any = pdf.trailer["/Root"]
    pictures = _alternatives(root["/StructTreeRoot"])
    return _squeezed(" ".join([*(page.extract_text() for page in pdf.pages), *pictures]))


def _alternatives(node: Any) -> Iterator[str]:
    """The alternative texts in the tree of tags."""
    return (each["/Alt"] for _, each in _tagged(node) if "/Alt" in each)


def _tagged(node: Any) -> Iterator[tuple[str, Any]]:
    """Every tag of the tree with its node."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _tagged(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], node
        if "/K" in node:
            yield from _tagged(node["/K"])


def _with_every_block(text: str) -> Memo:
    return replace(memo_of(advice("ikea")), blocks=every_block(text))


@pytest.mark.parametrize("name", PROFILES)
def test_every_string_of_the_memo_is_on_its_pages(name):
    memo = memo_of(advice(name))
    file = render_pdf(memo)
    text, pages = _text(file), [_squeezed(page.extract_text()) for page in _read(file).pages]
    missing = [words for words in strings_of(memo) if _squeezed(words) not in text]
    assert [words for words in missing if not goes_on(_squeezed(words), pages)] == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(client_texts().filter(_BASIC.fullmatch))
@example("x")
def test_client_text_stays_text(text):
    assert _text(render_pdf(_with_every_block(text))).count(_squeezed(text)) >= 20


@pytest.mark.parametrize("text", [text for text in HOSTILE if _BASIC.fullmatch(text)])
def test_what_is_alive_elsewhere_is_text_here(text):
    assert _text(render_pdf(_with_every_block(text))).count(_squeezed(text)) >= 20


def test_the_file_is_tagged_and_says_what_it_is():
    file = _read(render_pdf(memo_of(advice("ikea"))))
    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert file.metadata is not None
    assert file.metadata.title == memo_of(advice("ikea")).title
    assert file.metadata.author is None


def test_every_picture_says_its_figures_to_who_does_not_see_it():
    memo = memo_of(advice("healthy-insurer"))
    charts = [block.alternative for block in memo.blocks if isinstance(block, Chart)]
    assert charts
    pdf: Any = _read(render_pdf(memo))
    assert list(_alternatives(pdf.trailer["/Root"]["/StructTreeRoot"])) == charts


def test_a_list_is_one_list_and_a_paragraph_is_one():
    """So that who hears them is told how many things are coming."""
    memo = memo_of(advice("ikea"))
    pdf: Any = _read(render_pdf(memo))
    tags = list(_tagged(pdf.trailer["/Root"]["/StructTreeRoot"]))
    body = list(takewhile(lambda block: block != PageBreak(dense=True), memo.blocks))
    lists = [len(block.items) for block in body if isinstance(block, Bullets)]
    assert max(lists) > 1
    assert [len(node["/K"]) for tag, node in tags if tag == "/L"][: len(lists)] == lists
    assert [tag for tag, _ in tags].count("/P") >= sum(isinstance(block, Paragraph) for block in memo.blocks)


def test_a_dense_part_has_entries_in_two_columns_instead_of_tables():
    columns = (Column("Question"), Column("Answer"), Column("Note"))
    rows = (
        (Text("", "Section"), Text(""), Text("")),
        *[(Text(f"q{each}"), Text("a"), Text("")) for each in range(150)],
    )
    record = Table(columns[:2], ((Text("Digest"), Text("a1" * 32)),))
    blocks = (Title("t"), PageBreak(dense=True), Table(columns, rows), PageBreak(dense=True), record)
    memo = replace(memo_of(advice("ikea")), blocks=blocks)
    pdf: Any = _read(render_pdf(memo))
    tags = [tag for tag, _ in _tagged(pdf.trailer["/Root"]["/StructTreeRoot"])]
    assert tags.count("/Table") == 0
    assert tags.count("/LI") == 153
    assert len(pdf.pages) == 3
    # The second part needs no page of its own, and what is longer than a line goes on in the next.
    assert re.search(r"Digest\s+(a1)+\n(a1)+\n", pdf.pages[2].extract_text())
    text = pdf.pages[1].extract_text()
    assert "Question Answer · Note" in text
    assert "q100 a" in text


def test_bookmarks_follow_the_headings():
    """With the notes before the appendix."""
    memo = memo_of(advice("ikea"))
    headings = list(memo.headings(2))
    headings.insert(headings.index("Appendix"), memo.furniture.notes)
    outline = _read(render_pdf(memo)).outline
    (parts,) = [each for each in outline if isinstance(each, list)]
    assert [each.title for each in parts if not isinstance(each, list)] == headings


def test_a_character_that_the_font_lacks_is_named_and_not_lost():
    """What another font of the computer shows, or else its number."""
    with pytest.warns(MemoWarning, match=r"\(U\+FDFA\)"):
        file = render_pdf(_with_every_block("a \ufdfa b"))
    text = _text(file)
    assert text.count("a[U+FDFA]b") + text.count("a\ufdfab") >= 20


@pytest.mark.parametrize("text", ["a\u0378b", "org \U000f1234 \u0378", "Xa\u1aceb\U0001e08f org"])
def test_a_character_that_no_font_may_have_spoils_nothing_else(text):
    """Numbers in place of characters without a letter, of a letter's marks, and of what Typst names by its number."""
    with pytest.warns(MemoWarning):
        file = render_pdf(
            replace(memo_of(advice("ikea")), blocks=(Title("t"), Paragraph(Text(f"before {text} after"))))
        )
    assert "before" in _text(file)
    assert "after" in _text(file)


def test_a_very_long_text_goes_on_over_pages():
    text = " ".join(f"word{number}" for number in range(1_200))
    assert len(text) > 9_000
    file = render_pdf(_with_every_block(text))
    pages = "".join(page.extract_text() for page in _read(file).pages)
    assert pages.count("word1199") >= 15


def test_other_processes_write_the_same_bytes(tmp_path: Path):
    """Whatever the time zone, the hash seed and the folder."""
    files = []
    for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2")):
        file = tmp_path / f"{seed}.pdf"
        command = [sys.executable, "-m", "advisor", "memo", str(ROOT / "profiles" / "ikea.yaml"), "--no-outlook"]
        command += ["-o", str(file)]
        environment = {"PYTHONPATH": str(ROOT), "TZ": zone, "PYTHONHASHSEED": seed, "HOME": str(tmp_path)}
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=environment)
        files.append(file.read_bytes())
    assert files[0] == files[1]
