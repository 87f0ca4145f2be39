"""What a person typed into a workbook, and what is said about it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment

from advisor.intake.codes import CODES
from advisor.intake.workbook.layout import At
from advisor.profile import Answer, Frozen, Organisation, Profile, Unit, profile_as_yaml, read_profile
from advisor.rulebook.model import Removed
from advisor.rulebook.questionnaire import Questionnaire
from tests.intake.books import BLANK, SMALL, Values, cell, edited, filled, made, problems, read, with_cached_value
from tests.profile.three_versions import three_versions

PROGRAM = Path(__file__).parents[2] / "advisor" / "intake"


def answers(data: bytes, tmp_path: Path) -> dict[str, Answer]:
    (unit,) = read(data, tmp_path).profile.units
    return dict(unit.answers)


# ---------------------------------------------------------------------- what is understood


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("error_rate_pct", 3.2, Answer("answered", Decimal("3.2"))),
        ("error_rate_pct", "3.2", Answer("answered", Decimal("3.2"))),
        ("error_rate_pct", "3,2", Answer("answered", Decimal("3.2"))),
        ("error_rate_pct", "3 %", Answer("answered", Decimal(3))),
        ("error_rate_pct", "1 in 20", Answer("answered", Decimal(5))),
        ("error_rate_pct", 0.1 + 0.2, Answer("answered", Decimal("0.3"))),
        ("months_live", "3..5", Answer("answered", None, Decimal(3), Decimal(5))),
        ("ai_minutes_saved_per_case", "4 (3..5) min", Answer("answered", Decimal(4), Decimal(3), Decimal(5))),
        ("cost_per_error", "1,200.50 EUR", Answer("answered", Decimal("1200.5"))),
        ("csat_change_pts", -3, Answer("answered", Decimal(-3))),
        ("csat_change_pts", "−3", Answer("answered", Decimal(-3))),
        ("ai_phase", "Live, part of everyday work", Answer("answered", "live")),
        ("ai_phase", "  live, PART of everyday work ", Answer("answered", "live")),
        ("ai_phase", "Live", Answer("answered", "live")),
        ("ai_phase", "live", Answer("answered", "live")),
        ("ai_phase", "Unknown", Answer("unknown")),
        ("error_rate_pct", "unknown", Answer("unknown")),
        ("harm_incident", "yes", Answer("answered", True)),
        ("harm_incident", False, Answer("answered", False)),
        ("harm_incident", "N", Answer("answered", False)),
        ("rework_kind", "none of these", Answer("answered", ())),
        ("rework_kind", "unknown", Answer("unknown")),
        ("incentive_measures", "no rows", Answer("answered", ())),
    ],
)
def test_an_answer_is_understood(question: str, typed: Any, meant: Answer, tmp_path: Path) -> None:
    assert answers(filled({f"1 {question}": typed}), tmp_path) == {question: meant}


@pytest.mark.parametrize(
    ("typed", "meant"), [("3,2", "3.2"), ("1.200,5", "1200.5"), ("1.200", "1200"), ("3.2", "3.2"), ("4 Euro", None)]
)
def test_a_number_as_german_text(typed: str, meant: str | None, tmp_path: Path) -> None:
    data = filled({"1 cost_per_error": typed}, made(language="de"))
    if meant is None:
        assert problems(data, tmp_path)[0].startswith("'Qualität der Arbeit'!D6 W013")
    else:
        assert answers(data, tmp_path) == {"cost_per_error": Answer("answered", Decimal(meant))}


def test_german_words_store_what_english_ones_do(tmp_path: Path) -> None:
    german: Values = {
        "1 ai_phase": "In Betrieb, Teil der täglichen Arbeit",
        "1 harm_incident": "nein",
        "1 months_live": "unbekannt",
    }
    german |= {"1 rework_kind reopened": "ja", ("1 ai_phase", At.EVIDENCE): "gemessen"}
    english: Values = {"1 ai_phase": "Live, part of everyday work", "1 harm_incident": "no", "1 months_live": "unknown"}
    english |= {"1 rework_kind reopened": "yes", ("1 ai_phase", At.EVIDENCE): "measured"}
    found = answers(filled(german, made(language="de")), tmp_path)
    assert found == answers(filled(english), tmp_path)
    assert found == answers(filled({**english, "1 ai_phase": "live"}, made(language="de")), tmp_path)
    assert found["ai_phase"] == Answer("answered", "live", evidence="measured")
    assert found["rework_kind"] == Answer("answered", ("reopened",))


def test_everything_beside_an_answer_is_taken(tmp_path: Path) -> None:
    row: dict[At, Any] = {
        At.ANSWER: 4,
        At.LOW: "3,5",
        At.HIGH: 5,
        At.EVIDENCE: "measured",
        At.SOURCE: 2026,
        At.AS_OF: "30.9.2026",
        At.NOTE: "two\r\nlines",
    }
    data = filled({("1 ai_minutes_saved_per_case", column): value for column, value in row.items()})
    expected = Answer(
        "answered",
        Decimal(4),
        Decimal("3.5"),
        Decimal(5),
        evidence="measured",
        source="2026",
        as_of=date(2026, 9, 30),
        note="two\nlines",
    )
    assert answers(data, tmp_path) == {"ai_minutes_saved_per_case": expected}


@pytest.mark.parametrize("text", ["=SUM(A1)", "+49 30", "-", "@home", "007", "TRUE", "2026-01-01", "1e5"])
def test_a_text_stays_a_text_whatever_it_begins_with(text: str, tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        cell(book, "1 ai_phase").value = "live"
        note = cell(book, "1 ai_phase", At.NOTE)
        note.value = text
        note.data_type = "s"

    assert answers(edited(made(), fill), tmp_path)["ai_phase"].note == text


@pytest.mark.parametrize(
    ("value", "number_format", "meant"),
    [
        (0.03, "0%", "3"),
        (0.035, "0.0 %", "3.5"),
        (0.03, "General", "0.03"),
        (0.03, '0.00" %"', "0.03"),
        (3, r"0\%", "3"),
        (0.03, "[Red]0%;-0%", "3"),
        (1, "0%", "100"),
        (0.052, "0.0%", "5.2"),
        (0.999, "0.0%", "99.9"),
        (-0.0125, "0.00%", "-1.25"),
    ],
)
@pytest.mark.parametrize("bounded", [True, False])
def test_a_percentage_is_what_is_shown(
    value: float, number_format: str, meant: str, bounded: bool, tmp_path: Path
) -> None:
    """Also where an answer may be so large that a text could have thousands."""
    asked = replace(SMALL.questions["error_rate_pct"], minimum=Decimal(-100), maximum=Decimal(100) if bounded else None)
    questions = Questionnaire({**SMALL.questions, asked.name: asked}, SMALL.questions.version, SMALL.questions.removed)
    rulebook = replace(SMALL, questions=questions)

    def fill(book: Any) -> None:
        at = cell(book, "1 error_rate_pct")
        at.value, at.number_format = value, number_format

    data = edited(made(rulebook=rulebook), fill)
    (unit,) = read(data, tmp_path, rulebook).profile.units
    assert unit.answers["error_rate_pct"] == Answer("answered", Decimal(meant))


def test_a_formula_counts_with_the_value_that_excel_saved(tmp_path: Path) -> None:
    data = with_cached_value(filled({"1 error_rate_pct": "=7/3"}), "2.3300000000000001")
    assert answers(data, tmp_path)["error_rate_pct"] == Answer("answered", Decimal("2.33"))


def test_rows_of_a_table(tmp_path: Path) -> None:
    rows: Values = {
        ("1 incentive_measures 1", 2): "Cases",
        ("1 incentive_measures 1", 3): "Number of cases",
        ("1 incentive_measures 1", 4): "60",
        ("1 incentive_measures 1", 5): "yes",
        ("1 incentive_measures 3", 2): 2026,
        ("1 incentive_measures 3", 6): "unknown",
        ("1 incentive_measures", At.SOURCE): "target sheet",
    }
    answer = answers(filled(rows), tmp_path)["incentive_measures"]
    assert answer.source == "target sheet"
    assert answer.value == (
        {"name": "Cases", "kind": "volume", "weight_pct": Decimal(60), "has_target": True, "has_owner": None},
        {"name": "2026", "kind": None, "weight_pct": None, "has_target": None, "has_owner": None},
    )


def test_several_units_and_their_names_from_the_first_sheet(tmp_path: Path) -> None:
    two = Profile(Organisation("Example"), (Unit("Claims"), Unit("Sales")))
    values: Values = {"2 ai_phase": "pilot", "1 error_rate_pct": 1}
    data = filled({**values, ("unit 2 name", 3): "Renewals", ("organisation country", 3): "DE"}, made(two))
    profile = read(data, tmp_path).profile
    assert [unit.name for unit in profile.units] == ["Claims", "Renewals"]
    assert [[*unit.answers] for unit in profile.units] == [["error_rate_pct"], ["ai_phase"]]
    assert profile.organisation.country == "DE"


# ---------------------------------------------------------------------- what is wrong, and where

_WRONG: list[tuple[Values, str]] = [
    (
        {"1 error_rate_pct": 120},
        "'Quality of the work'!D5 P024 error_rate_pct: '120' is out of bounds; allowed is 0 to 100 %",
    ),
    (
        {"1 csat_change_pts": 3.14159},
        "'What has moved since go-live'!D5 P023 csat_change_pts: '3.14159' has 5 decimals",
    ),
    (
        {"1 months_live": "3 days"},
        "'The automation step'!D6 W013 months_live: '3 days' cannot be taken; in months, please, or unknown",
    ),
    ({"1 cost_per_error": "1,2345,6"}, "'Quality of the work'!D6 W013 cost_per_error"),
    ({"1 error_rate_pct": date(2026, 5, 3)}, "'Quality of the work'!D5 W012 error_rate_pct: '2026-05-03' is a date"),
    ({"1 error_rate_pct": datetime(2026, 5, 3, 9, 30)}, "'Quality of the work'!D5 W011 this is a date with a time"),
    ({"1 months_live": time(1, 30)}, "'The automation step'!D6 W012 months_live: '01:30:00' is a time"),
    ({"1 months_live": True}, "'The automation step'!D6 W012 months_live: 'TRUE' is no number"),
    ({"1 error_rate_pct": "=1+2"}, "'Quality of the work'!D5 W011 this is a formula without a value"),
    ({("1 ai_phase", At.NOTE): "=1+2"}, "'The automation step'!K5 W011 this is a formula without a value"),
    ({"1 error_rate_pct": "#DIV/0!"}, "'Quality of the work'!D5 W011 this is the error #DIV/0!"),
    (
        {"1 ai_phase": "Life"},
        "'The automation step'!D5 W014 ai_phase: 'Life' is none of the answers (did you mean 'live'?)",
    ),
    (
        {"1 ai_phase": 1},
        "'The automation step'!D5 W014 ai_phase: '1' is none of the answers; offered are: Planned, not",
    ),
    (
        {"1 harm_incident": 1},
        "'Quality of the work'!D12 W014 harm_incident: '1' is none of the answers; offered are: yes; no",
    ),
    ({"1 rework_kind": "some"}, "'Quality of the work'!D7 W014 rework_kind: 'some' is none of the answers"),
    (
        {"1 rework_kind reopened": "no"},
        "'Quality of the work'!D7 W015 rework_kind: choose yes for one of these at least",
    ),
    (
        {"1 rework_kind": "none of these", "1 rework_kind reopened": "yes"},
        "'Quality of the work'!D7 W016 rework_kind: this and 'Quality of the work'!D8 exclude each other",
    ),
    (
        {"1 incentive_measures": "no rows", ("1 incentive_measures 1", 2): "Cases"},
        "'What is rewarded'!D5 W016 incentive_measures: this and 'Measures by which the unit is…'!C5 exclude",
    ),
    (
        {("1 incentive_measures 2", 4): 101},
        "'Measures by which the unit is…'!E6 P024 weight_pct: '101' is out of bounds",
    ),
    ({("1 ai_phase", At.SOURCE): "log"}, "'The automation step'!D5 W015 ai_phase has something beside its answer"),
    ({("1 months_live", At.LOW): 3}, "'The automation step'!D6 P026 months_live has low alone"),
    (
        {"1 months_live": "3..5", ("1 months_live", At.LOW): 3},
        "'The automation step'!F6 W016 months_live: a range stands here and at 'The automation step'!D6",
    ),
    (
        {"1 months_live": 9, ("1 months_live", At.LOW): 3, ("1 months_live", At.HIGH): 6},
        "'The automation step'!D6 P025 months_live: the value 9 is not between low 3 and high 6",
    ),
    ({("1 ai_phase", At.LOW): 3, "1 ai_phase": "live"}, "'The automation step'!F5 P026 ai_phase is not a number"),
    (
        {"1 error_rate_pct": 3, ("1 error_rate_pct", At.REASON): "no errors"},
        "'Quality of the work'!D5 P031 error_rate_pct is not applicable, so it can have no 'value'",
    ),
    ({"1 ai_phase": "n/a"}, "'The automation step'!L5 W015 ai_phase does not apply: say why in the column for that"),
    (
        {"1 ai_phase": "live", ("1 ai_phase", At.EVIDENCE): "mesured"},
        "'The automation step'!H5 W014 ai_phase: 'mesured' is none of the answers (did you mean 'measured'?)",
    ),
    (
        {"1 ai_phase": "live", ("1 ai_phase", At.AS_OF): "last May"},
        "'The automation step'!J5 W012 ai_phase: 'last May' is not a date",
    ),
    (
        {"1 ai_phase": "live", ("1 ai_phase", At.NOTE): "a\u202eb"},
        "'The automation step'!K5 Y007 the character U+202E RIGHT-TO-LEFT OVERRIDE is not allowed here",
    ),
    (
        {"1 ai_phase": "live", ("1 ai_phase", At.NOTE): "x" * 2001},
        "'The automation step'!K5 P007 the note on ai_phase has 2001",
    ),
    ({("organisation name", 3): None}, "filled.xlsx P004 the organisation's name is missing"),
    ({("organisation country", 3): "Germany"}, "'Start here'!D21 P009 country 'Germany' is not a code"),
]


@pytest.mark.parametrize(("values", "said"), _WRONG, ids=[said.split(" P")[0].split(" W")[0] for _, said in _WRONG])
def test_what_is_wrong_is_said_with_its_cell(values: Values, said: str, tmp_path: Path) -> None:
    (found,) = problems(filled(values), tmp_path)
    assert found.startswith(said)


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    data = filled({"1 error_rate_pct": 120, "1 ai_phase": "Life", "1 months_live": date(2026, 1, 1)})
    found = [line.partition(" W")[0].partition(" P")[0] for line in problems(data, tmp_path)]
    assert found == ["'The automation step'!D5", "'The automation step'!D6", "'Quality of the work'!D5"]


def test_a_percentage_that_was_not_asked_for(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        at = cell(book, "1 csat_change_pts")
        at.value, at.number_format = 0.05, "0%"

    (found,) = problems(edited(made(), fill), tmp_path)
    assert "D5 W013 csat_change_pts: '5 %' is a percentage, which is not asked for" in found


def test_a_formula_with_a_value_that_has_too_many_decimals(tmp_path: Path) -> None:
    data = with_cached_value(filled({"1 error_rate_pct": "=1/3"}), "0.33333333333333331")
    assert "P023 error_rate_pct: '0.333333333333333' has 15 decimals" in problems(data, tmp_path)[0]


# ---------------------------------------------------------------------- the workbook itself was changed


def _sheet(book: Any) -> Any:
    return book["Quality of the work"]


def _merge(book: Any) -> None:
    _sheet(book).merge_cells("D5:D6")


def _change_heading(book: Any) -> None:
    _sheet(book)["H4"] = "Reliability"


def _empty_heading(book: Any) -> None:
    _sheet(book)["F4"] = None


def _insert_column(book: Any) -> None:
    _sheet(book).insert_cols(4)


def _rename(book: Any) -> None:
    _sheet(book).title = "Quality"


def _remove(book: Any) -> None:
    del book["Quality of the work"]


def _add_sheet(book: Any) -> None:
    book.create_sheet("Mine")["B2"] = "see below"
    book.create_sheet("Empty")


def _write_beside(book: Any) -> None:
    _sheet(book)["N5"] = "ask Ms Example"


def _write_below(book: Any) -> None:
    _sheet(book)["D40"] = 3


def _write_above(book: Any) -> None:
    _sheet(book)["D2"] = "draft"


def _write_far_away(book: Any) -> None:
    _sheet(book)["XFD1048576"] = "far"


def _write_on_cover(book: Any) -> None:
    book["Start here"]["G3"] = "call me"


def _comment(book: Any) -> None:
    _sheet(book)["D5"].comment = Comment("not\nsure", "somebody")


def _copy_row(book: Any) -> None:
    _sheet(book)["A30"] = "1 error_rate_pct"


def _row_of_no_unit(book: Any) -> None:
    cell(book, "1 error_rate_pct").value = 3
    cell(book, "1 error_rate_pct", At.KEY).value = "2 error_rate_pct"


def _drop_row_of_choices(book: Any) -> None:
    cell(book, "1 rework_kind reopened").value = "yes"
    cell(book, "1 rework_kind", At.KEY).value = None


_CHANGED: list[tuple[Any, list[str]]] = [
    (_merge, ["'Quality of the work'!D5 W007 the cells D5:D6 are merged; unmerge them"]),
    (_change_heading, ["'Quality of the work'!H4 W006 'Reliability' stands here; this heading must be 'How known'"]),
    (_empty_heading, ["'Quality of the work'!F4 W006 nothing stands here; this heading must be 'from'"]),
    (_insert_column, [f"'Quality of the work'!{letter}4 W006" for letter in "DEFGHIJKL"]),
    (_rename, ["filled.xlsx W004 the sheet 'Quality of the work' is called 'Quality' now; call it as before"]),
    (_remove, ["filled.xlsx W004 the sheet 'Quality of the work' is missing"]),
    (_add_sheet, ["Mine!B2 W005 the sheet is none of this workbook, and holds 'see below'"]),
    (_write_beside, ["'Quality of the work'!N5 W008 'ask Ms Example' stands where no answer belongs"]),
    (_write_below, ["'Quality of the work'!D40 W008 '3' stands where no answer belongs"]),
    (_write_above, ["'Quality of the work'!D2 W008 'draft' stands where no answer belongs"]),
    (_write_far_away, ["'Quality of the work'!XFD1048576 W008 'far' stands where no answer belongs"]),
    (_write_on_cover, ["'Start here'!G3 W008 'call me' stands where no answer belongs"]),
    (_comment, ["'Quality of the work'!D5 W008 the comment 'not sure' would be lost"]),
    (_copy_row, ["'Quality of the work'!C30 W010 this row was copied from row 5"]),
    (_row_of_no_unit, ["'Quality of the work'!C5 W008 this is of a unit 2, which the workbook does not have"]),
    (_drop_row_of_choices, ["'Quality of the work'!C7 W008", "'Quality of the work'!C8 W008"]),
]


@pytest.mark.parametrize(("change", "said"), _CHANGED, ids=[change.__name__ for change, _ in _CHANGED])
def test_a_changed_workbook_is_refused_and_nothing_is_lost(change: Any, said: list[str], tmp_path: Path) -> None:
    found = problems(edited(made(), change), tmp_path)
    assert len(found) >= len(said)
    for begins in said:
        assert any(line.startswith(begins) for line in found), found


def test_rows_may_be_moved_and_sorted(tmp_path: Path) -> None:
    def move(book: Any) -> None:
        cell(book, "1 error_rate_pct").value = 3
        _sheet(book).insert_rows(5)

    assert answers(edited(made(), move), tmp_path) == {"error_rate_pct": Answer("answered", Decimal(3))}


def test_a_removed_row_counts_as_not_asked_and_is_told(tmp_path: Path) -> None:
    def remove(book: Any) -> None:
        _sheet(book).delete_rows(5)

    filled_in = read(edited(made(), remove), tmp_path)
    assert filled_in.notes == (
        "rows of these questions are no longer in the workbook, and count as not asked: error_rate_pct",
    )


# ---------------------------------------------------------------------- another version


def test_another_layout_is_refused(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["advisor"]["B1"] = "2"

    (found,) = problems(edited(made(), change), tmp_path)
    assert found.startswith("filled.xlsx W003 its layout has the version '2', this program reads '1'; read it with the")


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        del book["advisor"]

    assert problems(edited(made(), change), tmp_path)[0].startswith("filled.xlsx W003 it was not made by advisor")


def test_a_changed_hidden_sheet_is_refused(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["advisor"]["A4"] = None

    assert "W003 its hidden sheet was changed" in problems(edited(made(), change), tmp_path)[0]


def test_another_rulebook_with_the_same_questions_is_told(tmp_path: Path) -> None:
    newer = replace(SMALL, digest="sha256:0", frame=replace(SMALL.frame, version="9.9"))
    filled_in = read(filled({"1 error_rate_pct": 3}), tmp_path, newer)
    assert filled_in.profile.units[0].answers["error_rate_pct"] == Answer("answered", Decimal(3))
    (note,) = filled_in.notes
    assert note.endswith("the rulebook advisor-standard 1.0.0; it was read with advisor-standard 9.9")


def test_an_answer_to_a_question_that_is_no_longer_asked_is_not_lost(tmp_path: Path) -> None:
    questions = {name: question for name, question in SMALL.questions.items() if name != "error_rate_pct"}
    newer = replace(SMALL, digest="sha256:0", questions=replace(SMALL.questions, questions=questions))
    (found,) = problems(filled({"1 error_rate_pct": 3}), tmp_path, newer)
    assert found.startswith("'Quality of the work'!D5 W009 there is no question 'error_rate_pct' in this rulebook")
    assert problems(filled({"1 ai_phase": "live"}), tmp_path, newer) == []


def test_an_answer_in_another_unit_is_not_taken_over(tmp_path: Path) -> None:
    changed = replace(SMALL.questions["error_rate_pct"], unit="pts")
    questions = replace(SMALL.questions, questions={**SMALL.questions, "error_rate_pct": changed})
    newer = replace(SMALL, digest="sha256:0", questions=questions)
    (found,) = problems(filled({"1 error_rate_pct": 3}), tmp_path, newer)
    assert "D5 W009 error_rate_pct was asked as 'number %', and is 'number pts' now" in found


def test_a_workbook_of_the_first_version_reads_with_the_third(tmp_path: Path) -> None:
    first, _, third = (replace(each, languages=SMALL.languages) for each in three_versions(tmp_path))
    text = (
        "advisor_profile: 1\nquestionnaire: 1.0.0\norganisation: {name: X}\nunits:\n  - name: Sill\n    answers:\n"
        "      feed: sticks\n      mood: {value: 7, note: 'so: so'}\n      pests: [{name: Aphids, count: 12}]\n"
        "      pot: 40\n"
    )
    found = read(made(read_profile(text, first.questions), "en", first), tmp_path, third)
    wanted = read_profile(text, third.questions)
    assert replace(found.profile, notes=()) == replace(wanted, notes=())
    assert dict(found.profile.units[0].kept) == {"mood": '{value: 7, note: "so: so"}'}
    assert found.notes[1:] == (
        "these questions have other names today, and their answers were carried over: feed (now fertiliser)",
        "these are not asked any more; their answers are kept, and count for nothing: mood",
    )
    again = made(found.profile, "en", third)
    assert read(again, tmp_path, third).profile == found.profile


def test_what_was_asked_in_another_unit_is_asked_for_again(tmp_path: Path) -> None:
    first, _, third = (replace(each, languages=SMALL.languages) for each in three_versions(tmp_path))
    (found,) = problems(filled({"1 cups": 3}, made(BLANK, "en", first)), tmp_path, third)
    assert "W009 cups was asked as" in found or "P038 cups is changed" in found


def test_choices_and_tables_that_are_gone_are_kept_as_they_stand(tmp_path: Path) -> None:
    names = ("incentive_measures", "ai_stop_measures", "ai_phase")
    asked = {name: question for name, question in SMALL.questions.items() if name not in names}
    gone = {name: Removed(name=name, version="9.9", why="So it is.") for name in names}
    newer = replace(SMALL, digest="sha256:0", questions=replace(SMALL.questions, questions=asked, removed=gone))
    values: Values = {
        "1 incentive_measures 1": "Handle time",
        ("1 incentive_measures 1", 5): 0.25,
        "1 ai_phase": "Live",
    }
    values |= {"1 ai_stop_measures sick_leave": "yes", "1 ai_stop_measures cost": "no"}
    found = read(filled(values), tmp_path, newer).profile.units[0].kept
    assert found["ai_phase"] == '{value: "Live"}'
    assert found["ai_stop_measures"] == "{value: [sick_leave]}"
    assert "Handle time" in found["incentive_measures"]
    assert "0.25" in found["incentive_measures"]
    assert profile_text(found) == found


def profile_text(kept: Frozen[str]) -> Frozen[str]:
    """What is kept, written into a profile and read again."""
    profile = Profile(Organisation("X"), (Unit("U", kept=kept),))
    gone = {name: Removed(name=name, version="9.9", why="So it is.") for name in kept}
    return read_profile(profile_as_yaml(profile), Questionnaire({}, "9.9", gone)).units[0].kept


def test_a_table_that_nobody_knows_is_not_passed_over(tmp_path: Path) -> None:
    asked = {name: question for name, question in SMALL.questions.items() if name != "incentive_measures"}
    newer = replace(SMALL, digest="sha256:0", questions=replace(SMALL.questions, questions=asked))
    (found,) = problems(filled({"1 incentive_measures 1": "Handle time"}), tmp_path, newer)
    assert "W009 there is no question 'incentive_measures' in this rulebook" in found


def test_all_that_is_wrong_in_a_row_is_said_at_once_and_in_english(tmp_path: Path) -> None:
    values: Values = {
        "1 error_rate_pct": "120 kg",
        ("1 error_rate_pct", At.AS_OF): "gestern",
        "1 months_live": "4 Jahre",
    }
    found = problems(filled(values, made(BLANK, "de")), tmp_path)
    assert [each.partition(" W")[2] for each in found] == [
        "013 months_live: '4 Jahre' cannot be taken; in months, please, or unknown",
        "013 error_rate_pct: '120 kg' cannot be taken; in per cent, please, or unknown",
        "012 error_rate_pct: 'gestern' is not a date; write one, such as 2026-11-22",
    ]


def test_every_code_is_used_and_described() -> None:
    program = "\n".join(path.read_text(encoding="utf-8") for path in PROGRAM.rglob("*.py") if path.name != "codes.py")
    assert set(re.findall(r'"([FW]\d{3})"', program)) == set(CODES)
