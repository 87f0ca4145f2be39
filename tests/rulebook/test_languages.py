"""The texts of the rulebook in other languages: complete, of the same figures, and nothing but texts."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from advisor.rulebook import Rulebook
from advisor.rulebook.languages import untranslated
from advisor.rulebook.model import PLACEHOLDER
from advisor.rulebook.texts import texts_of, with_texts
from tests.rulebook.test_loading import with_overlay

RULEBOOK = Rulebook.load()
GERMAN = RULEBOOK.languages["de"]
TEXTS = dict(texts_of(RULEBOOK))
LETTERS = re.compile(r"[^\W\d_]")


@pytest.mark.parametrize("code", ["en", "de"])
def test_nothing_is_untranslated(code: str) -> None:
    assert list(untranslated(RULEBOOK.languages[code], RULEBOOK)) == []


def test_german_texts_are_german() -> None:
    """No text was left as it stands in the rulebook, apart from names, and words that are the same."""
    same = {path for path, text in GERMAN.texts.items() if text == TEXTS[path] and LETTERS.search(text)}
    assert {path for path in same if path[0] != "sources"} == set()


def test_every_number_is_the_same_in_both_languages() -> None:
    """A threshold or a date that changes in one language only would be found here."""
    for path, text in GERMAN.texts.items():
        assert numbers(text, ",") == numbers(TEXTS[path], "."), path


def numbers(text: str, point: str) -> list[str]:
    found = re.findall(r"\d[\d.,]*\d|\d", PLACEHOLDER.sub("", text))
    return sorted(number.replace("." if point == "," else ",", "").replace(point, ".") for number in found)


def test_steps_stay_one_or_apart_in_german() -> None:
    """Rules that ask for the same use the same words: a memo makes one step of them, in every language."""
    for field in ("action", "owner"):
        pairs = {(text, GERMAN.texts[path]) for path, text in TEXTS.items() if path[2:] == ("remedy", field)}
        assert len(pairs) == len({english for english, _ in pairs}) == len({german for _, german in pairs}), pairs


def test_quotation_marks_are_german() -> None:
    for path, text in GERMAN.texts.items():
        assert text.count("„") == text.count("“"), path
        assert not set("\"'”‚‘") & set(text), path


def test_a_translated_rulebook_means_the_same() -> None:
    spoken = RULEBOOK.in_language("de")
    assert (spoken.spoken, spoken.digest, spoken.steps) == ("de", RULEBOOK.digest, RULEBOOK.steps)
    back = with_texts(spoken, lambda path, _: TEXTS[path])
    assert asdict(back.frame) | {"units": 0} == asdict(RULEBOOK.frame) | {"units": 0}
    for name in ("questions", "rules", "measures", "parameters", "scores", "checks", "sources", "claims"):
        parts, originals = getattr(back, name), getattr(RULEBOOK, name)
        assert {key: asdict(part) for key, part in parts.items()} == {
            key: asdict(part) for key, part in originals.items()
        }


def test_a_rule_a_measure_and_a_unit_are_german() -> None:
    spoken = RULEBOOK.in_language("de")
    assert spoken.rules["load-only-shifts"].title == "Die Last verlagert sich nur"
    assert spoken.frame.units["case/day"] == "Fall am Tag | Fälle am Tag"
    assert [choice.value for choice in spoken.questions["ai_phase"].choices] == ["planned", "pilot", "live"]
    assert spoken.constraints[0].check.says != RULEBOOK.constraints[0].check.says


def test_the_language_of_the_rulebook_itself_changes_nothing() -> None:
    assert dict(texts_of(RULEBOOK.in_language("en"))) == TEXTS


def test_texts_of_what_does_not_exist_are_refused_with_their_place(tmp_path: Path) -> None:
    found = with_overlay(
        tmp_path,
        "language:\n  code: de\n  name: Deutsch\n  questions:\n"
        "    ai_phaze: {ask: x, help: y}\n    ai_phase: {ask: x, help: y, choices: {alive: z}}\n"
        "  rules:\n    load-only-shifts: {sayz: x}\n  ruls: {a: b}\n",
    )
    assert "mine.yaml:5:5 R005 there is no question 'ai_phaze' (did you mean 'ai_phase'?)" in found[0]
    assert "R005 there is no choice 'alive' (did you mean 'live'?)" in found[1]
    assert "mine.yaml:8:24 R005 there is no text 'sayz' (did you mean 'says'?)" in found[2]
    assert "R005 there is no text 'ruls' (did you mean 'rules'?)" in found[3]


def test_a_translation_that_shows_other_values_is_refused(tmp_path: Path) -> None:
    found = with_overlay(
        tmp_path,
        "language:\n  code: de\n  name: Deutsch\n  rules:\n    team-overloaded:\n"
        "      says: Das Team ist überlastet (Auslastung {occupancy_pct}, {backlog_weeks}).\n",
    )
    assert len(found) == 1
    assert "mine.yaml:6:13 R014" in found[0]
    assert "{backlog_weeks}, {occupancy_top}" in found[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("rules: {load-only-shifts: {says: {a: b}}}", "'says' is one text"),
        ("rules: {load-only-shifts: {says: ''}}", "'says' holds a text"),
        ("rules: x", "'rules' holds several texts"),
        ("memo: {situation: x}", "'situation' holds several texts"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, written: str, said: str) -> None:
    found = with_overlay(tmp_path, f"language:\n  code: de\n  name: Deutsch\n  {written}\n")
    assert [said in each and "R003" in each for each in found] == [True]


def test_a_text_alone_is_the_one_by_which_an_entry_is_called(tmp_path: Path) -> None:
    spoken = house(tmp_path, "de", "  rules: {load-only-shifts: Alles wandert}\n").in_language("de")
    assert spoken.rules["load-only-shifts"].title == "Alles wandert"
    assert spoken.rules["load-only-shifts"].says != RULEBOOK.rules["load-only-shifts"].says


def test_a_house_may_speak_a_language_of_its_own(tmp_path: Path) -> None:
    texts = "  questions:\n    harm_incident: {ask: Y a-t-il un dommage ?, help: Oui}\n"
    spoken = house(tmp_path, "fr", texts).in_language("fr")
    assert spoken.questions["harm_incident"].ask == "Y a-t-il un dommage ?"
    assert spoken.questions["ai_phase"].ask == RULEBOOK.questions["ai_phase"].ask


def test_a_reason_that_a_house_gives_anew_is_not_shown_in_an_old_translation(tmp_path: Path) -> None:
    parameter = "parameters:\n  - {name: growth_real, value: 6, why: Our own noise.}\n"
    other = "  - {name: growth_flat, value: 1}\n"
    spoken = house(tmp_path, "de", "", parameter + other).in_language("de")
    assert spoken.parameters["growth_real"].why == "Our own noise."
    assert spoken.parameters["growth_flat"].why == GERMAN.texts["parameters", "growth_flat", "why"]
    assert spoken.parameters["growth_real"].label == GERMAN.texts["parameters", "growth_real", "label"]


def test_a_label_that_a_house_gives_anew_leaves_the_reason_as_it_is(tmp_path: Path) -> None:
    parameter = "parameters:\n  - {name: growth_real, label: Our line}\n"
    spoken = house(tmp_path, "de", "", parameter).in_language("de")
    assert spoken.parameters["growth_real"].label == "Our line"
    assert spoken.parameters["growth_real"].why == GERMAN.texts["parameters", "growth_real", "why"]


def test_a_house_translates_the_reason_that_it_gives(tmp_path: Path) -> None:
    parameter = "parameters:\n  - {name: growth_real, value: 6, why: Our own noise.}\n"
    spoken = house(tmp_path, "de", "  parameters: {growth_real: Unser Rauschen.}\n", parameter).in_language("de")
    assert spoken.parameters["growth_real"].why == "Unser Rauschen."


def house(tmp_path: Path, code: str, texts: str, entries: str = "") -> Rulebook:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "texts.yaml").write_text(f"language:\n  code: {code}\n  name: Haus\n{texts}{entries}", encoding="utf-8")
    return Rulebook.load(overlays=[folder])
