"""Tables as text: comma-separated values and their kin, record by record, so that a bad one costs only itself."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from advisor.portfolio.rejects import rejected
from advisor.portfolio.sources.heads import CODES, TEXTS, Heads, header_of, read_heads
from advisor.portfolio.sources.part import ROW
from advisor.portfolio.sources.sniff import (
    Dialect,
    comma_before_decimals,
    delimiter_of,
    encoding_of,
    is_before_decimals,
)
from advisor.portfolio.sources.table import Table, TablePart
from advisor.profile.values import two_readings
from advisor.reading import Place, Problem
from advisor.rulebook import Question, Rulebook

PART_ROWS = 50_000
_SAMPLE = 1_000
"""Rows by which it is told what stands before decimals."""
_MOST_LINES = 100
"""Of one record."""


class Record(NamedTuple):
    """A row of a file as a spreadsheet counts, the header being the first; `fault` says why it has no cells."""

    row: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file of text with a row for each unit."""

    path: Path
    table: Table
    dialect: Dialect
    size: int
    part_rows: int = PART_ROWS

    @classmethod
    def open(cls, path: Path, file: str, rulebook: Rulebook, keep: tuple[str, ...]) -> TextTable:
        """Look at a file; raises `InvalidInput` where it cannot be read as a table of units."""
        encoding = encoding_of(path, file)
        with path.open(encoding=encoding, newline="") as stream:
            first = next((line for line in stream if line.strip()), "")
            delimiter = delimiter_of(first, {*TEXTS, *CODES, *keep, *rulebook.questions}, file)
            stream.seek(0)
            found = records(stream, delimiter)
            header = next(found, Record(1, []))
            where = Place(file, header.row)
            heads = read_heads(header_of(header.cells, where), where, rulebook.questions, keep)
            numbers = _numbers(list(islice(found, _SAMPLE)), heads, rulebook)
        comma = delimiter != "," and comma_before_decimals(chain.from_iterable(cells for _, cells in numbers.values()))
        mark = "," if comma else "."
        decimals = [name for name, (_, cells) in numbers.items() if is_before_decimals(mark, cells)]
        table = Table(file, heads, Path(file).stem, comma, frozenset(decimals))
        three = tuple(name for name in decimals if _could_have_thousands(*numbers[name]))
        return cls(path, table, Dialect(encoding, delimiter, comma, three), path.stat().st_size)

    def parts(self) -> Iterator[TablePart]:
        """All rows, always in the same parts."""
        with self.path.open("rb") as raw:
            stream = TextIOWrapper(raw, self.dialect.encoding, newline="")
            found = records(stream, self.dialect.delimiter)
            next(found)
            while some := list(islice(found, self.part_rows)):
                yield self._part(some, raw.tell() / max(1, self.size))

    def _part(self, found: Sequence[Record], share: float) -> TablePart:
        columns, faulty = self.table.heads.columns, []
        rows: list[tuple[int, list[str]]] = []
        for row, cells, fault in found:
            while len(cells) > len(columns) and not cells[-1].strip():
                cells.pop()
            if not fault and len(cells) == len(columns):
                rows.append((row, cells))
                continue
            problem = Problem(Place(self.table.file, row), "T011", fault) if fault else self._ragged(row, cells)
            faulty.append(rejected(self.table.file, row, "", [problem], self.table.heads, comma=self.table.comma))
        by_column = zip(*(cells for _, cells in rows), strict=True) if rows else ([] for _ in columns)
        series = [pl.Series(name, cells, dtype=pl.String) for name, cells in zip(columns, by_column, strict=True)]
        frame = pl.DataFrame([pl.Series(ROW, [row for row, _ in rows], dtype=pl.Int64), *series])
        return TablePart(self.table, frame, share, tuple(faulty))

    def _ragged(self, row: int, cells: list[str]) -> Problem:
        said = f"the row has {len(cells)} cells, the header has {len(self.table.heads.columns)}"
        return Problem(Place(self.table.file, row), "T005", f"{said}; put cells that hold the separator in quotes")


def records(stream: Iterable[str], delimiter: str) -> Iterator[Record]:
    """The rows of a text; those without anything in them are left out.

    A row whose quotes are never closed, or whose quoted cell is followed by something else, is a fault of its own:
    reading goes on in the next line.
    """
    lines, waiting, row = iter(stream), deque[str](), 0
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        row += 1
        taken = [line]
        cells, fault = _split(taken, delimiter)
        while cells is None and fault == _UNCLOSED and len(taken) < _MOST_LINES:
            more = waiting.popleft() if waiting else next(lines, None)
            if more is None:
                break
            taken.append(more)
            cells, fault = _split(taken, delimiter)
        if cells is None:
            waiting.extendleft(reversed(taken[1:]))
            yield Record(row, [], fault)
        elif any(cell.strip() for cell in cells):
            yield Record(row, cells)


_UNCLOSED = "a quote is opened and never closed; close it, or double it where it is meant"
_AFTER_QUOTES = "something follows the closing quote of a cell; double quotes that are meant as such"


def _split(lines: list[str], delimiter: str) -> tuple[list[str] | None, str]:
    """The cells of one row; without them, why."""
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), []), ""
    except csv.Error as error:
        return None, _UNCLOSED if "unexpected end" in str(error) else _AFTER_QUOTES


def _numbers(found: Sequence[Record], heads: Heads, rulebook: Rulebook) -> dict[str, tuple[Question, list[str]]]:
    """The columns of numbers, each with its question and its cells."""
    columns = {
        parts[part]: rulebook.questions[name]
        for name, parts in heads.asked.items()
        for part in ("", "low", "high")
        if part in parts and rulebook.questions[name].type == "number"
    }
    places = {column: heads.number(column) - 1 for column in columns}
    return {
        column: (asked, [each.cells[places[column]].strip() for each in found if places[column] < len(each.cells)])
        for column, asked in columns.items()
    }


def _could_have_thousands(asked: Question, cells: Sequence[str]) -> bool:
    return any(two_readings(cell, asked) for cell in cells)
