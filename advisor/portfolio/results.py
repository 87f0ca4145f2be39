"""One row of results for each unit: which columns there are, and how they follow from those of the engine.

The words and numbers are those of the advice (`advisor.advice`): numbers with two decimals at most, half to even;
shares only where the verdict allows them; of the findings those that stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from advisor.engines.columns.answers import WITHHELD
from advisor.engines.columns.layout import Layout
from advisor.engines.columns.scores import score_scale
from advisor.engines.outcomes import (
    EROSION,
    FIRST,
    NO_PATTERN,
    NO_VERDICT,
    NOT_ASSESSED,
    PREPARATION,
    VERDICT,
    sharing_verdicts,
)
from advisor.portfolio.sources.cells import divided
from advisor.portfolio.sources.heads import CODES, TEXTS
from advisor.portfolio.sources.part import HINTS, WHERE
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import SEVERITIES

EVALUATED_BY, COLUMNS, PLAIN = "evaluated_by", "columns", "plain"
FREE_HOURS, LATER_HOURS, GROWING, GROWTH = "free_hours_per_day", "later_hours_per_day", "growing", "growth_pct"
RECOMMENDED, FINDING, ANSWERED = "recommended", "finding.", "answered"
EROSION_WAITS = "erosion_waits"

_TAKEN = "this is a question, or a column of the result; rename it in the table"


@dataclass(frozen=True, slots=True)
class _Result:
    name: str
    value: pl.Expr


class Results:
    """The columns of the results of one rulebook.

    `keep` are columns of the input that are carried along; raises `InvalidInput` where one has the name of another.
    """

    def __init__(self, layout: Layout, keep: tuple[str, ...] = ()) -> None:
        self.layout, self.rulebook, self.keep = layout, layout.rulebook, keep
        self._scale = score_scale(layout)
        taken = {*WHERE, *self.rulebook.questions, HINTS, *(each.name for each in self._own())}
        twice = [Problem(Place(f"--keep {name}"), "T013", _TAKEN) for name in keep if name in taken]
        if twice:
            raise InvalidInput(twice)

    @cached_property
    def wanted(self) -> list[str]:
        """The columns of the engine that results follow from."""
        read = dict.fromkeys(name for each in self._own() for name in each.value.meta.root_names())
        return [name for name in read if name not in (WITHHELD, ANSWERED, EVALUATED_BY)]

    @cached_property
    def identity(self) -> list[str]:
        """The columns that say which unit it is."""
        return [*WHERE, *TEXTS, *CODES, *(name for name in self.keep if name not in (*TEXTS, *CODES))]

    @cached_property
    def own(self) -> list[str]:
        """The columns of results without those of findings."""
        return [name for name in self.all if not name.startswith(FINDING)]

    @cached_property
    def all(self) -> list[str]:
        """The columns of a row, in order."""
        return [*self.identity, *(each.name for each in self._own()), HINTS]

    def of(self, evaluated: pl.DataFrame) -> pl.DataFrame:
        """The rows of results from the columns of the engine and those of `identity`."""
        own = [each.value.alias(each.name) for each in self._own()]
        return evaluated.select(*self.identity, *own, HINTS)

    def _own(self) -> Iterator[_Result]:
        frame, rulebook = self.rulebook.frame, self.rulebook
        verdict = pl.col(f"outcome.{VERDICT}")
        chosen = pl.any_horizontal(pl.col(f"pattern.{each.name}.rank").is_not_null() for each in frame.patterns)
        shares = verdict.is_in(list(sharing_verdicts(rulebook))) & chosen
        yield _Result("verdict", _unless(verdict, NO_VERDICT))
        yield _Result(RECOMMENDED, self._recommended())
        yield _Result("firm", self._verdict_is_firm() & (pl.col("selection.firm") | ~shares))
        yield _Result("reserve_pct", pl.when(shares).then(pl.col("selection.reserve")).cast(pl.Int64))
        for pattern in frame.patterns:
            base = f"pattern.{pattern.name}"
            yield _Result(f"{pattern.name}.low", hundredths(pl.col(f"{base}.low"), self._scale))
            yield _Result(f"{pattern.name}.high", hundredths(pl.col(f"{base}.high"), self._scale))
            given = shares & pl.col(f"{base}.rank").is_not_null()
            yield _Result(f"{pattern.name}.share_pct", pl.when(given).then(pl.col(f"{base}.share")).cast(pl.Int64))
            yield _Result(f"{pattern.name}.excluded", pl.col(f"{base}.excluded"))
        for preparation in frame.preparations:
            yield _Result(preparation.name, pl.col(f"outcome.{PREPARATION}{preparation.name}").cast(pl.String))
        yield _Result("erosion", pl.col(f"outcome.{EROSION}").cast(pl.String))
        yield _Result(EROSION_WAITS, self._erosion_waits())
        for key, measure in frame.capacity.items():
            yield from self._measure(key, measure)
        yield from self._across()
        yield from self._counted()

    def _verdict_is_firm(self) -> pl.Expr:
        """Whether no open answer can withdraw the verdict or put another before it (`advisor.advice.verdicts`)."""
        firm, nothing_before = pl.lit(False), pl.lit(True)
        for verdict in self.rulebook.frame.verdicts:
            rules = [rule.id for rule in self.rulebook.rules.values() if rule.verdict == verdict.name]
            columns = [pl.col(self.layout.rule(rule, firm=True)) for rule in rules]
            leads = pl.col(f"outcome.{VERDICT}") == verdict.name
            holds = pl.any_horizontal(pl.lit(False), *(column.fill_null(False) for column in columns))
            firm = pl.when(leads).then(nothing_before & holds).otherwise(firm)
            nothing_before = pl.all_horizontal(nothing_before, *(~column.fill_null(True) for column in columns))
        return firm

    def _erosion_waits(self) -> pl.Expr:
        """Whether no erosion can show yet, by a finding that no answer withdraws (`advisor.advice.outcome_words`)."""
        before = self.rulebook.findings.get(self.rulebook.frame.erosion.not_before or "", ())
        found = (self._stands(rule) & pl.col(self.layout.rule(rule, firm=True)) for rule in before)
        waits = pl.any_horizontal(pl.lit(False), *(each.fill_null(False) for each in found))
        return (pl.col(f"outcome.{EROSION}") == NOT_ASSESSED) & waits

    def _recommended(self) -> pl.Expr:
        """The patterns that are recommended, the first of them first."""
        patterns = [pattern.name for pattern in self.rulebook.frame.patterns]

        def at(rank: int) -> pl.Expr:
            return pl.coalesce(
                pl.when(pl.col(f"pattern.{name}.rank") == rank).then(pl.lit(name)).otherwise(None) for name in patterns
            )

        places = [at(rank) for rank in range(1, len(patterns) + 1)]
        return pl.concat_str(places, separator=", ", ignore_nulls=True).replace("", None)

    def _measure(self, key: str, measure: str) -> Iterator[_Result]:
        scale = self.rulebook.scope[measure].scale
        low, high = (hundredths(pl.col(f"{measure}.{end}"), scale) for end in ("low", "high"))
        settled = pl.col(f"{measure}.low") == pl.col(f"{measure}.high")
        yield _Result(key, pl.when(settled).then(low))
        yield _Result(f"{key}.low", low)
        yield _Result(f"{key}.high", high)

    def _across(self) -> Iterator[_Result]:
        names = self.rulebook.frame.across_units
        for key, name in ((FREE_HOURS, names.free_hours), (LATER_HOURS, names.later_hours), (GROWTH, names.growth)):
            low, high = pl.col(f"{name}.low"), pl.col(f"{name}.high")
            yield _Result(key, pl.when(low == high).then(hundredths(low, self.rulebook.scope[name].scale)))
        yield _Result(GROWING, pl.col(names.growing_when))

    def _counted(self) -> Iterator[_Result]:
        rules = self.rulebook.rules
        for severity in reversed(SEVERITIES):
            those = [self._stands(name).fill_null(False) for name in rules if rules[name].severity == severity]
            if those:
                yield _Result(f"findings.{severity}", pl.sum_horizontal(those).cast(pl.Int64))
        yield _Result(ANSWERED, pl.col(ANSWERED))
        yield _Result(WITHHELD, pl.col(WITHHELD))
        yield _Result(EVALUATED_BY, pl.col(EVALUATED_BY))
        for name in rules:
            yield _Result(FINDING + name, self._stands(name))

    def _stands(self, name: str) -> pl.Expr:
        """Whether a finding is shown, as `advisor.advice.findings` does it.

        A lower level and a better status than those that hold are not, nor a verdict that stands alone beside others.
        """
        rule, truth = self.rulebook.rules[name], pl.col(f"rule.{name}")
        if rule.level:
            truth = truth & (pl.col(f"outcome.{EROSION}") == rule.level)
        if rule.preparation:
            truth = truth & (pl.col(f"outcome.{PREPARATION}{rule.preparation.name}") == rule.preparation.status)
        alone = [each.name for each in self.rulebook.frame.verdicts if each.only_alone]
        if rule.verdict in alone:
            truth = truth & (pl.col(f"outcome.{VERDICT}") == rule.verdict)
        return truth


def _unless(word: pl.Expr, nothing: str) -> pl.Expr:
    return pl.when(word != nothing).then(word.cast(pl.String))


def hundredths(scaled: pl.Expr, scale: int) -> pl.Expr:
    """A whole number over `scale` as a number with two decimals, half to even."""
    if 100 % scale == 0:
        return divided(scaled * (100 // scale), 100)
    part = scale // 100
    down = scaled.floordiv(part)
    left = scaled - down * part
    up = (left * 2 > part) | ((left * 2 == part) & (down % 2 == 1))
    return divided(down + up.cast(pl.Int64), 100)


def first_pattern() -> pl.Expr:
    """The pattern that leads, from a row of results."""
    return pl.col(RECOMMENDED).str.split(", ").list.first().fill_null(NO_PATTERN).alias(FIRST)
