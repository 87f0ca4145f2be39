"""Expressions and layers as Polars has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from advisor.engines.columns.expression import Expression, Kind, Operation, Type, Words
from advisor.engines.columns.sheet import Layers

_TYPES: dict[Kind, pl.DataType] = {
    Kind.TRUTH: pl.Boolean(),
    Kind.NARROW: pl.Int64(),
    Kind.WIDE: pl.Int128(),
    Kind.FLOAT: pl.Float64(),
    Kind.TEXT: pl.String(),
}


def polars_type(kind: Type) -> pl.DataType:
    """The type of a column; words are an enumeration."""
    return pl.Enum(kind.words) if isinstance(kind, Words) else _TYPES[kind]


class PolarsWriter:
    """Writes expressions, equal ones once: a constant costs Polars more than to look it up."""

    def __init__(self) -> None:
        self._written: dict[Expression, pl.Expr] = {}

    def __call__(self, expression: Expression) -> pl.Expr:
        """The expression in Polars."""
        found = self._written.get(expression)
        if found is None:
            found = _WRITES[expression.operation](expression.detail, *map(self, expression.parts))
            self._written[expression] = found
        return found


def filled(
    frame: pl.LazyFrame, layers: Layers[Any], wanted: Iterable[str], write: Callable[[Any], pl.Expr]
) -> pl.LazyFrame:
    """`frame` with the `wanted` columns of `layers`, layer by layer; what nothing reads any more goes at once."""
    for layer in layers.layers(wanted):
        if layer.columns:
            frame = frame.with_columns(**{column: write(layers.columns[column]) for column in layer.columns})
        frame = frame.drop(layer.dropped)
    return frame


def _literal(detail: tuple[Type, Any]) -> pl.Expr:
    kind, value = detail
    return pl.lit(value, dtype=None if kind == Kind.TEXT else polars_type(kind))


def _beyond(most: int | float, number: pl.Expr) -> pl.Expr:
    return number.abs() > most if isinstance(most, float) else (number < -most) | (number > most)


def _cast(detail: tuple[Type, int | None], value: pl.Expr) -> pl.Expr:
    kind = detail[0]
    # what does not fit stands in a row that a guard has noted, and must not stop the others
    return value.cast(polars_type(kind), strict=kind != Kind.NARROW)


def _cases(_: None, *parts: pl.Expr) -> pl.Expr:
    chain: Any = pl
    for condition, value in zip(parts[:-1:2], parts[1::2], strict=True):
        chain = chain.when(condition).then(value)
    result: pl.Expr = chain.otherwise(parts[-1])
    return result


_WRITES: dict[Operation, Callable[..., pl.Expr]] = {
    "column": pl.col,
    "literal": _literal,
    "not": lambda _, one: ~one,
    "and": lambda _, one, other: one & other,
    "or": lambda _, one, other: one | other,
    "equal": lambda _, one, other: one == other,
    "less": lambda _, one, other: one < other,
    "at_most": lambda _, one, other: one <= other,
    "one_of": lambda words, one: one.is_in(words),
    "is_null": lambda _, one: one.is_null(),
    "is_not_null": lambda _, one: one.is_not_null(),
    "sure": lambda value, one: one.fill_null(value),
    "beyond": _beyond,
    "odd": lambda _, one: one % 2 != 0,
    "add": lambda _, one, other: one + other,
    "subtract": lambda _, one, other: one - other,
    "multiply": lambda _, one, other: one * other,
    "quotient": lambda _, one, other: one // other,
    "cast": _cast,
    "count": lambda _, one: one.cast(pl.Int64),
    "cases": _cases,
    "first": lambda _, *values: pl.coalesce(*values),
    "least": lambda _, one, other: pl.min_horizontal(one, other),
    "greatest": lambda _, one, other: pl.max_horizontal(one, other),
    "unless": lambda _, beyond, value: value,
}
