"""Units as rows of a table, good and bad, at random."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from advisor.language import Fact
from advisor.profile.facts import answer_of
from advisor.rulebook import Rulebook

BAD = [
    "3,2",
    "1e3",
    "NaN",
    "12 %",
    "maybe",
    "#N/A",
    "007",
    "9" * 25,
    "0.123456789",
    "-5",
    "\u202e1",
    "~",
    "null",
    "=1+1",
]
ODD = [
    "Unknown",
    "n/a",
    "N/A",
    "NOT_APPLICABLE",
    "unknown",
    " 1 ",
    "TRUE",
    "Ja",
    "1.0",
    "+2",
    "0",
    "-0",
    "[]",
    "cost; speed",
]


def cells_of(facts: Mapping[str, Fact], rulebook: Rulebook) -> dict[str, str]:
    """The answers of a unit as texts of cells; tables are left out."""
    cells: dict[str, str] = {}
    for name, fact in facts.items():
        answer = answer_of(fact, rulebook.scope[name])
        if answer is None or rulebook.scope[name].kind == "table":
            continue
        if answer.state == "not_applicable":
            cells[name] = "n/a"
        elif answer.value is None:
            cells |= {f"{name}.low": _written(answer.low), f"{name}.high": _written(answer.high)}
        else:
            cells[name] = _written(answer.value)
    return cells


def _written(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return "; ".join(value) or "[]"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def columns_of(rulebook: Rulebook) -> list[str]:
    """A column for everything that can be said about a unit."""
    columns = ["organisation", "unit", "currency"]
    for name, question in rulebook.questions.items():
        columns.append(name)
        if question.type == "number":
            columns += [f"{name}.low", f"{name}.high"]
    return [*columns, "error_rate_pct.evidence", "error_rate_pct.source", "error_rate_pct.as_of", "error_rate_pct.note"]


def spoiled(cells: Mapping[str, str], columns: list[str], random: Random) -> dict[str, str]:
    """The same row with a few cells that are odd or wrong."""
    changed = dict(cells)
    for column in random.sample(columns, random.choice([0, 0, 1, 2])):
        changed[column] = random.choice([*BAD, *ODD])
    if random.random() < 0.3:
        changed["error_rate_pct.evidence"] = random.choice(["measured", "guessed", "stated", " inferred"])
        changed["error_rate_pct.as_of"] = random.choice(["2026-02-30", "2026-09-30", "0000-01-01", "yesterday"])
    if random.random() < 0.1:
        changed["unit"] = random.choice(["", "  two\u00a0\twords ", "a\u202eb", "null", "e\u0301t\u00e9", "x" * 3000])
    return changed
