"""The rulebook as a file of SQL: what the table must hold, and the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from advisor.engines.columns.plan import BEYOND, Plan
from advisor.engines.sql.contract import heading
from advisor.engines.sql.dialects import Dialect
from advisor.engines.sql.expressions import SqlWriter
from advisor.engines.sql.query import query_of
from advisor.rulebook import Rulebook
from advisor.rulebook.invariants import VERDICT

Selection = Literal["verdict", "outcomes", "findings", "all"]
SELECTIONS: tuple[Selection, ...] = get_args(Selection)


def selected(plan: Plan, selection: Selection) -> list[str]:
    """The columns of results that are asked for."""
    results = plan.results()
    match selection:
        case "verdict":
            return [f"outcome.{VERDICT}"]
        case "outcomes":
            return [name for name in results if name.startswith("outcome.")]
        case "findings":
            return [name for name in results if name.startswith(("outcome.", "rule.")) and not name.endswith(".firm")]
    return results


def sql_of(rulebook: Rulebook, dialect: Dialect, table: str, keep: Sequence[str], selection: Selection) -> str:
    """The text of the file. `keep` are columns of `table` that stay beside the results.

    Raises `BeyondLimits` for a rulebook that columns cannot express, `ValueError` for a table or a kept column that
    there cannot be.
    """
    plan = Plan(rulebook)
    wanted = selected(plan, selection)
    taken = {name.casefold() for name in (*plan.layout.answers, *plan.results(), BEYOND)}
    for name in keep:
        if name.casefold() in taken or name.startswith("_") or not name:
            raise ValueError(f"the column '{name}' cannot be kept: the query has one of this name itself")
        taken.add(name.casefold())
    writer = SqlWriter(dialect)
    named = writer.table(table)
    lines = [*heading(plan, wanted, named, dialect), *query_of(plan, wanted, named, keep, writer)]
    return "\n".join(lines) + "\n"
