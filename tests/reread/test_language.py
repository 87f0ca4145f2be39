"""What differs in a German memo is said in German."""

from __future__ import annotations

from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from pptx import Presentation

from advisor.phrases import languages, phrases_in
from advisor.reread.passages import Spot
from tests.cli.command import run
from tests.memo.samples import ROOT

PROFILE = ROOT / "profiles" / "no-net-saving.yaml"


def _memo(folder: Path, name: str = "memo.md", *options: str) -> Path:
    file = folder / name
    done = run("memo", PROFILE, "--no-outlook", "--language", "de", *options, "-o", file)
    assert done.returncode == 0, done.stderr
    return file


def test_a_german_memo_is_as_it_was_written(tmp_path):
    done = run("verify-memo", _memo(tmp_path))
    assert done.returncode == 0, done.stdout
    assert ": vom 16.11.2026, erstellt mit advisor " in " ".join(done.stdout.split())
    assert "Nichts weicht ab: Es sagt, was aus seinem Datensatz folgt." in done.stdout


def test_edits_another_rulebook_and_other_answers_are_said_in_german(tmp_path):
    file = _memo(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Die Tage zählen", "Die Wochen zählen", 1), encoding="utf-8")
    (tmp_path / "rules").mkdir()
    parameter = "parameters: [{name: error_ratio_severe, value: 2.5, why: Unsere Sicht.}]"
    (tmp_path / "rules" / "own.yaml").write_text(parameter, encoding="utf-8")
    profile = tmp_path / "later.yaml"
    profile.write_text(PROFILE.read_text(encoding="utf-8").replace("{value: 350", "{value: 300"))
    done = run("verify-memo", file, "--rules", tmp_path / "rules", "--profile", profile)
    said = " ".join(done.stdout.split())
    assert done.returncode == 1
    assert "Von Hand bearbeitet: eine Stelle" in said
    assert "war: Die Tage zählen" in said
    assert "ist: Die Wochen zählen" in said
    assert "Das Regelwerk ist ein anderes damals: advisor-standard" in said
    assert "error_ratio_severe (Vielfaches des Fehlerziels, das schwer wiegt): damals 2, jetzt 2,5" in said
    assert "Das Profil hat sich geändert" in said
    assert "cases_per_day: damals" in said


def test_a_place_without_a_heading_is_named_in_german(tmp_path):
    file = _memo(tmp_path, "memo.pptx", "--deck")
    deck = Presentation(str(file))
    deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].text = "Anderes"
    notes = deck.slides[4].notes_slide.notes_text_frame
    notes.paragraphs[0].runs[0].text = "Anderes"
    deck.save(str(file))
    said = run("verify-memo", file).stdout.splitlines()
    assert [line.strip() for line in said if "Folie" in line] == ["Folie 2", "Notizen zu Folie 5"]


@pytest.mark.parametrize("language", languages())
def test_every_place_has_its_words(language):
    say, kinds = phrases_in(language), get_args(get_type_hints(Spot)["kind"])
    assert len({say(f"verify.place_{kind}", number=3) for kind in kinds}) == len(kinds)
