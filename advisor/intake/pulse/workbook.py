"""A workbook for a staff pulse: the questions to put into a form tool, and a sheet with a row for each person."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.intake.pulse.read import least_people
from advisor.intake.questionnaire import Questionnaire
from advisor.intake.workbook.cells import items_of
from advisor.intake.workbook.checks import PERCENT, Checks
from advisor.intake.workbook.layout import ANSWERS_NAMED_AT, FORMAT, HIDDEN_SHEET, PULSE
from advisor.intake.workbook.lists import Lists
from advisor.intake.workbook.looks import Looks, lines_of
from advisor.profile import Profile
from advisor.rulebook import Question

_ROWS = 200
_WIDTHS = (2, 60, 34, 70)
_WIDE = 30
_NO_DATE = datetime(1980, 1, 1)


def pulse_workbook(profile: Profile, asked: Questionnaire) -> bytes:
    """The workbook as an .xlsx file, for the units of a profile, whose answers are not in it."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_urls": False})
    texts, looks = asked.texts, Looks(book)
    cover, answers, hidden = (book.add_worksheet(name) for name in (texts.cover, texts.pulse_answers, HIDDEN_SHEET))
    questions = [question for _, each in asked.sections() for question in each if question.type != "table"]
    _write_cover(cover, profile, asked, questions, looks)
    _write_answers(answers, asked, questions, looks, Checks(asked, Lists(book)))
    for row, fact in enumerate([(PULSE, FORMAT), ("sheet", texts.pulse_answers)]):
        hidden.write_row(row, ANSWERS_NAMED_AT[1] - 1, fact)
    hidden.very_hidden()
    cover.activate()
    book.set_properties({"title": texts.pulse_title.format(units=_units(profile))[:255], "created": _NO_DATE})
    book.close()
    return file.getvalue()


def _units(profile: Profile) -> str:
    return ", ".join(unit.name for unit in profile.units)


def _write_cover(sheet: Any, profile: Profile, asked: Questionnaire, questions: list[Question], looks: Looks) -> None:
    sheet.hide_gridlines(2)
    sheet.protect("")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 36)
    sheet.write_string(0, 1, asked.texts.pulse_title.format(units=_units(profile)), looks.of("title"))
    sheet.write_string(1, 1, profile.organisation.name, looks.of("subtitle"))
    places = {"sheet": asked.texts.pulse_answers, "minimum": least_people(asked.rulebook)}
    row = 3
    for row, line in enumerate(asked.texts.pulse_how_to, 3):
        sheet.write_string(row, 1, line.format(**places), looks.of("plain"))
    top = row + 2
    sheet.set_row(top, 24)
    sheet.write_row(top, 1, asked.texts.pulse_heads, looks.of("head"))
    for row, question in enumerate(questions, top + 1):
        cells = (question.ask, _answers_to(question, asked), question.help)
        sheet.set_row(
            row, 9 + 15 * max(lines_of(text, width - 2) for text, width in zip(cells, _WIDTHS[1:], strict=True))
        )
        sheet.write_row(row, 1, cells, looks.of("question"))


def _answers_to(question: Question, asked: Questionnaire) -> str:
    """What may be answered, briefly: a number's bounds, or all choices."""
    if question.type != "number":
        return "\n".join([choice.label for choice in question.choices] or items_of(question, asked)[:-1])
    if question.minimum is None or question.maximum is None:
        return asked.allowed(question)
    low, high = map(asked.titles.reader.shown, (question.minimum, question.maximum))
    return f"{low} – {high} {question.unit if question.unit == PERCENT else ''}".rstrip()


def _write_answers(sheet: Any, asked: Questionnaire, questions: list[Question], looks: Looks, checks: Checks) -> None:
    """The headings in the first row, so that the sheet can be exported as it is."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 15 * max((lines_of(question.ask, _WIDE - 4) for question in questions), default=1) + 9)
    for column, question in enumerate(questions):
        sheet.set_column(column, column, _WIDE)
        sheet.write_string(0, column, question.ask, looks.of("head"))
        items = items_of(question, asked)
        check = checks.one_of(items) if items else checks.number_or_unknown(xl_rowcol_to_cell(1, column), question)
        if question.type != "choices":
            sheet.data_validation(1, column, _ROWS, column, check)
        for row in range(1, _ROWS + 1):
            sheet.write_blank(row, column, None, looks.of("text" if items else "number"))
