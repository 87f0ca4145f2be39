"""A Word file that holds the whole memo in real styles, and the same on every run."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import example, given
from openpyxl import load_workbook

from advisor.memo import memo_of
from advisor.memo.blocks import Bar, BarPart, Bullets, Chart, Heading, ReferenceLine, Table, Text, Title, heads_rows
from advisor.memo.document import Memo
from advisor.memo.word import render_word
from tests.memo.documents import client_texts, every_block, strings_of
from tests.memo.samples import PROFILES, advice

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _words(xml: bytes) -> list[str]:
    """The text of every paragraph, then the alternative texts."""
    root = ElementTree.fromstring(xml)
    texts = ["".join(part.text or "" for part in each.iter(f"{_W}t")) for each in root.iter(f"{_W}p")]
    return [" ".join(words.split()) for words in (*texts, *(each.get("descr", "") for each in root.iter()))]


def _tags(xml: bytes) -> list[str]:
    return [str(each.tag) for each in ElementTree.fromstring(xml).iter()]


def _with_every_block(text: str) -> Memo:
    return replace(memo_of(advice("ikea")), blocks=every_block(text))


@pytest.mark.parametrize("name", PROFILES)
def test_every_string_of_the_memo_is_in_the_file(name):
    memo = memo_of(advice(name))
    parts = _parts(render_word(memo))
    text = "\n".join(_words(parts["word/document.xml"]) + _words(parts["word/footnotes.xml"]))
    assert [words for words in strings_of(memo) if words not in text] == []


@given(client_texts())
@example("x")
def test_client_text_stays_text(text):
    plain, file = (_parts(render_word(_with_every_block(words))) for words in ("x", text))
    for name in ("word/document.xml", "word/footnotes.xml"):
        assert _tags(file[name]) == _tags(plain[name])
    assert "\n".join(_words(file["word/document.xml"])).count(text) >= 20


def test_headings_are_headings_and_lists_are_lists():
    memo = _with_every_block("words")
    document = Document(io.BytesIO(render_word(memo)))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    levels = [
        1 if isinstance(block, Title) else block.level for block in memo.blocks if isinstance(block, Title | Heading)
    ]
    assert [name for name in styles if name and name.startswith("Heading")] == [f"Heading {level}" for level in levels]
    bullets = [block for block in memo.blocks if isinstance(block, Bullets) and not block.numbered]
    assert styles.count("List Bullet") == sum(len(block.items) for block in bullets)
    assert styles.count("List Number") == 1


def test_every_numbered_list_begins_at_one():
    numbered = Bullets((Text("a"), Text("b")), numbered=True)
    memo = replace(memo_of(advice("ikea")), blocks=(Title("t"), numbered, numbered))
    xml = _parts(render_word(memo))["word/document.xml"].decode()
    numbers = re.findall(r'<w:numId w:val="(\d+)"/>', xml)
    assert len(numbers) == 4
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_note_is_written_once_and_called_by_its_number():
    parts = _parts(render_word(_with_every_block("words")))
    notes = re.findall(r'<w:footnote w:id="(\d+)"', parts["word/footnotes.xml"].decode())
    calls = parts["word/document.xml"].decode()
    assert notes == ["1"]
    assert calls.count("<w:footnoteReference") == 1
    assert calls.count("NOTEREF note_1") == 11


def test_every_table_has_a_head_that_comes_again_on_the_next_page():
    document = Document(io.BytesIO(render_word(memo_of(advice("ikea")))))
    assert document.tables
    for table in document.tables:
        (first, *rest) = table.rows
        assert first._tr.xpath("w:trPr/w:tblHeader") or table._tbl.xpath("w:tblPr/w:tblStyle[@w:val='AdvisorFigures']")
        assert not any(row._tr.xpath("w:trPr/w:tblHeader") for row in rest)


def test_a_row_that_heads_others_goes_across_its_table():
    memo = memo_of(advice("ikea"))
    heading = [
        row[0].lead for block in memo.blocks if isinstance(block, Table) for row in block.rows if heads_rows(row)
    ]
    root = ElementTree.fromstring(_parts(render_word(memo))["word/document.xml"])
    across = [each for each in root.iter(f"{_W}tr") if len(each.findall(f"{_W}tc")) == 1]
    first = [next(row.iter(f"{_W}t")).text for row in across]
    assert first == heading != []
    assert all(row.find(f".//{_W}gridSpan") is not None for row in across)


def test_a_chart_is_drawn_by_word_from_its_own_workbook():
    """Label by label and number by number, so that a reader who edits it edits what is shown."""
    bars = (
        Bar("a", "9 h", (BarPart(9, "full"),)),
        Bar("=b", "6 h", (BarPart(-4, "full"), BarPart(-2, "lost"))),
        Bar("c", "2 h", (BarPart(2, "open"),), start=4),
    )
    lines, key = (ReferenceLine("limit", 5),), (("full", "f"), ("lost", "l"))
    chart = Chart("finding", bars, (-6, 9), "9, 6 and 2 h", lines, key)  # type: ignore[arg-type]
    parts = _parts(render_word(replace(memo_of(advice("ikea")), blocks=(Title("t"), chart, chart))))
    rows = [
        (None, " ", "f", "finding", "l", " "),
        ("a: 9 h", 0, 9, 0, 0, 0),
        ("=b: 6 h", 0, -4, 0, -2, 0),
        ("c: 2 h", 4, 0, 2, 0, 0),
        ("limit", 0, 0, 0, 0, 5),
    ]
    for number in (1, 2):
        sheet = load_workbook(io.BytesIO(parts[f"word/embeddings/chart{number}.xlsx"])).active
        assert sheet is not None
        assert list(sheet.iter_rows(values_only=True)) == rows
        series = ElementTree.fromstring(parts[f"word/charts/chart{number}.xml"]).iter(f"{_C}ser")
        drawn = [[value.text or "" for value in each.iter(f"{_C}v")] for each in series]
        labels = [str(row[0]) for row in rows[1:]]
        assert [each[:5] for each in drawn] == [[str(name), *labels] for name in rows[0][1:]]
        assert [[float(value) for value in each[5:]] for each in drawn] == [
            list(column) for column in zip(*(row[1:] for row in rows[1:]), strict=True)
        ]


def test_the_file_says_what_is_stated_and_nothing_else():
    parts = _parts(render_word(memo_of(advice("ikea"))))
    core = parts["docProps/core.xml"].decode()
    assert memo_of(advice("ikea")).title in core
    assert "python-docx" not in core
    assert "docProps/thumbnail.jpeg" not in parts


def test_properties_of_any_length_are_cut_to_what_word_takes():
    memo = memo_of(advice("ikea"))
    furniture = replace(memo.furniture, prepared_by="a" * 2_000)
    core = Document(io.BytesIO(render_word(replace(memo, furniture=furniture)))).core_properties
    assert core.author == "a" * 255


def test_the_same_memo_gives_the_same_bytes():
    assert render_word(memo_of(advice("ikea"))) == render_word(memo_of(advice("ikea")))
