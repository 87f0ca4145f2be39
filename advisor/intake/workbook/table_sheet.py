"""A sheet with the rows of a table, such as the measures by which a unit is judged."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.intake.workbook.cells import head_of, items_of, longest, shown_cell, table_heads
from advisor.intake.workbook.layout import FIRST_CELL, HEAD, STATIC, TABLE_NUMBER, At, Key, TableSheet
from advisor.intake.workbook.pen import Pen
from advisor.profile import Frozen, Row
from advisor.rulebook import Column


def write_table(table: TableSheet, pen: Pen) -> None:
    """Write the sheet of one table."""
    columns = table.question.columns
    widths: list[float] = [4 if column == TABLE_NUMBER else 0 for column in range(1, FIRST_CELL)]
    widths += [_width(column, pen) for column in columns]
    sheet = pen.sheet(table.name, widths, freeze=(HEAD + 1, FIRST_CELL))
    _head(sheet, table, pen)
    filled = _filled(table, pen)
    for row, unit, number in table.lines:
        if not number:
            sheet.set_row(row, 26)
            for place in range(len(columns) + FIRST_CELL):
                pen.put(sheet, row, place, None, "band")
            pen.unit_name(sheet, row, FIRST_CELL, unit, "band")
            continue
        sheet.set_row(row, 22)
        sheet.write_string(row, At.KEY, str(Key(unit, table.question.name, str(number))))
        pen.put(sheet, row, TABLE_NUMBER, float(number), "grey")
        cells = filled.get((unit, number))
        for place, column in enumerate(columns, FIRST_CELL):
            _cell(sheet, (row, place), column, cells, pen)
    rows = (table.lines[0][0], FIRST_CELL, table.lines[-1][0], FIRST_CELL + len(columns) - 1)
    sheet.conditional_format(*rows, {"type": "no_blanks", "format": pen.looks.of("filled")})


def _head(sheet: Any, table: TableSheet, pen: Pen) -> None:
    sheet.set_row(0, 30)
    pen.title(sheet, FIRST_CELL, table.question.ask, table.role)
    pen.fixed(sheet, 1, FIRST_CELL, pen.texts.rows_hint, "subtitle")
    sections = [(s, line.row) for s in pen.layout.sections for line in s.lines if line.question is table.question]
    section, row = sections[0]
    sheet.write_string(2, At.KEY, STATIC)
    pen.link(sheet, 2, FIRST_CELL, (section.name, row, At.ANSWER), section.section.title)
    sheet.set_row(HEAD, 32)
    pen.fixed(sheet, HEAD, TABLE_NUMBER, None, "head")
    for place, head in enumerate(table_heads(table.question, pen.asked), FIRST_CELL):
        pen.fixed(sheet, HEAD, place, head, "head")
    pen.note(sheet, HEAD, FIRST_CELL, table.question.help)


def _cell(sheet: Any, at: tuple[int, int], column: Column, cells: Row | None, pen: Pen) -> None:
    items = items_of(column, pen.asked)
    if items:
        check = pen.checks.one_of(items)
    elif column.type == "number":
        check = pen.checks.number_or_unknown(xl_rowcol_to_cell(*at), column)
    else:
        check = pen.checks.text()
    shown = None if cells is None else shown_cell(cells[column.name], column, pen.asked)
    pen.field(sheet, at, shown, "number" if column.type == "number" else "text", check)


def _filled(table: TableSheet, pen: Pen) -> dict[tuple[int, int], Row]:
    """The rows that a profile has, by unit and number from 1."""
    found: dict[tuple[int, int], Row] = {}
    for unit, each in enumerate(pen.profile.units, 1):
        answer = each.answers.get(table.question.name)
        rows = answer.value if answer and isinstance(answer.value, tuple) else ()
        found |= {(unit, number): row for number, row in enumerate(rows, 1) if isinstance(row, Frozen)}
    return found


def _width(column: Column, pen: Pen) -> float:
    widest = longest([head_of(column, pen.asked), *items_of(column, pen.asked)])
    return 40 if column.type == "text" else min(max(widest + 5, 14), 36)
