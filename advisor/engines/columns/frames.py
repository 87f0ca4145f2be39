"""Facts of many units as a frame of answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from advisor.engines.columns.in_polars import polars_type
from advisor.engines.columns.layout import LARGEST, BeyondLimits, Layout, OverTable
from advisor.language import Fact, Signature
from advisor.language.runtime import OverRows
from advisor.language.values import NOT_APPLICABLE, is_inapplicable_fact


def schema_of(layout: Layout) -> dict[str, pl.DataType]:
    """The columns of `Layout.answers`, with the types of Polars."""
    return {name: polars_type(kind) for name, kind in layout.answers.items()}


def frame_of(layout: Layout, units: Iterable[Mapping[str, Fact]]) -> pl.DataFrame:
    """One row for each unit, with the columns that `Layout.answers` lists.

    Raises `BeyondLimits` for a number that 64 bits do not hold.
    """
    types = schema_of(layout)
    columns: dict[str, list[Any]] = {name: [] for name in types}
    over = [(each, OverRows(each.node, _function(each))) for each in layout.tables.values()]
    for facts in units:
        for name in layout.rulebook.questions:
            for column, value in _cells(layout.rulebook.scope[name], facts[name]):
                columns[column].append(value)
        for each, aggregate in over:
            for column, value in _aggregated(each, aggregate(facts[each.table.name])):
                columns[column].append(value)
    return pl.DataFrame([pl.Series(name, values, dtype=types[name]) for name, values in columns.items()])


def _function(over: OverTable) -> str:
    return "leader" if over.node.function == "leader" else "aggregate"


def _cells(signature: Signature, fact: Fact) -> Iterator[tuple[str, Any]]:
    name, inapplicable = signature.name, is_inapplicable_fact(fact)
    match signature.kind:
        case "number":
            yield from _number(name, fact, 1)
        case "choice":
            yield name, fact
        case "truth":
            yield name, None if inapplicable else fact
            yield f"{name}.na", inapplicable
        case kind:
            answered = fact is not None and not inapplicable
            yield name, True if answered else None
            yield f"{name}.na", inapplicable
            if kind == "choices":
                yield from ((f"{name}.has.{word}", word in fact if answered else None) for word in signature.choices)


def _aggregated(over: OverTable, value: Any) -> Iterator[tuple[str, Any]]:
    if over.node.function == "leader":
        yield over.column, None if value == NOT_APPLICABLE else value
    else:
        yield from _number(over.column, value, over.bottom)


def _number(name: str, ends: tuple[Any, Any], scale: int) -> Iterator[tuple[str, Any]]:
    for which, end in zip(("low", "high"), ends, strict=True):
        if isinstance(end, float):
            yield f"{name}.{which}", None
            continue
        whole = Fraction(end) * scale
        if whole.denominator != 1 or abs(whole) > LARGEST:
            raise BeyondLimits(f"'{name}' is {end}, which no column of 64 bits holds exactly")
        yield f"{name}.{which}", whole.numerator
    yield f"{name}.na", ends[0] != ends[0]
