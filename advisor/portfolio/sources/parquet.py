"""Tables as Parquet: columns with types, read part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from advisor.portfolio.sources.heads import CODES, TEXTS, read_heads
from advisor.portfolio.sources.part import ROW
from advisor.portfolio.sources.table import Table, TablePart
from advisor.portfolio.sources.text import PART_ROWS
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Rulebook

_AS_TEXT = (pl.Float32, pl.UInt64, pl.Int128, pl.Categorical, pl.Enum)
"""What is written as a text and read from it: there is one way to write each."""


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A file of Parquet with a row for each unit."""

    path: Path
    table: Table
    size: int
    rows: int
    part_rows: int = PART_ROWS

    @classmethod
    def open(cls, path: Path, file: str, rulebook: Rulebook, keep: tuple[str, ...]) -> ParquetTable:
        """Look at a file; raises `InvalidInput` where it cannot be read as a table of units."""
        try:
            frame = pl.scan_parquet(path, glob=False)
            schema = frame.collect_schema()
            rows = frame.select(pl.len()).collect().item()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(file, error) from error
        heads = read_heads(schema.names(), Place(file, 1), rulebook.questions, keep)
        nested = [name for name in (*TEXTS, *CODES, *heads.keep) if name in schema and schema[name].is_nested()]
        if nested:
            said = f"the column '{nested[0]}' holds lists or records; only single values can be shown"
            raise InvalidInput([Problem(Place(file, 1, heads.number(nested[0])), "T013", said)])
        return cls(path, Table(file, heads, Path(file).stem), path.stat().st_size, rows)

    def parts(self) -> Iterator[TablePart]:
        """All rows, always in the same parts."""
        kept = pl.col(list(self.table.heads.keep))
        plan = (
            pl.scan_parquet(self.path, glob=False)
            .with_columns(kept.cast(pl.String))
            .with_columns(pl.col(*_AS_TEXT).cast(pl.String), _shortest(pl.col(pl.Decimal)))
        )
        for start in range(0, self.rows, self.part_rows):
            number = pl.int_range(start + 1, start + pl.len() + 1, dtype=pl.Int64).alias(ROW)
            try:
                frame = plan.slice(start, self.part_rows).with_columns(number).collect()
            except pl.exceptions.PolarsError as error:
                raise _unreadable(self.table.file, error) from error
            yield TablePart(self.table, frame, (start + frame.height) / self.rows)


def _shortest(decimals: pl.Expr) -> pl.Expr:
    """Decimals as texts, without the zeros to which their type fills them up; those in lists `row` writes so."""
    text = decimals.cast(pl.String)
    return pl.when(text.str.contains(".", literal=True)).then(text.str.replace(r"\.?0+$", "")).otherwise(text)


def _unreadable(file: str, error: Exception) -> InvalidInput:
    return InvalidInput([Problem(Place(file), "T010", f"it cannot be read as Parquet ({error}); write it anew")])
