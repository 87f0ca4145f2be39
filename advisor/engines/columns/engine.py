"""The column engine: a rulebook as a plan of Polars over a frame with one row for each unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import polars as pl

from advisor.engines.columns.frames import frame_of, schema_of
from advisor.engines.columns.in_polars import PolarsWriter, filled
from advisor.engines.columns.layout import Varied
from advisor.engines.columns.plan import BEYOND, Plan
from advisor.language import Fact
from advisor.rulebook import Rulebook

__all__ = ["BEYOND", "ColumnsEngine"]


class ColumnsEngine:
    """Evaluates many units of one rulebook at once; the meaning is that of `PlainEngine`, column by column.

    The parameters in `varied` are taken from a column each: every row has a rulebook of its own.
    """

    def __init__(self, rulebook: Rulebook, varied: Mapping[str, Varied] = MappingProxyType({})) -> None:
        self.rulebook = rulebook
        self.plan = Plan(rulebook, varied)
        self.layout = self.plan.layout
        self._schema = schema_of(self.layout)
        self._write = PolarsWriter()

    def frame(self, units: Iterable[Mapping[str, Fact]]) -> pl.DataFrame:
        """The answers of units as a frame; raises `BeyondLimits` for a number that 64 bits do not hold."""
        return frame_of(self.layout, units)

    def results(self) -> list[str]:
        """Every column that can be asked for."""
        return self.plan.results()

    def evaluate(self, frame: pl.LazyFrame, wanted: Iterable[str] | None = None) -> pl.LazyFrame:
        """`frame` without its answers and with the `wanted` columns of `results`, all of them if None.

        `frame` has the columns of `Layout.answers`; others stay. One more column, `BEYOND`, is true in the rows whose
        numbers are too large to be exact, or outside the bounds of their question: leave those to `PlainEngine`.
        Nothing is computed here. Raises `ValueError` for a column of answers that is missing or of another type.
        """
        self._check(frame)
        columns = self.results() if wanted is None else list(wanted)
        named = frame.rename(self.plan.renamed)
        beyond = self.plan.sheet.guards_behind(columns)
        with_guards = filled(named, self.plan.sheet, [*columns, *beyond], self._write)
        return with_guards.with_columns(pl.any_horizontal(pl.lit(False), *beyond).alias(BEYOND)).drop(beyond)

    def _check(self, frame: pl.LazyFrame) -> None:
        """See to it that no narrower integer wraps around and no float is cut off."""
        there = frame.collect_schema()
        for name, wanted in self._schema.items():
            if there.get(name) != wanted:
                found = f"is {there[name]}" if name in there else "is missing"
                raise ValueError(f"the column '{name}' {found}; it has to be {wanted}")
