"""Parts of a table: most rows at once, the others one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from advisor.portfolio.rejects import Reject, rejected
from advisor.portfolio.sources.cells import TAKEN, CellReader
from advisor.portfolio.sources.heads import UNIT, Heads
from advisor.portfolio.sources.part import BROKEN, FILE, ROW, Found, Intake, Taken
from advisor.portfolio.sources.row import RowReader
from advisor.profile.model import Organisation, Unit
from advisor.reading import InvalidInput, Problem, quote
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Table:
    """What holds for every row of a table.

    `organisation` is the one where none is named; `comma` says that a comma stands before decimals, `decimals` in which
    columns it, or the point, is never between thousands.
    """

    file: str
    heads: Heads
    organisation: str
    comma: bool = False
    decimals: frozenset[str] = frozenset()

    def rows(self, rulebook: Rulebook) -> RowReader:
        """What reads a single row."""
        return RowReader(self.heads, rulebook.questions, self.file, self.organisation, self.comma, self.decimals)

    def reject(self, row: int, cells: Mapping[str, Any], problems: Sequence[Problem]) -> Reject:
        """A row that cannot be read."""
        name = cells.get(UNIT)
        unit = quote(str(name))[1:-1] if name is not None else ""
        return rejected(self.file, row, unit, problems, self.heads, comma=self.comma)


@dataclass(frozen=True, slots=True)
class TablePart:
    """Some rows: `frame` has `ROW` and the cells as they are, `faulty` the rows that could not be told apart."""

    table: Table
    frame: pl.DataFrame
    share: float
    faulty: tuple[Reject, ...] = ()

    @property
    def rows(self) -> int:
        """How many units there are, good and bad."""
        return self.frame.height + len(self.faulty)

    def take(self, intake: Intake) -> Taken:
        """Read the rows."""
        table = self.table
        read = self._reader(intake).read(self.frame)
        where = self.frame.select(pl.lit(table.file).alias(FILE), ROW)
        checked = intake.checked(where.hstack(read))
        right = pl.col(TAKEN) & ~pl.col(BROKEN)
        found, rejects = self._one_by_one(self.frame.filter(~checked.select(right).to_series()), intake.rulebook)
        others = intake.of_units(found, lambda each, problems: table.reject(each.row, {UNIT: each.unit.name}, problems))
        rejects = [*self.faulty, *rejects, *others.rejects]
        kept = checked.select(ROW, *(name for name in table.heads.keep if name not in others.frame.columns))
        alone = others.frame.join(kept, on=ROW, how="left", maintain_order="left")
        both = [checked.filter(right).drop(TAKEN, BROKEN), alone]
        taken = intake.arranged(pl.concat(both, how="diagonal")).sort(ROW)
        places = {row: place for place, row in enumerate(taken[ROW])}
        too_large = {places[others.frame[ROW][place]]: facts for place, facts in others.too_large.items()}
        return Taken(taken, sorted(rejects, key=lambda each: each.row), too_large)

    def _reader(self, intake: Intake) -> CellReader:
        """What reads all rows at once; it is made once for all tables that look the same."""
        table, schema = self.table, self.frame.schema
        look = (table.heads.columns, tuple(schema.items()), table.organisation, table.comma, table.decimals)
        if look not in intake.readers:
            intake.readers[look] = CellReader(
                intake.layout, table.heads, schema, table.organisation, table.comma, table.decimals
            )
        return intake.readers[look]

    def _one_by_one(self, frame: pl.DataFrame, rulebook: Rulebook) -> tuple[list[Found], list[Reject]]:
        reader, found, rejects = self.table.rows(rulebook), list[Found](), list[Reject]()
        for cells in frame.iter_rows(named=True):
            row = cells[ROW]
            try:
                found.append(Found(self.table.file, row, *reader.read(row, cells)))
            except InvalidInput as error:
                rejects.append(self.table.reject(row, cells, error.problems))
        return found, rejects

    def unit(self, file: str, row: int, rulebook: Rulebook) -> tuple[Organisation, Unit] | None:
        """The unit in a row, with all that is said about its answers; None where it is not in this part."""
        if file != self.table.file:
            return None
        found = self.frame.filter(pl.col(ROW) == row)
        return self.table.rows(rulebook).read(row, found.row(0, named=True)) if found.height else None
