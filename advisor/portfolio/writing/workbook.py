"""Rows as a workbook: a filter over the header, which stays in sight, and texts that are never formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from advisor.portfolio.writing.formulas import is_formula

MOST_ROWS = 1_048_576
"""Of a sheet, the header among them."""
_LONGEST_TEXT = 32_767
_WIDTHS = {"file": 24, "organisation": 26, "unit": 30, "verdict": 22, "recommended": 24, "hints": 40, "reason": 80}
_WIDTH = 13


def write_workbook(frames: Iterable[pl.DataFrame], columns: Sequence[str], path: Path, sheet: str = "units") -> None:
    """Write frames below one another; the same rows give the same bytes."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    # The clock would make other bytes of the same rows.
    book.set_properties({"created": datetime(2000, 1, 1)})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "bottom": 1, "quote_prefix": True})
    text = book.add_format({"quote_prefix": True})
    for place, column in enumerate(columns):
        page.set_column(place, place, _WIDTHS.get(column, _WIDTH))
        page.write_string(0, place, column, bold)
    page.freeze_panes(1, 0)
    row = 0
    for frame in frames:
        for cells in frame.iter_rows():
            row += 1
            for place, cell in enumerate(cells):
                _write(page, row, place, cell, text)
    page.autofilter(0, 0, row, len(columns) - 1)
    try:
        book.close()
    except FileCreateError as error:
        # It stands before the error of the system, which says whether the disk is full.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _write(page: Any, row: int, place: int, cell: object, text: Any) -> None:
    match cell:
        case None:
            return
        case bool():
            page.write_boolean(row, place, cell)
        case int() | float():
            page.write_number(row, place, cell)
        case str() if is_formula(cell):
            # As a spreadsheet itself marks a text that begins like a formula.
            page.write_string(row, place, cell[:_LONGEST_TEXT], text)
        case _:
            page.write_string(row, place, str(cell)[:_LONGEST_TEXT])
