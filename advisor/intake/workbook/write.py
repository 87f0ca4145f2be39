"""A workbook for Excel in which people fill in a profile."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from advisor.intake.questionnaire import Questionnaire
from advisor.intake.workbook.cover import write_cover
from advisor.intake.workbook.hidden import write_hidden
from advisor.intake.workbook.layout import HIDDEN_SHEET, lay_out
from advisor.intake.workbook.pen import Pen
from advisor.intake.workbook.section_sheet import write_section
from advisor.intake.workbook.table_sheet import write_table
from advisor.profile import Profile

_NO_DATE = date(1980, 1, 1)


def workbook_of(profile: Profile, asked: Questionnaire) -> bytes:
    """The workbook as an .xlsx file, with the answers that the profile has; the same profile gives the same bytes.

    Answers to questions of other respondents than `asked` is for are not in it.
    """
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_urls": False})
    layout = lay_out(asked, profile)
    for name in (*layout.sheets.values(), HIDDEN_SHEET):
        book.add_worksheet(name)
    pen = Pen(book, asked, profile, layout)
    _properties(book, pen)
    write_cover(pen)
    for section in layout.sections:
        write_section(section, pen)
    for table in layout.tables:
        write_table(table, pen)
    write_hidden(book.get_worksheet_by_name(HIDDEN_SHEET), asked, profile, layout)
    book.close()
    return file.getvalue()


def _properties(book: Any, pen: Pen) -> None:
    engagement = pen.profile.engagement
    day = max(engagement.date or _NO_DATE, _NO_DATE)
    title = pen.texts.cover_title.format(units=", ".join(unit.name for unit in pen.profile.units))
    created = datetime(day.year, day.month, day.day)
    book.set_properties({"title": title[:255], "author": (engagement.prepared_by or "")[:255], "created": created})
