"""The units that stand out, advised one by one by the default engine, with the reasons from its full record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from advisor.advice import Advice, Adviser
from advisor.advice.model import FindingResult, UnitAdvice
from advisor.advice.outcome_words import erosion_waits
from advisor.engines.checked import Disagreement
from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.portfolio.insight.unusual import UNUSUAL, looked_at, rare_outcomes
from advisor.portfolio.results import RECOMMENDED
from advisor.portfolio.run import Done
from advisor.portfolio.sources.part import FILE, ROW
from advisor.portfolio.summary import NOT_YET, Summary
from advisor.profile.model import Profile
from advisor.rulebook import Rulebook

MOST_OUTLIERS = 10
_MOST_REASONS = 4
_PLACE, _ALIKE = "…place", "…alike"


@dataclass(frozen=True, slots=True)
class Outlier:
    """A unit that stands out: its place among the listed ones, its rare outcomes, its advice and what is behind it.

    `others` listed units have the same outcomes throughout; it stands for them.
    """

    place: int
    others: int
    rare: tuple[str, ...]
    advice: Advice
    reasons: tuple[FindingResult, ...]

    @property
    def unit(self) -> UnitAdvice:
        """The advice on the unit."""
        return self.advice.document.units[0]


def outliers_of(done: Done, listed: pl.DataFrame, summary: Summary, most: int = MOST_OUTLIERS) -> list[Outlier]:
    """The most unusual units that have a rare outcome, one for all that have the same outcomes throughout."""
    rulebook = done.evaluator.rulebook
    order = listed.with_row_index(_PLACE).sort(UNUSUAL, _PLACE, descending=[True, False])
    kinds = order.with_columns(pl.len().over(looked_at(rulebook)).alias(_ALIKE))
    kinds = kinds.unique(looked_at(rulebook), keep="first", maintain_order=True)
    chosen: list[tuple[dict[str, Any], list[str]]] = []
    for row in kinds.iter_rows(named=True):
        rare = rare_outcomes(row, summary, rulebook)
        if rare and len(chosen) < most:
            chosen.append((row, rare))
    found = done.units_at([(row[FILE], row[ROW]) for row, _ in chosen])
    adviser = Adviser(rulebook)
    outliers = []
    for row, rare in chosen:
        organisation, unit = found[row[FILE], row[ROW]]
        advice = adviser.advise(Profile(organisation, (unit,)))
        _compare(row, advice.document.units[0], rulebook)
        behind = tuple(_reasons(advice, rare))
        outliers.append(Outlier(row[_PLACE], row[_ALIKE] - 1, tuple(rare), advice, behind))
    return outliers


def _compare(row: dict[str, Any], unit: UnitAdvice, rulebook: Rulebook) -> None:
    """The default engine says what the columns said, or something is wrong with the program."""
    here = (row["verdict"], row[RECOMMENDED] or "", row[EROSION])
    level = NOT_YET if erosion_waits(unit, rulebook) else unit.erosion.level
    there = (unit.verdict or "no_verdict", ", ".join(unit.recommended), level)
    statuses = all(row[each.preparation] == each.status for each in unit.preparations)
    if here != there or not statuses:
        raise Disagreement(f"on the unit '{unit.unit}' columns say {here} and the default engine {there}")


def _reasons(advice: Advice, rare: Sequence[str]) -> list[FindingResult]:
    """The findings behind the rare outcomes, then the most severe others."""
    unit, rules = advice.document.units[0], advice.rulebook.rules
    wanted = {finding.id: finding for finding in unit.findings}
    behind = [wanted[name] for outcome in rare for name in _behind(outcome, unit, advice.rulebook) if name in wanted]
    severe = [each for each in unit.findings if each.severity in ("stop", "critical") and not rules[each.id].verdict]
    return list({each.id: each for each in [*behind, *severe]}.values())[:_MOST_REASONS]


def _behind(outcome: str, unit: UnitAdvice, rulebook: Rulebook) -> list[str]:
    """The rules that an outcome follows from at once."""
    rules = rulebook.rules.values()
    if outcome == VERDICT:
        return [rule.id for rule in rules if rule.verdict == unit.verdict]
    if outcome == EROSION:
        return [rule.id for rule in rules if rule.level == unit.erosion.level] + [
            *unit.erosion.red,
            *unit.erosion.structural,
        ]
    if outcome == FIRST:
        leading = {pattern.pattern: pattern for pattern in unit.patterns}
        excluded = [rule for pattern in leading.values() for rule in pattern.excluded_by]
        return (
            excluded
            if not unit.recommended
            else [cap.rule for cap in leading[unit.recommended[0]].caps if not cap.open]
        )
    name = outcome.removeprefix(PREPARATION)
    return next((each.rules for each in unit.preparations if each.preparation == name), [])
