"""The warnings of a rulebook: its severe findings, its erosion levels, and any finding of a severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from advisor.engines.outcomes import EROSION, NOT_ASSESSED
from advisor.portfolio.results import FINDING
from advisor.portfolio.words import Words
from advisor.reading import InvalidInput, Place, Problem, did_you_mean, quote
from advisor.rulebook import SEVERITIES, Rulebook, Severity

LEAST = "warning"
"""The severity from which a finding is a warning where none is named."""
ANY, LEVEL = "any.", "erosion."


@dataclass(frozen=True, slots=True)
class Alarm:
    """A warning. `fires` is true, false or null (while it is open) over a row of results with findings.

    `name` is the id of a rule, `erosion.<level>` for that level or a worse one, or `any.<severity>` for any finding of
    that severity or a worse one.
    """

    name: str
    code: str
    title: str
    severity: Severity
    fires: pl.Expr


def alarms_of(rulebook: Rulebook, names: Sequence[str] = ()) -> list[Alarm]:
    """Every severe warning of a rulebook, or those that are named by name or code.

    A finding that gives way to a stronger level of erosion says nothing beside the warning of its level: it is left out
    unless it is named.
    """
    every = list(_all(rulebook))
    if not names:
        strongest = rulebook.frame.erosion.levels[0]
        yielding = {rule.id for rule in rulebook.rules.values() if rule.level not in (None, strongest)}
        return [each for each in every if _is_severe(each.severity) and each.name not in yielding]
    return list({each.name: each for name in names for each in every if _is_called(each, name)}.values())


def check_names(names: Iterable[str], rulebooks: Iterable[Rulebook]) -> None:
    """Raise `InvalidInput` with every name that none of the rulebooks knows as a warning."""
    every = [each for rulebook in rulebooks for each in _all(rulebook)]
    known = [*(each.name for each in every), *(each.code for each in every if each.code)]
    problems = []
    for name in names:
        if not any(_is_called(each, name) for each in every):
            hint = did_you_mean(name, known) or "; 'advisor rules list rules' lists the rules"
            problems.append(Problem(Place("--warning"), "B006", f"there is no warning {quote(name)}{hint}"))
    if problems:
        raise InvalidInput(problems)


def _is_called(alarm: Alarm, name: str) -> bool:
    return name.casefold() in (alarm.name, alarm.code.casefold())


def _all(rulebook: Rulebook) -> Iterator[Alarm]:
    yield from _severities(rulebook)
    yield from _levels(rulebook)
    for rule in rulebook.rules.values():
        yield Alarm(rule.id, rule.code or "", rule.title, rule.severity, pl.col(FINDING + rule.id))


def _severities(rulebook: Rulebook) -> Iterator[Alarm]:
    """Any finding of a severity or a worse one, as `--fail-level` sees them."""
    say = Words(rulebook).say
    for place, severity in enumerate(SEVERITIES):
        those = [rule.id for rule in rulebook.rules.values() if rule.severity in SEVERITIES[place:]]
        if _is_severe(severity) and any(rulebook.rules[rule].severity == severity for rule in those):
            word = say(f"severity.{severity}")
            title = say("backtest.any" if severity != SEVERITIES[-1] else "backtest.any_worst", severity=word)
            fires = pl.any_horizontal(pl.col(FINDING + rule) for rule in those)
            yield Alarm(ANY + severity, "", title, severity, fires)


def _levels(rulebook: Rulebook) -> Iterator[Alarm]:
    """A level or a stronger one; as severe as the mildest rule that gives it."""
    words, levels = Words(rulebook), rulebook.frame.erosion.levels
    for place, level in enumerate(levels):
        given = [SEVERITIES.index(rule.severity) for rule in rulebook.rules.values() if rule.level == level]
        if given:
            key = "backtest.level" if place else "backtest.level_worst"
            title = words.say(key, outcome=words.outcome(EROSION), level=words.word(EROSION, level))
            known = pl.when(pl.col(EROSION) != NOT_ASSESSED).then(pl.col(EROSION))
            yield Alarm(LEVEL + level, "", title, SEVERITIES[min(given)], known.is_in(levels[: place + 1]))


def _is_severe(severity: Severity) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(LEAST)
