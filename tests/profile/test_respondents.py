"""Respondents are read as they were meant; what is wrong with them is said without repeating what they said."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from advisor.profile import Answer, Frozen, Profile, Voice, digest, profile_as_yaml, profile_schema, read_profile
from advisor.profile.speaker import ROLES
from advisor.reading import InvalidInput, compose
from tests.profile.samples import QUESTIONS, profiles
from tests.profile.test_schema import as_an_editor_reads

HEAD = "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    respondents:\n"
ENTRY = HEAD + "      - role: staff\n        people: 8\n        answers:\n"
WHOLE = """\
      - role: staff
        people: 8
        date: 2026-11-20
        note: late shift
        answers:
          error_rate_pct: {value: 3.5, people: 6, evidence: measured, source: survey}
          harm_running: {tally: {true: 2, false: 6}}
          clarity_hours_assigned: {tally: {no: 5, yes: 0}, people: 5}
          ai_stop_measures: {tally: {cost: 7, speed: 4}}
          csat_change_pts: {low: -3, high: 2, people: 7}
          staff_respondents: {not_applicable: nobody asked, people: 8}
          cases_per_day: unknown
      - role: data_owner
        answers: {cases_per_day: 200}
      - role: manager
"""
VALIDATOR = Draft202012Validator(profile_schema(QUESTIONS))


def complaints(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(as_an_editor_reads(compose(text, "f")))]


def voices(text: str) -> tuple[Voice, ...]:
    return read_profile(text, QUESTIONS, "f").units[0].respondents


def test_every_form_is_read() -> None:
    staff, owner, manager = voices(HEAD + WHOLE)
    assert (staff.role, staff.people, staff.date, staff.note) == ("staff", 8, date(2026, 11, 20), "late shift")
    assert staff.place is not None
    assert str(staff.place) == "f:6:9"
    assert dict(staff.answers) == {
        "error_rate_pct": Answer("answered", Decimal("3.5"), evidence="measured", source="survey", people=6),
        "harm_running": Answer("answered", tally=Frozen({"true": 2, "false": 6})),
        "clarity_hours_assigned": Answer("answered", tally=Frozen({"no": 5, "yes": 0}), people=5),
        "ai_stop_measures": Answer("answered", tally=Frozen({"cost": 7, "speed": 4})),
        "csat_change_pts": Answer("answered", low=Decimal(-3), high=Decimal(2), people=7),
        "staff_respondents": Answer("not_applicable", reason="nobody asked", people=8),
        "cases_per_day": Answer("unknown"),
    }
    assert (owner.role, owner.people, owner.answers["cases_per_day"]) == (
        "data_owner",
        1,
        Answer("answered", Decimal(200)),
    )
    assert (manager.role, dict(manager.answers)) == ("manager", {})
    assert complaints(HEAD + WHOLE) == []


@pytest.mark.parametrize("nothing", ["", "    respondents:\n", "    respondents: ~\n", "    respondents: []\n"])
def test_respondents_may_be_left_out(nothing: str) -> None:
    text = HEAD.replace("    respondents:\n", nothing)
    assert voices(text) == ()
    assert digest(read_profile(text, QUESTIONS)) == digest(read_profile(text.replace(nothing, ""), QUESTIONS))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("role: boss", "P035 'boss' is no role; known are manager, staff, data_owner"),
        ("role: manger", "P035 'manger' is no role (did you mean 'manager'?)"),
        ("people: 3", "P004 the role of a respondent is missing"),
        ("{role: staff, name: Jane Roe}", "P033 a respondent has no 'name': a profile names nobody"),
        ("{role: staff, email: j@x}", "P033"),
        ("{role: staff, peple: 3}", "P003 a respondent has no key 'peple' (did you mean 'people'?)"),
        ("{role: staff, people: 0}", "P036 people must be a whole number of people, 1 to 10000000"),
        ("{role: staff, people: 1.5}", "P036"),
        ("{role: staff, people: '8'}", "P036"),
        ("{role: staff, people: 99999999}", "P036"),
        ("{role: staff, date: yesterday}", "P008"),
        ("{role: staff, answers: {nothing: 1}}", "P020 there is no question 'nothing'"),
        ("{role: staff, answers: 5}", "P005 answers needs lines"),
        ("5", "P005 a respondent needs keys with values here: role, people"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(entry: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=re.escape(said)) as caught:
        voices(HEAD + f"      - {entry}\n")
    assert "Jane" not in str(caught.value)
    assert complaints(HEAD + f"      - {entry}\n") != []


SECRET = "77.0199"
WRONG_ANSWERS = [
    ("error_rate_pct: 770199", "P024"),
    ("error_rate_pct: 77.0199", "P023"),
    ("error_rate_pct: 77,0199", "P022"),
    ("error_rate_pct: {value: 77.0199, low: 1, high: 2}", "P023"),
    ("error_rate_pct: {low: 77, high: 1}", "P025"),
    ("error_rate_pct: {77.0199}", "P003"),
    ("error_rate_pct: [77.0199]", "P005"),
    ("harm_running: 77.0199", "P021"),
    ("harm_running: {tally: {77.0199: 8}}", "P021"),
    ("ai_phase: 77.0199", "P027"),
    ("ai_phase: {tally: {77.0199: 8}}", "P027"),
    ("ai_stop_measures: [77.0199]", "P027"),
    ("incentive_measures: [{name: x, weight_pct: 77.0199}]", "P023"),
    ("error_rate_pct: {value: 1, evidence: 77.0199}", "P030"),
    ("error_rate_pct: {value: 1, as_of: 77.0199}", "P008"),
    (f"error_rate_pct: {{value: 1, note: '{SECRET * 300}'}}", "P007"),
    ("error_rate_pct: {tally: {77.0199: 8}}", "P037"),
    ("harm_running: {tally: {true: 77.0199}}", "P036"),
    ("harm_running: {tally: {true: 3}, value: true}", "P031"),
    ("harm_running: {tally: {true: 3, false: 5}, people: 7}", "P037"),
    ("harm_running: {tally: {true: 0}}", "P037"),
    ("harm_running: {tally: {}}", "P005"),
    ("ai_stop_measures: {tally: {cost: 7}, people: 6}", "P037"),
    ("harm_running: {tally: {true: 9}}", "P036"),
    ("error_rate_pct: {value: 1, people: 9}", "P036"),
    ("error_rate_pct: {value: unknown, people: 3}", "P031"),
]


@pytest.mark.parametrize(("line", "code"), WRONG_ANSWERS)
def test_what_is_wrong_with_an_answer_is_said_without_repeating_it(line: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        voices(f"{ENTRY}          {line}\n")
    message = str(caught.value)
    assert f" {code} " in message
    assert re.match(r"f:9:\d+ ", message)
    assert "77" not in message
    assert line.split(":", maxsplit=1)[0] in message


def test_recorded_answers_have_neither_people_nor_a_tally() -> None:
    text = "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    answers: {harm_running: %s}\n"
    for form in ("{value: true, people: 8}", "{tally: {true: 8}}"):
        with pytest.raises(InvalidInput, match="P003"):
            read_profile(text % form, QUESTIONS)


def test_at_most_500_respondents_are_read() -> None:
    with pytest.raises(InvalidInput, match="f:506:9 P034 there are 501 respondents, at most 500 are read; put people"):
        voices(HEAD + "      - role: staff\n" * 501)


@given(profiles)
def test_respondents_are_written_as_they_are_read(profile: Profile) -> None:
    written = profile_as_yaml(profile)
    assert read_profile(written, QUESTIONS) == profile
    assert complaints(written) == []


def test_the_schema_describes_each_role_and_each_question() -> None:
    entry: Any = profile_schema(QUESTIONS)["$defs"]
    assert entry["respondent"]["properties"]["role"]["enum"] == list(ROLES)
    assert list(entry["respondent"]["properties"]["answers"]["properties"]) == list(QUESTIONS)
