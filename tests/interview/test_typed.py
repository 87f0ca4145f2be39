"""What people type, and what is understood."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.interview.typed import NotUnderstood, Reader
from advisor.interview.wording import wording_of
from advisor.profile import Answer
from advisor.rulebook import Rulebook

RULEBOOK = Rulebook.load()
QUESTIONS = RULEBOOK.questions
READERS = {code: Reader(RULEBOOK.languages[code], wording_of(code), "EUR") for code in ("en", "de")}
SPOKEN = {code: RULEBOOK.in_language(code) for code in ("en", "de")}
MINUTES, PERCENT, SIGNED = "ai_minutes_saved_per_case", "error_rate_pct", "volume_growth_12m_pct"


def read(text: str, name: str, language: str = "en") -> object:
    """The value, the low and high ends as texts, or the refusal."""
    reader = READERS[language]
    try:
        answer = reader.answer(text, SPOKEN[language].questions[name])
    except NotUnderstood as refused:
        return f"! {refused}"
    parts = [part for part in (answer.value, answer.low, answer.high) if part is not None]
    return " ".join(f"{part:f}" if isinstance(part, Decimal) else str(part) for part in parts)


@pytest.mark.parametrize(
    ("text", "name", "understood"),
    [
        ("4", MINUTES, "4"),
        ("4.5", MINUTES, "4.5"),
        ("4,5", MINUTES, "4.5"),
        ("4.50 min", MINUTES, "4.5"),
        ("4 minutes per case", MINUTES, "4"),
        ("+3", SIGNED, "3"),
        ("−3", SIGNED, "-3"),
        ("- 3 %", SIGNED, "-3"),
        ("1,234", "cases_per_day", "1234"),
        ("1,234.5", "cases_per_day", "1234.5"),
        ("1.234,5", "cases_per_day", "1234.5"),
        ("12 345", "cases_per_day", "12345"),
        ("12'345.5 cases a day", "cases_per_day", "12345.5"),
        ("1,234,567", "cases_per_day", "1234567"),
        ("3..5", MINUTES, "3 5"),
        ("3 - 5 min", MINUTES, "3 5"),
        ("3–5", MINUTES, "3 5"),
        ("3 min to 5 min", MINUTES, "3 5"),
        ("between 3 and 5", MINUTES, "3 5"),
        ("-5..-3", SIGNED, "-5 -3"),
        ("5..5", MINUTES, "5"),
        ("4 (3..5)", MINUTES, "4 3 5"),
        ("1 in 20", PERCENT, "5"),
        ("1 of 3", PERCENT, "33.33"),
        ("3/4", PERCENT, "75"),
        ("10-20%", PERCENT, "10 20"),
        ("1,000 EUR", "cost_per_error", "1000"),
        ("12.50 €", "cost_per_error", "12.5"),
        ("4 out of 5", "authority_rights_count", "4"),
        ("yes", "harm_incident", "True"),
        ("2", "harm_incident", "False"),
        ("live", "ai_phase", "live"),
        ("3", "ai_phase", "live"),
        ("Planned", "ai_phase", "planned"),
        ("1, 3", "rework_kind", "('reopened', 'resubmitted')"),
        ("3 1", "rework_kind", "('reopened', 'resubmitted')"),
        ("none", "rework_kind", "()"),
    ],
)
def test_understood_in_english(text: str, name: str, understood: str) -> None:
    assert read(text, name) == understood


@pytest.mark.parametrize(
    ("text", "name", "understood"),
    [
        ("4,5 Minuten", MINUTES, "4.5"),
        ("1.234", "cases_per_day", "1234"),
        ("1.234,5 Fälle am Tag", "cases_per_day", "1234.5"),
        ("1 von 20", PERCENT, "5"),
        ("3 bis 5 Prozent", PERCENT, "3 5"),
        ("zwischen 3 und 5", PERCENT, "3 5"),
        ("2,5 VZÄ", "team_fte", "2.5"),
        ("nein", "harm_incident", "False"),
        ("geplant", "ai_phase", "planned"),
        ("keine", "rework_kind", "()"),
        ("12 EUR je Fall", "cost_per_error", "12"),
    ],
)
def test_understood_in_german(text: str, name: str, understood: str) -> None:
    assert read(text, name, "de") == understood


@pytest.mark.parametrize(
    ("text", "name", "language", "remedy"),
    [
        ("12 kg", MINUTES, "en", "in minutes, please, or unknown"),
        ("12 kg", MINUTES, "de", "bitte in Minuten oder unbekannt"),
        ("2 hours", MINUTES, "en", "in minutes, please"),
        ("a few", MINUTES, "en", "in minutes, please"),
        ("120", PERCENT, "en", "120: allowed is 0 to 100 per cent"),
        ("99999999", MINUTES, "de", "99.999.999: erlaubt ist 0 bis 10.000.000 Minuten"),
        ("-1", MINUTES, "en", "−1: allowed is 0 or more minutes"),
        ("-1", PERCENT, "en", "−1: allowed is 0 to 100 per cent"),
        ("1.234", "cases_per_day", "en", "1.234 could be 1,234 or 1.23"),
        ("1.000", "cases_per_day", "en", "1.000 could be 1,000 or 1; write it"),
        ("12,000", "cases_per_day", "de", "12,000 könnte 12.000 oder 12 heißen"),
        ("1,234", "cases_per_day", "de", "1,234 könnte 1.234 oder 1,23 heißen"),
        ("1.2345", MINUTES, "en", "at most 2 decimals are kept: 1.23"),
        ("5..3", MINUTES, "en", "the range begins with the smaller number: 3..5"),
        ("9 (3..5)", MINUTES, "en", "the value must lie within the range"),
        ("1,23,4", MINUTES, "en", "in minutes, please"),
        ("3 4", MINUTES, "en", "in minutes, please"),
        ("1 in 0", PERCENT, "en", "in per cent, please"),
        ("30 USD", "cost_per_error", "en", "in EUR, please"),
        ("perhaps", "harm_incident", "en", "yes or no, please, or unknown"),
        ("vielleicht", "harm_incident", "de", "bitte ja, nein oder unbekannt"),
        ("4", "ai_phase", "en", "a number from 1 to 3, please, or unknown"),
        ("4", "ai_phase", "de", "bitte eine Zahl von 1 bis 3 oder unbekannt"),
        ("pilott", "ai_phase", "en", "did you mean “Pilot”?"),
        ("p", "ai_phase", "en", "a number from 1 to 3, please"),
        ("1\x1b[A", MINUTES, "en", "characters that cannot be stored"),
        ("9" * 40, MINUTES, "en", "in minutes, please"),
        (f"{'9' * 30} in 1", PERCENT, "en", "allowed is 0 to 100"),
        (f"{'9' * 30} in 0.{'0' * 27}1", PERCENT, "en", "allowed is 0 to 100"),
        ("٣ kg", MINUTES, "en", "in minutes, please"),
        ("x" * 3000, MINUTES, "en", "at most 2000 characters"),
    ],
)
def test_refused_with_the_remedy(text: str, name: str, language: str, remedy: str) -> None:
    said = read(text, name, language)
    assert isinstance(said, str)
    assert said.startswith("! "), said
    assert remedy in said


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["en", "de"]))
def test_a_number_is_read_as_it_is_shown(number: Decimal, language: str) -> None:
    reader = READERS[language]
    question = QUESTIONS["cases_per_day"]
    assert reader.answer(reader.shown(number), question) == Answer("answered", number)
    for unit in (reader.unit(question), reader.unit_after(question)):
        assert reader.answer(f"{reader.shown(number)} {unit}", question).value == number


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_shown_behind_a_number_can_be_typed_there(language: str) -> None:
    reader = READERS[language]
    for name, question in QUESTIONS.items():
        if question.type == "number":
            shown = reader.shown(question.minimum or Decimal(0))
            assert reader.answer(f"{shown} {reader.unit_after(question)}", question).state == "answered", name


def test_german_units_are_declined() -> None:
    reader = READERS["de"]
    said = {name: (reader.unit(QUESTIONS[name]), reader.unit_after(QUESTIONS[name])) for name in DECLINED}
    assert said == DECLINED


DECLINED = {
    "months_live": ("Monaten", "Monate"),
    "cases_per_day": ("Fällen am Tag", "Fälle am Tag"),
    "csat_change_pts": ("Punkten", "Punkte"),
    "complaint_ratio": ("Vielfachen", "mal"),
    "ai_minutes_saved_per_case": ("Minuten", "Minuten"),
    "cost_per_error": ("EUR", "EUR"),
}


@given(st.text(max_size=60), st.sampled_from(sorted(QUESTIONS)), st.sampled_from(["en", "de"]))
def test_any_text_is_understood_or_refused(text: str, name: str, language: str) -> None:
    reader, question = READERS[language], QUESTIONS[name]
    if question.type == "table":
        return
    try:
        answer = reader.answer(text, question)
    except NotUnderstood as refused:
        assert str(refused)
    else:
        for number in (answer.value, answer.low, answer.high):
            if isinstance(number, Decimal):
                assert question.minimum is None or number >= question.minimum
                assert question.maximum is None or number <= question.maximum


def test_stored_values_do_not_depend_on_the_language() -> None:
    for question in QUESTIONS.values():
        for place, choice in enumerate(question.choices, 1):
            for language, reader in READERS.items():
                said = SPOKEN[language].questions[question.name]
                as_typed = [str(place), choice.value, said.choices[place - 1].label]
                values = [reader.answer(text, said).value for text in as_typed if question.type == "choice"]
                assert set(values) <= {choice.value}
