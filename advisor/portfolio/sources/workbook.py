"""Tables in workbooks (`.xlsx`), row by row: what a cell shows when it is opened, and never a formula's lost value."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from advisor.portfolio.rejects import Reject, rejected
from advisor.portfolio.sources.heads import UNIT, header_of, read_heads
from advisor.portfolio.sources.part import ROW
from advisor.portfolio.sources.row import written
from advisor.portfolio.sources.table import Table, TablePart
from advisor.portfolio.sources.text import PART_ROWS
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Rulebook

_Row = tuple[int, list[str | None], list[tuple[int, str]]]
"""The number of a row, its cells, and what is wrong with some of them by place."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """One sheet with a row for each unit."""

    path: Path
    sheet: str
    table: Table
    size: int
    part_rows: int = PART_ROWS

    @classmethod
    def open(
        cls, path: Path, file: str, rulebook: Rulebook, keep: tuple[str, ...], sheet: str | None = None
    ) -> Workbook:
        """Look at a file; raises `InvalidInput` where no sheet can be read as a table of units."""
        with _opened(path, file) as (book, _):
            names = [name for name in book.sheetnames if sheet in (None, name) and UNIT in _first(book[name])]
            if len(names) != 1:
                raise _refusal(file, "T017", _which(sheet, book.sheetnames, names))
            (name,) = names
            where = Place(file, 1)
            heads = read_heads(header_of(_first(book[name]), where), where, rulebook.questions, keep)
        return cls(path, name, Table(file, heads, Path(file).stem), path.stat().st_size)

    def parts(self) -> Iterator[TablePart]:
        """All rows, always in the same parts."""
        with _opened(self.path, self.table.file) as (values, formulas):
            most = max(1, values[self.sheet].max_row or 1)
            found = _rows(values[self.sheet], formulas[self.sheet])
            while some := list(islice(found, self.part_rows)):
                yield self._part(some, min(1.0, some[-1][0] / most))

    def _part(self, found: Sequence[_Row], share: float) -> TablePart:
        heads = self.table.heads
        rows, faulty = [], []
        for row, cells, wrong in found:
            beyond = [(len(heads.columns), _BEYOND)] if len(cells) > len(heads.columns) else []
            if wrong or beyond:
                faulty.append(self._faulty(row, cells, wrong + beyond))
            else:
                rows.append((row, *cells, *[None] * (len(heads.columns) - len(cells))))
        schema = {ROW: pl.Int64()} | dict.fromkeys(heads.columns, pl.String())
        return TablePart(self.table, pl.DataFrame(rows, schema=schema, orient="row"), share, tuple(faulty))

    def _faulty(self, row: int, cells: list[str | None], wrong: list[tuple[int, str]]) -> Reject:
        file, heads = self.table.file, self.table.heads
        problems = [
            Problem(Place(file, row, place + 1), "T005" if said is _BEYOND else "T009", said) for place, said in wrong
        ]
        unit = dict(zip(heads.columns, cells, strict=False)).get(UNIT)
        return rejected(file, row, unit or "", problems, heads)


_BEYOND = "something stands to the right of the last column; remove it, or give its column a name"


def _first(sheet: Any) -> list[object]:
    return next(([cell.value for cell in row] for row in sheet.iter_rows(max_row=1)), [])


def _which(sheet: str | None, there: Sequence[str], names: Sequence[str]) -> str:
    if sheet is not None and sheet not in there:
        return f"there is no sheet '{sheet}'; there are: {', '.join(there)}"
    if names:
        return f"several sheets have units ({', '.join(names)}); say which with --sheet"
    return f"no sheet has a column '{UNIT}' in its first row; name the columns there: {UNIT} and the names of questions"


@contextmanager
def _opened(path: Path, file: str) -> Iterator[tuple[Any, Any]]:
    """The workbook twice: with what its cells show, and with its formulas."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ModuleNotFoundError as error:
        raise _refusal(file, "T012", "workbooks need a package that is missing; pip install openpyxl") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a table has no use for, such as validation of data
            shown, stored = (
                load_workbook(path, read_only=True, data_only=each, keep_links=False) for each in (True, False)
            )
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _refusal(file, "T010", f"it is no workbook (.xlsx) that can be read ({error})") from error
    try:
        yield shown, stored
    finally:
        shown.close()
        stored.close()


def _rows(values: Any, formulas: Any) -> Iterator[_Row]:
    """The rows below the header that have anything in them."""
    both = zip(values.iter_rows(min_row=2), formulas.iter_rows(min_row=2), strict=True)
    for number, (shown, stored) in enumerate(both, 2):
        cells: list[str | None] = []
        wrong = []
        for place, (cell, behind) in enumerate(zip(shown, stored, strict=True)):
            text, fault = _text(cell, behind)
            cells.append(text)
            if fault:
                wrong.append((place, fault))
        while cells and cells[-1] is None and not any(place == len(cells) - 1 for place, _ in wrong):
            cells.pop()
        if cells:
            yield number, cells, wrong


def _text(cell: Any, behind: Any) -> tuple[str | None, str]:
    """What a cell shows as a text, or what is wrong with it."""
    value = cell.value
    if cell.data_type == "e":
        return None, f"the cell shows the error {value}; correct its formula"
    if value is None and behind.data_type == "f":
        return None, "the formula has no stored value; open the workbook, let it compute, and save it"
    match value:
        case None:
            return None, ""
        case str():
            return value.strip() or None, ""
        case float():
            return written(float(f"{value:.15g}")), ""
        case datetime():
            return (value.date() if value.time() == time() else value).isoformat(), ""
        case date() | bool() | int():
            return written(value), ""
        case _:
            return None, f"the cell holds {value}, which is neither a number nor a text; correct it"


def _refusal(file: str, code: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(file), code, message)])
