"""A profile is read as it was meant, or every problem is named with its place."""

from __future__ import annotations

import io
import pickle
import re
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import advisor.profile
from advisor.profile import CODES, Answer, Cell, Frozen, Profile, Row, profile_as_yaml, read_profile
from advisor.reading import InvalidInput, Place
from advisor.rulebook.questionnaire import Questionnaire
from tests.profile.samples import QUESTIONS, profiles

GOOD = """\
advisor_profile: 1
about: Invented.
organisation: {name: Example Insurance, sector: insurance, country: NO, currency: EUR}
engagement: {prepared_for: The board, date: 2026-11-22, reference: 007}
units:
  - name: "  Claims\\tback   office "
    about: |
      Two
      lines.
    answers:
      ai_phase: live
      cases_per_day: 200
      error_rate_pct: {value: 3.20, low: 2.5, high: 4.0, evidence: measured, source: QA log, as_of: 2026-09-30}
      csat_change_pts: unknown
      staff_respondents: {not_applicable: team of three}
      clarity_hours_assigned: no
      ai_stop_measures: [speed, cost]
      incentive_measures:
        - {name: Calls, kind: cost, weight_pct: 40, has_target: unknown}
        - {name: Audit}
  - name: Complaints
    answers:
      cases_per_day: {low: 10, high: 20, evidence: estimated}
      csat_change_pts: {value: unknown, note: ask IT}
"""
HEAD = "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    answers:\n"


def _row(cells: dict[str, Cell]) -> Row:
    return Frozen(cells)


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_profile(text, QUESTIONS, "f")
    return str(caught.value).splitlines()


def assert_refused(line: str, said: str) -> None:
    """One answer, written on line 6, has one problem."""
    (problem,) = problems(f"{HEAD}      {line}\n")
    assert re.match(r"f:6:\d+ ", problem)
    assert said in problem


def answers(*lines: str) -> dict[str, Answer]:
    text = HEAD + "".join(f"      {line}\n" for line in lines)
    return dict(read_profile(text, QUESTIONS).units[0].answers)


def test_every_form_is_read() -> None:
    profile = read_profile(GOOD, QUESTIONS, "f")
    unit = profile.units[0]
    assert (unit.name, unit.about) == ("Claims back office", "Two\nlines.")
    assert (profile.organisation.country, profile.engagement.reference) == ("NO", "007")
    assert profile.engagement.date == date(2026, 11, 22)
    assert dict(unit.answers) == {
        "ai_phase": Answer("answered", "live"),
        "cases_per_day": Answer("answered", Decimal(200)),
        "error_rate_pct": Answer(
            "answered", Decimal("3.2"), Decimal("2.5"), Decimal(4), "measured", "QA log", date(2026, 9, 30)
        ),
        "csat_change_pts": Answer("unknown"),
        "staff_respondents": Answer("not_applicable", reason="team of three"),
        "clarity_hours_assigned": Answer("answered", "no"),
        "ai_stop_measures": Answer("answered", ("speed", "cost")),
        "incentive_measures": Answer(
            "answered",
            (
                _row({"name": "Calls", "kind": "cost", "weight_pct": Decimal(40), "has_target": None}),
                _row({"name": "Audit", "kind": None, "weight_pct": None, "has_target": None}),
            ),
        ),
    }
    assert profile.units[1].answers["cases_per_day"] == Answer(
        "answered", None, Decimal(10), Decimal(20), evidence="estimated"
    )
    assert profile.units[1].answers["csat_change_pts"] == Answer("unknown", note="ask IT")
    assert unit.answers["cases_per_day"].place == Place("f", 12, 22)
    assert profile.unit("Complaints") is profile.units[1]
    assert profile.unit("None") is None


def test_a_profile_cannot_change_and_travels_between_processes() -> None:
    profile: Any = read_profile(GOOD, QUESTIONS)
    with pytest.raises(TypeError):
        profile.units[0].answers["ai_phase"] = None
    with pytest.raises(AttributeError):
        profile.units = ()
    assert pickle.loads(pickle.dumps(profile)) == profile
    assert len({profile, read_profile(GOOD, QUESTIONS)}) == 1


@pytest.mark.parametrize("text", ["0", "250", "-0", "12.50", "0.500", "1.2000", "+5", "10000000", "10000000.00"])
def test_plain_numbers_are_read_exactly(text: str) -> None:
    assert answers(f"cases_per_day: {text}")["cases_per_day"].value == Decimal(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1e3", "P022 cases_per_day: '1e3' is not a plain number; write digits with a point"),
        ("1_000", "P022 cases_per_day: '1_000' is not a plain number; write a point before decimals, and nothing"),
        ("1.200", "P045 cases_per_day: '1.200' could be 1200 or 1.2; write 1200 or 1.2, whichever is meant"),
        ("1,000", "P045 cases_per_day: '1,000' could be 1000 or 1"),
        ("'12.500'", "P045 cases_per_day: '12.500' could be 12500 or 12.5"),
        ("1,234", "P022 cases_per_day: '1,234' is not a plain number; write a point before decimals, and nothing"),
        ("1.234", "P023 cases_per_day: '1.234' has 3 decimals; at most 2 are kept, round it; 1234 if thousands"),
        ("1.200.000", "P022 cases_per_day: '1.200.000' is not a plain number; write a point before decimals, and n"),
        ("1.200,5", "P022 cases_per_day: '1.200,5' is not a plain number; write a point before decimals, and nothing"),
        ("{low: 1.200, high: 1500}", "P045"),
        ("3,2", "P022 cases_per_day: '3,2' is not a plain number; write a point before decimals"),
        ("0x1", "P022 cases_per_day: '0x1' is not"),
        (".inf", "P022 cases_per_day: '.inf' is not"),
        ("nan", "P022 cases_per_day: 'nan' is not"),
        ("012", "P022 cases_per_day: '012' is not a plain number; write it without leading zeros"),
        ("1:17", "P022 cases_per_day: '1:17' is not"),
        (".5", "P022"),
        ("5.", "P022"),
        ("--5", "P022"),
        ("٣", "P022"),
        ("NO", "P022"),
        ("true", "P022"),
        ("5%", "P022 cases_per_day: '5%' is not a plain number; write the number alone, counted in cases/day"),
        ("2-3", "P022 cases_per_day: '2-3' is not a plain number; write {low: 2, high: 3} for a range"),
        ("2.5 – 3", "P022 cases_per_day: '2.5 – 3' is not a plain number; write {low: 2.5, high: 3} for a range"),
        ("2..3", "P022 cases_per_day: '2..3' is not a plain number; write {low: 2, high: 3} for a range"),
        ("{value: 4,5}", "P003 the answer to cases_per_day has no key '5'; if this was a number, write 4.5"),
        ("20 cases", "P022 cases_per_day: '20 cases' is not a plain number; write the number alone"),
        ('"5"', "P022 cases_per_day: '5' is not a plain number; write it without quotes"),
        ("3.125", "P023 cases_per_day: '3.125' has 3 decimals; at most 2 are kept, round it"),
        ("-1", "P024 cases_per_day: '-1' is out of bounds; allowed is 0 to 10000000 cases/day"),
        ("10000000.01", "P024"),
        ("9" * 5000, "P024"),
        ("", "P006 nothing is written for cases_per_day; write a value or remove the line"),
        ("~", "P006"),
        ("[5]", "P005 cases_per_day needs a single value here"),
        ("n/a", "P029 cases_per_day: 'n/a' needs a reason; say why: {not_applicable: the reason}"),
        ("not_applicable", "P029"),
        ("{not_applicable: }", "P006"),
        ("{not_applicable: x, value: 5}", "P031 cases_per_day is not applicable, so it can have no 'value'"),
        ("{value: unknown, low: 1}", "P031 cases_per_day is unknown, so it can have no 'low'"),
        ("{}", "P004 the answer to cases_per_day has no value"),
        ("{source: QA}", "P004"),
        ("{value: 5, sorce: QA}", "P003 the answer to cases_per_day has no key 'sorce' (did you mean 'source'?)"),
        ("{value: 5, low: 3}", "P026 cases_per_day has low alone; low and high come together"),
        ("{high: 3}", "P026 cases_per_day has high alone"),
        ("{low: 6, high: 4}", "P025 cases_per_day: low 6 is above high 4; exchange them"),
        ("{value: 5, low: 6, high: 7}", "P025 cases_per_day: the value 5 is not between low 6 and high 7"),
        ("{value: 8, low: 6, high: 7}", "P025 cases_per_day: the value 8 is not between"),
        ("{low: unknown, high: 7}", "P022"),
        ("{value: 5, evidence: messured}", "P030 cases_per_day: 'messured' is no kind of evidence (did you mean 'mea"),
        ("{value: 5, as_of: 2026-02-30}", "P008 as_of of cases_per_day: '2026-02-30' is not a date; write year-month"),
        ("{value: 5, as_of: 20260230}", "P008"),
        ("{value: 5, as_of: 30.9.2026}", "P008"),
        (f"{{value: 5, note: {'x' * 2001}}}", "P007 the note on cases_per_day has 2001 characters; at most 2000"),
        ("{value: {value: 5}}", "P005"),
    ],
)
def test_bad_numbers_are_refused(text: str, said: str) -> None:
    assert_refused(f"cases_per_day: {text}", said)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from(["", "-", "+"]))
def test_a_separator_that_may_stand_between_thousands_never_gives_a_number(
    whole: int, group: int, mark: str, sign: str
) -> None:
    text = f"{sign}{whole}{mark}{group:03}"
    for question, most in (("cases_per_day", 10_000_000), ("staff_respondents", 10_000)):
        if sign != "-" and mark == "." and group == 0 and whole * 1000 > most:  # no answer with thousands
            assert answers(f"{question}: {text}")[question].value == whole
            continue
        (problem,) = problems(f"{HEAD}      {question}: {text}\n")
        assert problem.split()[1] in ("P022", "P023", "P024", "P045")


def test_a_share_is_never_thousands() -> None:
    assert answers("error_rate_pct: 3.120")["error_rate_pct"].value == Decimal("3.12")
    assert answers("csat_change_pts: -1.200")["csat_change_pts"].value == Decimal("-1.2")
    assert_refused("error_rate_pct: 3.125", "P023 error_rate_pct: '3.125' has 3 decimals; at most 2 are kept, round it")
    assert_refused("error_rate_pct: 3,120", "P022")


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "said"),
    [
        ("5.250", -100, 1000, "5.25"),
        ("-5.250", -100, 1000, "-5.25"),
        ("2.500", 0, 1000, "2.5"),
        ("1.000", 0, 1000, "P045 cases_per_day: '1.000' could be 1000 or 1"),
        ("-1.500", -1000, 0, "-1.5"),
        ("-1.500", -1500, 0, "P045 cases_per_day: '-1.500' could be -1500 or -1.5"),
        ("1.200", 2, None, "P024 cases_per_day: '1.200' is out of bounds; allowed is at least 2"),
        ("5,250", -100, 1000, "P022 cases_per_day: '5,250' is not a plain number; write a point before decimals"),
    ],
)
def test_both_readings_of_a_number_are_among_the_answers(
    text: str, minimum: int, maximum: int | None, said: str
) -> None:
    most = None if maximum is None else Decimal(maximum)
    asked = replace(QUESTIONS["cases_per_day"], minimum=Decimal(minimum), maximum=most)
    try:
        profile = read_profile(f"{HEAD}      cases_per_day: {text}\n", Questionnaire({asked.name: asked}))
    except InvalidInput as error:
        assert said in str(error)
    else:
        assert profile.units[0].answers["cases_per_day"].value == Decimal(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("harm_running: NO", "P021 harm_running: 'NO' does not answer a yes/no question; write false"),
        ("harm_running: yes", "P021 harm_running: 'yes' does not answer a yes/no question; write true"),
        ("harm_running: on", "P021"),
        ("harm_running: True", "P021 harm_running: 'True' does not answer a yes/no question; write true"),
        ("harm_running: 1", "P021 harm_running: '1' does not answer a yes/no question; write true, false or unkn"),
        (
            "harm_running: 'true'",
            "P021 harm_running: 'true' does not answer a yes/no question; write true wit",
        ),
        ("harm_running: {value: true, low: 1, high: 2}", "P026 harm_running is not a number"),
        ("staff_respondents: 4.5", "P023 staff_respondents: '4.5' has 1 decimals; whole numbers only"),
        ("error_rate_pct: 0.032", "P023 error_rate_pct: '0.032' has 3 decimals; at most 2 are kept, round it; 3.2 if"),
        (
            "ai_phase: lvie",
            "P027 ai_phase has no choice 'lvie' (did you mean 'live'?); choices are planned, pilot, live",
        ),
        ("ai_phase: [live]", "P005"),
        ("ai_stop_measures: cost", "P005 ai_stop_measures needs a list here"),
        ("ai_stop_measures: [cost, cots]", "P027"),
        ("ai_stop_measures: [cost, cost]", "P028 ai_stop_measures: 'cost' is listed twice; remove one"),
        ("incentive_measures: 5", "P005"),
        ("incentive_measures: [5]", "P005 a row of incentive_measures needs keys"),
        ("incentive_measures: [{nme: x}]", "P003 a row of incentive_measures has no key 'nme' (did you mean 'name'?)"),
        ("incentive_measures: [{weight_pct: 101}]", "P024 weight_pct: '101' is out of bounds; allowed is 0 to 100 %"),
        ("incentive_measures: [{kind: quantity}]", "P027"),
        ("incentive_measures: [{name: }]", "P006"),
        (f"incentive_measures: [{'{name: x}, ' * 501}]", "P032 incentive_measures has 501 rows; at most 500 are read"),
        ("cases_per_dya: 5", "P020 there is no question 'cases_per_dya' (did you mean 'cases_per_day'?)"),
        ("zzz: 5", "P020 there is no question 'zzz'; 'advisor profile new' lists all questions"),
    ],
)
def test_other_bad_answers_are_refused(line: str, said: str) -> None:
    assert_refused(line, said)


UNITS = "units: [{name: U}]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("organisation: {name: X}\n" + UNITS, "f:1:1 P001 this is not a profile; its first line must be 'advisor_pro"),
        ("- a\n", "f:1:1 P001"),
        ("text\n", "f:1:1 P001"),
        ("advisor_profile: 2\n", "f:1:18 P002 the format's version is '2', this program reads 'advisor_profile: 1'"),
        ("advisor_profile: '1'\norganisation: {name: X}\n" + UNITS, "f:1:18 P002"),
        ("advisor_profile: [1]\norganisation: {name: X}\n" + UNITS, "f:1:18 P002"),
        ("advisor_profile: 1\n" + UNITS, "f:1:1 P004 organisation is missing"),
        ("advisor_profile: 1\norganisation: {sector: X}\n" + UNITS, "f:2:15 P004 the organisation's name is missing"),
        ("advisor_profile: 1\norganisation: {name: }\n" + UNITS, "f:2:22 P006"),
        ("advisor_profile: 1\norganisation: {name: ' '}\n" + UNITS, "f:2:22 P006"),
        ("advisor_profile: 1\norganisation: {name: X, country: Norway}\n" + UNITS, "f:2:34 P009 country 'Norway' is"),
        ("advisor_profile: 1\norganisation: {name: X, currency: €}\n" + UNITS, "f:2:35 P009"),
        ("advisor_profile: 1\norganisation: {name: X}\nengagement: {date: 22.11.2026}\n" + UNITS, "f:3:20 P008"),
        (
            "advisor_profile: 1\norganisation: {name: X}\norganization: X\n" + UNITS,
            "f:3:1 P003 a profile has no key 'or",
        ),
        ("advisor_profile: 1\norganisation: X\n" + UNITS, "f:2:15 P005"),
        ("advisor_profile: 1\norganisation: {name: X}\n", "f:1:1 P012 there is no unit"),
        ("advisor_profile: 1\norganisation: {name: X}\nunits: []\n", "f:3:8 P012"),
        ("advisor_profile: 1\norganisation: {name: X}\nunits:\n", "f:3:7 P012"),
        ("advisor_profile: 1\norganisation: {name: X}\nunits: {name: U}\n", "f:3:8 P005"),
        ("advisor_profile: 1\norganisation: {name: X}\nunits: [U]\n", "f:3:9 P005"),
        ("advisor_profile: 1\norganisation: {name: X}\nunits: [{answers: {}}]\n", "f:3:9 P004 the unit's name is miss"),
        ("advisor_profile: 1\norganisation: {name: X}\nunits: [{name: U, answers: 5}]\n", "f:3:28 P005"),
        ("advisor_profile: 1\norganisation: {name: X}\nunits: [{name: U}, {name: ' u'}]\n", "f:3:27 P011 another unit"),
        (f"advisor_profile: 1\norganisation: {{name: {'x' * 2001}}}\n" + UNITS, "f:2:22 P007"),
        ("", "f Y008 the file is empty"),
    ],
)
def test_bad_frames_are_refused(text: str, said: str) -> None:
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_501_units_are_too_many_and_500_are_not() -> None:
    head = "advisor_profile: 1\norganisation: {name: X}\nunits:\n"
    units = [f"  - name: U{number}\n" for number in range(501)]
    assert len(read_profile(head + "".join(units[:500]), QUESTIONS).units) == 500
    assert problems(head + "".join(units)) == [
        "f:504:5 P010 there are 501 units, at most 500 are read; split the profile"
    ]


def test_all_problems_are_reported_at_once_in_file_order() -> None:
    text = (
        "advisor_profile: 1\nunits:\n  - answers: {ai_phase: x, harm_running: y}\n"
        "  - name: U\n    answers:\n      cases_per_day: -1\n      nothing: 5\norganisation: {nme: X}\n"
    )
    assert [line.split()[:2] for line in problems(text)] == [
        ["f:3:5", "P004"],
        ["f:3:25", "P027"],
        ["f:3:42", "P021"],
        ["f:6:22", "P024"],
        ["f:7:7", "P020"],
        ["f:8:15", "P004"],
        ["f:8:16", "P003"],
    ]


def test_keys_that_appear_twice_hide_nothing() -> None:
    text = (
        "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    answers:\n      cases_per_day: -1\n"
        "      ai_phase: pilot\n      ai_phase: live\n    answers:\n      nothing: 5\n      cases_per_day: 3\n"
    )
    assert [line.split()[:2] for line in problems(text)] == [
        ["f:6:22", "P024"],
        ["f:8:7", "Y012"],
        ["f:9:5", "Y012"],
        ["f:10:7", "P020"],
    ]


def test_optional_parts_may_be_empty() -> None:
    text = "advisor_profile: 1\norganisation:\n  name: X\n  sector:\nengagement:\nunits:\n  - name: U\n    answers:\n"
    profile = read_profile(text, QUESTIONS)
    assert profile.organisation.sector is None
    assert len(profile.units[0].answers) == 0


def test_texts_are_composed_and_stripped() -> None:
    text = 'advisor_profile: 1\norganisation: {name: " Cafe\u0301\\n ", about: "\\ne\u0301 "}\nunits: [{name: U}]\n'
    organisation = read_profile(text, QUESTIONS).organisation
    assert (organisation.name, organisation.about) == ("Caf\u00e9", "\u00e9")


def test_control_characters_are_refused_also_as_escapes() -> None:
    assert problems('advisor_profile: 1\norganisation: {name: "\\e[2J"}\n' + UNITS)[0].startswith("f:2:22 Y007")


def test_a_file_and_standard_input_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_profile(path, QUESTIONS) == read_profile(GOOD, QUESTIONS)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"advisor_profile: 3\n")))
    with pytest.raises(InvalidInput, match=r"^<stdin>:1:18 P002 "):
        read_profile(Path("-"), QUESTIONS)


def test_every_code_used_is_documented_and_every_documented_code_is_used() -> None:
    room = Path(advisor.profile.__file__).parent
    program = "".join(file.read_text(encoding="utf-8") for file in room.glob("*.py") if file.name != "codes.py")
    assert set(re.findall(r'"(P\d{3})"', program)) == set(CODES)


@given(profiles)
def test_what_was_written_is_read(profile: Profile) -> None:
    assert read_profile(profile_as_yaml(profile), QUESTIONS) == profile


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_profile_is_a_profile_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 20)))
    put = data.draw(st.text("abc:-{}[], \n'\"#&*!|>~0159.\t", max_size=10) | st.text(max_size=5))
    _profile_or_refused(GOOD[:start] + put + GOOD[end:])


@given(st.text(max_size=100).map(lambda text: HEAD + "      " + text) | st.text(max_size=50))
@example("advisor_profile: 1\n? []\n: {}")
def test_any_text_is_a_profile_or_refused(text: str) -> None:
    _profile_or_refused(text)


@given(st.binary(max_size=50))
def test_any_bytes_are_a_profile_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "case.yaml"
    path.write_bytes(GOOD.encode() + data)
    _profile_or_refused(path)


def _profile_or_refused(text: Path | str) -> None:
    try:
        assert isinstance(read_profile(text, QUESTIONS), Profile)
    except InvalidInput as problem:
        assert problem.problems
