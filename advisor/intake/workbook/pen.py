"""What every sheet is written with: the workbook, its looks and checks, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.intake.questionnaire import Questionnaire
from advisor.intake.texts import Texts
from advisor.intake.workbook.cells import Shown, put, quoted_name
from advisor.intake.workbook.checks import Checks
from advisor.intake.workbook.layout import COVER_FIELD, STATIC, Layout
from advisor.intake.workbook.lists import Lists
from advisor.intake.workbook.looks import FILLED, FONT, Looks, lines_of
from advisor.profile import Profile

_A4 = 9
_PROTECTION = {"format_columns": True, "format_rows": True}
_NOTE = {"author": "advisor", "font_name": FONT, "font_size": 10, "color": FILLED, "width": 300}


@dataclass(slots=True)
class Pen:
    """Writes into one `xlsxwriter.Workbook`."""

    book: Any
    asked: Questionnaire
    profile: Profile
    layout: Layout
    looks: Looks = field(init=False)
    checks: Checks = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the looks and the checks."""
        self.looks = Looks(self.book)
        self.checks = Checks(self.asked, Lists(self.book))

    @property
    def texts(self) -> Texts:
        """What the workbook says of its own."""
        return self.asked.texts

    def sheet(self, name: str, widths: Sequence[float], freeze: tuple[int, int] | None = None) -> Any:
        """A sheet for people: the key column hidden, the other columns so wide, locked, and ready to be printed."""
        sheet = self.book.get_worksheet_by_name(name)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 8, None, {"hidden": True})
        for column, width in enumerate(widths, 1):
            sheet.set_column(column, column, width)
        sheet.protect("", _PROTECTION)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&9{self.profile.organisation.name.replace('&', '&&')}&C&9&A&R&9{self.texts.page}")
        if freeze is not None:
            sheet.freeze_panes(*freeze)
            sheet.repeat_rows(freeze[0] - 1)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: Shown, look: str) -> None:
        """Write a value in one of the looks."""
        put(sheet, row, column, value, self.looks.of(look))

    def title(self, sheet: Any, column: int, text: str, role: str) -> None:
        """Write the title of a sheet, and in the hidden column what the sheet is."""
        sheet.write_string(0, 0, f"{STATIC}{role}")
        self.put(sheet, 0, column, text, "title")

    def fixed(self, sheet: Any, row: int, column: int, text: str | None, look: str) -> None:
        """Write a text of the workbook's own in a row that holds no answer."""
        sheet.write_string(row, 0, STATIC)
        self.put(sheet, row, column, text, look)

    def link(self, sheet: Any, row: int, column: int, at: tuple[str, int, int], text: str) -> None:
        """Write a link to a cell, given by sheet, row and column."""
        name, *cell = at
        target = f"internal:{quoted_name(name)}!{xl_rowcol_to_cell(*cell)}"
        sheet.write_url(row, column, target, self.looks.of("link"), text)

    def note(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Write a comment that shows when somebody points at the cell."""
        height = 16 * lines_of(text, 44) + 14
        sheet.write_comment(row, column, text, {**_NOTE, "height": height})

    def field(self, sheet: Any, at: tuple[int, int], value: Shown, look: str, check: dict[str, Any]) -> None:
        """Write a cell to be filled in, with its check."""
        self.put(sheet, *at, value, look)
        sheet.data_validation(*at, *at, check)

    def unit_name(self, sheet: Any, row: int, column: int, unit: int, look: str) -> None:
        """Write the name of a unit as it stands on the first sheet, also after somebody has changed it there."""
        place = xl_rowcol_to_cell(self.layout.unit_row(unit), COVER_FIELD, row_abs=True, col_abs=True)
        formula = f"={quoted_name(self.layout.cover)}!{place}"
        sheet.write_string(row, 0, STATIC)
        sheet.write_formula(row, column, formula, self.looks.of(look), self.profile.units[unit - 1].name)
