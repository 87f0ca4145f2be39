"""Opening a workbook that somebody sent: what is no workbook, or could do harm, is refused before it is read.

Nothing but the texts, numbers, dates and comments of its cells is taken from it; no formula is computed.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NoReturn
from zipfile import ZipFile

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from advisor.intake.content import Cell, content_of
from advisor.intake.workbook.cells import quoted_name
from advisor.intake.workbook.layout import STATIC
from advisor.reading import InvalidInput, Place, Problem, quote

LARGEST_FILE = 10_000_000
LARGEST_UNPACKED = 60_000_000
MOST_PARTS = 2_000
MOST_CELLS = 400_000
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_WORKBOOK = "xl/workbook.xml"
_SAVE_AS = "save it as an Excel workbook (.xlsx)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells by row and column from 0, merged areas, and comments, both by their first cell."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: Mapping[tuple[int, int], str]
    comments: Mapping[tuple[int, int], str]

    @property
    def role(self) -> str | None:
        """What a sheet of advisor is, whatever it is called now; None for any other."""
        cell = self.cells.get((0, 0))
        text = str(cell.content) if cell else ""
        return text.removeprefix(STATIC) if text.startswith(STATIC) else None

    def place(self, row: int, column: int) -> Place:
        """A cell of this sheet as Excel writes it, such as ``'What is rewarded'!D5``."""
        return Place(f"{quoted_name(self.name)}!{get_column_letter(column + 1)}{row + 1}")


def open_workbook(data: bytes, file: str) -> dict[str, Sheet]:
    """The sheets of a workbook by their names; `file` names it in problems. Raises `InvalidInput`."""
    _check_kind(data, file)
    _check_parts(data, file)
    formulas = _loaded(data, file, values=False)
    values = _loaded(data, file, values=True)
    return {each.title: _sheet(each, values[each.title]) for each in formulas.worksheets}


def _check_kind(data: bytes, file: str) -> None:
    if len(data) > LARGEST_FILE:
        _refuse(file, "W002", f"it is larger than {LARGEST_FILE:,} bytes; is it the right file?")
    if not data:
        _refuse(file, "W001", "the file is empty")
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            _refuse(file, "W001", "it is protected by a password; save it without one (File, Info, Protect Workbook)")
        _refuse(file, "W001", f"it is a file of an older Office; {_SAVE_AS}")


def _check_parts(data: bytes, file: str) -> None:
    """Look at the parts of the package before any of them is parsed."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            _check_names({part.filename for part in parts}, file)
            unpacked = sum(part.file_size for part in parts)
            if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
                _refuse(file, "W002", f"it unpacks to {unpacked:,} bytes in {len(parts)} parts; is it the right file?")
            contents = {part.filename: package.read(part) for part in parts}
    except InvalidInput:
        raise
    except Exception as error:
        # Damaged streams, unknown compressions and encrypted parts raise errors of many kinds.
        _refuse(file, "W001", f"it is not an Excel workbook, or is damaged ({error}); {_SAVE_AS}")
    for name, content in contents.items():
        if any(doctype in content for doctype in _DOCTYPES):
            _refuse(file, "W001", f"its part {quote(name)} declares entities, as no workbook does")
    cells = sum(map(_cells_in, contents.values()))
    if cells > MOST_CELLS:
        _refuse(file, "W002", f"its sheets have, merge or link {cells:,} cells; is it the right file?")


def _cells_in(part: bytes) -> int:
    """How many cells openpyxl would make of a part: those that are there, and all that are merged or linked at once."""
    return len(_CELL.findall(part)) + sum(map(_size, _AREA.findall(part)))


_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_AREA = re.compile(rb"""(?:mergeCell|hyperlink)\s[^>]*?\bref=["']([^"']+:[^"']+)["']""")


def _size(area: bytes) -> int:
    """How many cells an area has; none where it is no area, which is found later."""
    try:
        left, top, right, bottom = range_boundaries(area.decode())
    except ValueError:
        return 0
    # Of whole rows or columns the other ends are missing.
    return ((right or _LAST_COLUMN) - (left or 1) + 1) * ((bottom or _LAST_ROW) - (top or 1) + 1)


def _check_names(names: set[str], file: str) -> None:
    if _WORKBOOK in names:
        return
    kinds = {"xl/workbook.bin": "a binary Excel workbook", "content.xml": "an OpenDocument file"}
    kind = next((said for name, said in kinds.items() if name in names), "a package, but no workbook")
    _refuse(file, "W001", f"it is {kind}; {_SAVE_AS}")


def _loaded(data: bytes, file: str, *, values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data), data_only=values, keep_links=False)
    except Exception as error:
        # The parser raises errors of every kind on what it does not expect.
        said = type(error).__name__
        _refuse(file, "W001", f"it is damaged, or uses what cannot be read ({said}); open it in Excel and {_SAVE_AS}")


def _sheet(formulas: Any, values: Any) -> Sheet:
    bare = Sheet(formulas.title, {}, {}, {})
    cells: dict[tuple[int, int], Cell] = {}
    comments: dict[tuple[int, int], str] = {}
    # Only the cells that are there: going through all rows and columns would take hours where one is far away.
    for (row, column), cell in sorted(formulas._cells.items()):
        at = row - 1, column - 1
        content = content_of(cell, values._cells[row, column])
        if content is not None:
            cells[at] = Cell(bare.place(*at), content)
        if cell.comment is not None:
            comments[at] = cell.comment.text
    merged = {(each.min_row - 1, each.min_col - 1): each.coord for each in formulas.merged_cells.ranges}
    return Sheet(formulas.title, cells, merged, comments)


def _refuse(file: str, code: str, message: str) -> NoReturn:
    raise InvalidInput([Problem(Place(file), code, message)])
