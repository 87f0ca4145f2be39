"""Five slides from the blocks of the memo: findings as titles, native charts, provenance in the notes."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches

from advisor.memo import MemoOptions, memo_of, write_deck
from advisor.memo.blocks import (
    Bullets,
    Callout,
    Chart,
    Column,
    Decision,
    Figure,
    KeyFigures,
    Paragraph,
    Table,
    Text,
    texts,
)
from advisor.memo.brand import read_brand
from advisor.memo.deck import deck_of, render_deck
from advisor.memo.deck.slides import Deck, Slide
from advisor.memo.deck.words import is_from_right, shown
from advisor.memo.looks import USUAL, Looks
from advisor.reading import InvalidInput
from tests.memo.documents import client_texts, every_block, strings_of, with_client_text
from tests.memo.samples import PROFILES, ROOT, adviser, bare_advice, several
from tests.memo.test_several_units import EIGHT, THREE


def _read(file: bytes) -> Any:
    return Presentation(io.BytesIO(file))


@cache
def _branded() -> Looks:
    return read_brand(ROOT / "docs" / "brand" / "brand.yaml").looks


@cache
def _decks() -> dict[str, Deck]:
    decks = {f"{name}-{code}": deck_of(bare_advice(name, code)) for name in PROFILES for code in ("en", "de")}
    decks |= {f"{name}-brand": replace(decks[f"{name}-en"], looks=_branded()) for name in PROFILES}
    for number, names in enumerate((THREE, EIGHT)):
        decks[f"several-{number}"] = deck_of(adviser().advise(several(*names)))
    return decks


@cache
def _drawn() -> dict[str, Any]:
    return {name: _read(render_deck(deck)) for name, deck in _decks().items()}


def _texts(presentation: Any) -> list[str]:
    """Everything on slides, in tables, charts, alternative texts and notes."""
    found = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            found.append(shape._element.xpath(".//p:cNvPr")[0].get("descr") or "")
            if shape.has_text_frame:
                found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                found += list(shape.chart.plots[0].categories)
        found += slide.notes_slide.notes_text_frame.text.splitlines()
    return found


@pytest.mark.parametrize("name", PROFILES)
def test_five_slides_have_findings_as_titles_and_the_record_in_their_notes(name):
    deck = deck_of(bare_advice(name))
    slides = _read(render_deck(deck)).slides
    assert len(slides) == 5
    titles = [slide.shapes.title.text for slide in slides]
    assert titles == [shown(slide.title) for slide in deck.slides]
    assert len({*titles}) == 5
    assert all(titles)
    for slide in slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert "Version of advisor: " in notes
        assert f"Digest of the profile: {bare_advice(name).document.profile.digest}" in notes


def test_every_sentence_is_one_of_the_memo():
    for name in PROFILES:
        memo = " ".join(strings_of(memo_of(bare_advice(name))))
        for slide in deck_of(bare_advice(name)).slides:
            said = [text for block in slide.shown for text in texts(block)]
            for words in (slide.title, *(text.words for text in said)):
                assert words in memo or words.startswith("The answers given raise no warning")


def test_nothing_overlaps_or_leaves_the_slide():
    for name, presentation in _drawn().items():
        for slide in presentation.slides:
            boxes = [(s.left, s.top, s.left + s.width, s.top + s.height, s.name) for s in slide.shapes]
            for left, top, right, bottom, shape in boxes:
                inside = left >= 0 and top >= 0 and right <= presentation.slide_width
                assert inside, (name, shape)
                assert bottom <= presentation.slide_height, (name, shape)
            assert [(a[4], b[4]) for a in boxes for b in boxes if a < b and _overlap(a, b)] == [], name


def _overlap(a: tuple[int, int, int, int, str], b: tuple[int, int, int, int, str]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


_WIDEST_BOLD = 0.69
"""The mean width of a letter of DejaVu Sans Bold, which LibreOffice takes for a font that is not there."""


def test_a_title_of_a_brand_ends_above_the_body_in_whatever_font_is_at_hand():
    branded = {name: presentation for name, presentation in _drawn().items() if name.endswith("brand")}
    branded["several"] = _read(render_deck(replace(_decks()["several-0"], looks=_branded())))
    for name, presentation in branded.items():
        for slide in presentation.slides:
            title = slide.shapes.title
            size = title.text_frame.paragraphs[0].runs[0].font.size.pt
            lines = ceil(len(title.text) * size * _WIDEST_BOLD / (title.width.pt - 15))
            body = min(s.top.pt for s in slide.shapes if s.name not in ("rule", "logo", title.name))
            assert size >= 16
            assert title.top.pt + lines * size * 1.2 + 7 <= body, (name, title.text)


def test_that_another_verdict_could_come_first_is_said_on_the_first_slide():
    first = deck_of(bare_advice("klarna-2025")).slides[0]
    said = [block.text.words for block in first.shown if isinstance(block, Paragraph)]
    assert "Open answers could still put another step first" in said[0]


def test_no_slide_is_two_thirds_empty():
    low = {}
    for name, presentation in _drawn().items():
        for number, slide in enumerate(presentation.slides, 1):
            end = max(shape.top + shape.height for shape in slide.shapes if shape.name != "foot")
            low[name, number] = end / presentation.slide_height
    assert {where: share for where, share in low.items() if share < 0.45} == {}


def test_a_single_bar_is_no_wall_and_points_have_a_scale():
    (chart,) = [shape for shape in _drawn()["ikea-en"].slides[3].shapes if shape.has_chart]
    assert len(chart.chart.plots[0].categories) == 1
    assert chart.height < Inches(1.5)
    assert chart.chart.value_axis.visible
    assert chart.chart.value_axis.major_unit == 25
    (hours,) = [shape for shape in _drawn()["no-net-saving-en"].slides[2].shapes if shape.has_chart]
    assert not hours.chart.value_axis.visible


def test_the_last_slide_does_not_say_its_title_again():
    for deck in _decks().values():
        last = deck.slides[-1]
        assert not [block for block in last.shown if isinstance(block, Callout) and last.title in block.text.lead]
    insurers = deck_of(bare_advice("healthy-insurer")).slides[-1]
    assert insurers.title == "The answers given raise no warning"
    assert [type(block) for block in insurers.shown] == [Decision, Table]


def test_rows_for_which_there_is_no_room_stand_in_the_notes():
    deck = deck_of(bare_advice("no-net-saving"))
    (table,) = [block for block in deck.slides[2].shown if isinstance(block, Table)]
    slide = _read(render_deck(deck)).slides[2]
    (drawn,) = [shape.table for shape in slide.shapes if shape.has_table]
    shown_rows, notes = len(drawn.rows) - 1, slide.notes_slide.notes_text_frame.text
    assert 3 <= shown_rows < len(table.rows)
    for row in table.rows[shown_rows:]:
        assert "; ".join(cell.words for cell in row) in notes


def test_a_brand_gives_slides_their_colours_fonts_logo_and_lines():
    looks, advice = _branded(), bare_advice("no-net-saving")
    file = render_deck(deck_of(advice, MemoOptions(looks=looks)))
    assert looks.logo is not None
    for slide in _read(file).slides:
        shapes = {shape.name: shape for shape in slide.shapes}
        assert looks.confidentiality in shapes["foot"].text_frame.text
        assert looks.footer in shapes["foot"].text_frame.text
        assert shapes["logo"]._element.xpath(".//p:cNvPr")[0].get("descr") == looks.logo.alternative
        assert shapes["rule"].fill.fore_color.rgb == RGBColor.from_string(looks.graphics[1:].upper())
    theme = _parts(file)["ppt/theme/theme1.xml"].decode()
    assert re.findall(r'<a:latin typeface="(.*?)"', theme)[0] == "Libertinus Serif"
    assert f'<a:accent1><a:srgbClr val="{looks.graphics[1:].upper()}"/>' in theme
    assert USUAL.graphics[1:].upper() not in " ".join(_xml(slide) for slide in _read(file).slides)


def test_the_bars_of_a_brand_are_told_apart_in_its_charts():
    (chart,) = [s for s in _read(render_deck(replace(_deck(), looks=_branded()))).slides[2].shapes if s.has_chart]
    fills = {each.format.fill.fore_color.rgb for each in chart.chart.plots[0].series if each.format.fill.type == 1}
    assert RGBColor.from_string(_branded().bars[1:].upper()) in fills


def _deck() -> Deck:
    return deck_of(bare_advice("no-net-saving"))


def test_a_table_shows_as_many_words_as_there_is_room_for():
    text = "A sentence of some length that says what this row is about and why that matters to who reads. "
    for rows, is_whole in ((2, True), (11, False)):
        cell = Text(text * 2)
        table = Table((Column("a"), Column("b")), ((cell, cell),) * rows)
        deck = replace(_deck(), slides=(Slide("t", (table,), ()),))
        (drawn,) = [shape for shape in _read(render_deck(deck)).slides[0].shapes if shape.has_table]
        assert (drawn.table.cell(1, 0).text == shown(text * 2)) == is_whole


def test_a_chart_is_native_and_can_be_edited_from_its_workbook():
    slides = _read(render_deck(deck_of(bare_advice("no-net-saving")))).slides
    (chart,) = [shape for shape in slides[2].shapes if shape.has_chart]
    assert "h a day" in chart._element.xpath(".//p:cNvPr")[0].get("descr")
    axes = chart.chart._chartSpace.xpath(".//c:axId | .//c:crossAx")
    assert sorted(each.get("val") for each in axes) == ["1"] * 3 + ["2"] * 3
    sheet = load_workbook(io.BytesIO(chart.chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    categories = list(chart.chart.plots[0].categories)
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == categories
    for column, series in enumerate(chart.chart.plots[0].series, 2):
        assert [sheet.cell(row, column).value or 0 for row in range(2, len(categories) + 2)] == list(series.values)


def _slide(text: str) -> Slide:
    run = Text(text, text)
    words = (KeyFigures((Figure(text, text),)), Bullets((run, run), numbered=True), Callout("warning", run))
    return Slide(text, (*words, Decision(run, ((text, text),))), (text,))


def _hostile(text: str) -> Deck:
    chart = next(block for block in every_block(text) if isinstance(block, Chart))
    table = next(block for block in every_block(text) if isinstance(block, Table))
    visuals = (replace(_slide(text), shown=(chart,)), replace(_slide(text), shown=(table,)))
    return replace(deck_of(bare_advice("ikea")), slides=(_slide(text), *visuals))


def _tags(file: bytes) -> list[str]:
    presentation = _read(file)
    return [element.tag for slide in presentation.slides for element in slide._element.iter()]


@settings(max_examples=25)
@given(client_texts())
def test_client_text_stays_text(text):
    file = render_deck(_hostile(text))
    assert " ".join(_texts(_read(file))).count(shown(text)) >= 10
    for name, part in _parts(file).items():
        if name.endswith(".xlsx"):
            sheet = load_workbook(io.BytesIO(part))["Sheet1"]
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("text", ["a\x07b", "\x1b[31mred", "\x00", "\ud800x", "a\x0bb\x0cc", "\ufffe"])
def test_control_characters_steer_nothing(text):
    words = " ".join(_texts(_read(render_deck(_hostile(text)))))
    assert shown(text) in words
    assert all(char.isprintable() or char == "\n" for char in shown(text))


def test_a_text_of_any_length_is_shortened_on_the_slide_and_whole_in_the_notes():
    text = "word " * 2000
    presentation = _read(render_deck(_hostile(text.strip())))
    for slide in presentation.slides:
        assert len(slide.shapes.title.text) <= 320
        assert shown(text) in slide.notes_slide.notes_text_frame.text
        bottoms = [shape.top + shape.height for shape in slide.shapes]
        assert max(bottoms) <= presentation.slide_height


def test_text_from_the_right_runs_from_the_right():
    assert is_from_right("العربية abc")
    assert not is_from_right("abc العربية")
    slide = _read(render_deck(_hostile("العربية"))).slides[0]
    assert 'rtl="1"' in _xml(slide)
    assert 'rtl="1"' not in _xml(_read(render_deck(_hostile("abc"))).slides[0])


def _xml(slide: Any) -> str:
    return str(slide.part.blob.decode())


def test_a_profile_of_hostile_texts_becomes_slides():
    deck = deck_of(adviser().advise(with_client_text("{{ 7*7 }} <a:t>=SUM(A1) & 'x'")))
    assert "{{ 7*7 }} <a:t>=SUM(A1) & 'x'" in " ".join(_texts(_read(render_deck(deck))))


def _parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_file_says_what_is_stated_and_nothing_else():
    file = render_deck(deck_of(bare_advice("healthy-insurer")))
    own = _read(file).core_properties
    assert (own.author, own.language, own.last_modified_by, own.comments) == ("Example Consulting", "en-GB", "", "")
    assert own.created.isoformat() == own.modified.isoformat() == "2026-11-16T00:00:00"
    assert not [name for name in _parts(file) if "app.xml" in name or "thumbnail" in name or "printer" in name]


def test_other_processes_write_the_same_bytes(tmp_path: Path):
    write_deck(adviser().with_expiry(bare_advice("no-net-saving")), tmp_path / "a.pptx")
    program = "import sys; from advisor.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "memo", str(ROOT / "profiles" / "no-net-saving.yaml"), "--no-outlook"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    done = [*command, "--deck", "--engine", "plain", "-o", str(tmp_path / "b.pptx")]
    subprocess.run(done, env=environment, check=True, capture_output=True)
    assert (tmp_path / "a.pptx").read_bytes() == (tmp_path / "b.pptx").read_bytes()


def test_another_ending_is_refused():
    with pytest.raises(InvalidInput, match=r"\.pptx"):
        write_deck(bare_advice("ikea"), Path("x.docx"))
