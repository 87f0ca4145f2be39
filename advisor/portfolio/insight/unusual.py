"""Which units get an advice that few others get.

How unusual a unit is: the information content of its outcomes (verdict, first pattern, each preparation, erosion), each
minus the binary logarithm of the share of units that have the same, added up. 0: every unit is like it. An outcome is
rare where at most `RARE` of the units have the same, or no other one.
"""

from __future__ import annotations

import polars as pl

from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.portfolio.run import Done
from advisor.portfolio.summary import Summary, with_outcomes
from advisor.rulebook import Rulebook

RARE = 0.05
MOST_LISTED = 10_000
"""Units that are looked at one by one; of more, the most unusual ones."""
LEAST = 5
"""Units of which it can be said that one is unusual."""
UNUSUAL = "unusual"


def looked_at(rulebook: Rulebook) -> list[str]:
    """The outcomes that are compared."""
    return [VERDICT, FIRST, *(PREPARATION + each.name for each in rulebook.frame.preparations), EROSION]


def listed_units(done: Done, summary: Summary, most: int = MOST_LISTED) -> pl.DataFrame:
    """The results of up to `most` units with their outcomes and `UNUSUAL`, in the order of the input."""
    rulebook, number = done.evaluator.rulebook, "…number"
    rows = with_outcomes(done.rows(), rulebook)
    shares = [
        -pl.col(outcome).replace_strict(_shares(summary, outcome), return_dtype=pl.Float64).log(2)
        for outcome in looked_at(rulebook)
    ]
    scored = rows.with_columns(pl.sum_horizontal(shares).round(6).alias(UNUSUAL)).with_row_index(number)
    if summary.units > most:
        order = scored.select(number, UNUSUAL).sort(UNUSUAL, number, descending=[True, False]).head(most)
        scored = scored.join(order.select(number), on=number, how="semi")
    return scored.sort(number).drop(number).collect(engine="streaming")


def _shares(summary: Summary, outcome: str) -> dict[str, float]:
    return {word: number / max(1, summary.units) for word, number in summary.frequencies.words_of(outcome).items()}


def rare_outcomes(row: dict[str, object], summary: Summary, rulebook: Rulebook) -> list[str]:
    """The outcomes of a unit that hardly any other has, the rarest first."""
    if summary.units < LEAST:
        return []
    counts = {name: summary.frequencies.words_of(name)[str(row[name])] for name in looked_at(rulebook)}
    found = [name for name, count in counts.items() if count == 1 or count <= RARE * summary.units]
    return sorted(found, key=lambda name: counts[name])
