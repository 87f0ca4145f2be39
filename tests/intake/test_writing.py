"""The workbook as Excel will open it: what can be typed where, and what stands around it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from advisor.intake.questionnaire import questionnaire
from advisor.intake.workbook.layout import At, lay_out
from advisor.profile import Organisation, Profile, Unit
from advisor.reading import InvalidInput
from tests.intake.books import BLANK, SHIPPED, cell, made


@pytest.fixture(scope="module", params=["en", "de"])
def book(request: pytest.FixtureRequest) -> Any:
    return openpyxl.load_workbook(BytesIO(made(BLANK, request.param, SHIPPED)))


def checks_of(book: Any, at: Any) -> list[Any]:
    return [each for each in at.parent.data_validations.dataValidation if at.coordinate in each.sqref]


def test_every_question_has_a_row_and_every_section_a_sheet(book: Any) -> None:
    for name in SHIPPED.asked:
        assert cell(book, f"1 {name}").row > 4
    assert len(book.sheetnames) == 1 + len(SHIPPED.sections) + 1 + 1
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_sheets_are_protected_without_a_password_and_the_last_is_hidden(book: Any) -> None:
    for sheet in book:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    assert [sheet.sheet_state for sheet in book] == ["visible"] * (len(book.sheetnames) - 1) + ["veryHidden"]


def test_only_what_is_to_be_filled_in_is_unlocked(book: Any) -> None:
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows():
            for at in row:
                if at.value is not None and not at.protection.locked:
                    assert sheet.title == book.sheetnames[0], f"{sheet.title}!{at.coordinate} is filled in already"
    for name, question in SHIPPED.asked.items():
        unlocked = {column for column in At if not cell(book, f"1 {name}", column).protection.locked}
        ends = {At.LOW, At.HIGH} if question.type == "number" else set()
        assert unlocked == {At.ANSWER, At.EVIDENCE, At.SOURCE, At.AS_OF, At.NOTE, At.REASON} | ends, name


def test_every_cell_to_be_filled_in_is_checked_by_excel(book: Any) -> None:
    for name, question in SHIPPED.asked.items():
        (check,) = checks_of(book, cell(book, f"1 {name}"))
        assert check.type == ("custom" if question.type == "number" else "list"), name
        assert check.allow_blank
        assert check.error
        for column in (At.EVIDENCE, At.SOURCE, At.AS_OF, At.NOTE, At.REASON):
            assert len(checks_of(book, cell(book, f"1 {name}", column))) == 1


def test_a_number_is_checked_against_its_bounds_and_may_be_unknown(book: Any) -> None:
    at = cell(book, "1 error_rate_pct")
    (check,) = checks_of(book, at)
    for part in (f"{at.coordinate}>=0", f"{at.coordinate}<=100", f'{at.coordinate}="unknown"'):
        assert part in check.formula1
    (low,) = checks_of(book, cell(book, "1 error_rate_pct", At.LOW))
    assert (low.type, float(low.formula1), float(low.formula2)) == ("decimal", 0, 100)


def test_a_drop_down_offers_all_choices_and_unknown(book: Any) -> None:
    language = book["advisor"]["B4"].value
    spoken = SHIPPED.in_language(language).questions
    unknown = {"en": "unknown", "de": "unbekannt"}[language]
    for name, question in SHIPPED.asked.items():
        if question.type == "choice":
            (check,) = checks_of(book, cell(book, f"1 {name}"))
            sheet, _, area = check.formula1.partition("!")
            offered = [row[0].value for row in book[sheet][area.replace("$", "")]]
            assert offered == [*(choice.label for choice in spoken[question.name].choices), unknown]


def test_help_is_a_note_and_the_unit_stands_beside(book: Any) -> None:
    language = book["advisor"]["B4"].value
    for name in SHIPPED.asked:
        said = SHIPPED.in_language(language).questions[name]
        assert cell(book, f"1 {name}", At.QUESTION).comment.text == said.help
        assert cell(book, f"1 {name}", At.QUESTION).value.startswith(said.ask)
    units = {"en": ("%", "EUR", "points"), "de": ("%", "EUR", "Punkte")}[language]
    asked = ("error_rate_pct", "cost_per_error", "csat_change_pts")
    assert tuple(cell(book, f"1 {name}", At.UNIT).value for name in asked) == units


def test_the_workbook_says_what_it_was_made_with(book: Any) -> None:
    facts = [[at.value for at in row[:4]] for row in book["advisor"].iter_rows(max_row=4)]
    assert facts[0][:2] == ["advisor_workbook", "1"]
    assert facts[2] == ["rulebook", SHIPPED.frame.name, SHIPPED.frame.version, SHIPPED.digest]


def test_nothing_is_merged_and_headings_stay_in_sight(book: Any) -> None:
    for sheet in book.worksheets[1:-1]:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes.endswith("5")
        assert sheet.print_title_rows == "$4:$4"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_conditions_are_said_in_words() -> None:
    english = openpyxl.load_workbook(BytesIO(made(BLANK, "en", SHIPPED)))
    german = openpyxl.load_workbook(BytesIO(made(BLANK, "de", SHIPPED)))
    assert "Only if – Stage of the AI step: Pilot or Live" in cell(english, "1 months_live", At.QUESTION).value
    assert "Nur wenn – Stand des KI-Schritts: Pilot oder In Betrieb" in cell(german, "1 months_live", At.QUESTION).value
    assert "People in the unit: at least 5" in cell(english, "1 clarity_staff", At.QUESTION).value
    assert "Menschen in der Einheit: mindestens 5" in cell(german, "1 clarity_staff", At.QUESTION).value


def test_units_stand_one_below_the_other_under_their_names() -> None:
    two = Profile(Organisation("Example"), (Unit("Claims"), Unit("Sales")))
    book = openpyxl.load_workbook(BytesIO(made(two)), data_only=True)
    rows = [cell(book, f"{number} ai_phase").row for number in (1, 2)]
    sheet = cell(book, "1 ai_phase").parent
    assert [sheet.cell(row - 1, At.QUESTION + 1).value for row in rows] == ["Claims", "Sales"]


def test_more_units_than_anybody_fills_in_are_refused() -> None:
    many = Profile(Organisation("Example"), tuple(Unit(f"Team {number}") for number in range(21)))
    with pytest.raises(InvalidInput, match="W017 it has 21 units, a workbook takes 20; make several, each with --unit"):
        lay_out(questionnaire(SHIPPED, "en"), many)
