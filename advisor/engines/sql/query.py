"""The whole rulebook as one query: the answers as they have to be, then a layer of columns around the other.

Databases plan layers that stand within one another faster than a chain of common tables; Spark looks at such a chain
once more for each of its tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sqlglot import exp

from advisor.engines.columns.expression import Expression, Kind, Words, column
from advisor.engines.columns.plan import BEYOND, Plan
from advisor.engines.sql.expressions import SqlWriter, case

_OUTSIDE = "_beyond_answers"


def query_of(plan: Plan, wanted: Sequence[str], table: str, keep: Sequence[str], writer: SqlWriter) -> Iterator[str]:
    """The lines of the query: for each row of `table` the columns of `keep`, the `wanted` ones, and `BEYOND`."""
    sheet = plan.sheet
    limits = {guard for _, guard in sheet.limits.values()}
    guards = [guard for guard in sheet.guards_behind(wanted) if guard not in limits]
    first, *layers = sheet.layers([*wanted, *guards])
    needed = [name for name in sheet.inputs if name not in first.dropped]
    live = [*keep, *needed, _OUTSIDE]
    selects = [[*map(writer.name, keep), *_answers(plan, needed, writer)]]
    for layer in layers:
        computed = [f"{writer.text(sheet.columns[name])} AS {writer.name(name)}" for name in layer.columns]
        selects.append([*map(writer.name, live), *computed])
        live = [name for name in [*live, *layer.columns] if name not in layer.dropped]
    beyond = " OR ".join(writer.name(name) for name in (_OUTSIDE, *guards))
    selects.append([*map(writer.name, [*keep, *wanted]), f"{beyond} AS {writer.name(BEYOND)}"])
    for items in reversed(selects[1:]):
        yield from _select(items)
        yield "  FROM ("
    yield from _select(selects[0])
    yield f"  FROM {table}"
    yield from (f") AS layer_{number}" for number in range(len(selects) - 1))


def _select(items: Sequence[str]) -> Iterator[str]:
    yield "  SELECT"
    yield from (f"    {item}," for item in items[:-1])
    yield f"    {items[-1]}"


def _answers(plan: Plan, needed: Sequence[str], writer: SqlWriter) -> Iterator[str]:
    """The answers with the type and the name they have in the layers; and whether one is none that there can be."""
    called = {new: old for old, new in plan.renamed.items()}
    outside: list[exp.Expression] = []
    for name in needed:
        answer = called.get(name, name)
        kind = plan.layout.answers[answer]
        cell = Expression("cast", (column(answer),), (Kind.TEXT if isinstance(kind, Words) else kind, None))
        value = writer(cell)
        if name in plan.sheet.limits:
            most = plan.sheet.limits[name][0]
            within = writer.is_within(partial(writer, cell), most, Kind.NARROW)
            outside.append(exp.Not(this=exp.Paren(this=within.copy())))
            value = case([(within, value)])
        elif isinstance(kind, Words):
            outside.append(writer(~cell.is_in(kind.words)))
        elif name.endswith(".na"):
            value = writer(cell.fill_null(False))
        yield f"{writer.written(value)} AS {writer.name(name)}"
    any_outside = " OR ".join(map(writer.written, outside)) or "FALSE"
    yield f"({any_outside}) IS TRUE AS {writer.name(_OUTSIDE)}"
