"""What a portfolio comes to: how often each outcome, advice and finding, and the hours; rows are counted, not held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from advisor.assurance.sameness import Frequencies
from advisor.engines.columns.answers import WITHHELD
from advisor.engines.outcomes import (
    EROSION,
    NO_VERDICT,
    NOT_RECOMMENDED,
    PATTERN,
    PREPARATION,
    RECOMMENDED,
    VERDICT,
    Outcomes,
    moving_verdicts,
)
from advisor.portfolio.results import (
    ANSWERED,
    COLUMNS,
    EROSION_WAITS,
    EVALUATED_BY,
    FINDING,
    FREE_HOURS,
    GROWING,
    LATER_HOURS,
    first_pattern,
)
from advisor.portfolio.results import RECOMMENDED as PATTERNS
from advisor.portfolio.run import Done
from advisor.portfolio.sources.heads import ORGANISATION
from advisor.rulebook import Rulebook

NOT_YET = "not_yet"
"""The word for an erosion level that cannot show before the step is in use."""


@dataclass(frozen=True, slots=True)
class Advised:
    """Units that get the same advice: the leading verdict and the patterns, the first of them first."""

    verdict: str | None
    recommended: tuple[str, ...]
    units: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole portfolio in numbers of units.

    `frequencies` count outcomes and findings; `advice` is sorted, the most frequent first; `flags` count the rows that
    are `firm`, `withheld`, have `hints` or were evaluated by `plain`. `free_units` have `free_hours` a day altogether
    (None where it is known of no unit), of which `held_hours` in `held_units` may not move yet by their verdicts; in
    `later_units` `later_hours` come free only after go-live, and are no part of them; in `growing_units` demand grows.
    `blank` units have no answer at all.
    """

    units: int
    rejected: int
    organisations: int
    frequencies: Frequencies
    advice: tuple[Advised, ...]
    flags: Mapping[str, int]
    free_units: int
    free_hours: float | None
    held_units: int
    held_hours: float
    later_units: int
    later_hours: float
    growing_units: int
    blank: int

    def share(self, units: int) -> float:
        """Units in per cent of all."""
        return 100 * units / self.units if self.units else 0.0


def summary_of(done: Done) -> Summary:
    """Count the results of a run."""
    rulebook = done.evaluator.rulebook
    rows = with_outcomes(done.rows(), rulebook)
    outcomes = Outcomes(rulebook)
    words = outcomes.words()
    words[EROSION] = (*words[EROSION], NOT_YET)
    found = Frequencies(words, tuple(rulebook.rules), units=done.units - done.rejected)
    for outcome in words:
        for word, number in _counted(rows, outcome):
            found.words[outcome, word] = number
    sums = rows.select(
        *(pl.col(FINDING + rule).sum().alias(FINDING + rule) for rule in rulebook.rules),
        pl.col(ORGANISATION).n_unique().alias("organisations"),
        pl.col("firm").sum(),
        pl.when(pl.col(FREE_HOURS).count() > 0).then(pl.col(FREE_HOURS).sum().round(2)).alias(FREE_HOURS),
        *_hours("free", pl.col(FREE_HOURS)),
        *_hours("held", pl.col(FREE_HOURS).filter(is_held(rulebook))),
        *_hours("later", pl.col(LATER_HOURS)),
        pl.col(GROWING).sum(),
        is_blank().sum().alias("blank"),
    )
    (totals,) = sums.collect(engine="streaming").to_dicts()
    found.fired.update({rule: totals[FINDING + rule] for rule in rulebook.rules})
    return Summary(
        units=found.units,
        rejected=done.rejected,
        organisations=totals["organisations"],
        frequencies=found,
        advice=_advice(rows),
        flags={"firm": totals["firm"], **done.flags()},
        free_units=totals["free_units"],
        free_hours=totals[FREE_HOURS],
        held_units=totals["held_units"],
        held_hours=totals["held_hours"],
        later_units=totals["later_units"],
        later_hours=totals["later_hours"],
        growing_units=totals[GROWING],
        blank=totals["blank"],
    )


def is_blank() -> pl.Expr:
    """Whether a row of results is of a unit that answers nothing; what is withheld or in no column is not counted."""
    return (pl.col(ANSWERED) == 0) & ~pl.col(WITHHELD) & (pl.col(EVALUATED_BY) == COLUMNS)


def is_held(rulebook: Rulebook) -> pl.Expr:
    """Whether the verdict of a row of results lets no free hours move yet."""
    return ~pl.col(VERDICT).is_in(list(moving_verdicts(rulebook)))


def _hours(name: str, hours: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """In how many units there are such hours, and how many altogether."""
    return (hours > 0).sum().alias(f"{name}_units"), hours.sum().round(2).alias(f"{name}_hours")


def with_outcomes(rows: pl.LazyFrame, rulebook: Rulebook) -> pl.LazyFrame:
    """The rows of results with the outcomes by their names (`advisor.engines.outcomes`)."""
    patterns = pl.col(PATTERNS).fill_null("").str.split(", ")
    return rows.with_columns(
        pl.col(VERDICT).fill_null(NO_VERDICT),
        first_pattern(),
        *(
            pl.when(patterns.list.contains(each.name))
            .then(pl.lit(RECOMMENDED))
            .otherwise(pl.lit(NOT_RECOMMENDED))
            .alias(PATTERN + each.name)
            for each in rulebook.frame.patterns
        ),
        *(pl.col(each.name).alias(PREPARATION + each.name) for each in rulebook.frame.preparations),
        erosion_told(),
    )


def erosion_told() -> pl.Expr:
    """The erosion of a row, or that none can show yet, as the memo on one client has it (`advice.outcome_words`)."""
    return pl.when(EROSION_WAITS).then(pl.lit(NOT_YET)).otherwise(pl.col(EROSION)).alias(EROSION)


def _counted(rows: pl.LazyFrame, column: str) -> list[tuple[str, int]]:
    counted = rows.group_by(column).agg(pl.len()).collect(engine="streaming")
    return [(word, number) for word, number in counted.iter_rows()]


def _advice(rows: pl.LazyFrame) -> tuple[Advised, ...]:
    counted = rows.group_by(VERDICT, PATTERNS).agg(pl.len().alias("units"))
    ordered = counted.sort("units", VERDICT, PATTERNS, descending=[True, False, False]).collect(engine="streaming")
    return tuple(
        Advised(None if verdict == NO_VERDICT else verdict, tuple(patterns.split(", ")) if patterns else (), units)
        for verdict, patterns, units in ordered.iter_rows()
    )
