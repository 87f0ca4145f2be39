"""The first sheet: how to fill in the workbook, what is in it, and who it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.intake.workbook.cells import quoted_name, shown_date
from advisor.intake.workbook.layout import (
    CONTENTS,
    COVER,
    COVER_FIELD,
    COVER_FIELDS,
    COVER_LABEL,
    HEAD,
    STATIC,
    At,
    SectionSheet,
)
from advisor.intake.workbook.looks import lines_of
from advisor.intake.workbook.pen import Pen
from advisor.intake.workbook.section_sheet import done_mark

_WIDTHS = (2, 34, 64, 40)
_CODES = {"organisation country": 2, "organisation currency": 3}
_LONG = ("about",)


def write_cover(pen: Pen) -> None:
    """Write the first sheet."""
    sheet = pen.sheet(pen.layout.cover, _WIDTHS)
    sheet.fit_to_pages(1, 1)
    sheet.activate()
    _head(sheet, pen)
    _contents(sheet, pen)
    top = pen.layout.fields_row
    _heading(sheet, top, pen, pen.texts.about_you)
    for row, key in enumerate(COVER_FIELDS, top + 1):
        part, name = key.split()
        holder = pen.profile if part == "profile" else getattr(pen.profile, part)
        _field(sheet, row, key, getattr(holder, name), pen)
    _heading(sheet, pen.layout.unit_row(1) - 1, pen, pen.texts.about_unit)
    for number, unit in enumerate(pen.profile.units, 1):
        row = pen.layout.unit_row(number)
        _field(sheet, row, f"unit {number} name", unit.name, pen)
        _field(sheet, row + 1, f"unit {number} about", unit.about, pen)


def _head(sheet: Any, pen: Pen) -> None:
    profile, texts = pen.profile, pen.texts
    units = ", ".join(unit.name for unit in profile.units)
    title = texts.cover_title.format(units=units)
    sheet.set_row(0, 36 if lines_of(title, 80) == 1 else 64)
    pen.title(sheet, COVER_LABEL, title, COVER)
    whose = [texts.for_whom[pen.asked.who]] if pen.asked.who else []
    pen.fixed(sheet, 1, COVER_LABEL, " · ".join([profile.organisation.name, *whose]), "subtitle")
    for row, line in enumerate(texts.how_to, 3):
        pen.fixed(sheet, row, COVER_LABEL, line, "plain")


def _contents(sheet: Any, pen: Pen) -> None:
    top = CONTENTS
    _heading(sheet, top, pen, pen.texts.contents)
    pen.put(sheet, top, COVER_FIELD, pen.texts.answered, "heading")
    for row, each in enumerate(pen.layout.sections, top + 1):
        sheet.write_string(row, At.KEY, STATIC)
        pen.link(sheet, row, COVER_LABEL, (each.name, HEAD + 1, At.ANSWER), each.section.title)
        _progress(sheet, row, each, pen)


def _progress(sheet: Any, row: int, section: SectionSheet, pen: Pen) -> None:
    """How many questions of a section have an answer, counted by Excel."""
    lines = [line for line in section.lines if line.question and not line.choice]
    done = sum(bool(done_mark(line, pen)) for line in lines)
    first, last = (xl_rowcol_to_cell(section.lines[end].row, At.DONE) for end in (0, -1))
    of_all = pen.texts.of_all.format(number=len(lines))
    formula = f'=COUNTIF({quoted_name(section.name)}!{first}:{last},"✓")&" {of_all}"'
    sheet.write_formula(row, COVER_FIELD, formula, pen.looks.of("label"), f"{done} {of_all}")


def _heading(sheet: Any, row: int, pen: Pen, text: str) -> None:
    sheet.set_row(row, 24)
    pen.fixed(sheet, row, COVER_LABEL, text, "heading")
    pen.put(sheet, row, COVER_FIELD, None, "heading")


def _field(sheet: Any, row: int, key: str, value: str | date | None, pen: Pen) -> None:
    """A line to be filled in; its key stands in the hidden column."""
    sheet.write_string(row, At.KEY, key)
    name = key.rsplit(maxsplit=1)[-1]
    pen.put(sheet, row, COVER_LABEL, pen.texts.fields.get(key) or pen.texts.fields[name], "label")
    is_date = key == "engagement date"
    check = pen.checks.date() if is_date else pen.checks.text(_CODES.get(key, 2_000))
    shown = shown_date(value) if isinstance(value, date) else value
    pen.field(sheet, (row, COVER_FIELD), shown, "date" if is_date else "text", check)
    if key in pen.texts.hints:
        pen.put(sheet, row, COVER_FIELD + 1, pen.texts.hints[key], "grey")
    sheet.set_row(row, max(20, 15 * lines_of(str(value or ""), _WIDTHS[COVER_FIELD - 1]) + 5))
