"""The outcomes as columns ``outcome.<name>``, each an enumeration of its words."""

from __future__ import annotations

from typing import Any

import polars as pl

from advisor.engines.columns.sheet import Sheet
from advisor.engines.outcomes import FIRST, NO_PATTERN, NOT_RECOMMENDED, PATTERN, RECOMMENDED, Outcomes

OUTCOME = "outcome."


def write_outcomes(outcomes: Outcomes, sheet: Sheet) -> None:
    """Write what `Outcomes.of` tells of an evaluation."""
    words = outcomes.words()
    firsts = [(pl.col(f"{PATTERN}{pattern}.rank") == 1, pattern) for pattern in outcomes.patterns]
    cases: dict[str, tuple[list[tuple[pl.Expr, str]], str]] = {FIRST: (firsts, NO_PATTERN)}
    for name, ladder in outcomes.ladders.items():
        cases[name] = (
            [(pl.col(f"rule.{rule}"), word) for word, rules in ladder.steps for rule in rules],
            ladder.otherwise,
        )
    for pattern in outcomes.patterns:
        among = pl.col(f"{PATTERN}{pattern}.rank").is_not_null()
        cases[PATTERN + pattern] = [(among, RECOMMENDED)], NOT_RECOMMENDED
    for name, (steps, otherwise) in cases.items():
        kind = pl.Enum(words[name])
        chain: Any = pl
        for test, word in steps:
            chain = chain.when(test).then(pl.lit(word, dtype=kind))
        last = pl.lit(otherwise, dtype=kind)
        sheet.name(OUTCOME + name, chain.otherwise(last) if steps else last)
