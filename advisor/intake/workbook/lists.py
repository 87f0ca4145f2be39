"""The items of drop-downs, on the hidden sheet: only from cells Excel takes long lists, and items with commas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.intake.workbook.layout import FIRST_LIST, HIDDEN_SHEET


class Lists:
    """Puts lists of items on the hidden sheet of a workbook, equal ones once."""

    def __init__(self, book: Any) -> None:
        """Begin with none."""
        self._book = book
        self._places: dict[tuple[str, ...], str] = {}

    def __call__(self, items: Sequence[str]) -> str:
        """The reference to a list of items."""
        key = tuple(items)
        if key not in self._places:
            column = FIRST_LIST + len(self._places)
            sheet = self._book.get_worksheet_by_name(HIDDEN_SHEET)
            for row, item in enumerate(items):
                sheet.write_string(row, column, item)
            first, last = (xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True) for row in (0, len(items) - 1))
            self._places[key] = f"={HIDDEN_SHEET}!{first}:{last}"
        return self._places[key]
