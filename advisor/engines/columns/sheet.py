"""Columns that are computed from columns: named once, laid in layers, dropped after their last use."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl


class Sheet:
    """Collects columns. `inputs` are there before; each other one is a Polars expression over earlier ones."""

    def __init__(self, inputs: Iterable[str]) -> None:
        self.inputs = tuple(inputs)
        self.columns: dict[str, pl.Expr] = {}
        self._reads: dict[str, list[str]] = {}
        self._layer = dict.fromkeys(self.inputs, 0)
        self._kept: dict[bytes, str] = {}
        self._guards: dict[bytes, str] = {}

    def name(self, column: str, expression: pl.Expr) -> pl.Expr:
        """Give an expression a name of its own."""
        assert column not in self._layer, column
        self._reads[column] = reads = list(dict.fromkeys(expression.meta.root_names()))
        self._layer[column] = 1 + max((self._layer[read] for read in reads), default=0)
        self.columns[column] = expression
        return pl.col(column)

    def keep(self, expression: pl.Expr) -> pl.Expr:
        """A column that holds an expression which is read more than once; the same for the same expression."""
        if expression.meta.is_column() or not expression.meta.root_names():
            return expression
        key = expression.meta.serialize()
        if key not in self._kept:
            self._kept[key] = f"…{len(self._kept)}"
            self.name(self._kept[key], expression)
        return pl.col(self._kept[key])

    def guard(self, beyond: pl.Expr) -> None:
        """Note where a number is too large for the column that should hold it."""
        key = beyond.meta.serialize()
        if key not in self._guards:
            self._guards[key] = f"…beyond{len(self._guards)}"
            self.name(self._guards[key], beyond.fill_null(False))

    def guards_behind(self, wanted: Iterable[str]) -> list[str]:
        """The columns that tell where a number is too large on which one of the `wanted` may rest."""
        behind = self._behind(wanted)
        return [name for name in self._guards.values() if behind.issuperset(self._reads[name])]

    def fill(self, frame: pl.LazyFrame, wanted: Iterable[str]) -> pl.LazyFrame:
        """`frame` with the `wanted` columns, layer by layer; what nothing reads any more goes at once."""
        wanted = list(wanted)
        needed = self._behind(wanted)
        layers: dict[int, list[str]] = {}
        for column in self.columns:
            if column in needed:
                layers.setdefault(self._layer[column], []).append(column)
        last = dict.fromkeys(self.inputs, 0)
        for layer, columns in layers.items():
            for column in columns:
                last[column] = max(last.get(column, 0), layer)
                for read in self._reads[column]:
                    last[read] = max(last.get(read, 0), layer)
        kept = set(wanted)
        frame = frame.drop([column for column in self.inputs if not last[column] and column not in kept])
        for layer in sorted(layers):
            frame = frame.with_columns(**{column: self.columns[column] for column in layers[layer]})
            frame = frame.drop([column for column, when in last.items() if when == layer and column not in kept])
        return frame

    def _behind(self, wanted: Iterable[str]) -> set[str]:
        waiting, found = list(wanted), set[str]()
        while waiting:
            column = waiting.pop()
            if column not in found:
                found.add(column)
                waiting += self._reads.get(column, ())
        return found
