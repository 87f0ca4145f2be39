"""Slides carry their record: what somebody changed on them is found, and a later profile is held against them."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from advisor.memo import MemoOptions, memo_of
from advisor.memo.deck import deck_of, render_slides, slides_of
from advisor.memo.deck.as_memo import as_deck, as_memo
from advisor.reading import InvalidInput
from advisor.reread.passages import Spot
from tests.cli.command import run
from tests.memo.samples import PROFILES, ROOT, bare_advice
from tests.reread.memos import rendered, verified, with_part


@cache
def _slides(name: str = "no-net-saving", language: str = "en") -> bytes:
    return render_slides(slides_of(bare_advice(name, language)))


def _changed(slide: int, shape: str, words: str) -> bytes:
    """The file with other words in the first run of a shape, saved by another program."""
    presentation: Any = Presentation(io.BytesIO(_slides()))
    frame = next(each for each in presentation.slides[slide].shapes if each.name.startswith(shape)).text_frame
    frame.paragraphs[0].runs[-1].text = words
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", PROFILES)
def test_slides_become_a_memo_and_slides_again(name):
    deck = deck_of(bare_advice(name))
    assert as_deck(as_memo(deck)) == deck


@pytest.mark.parametrize(("name", "language"), [("no-net-saving", "en"), ("healthy-insurer", "de"), ("blank", "de")])
def test_nothing_differs_where_nobody_changed_anything(name, language, tmp_path):
    assert verified(_slides(name, language), ".pptx", tmp_path).is_same


def test_what_somebody_changed_on_a_slide_is_found(tmp_path):
    found = verified(_changed(4, "decision", "Approve everything at once."), ".pptx", tmp_path)
    (edit,) = found.edited
    assert edit.under == Spot("slide", 5)
    assert edit.new.endswith("Approve everything at once.")
    assert not found.derived
    assert not found.faults


def test_a_changed_figure_of_a_chart_and_a_changed_note_are_found(tmp_path):
    chart = with_part(
        _slides(), "ppt/charts/chart2.xml", lambda xml: xml.replace(b"Gross hours: 12.3 h", b"Gross hours: 99 h")
    )
    assert {edit.under for edit in verified(chart, ".pptx", tmp_path).edited} == {Spot("chart", 2)}
    note = with_part(
        _slides(), "ppt/notesSlides/notesSlide2.xml", lambda xml: xml.replace(b"Version of", b"The version of")
    )
    assert {edit.under for edit in verified(note, ".pptx", tmp_path).edited} == {Spot("slide_notes", 2)}


def test_slides_without_a_record_or_with_that_of_a_memo_are_refused(tmp_path):
    bare = render_slides(slides_of(bare_advice("ikea"), MemoOptions(embeds=False)))
    with pytest.raises(InvalidInput, match="M012"):
        verified(bare, ".pptx", tmp_path)
    record = (memo_of(bare_advice("ikea")).record or "").encode()
    other = with_part(
        _slides(), "customXml/item1.xml", lambda xml: xml[: xml.index(b"{")] + record + xml[xml.rindex(b"}") + 1 :]
    )
    with pytest.raises(InvalidInput, match="its text is none of a memo"):
        verified(other, ".pptx", tmp_path)
    assert verified(rendered(bare_advice("ikea"), ".docx"), ".docx", tmp_path).is_same


def test_a_later_profile_is_held_against_slides(tmp_path: Path):
    (tmp_path / "slides.pptx").write_bytes(_slides())
    done = run("recheck", tmp_path / "slides.pptx", ROOT / "profiles" / "no-net-saving.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_slides_in_the_looks_of_a_client(tmp_path: Path):
    brand, file = ROOT / "docs" / "brand" / "brand.yaml", tmp_path / "slides.pptx"
    profile = ROOT / "profiles" / "no-net-saving.yaml"
    assert run("memo", profile, "--deck", "--brand", brand, "-o", file).returncode == 0
    assert run("verify-memo", file, "--brand", brand).returncode == 0
    done = run("verify-memo", file)
    assert done.returncode == 2
    assert "M015" in done.stderr


def test_a_word_template_is_not_for_slides(tmp_path: Path):
    profile, template = ROOT / "profiles" / "ikea.yaml", tmp_path / "client.docx"
    template.write_bytes(b"")
    done = run("memo", profile, "--deck", "--template", template, "-o", tmp_path / "slides.pptx")
    assert done.returncode == 2
    assert "it gives a Word memo its looks" in done.stderr
