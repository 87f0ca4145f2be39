"""Scoring patterns: weighted terms as sums of integers, and what caps a score or excludes a pattern.

All of it reads the firm reading, so that a further answer can only narrow it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple
from weakref import WeakKeyDictionary

from advisor.language import Fact, intervals
from advisor.language.intervals import Interval
from advisor.rulebook import Rulebook

Three = bool | None
FULL = 100


class Scored(NamedTuple):
    """One pattern: its score between `low` and `high` (0 to 100, None where it cannot be assessed) and what limits it.

    `terms` are points from low to high, None where a term does not apply. `open_caps` and `open_exclusions` are rules
    that wait.
    """

    pattern: str
    low: Fraction | None
    high: Fraction | None
    terms: tuple[tuple[Fraction, Fraction] | None, ...]
    caps: tuple[str, ...] = ()
    open_caps: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()
    open_exclusions: tuple[str, ...] = ()
    decided_weight: Fraction = Fraction(0)
    worth: Fraction | None = None

    @property
    def open_to_choice(self) -> bool:
        """Whether it can be assessed and nothing certain stands against it."""
        return self.low is not None and not self.excluded_by


def score_patterns(
    rulebook: Rulebook,
    facts: Mapping[str, Fact],
    truth: Mapping[str, Three],
    terms: Mapping[str, Sequence[Interval]],
) -> tuple[Scored, ...]:
    """The score of each pattern, in the order of the rulebook; `facts` are for money, the rest in the firm reading."""
    return tuple(_scored(score, rulebook, facts, truth, terms[score.pattern]) for score in _plan(rulebook))


def parameter_in(rulebook: Rulebook, name: str) -> Fraction:
    """The value of a parameter."""
    return Fraction(rulebook.parameters[name].value)


class _Score(NamedTuple):
    """What one pattern's score is made of, in whole steps of 1/`scale` point.

    `units` is what one step of a term is worth, `total` the sum of the weights.
    """

    pattern: str
    worth: str | None
    weights: tuple[int, ...]
    total: int
    decimals: tuple[int, ...]
    units: tuple[int, ...]
    scale: int
    caps: Mapping[str, Fraction]
    against: tuple[str, ...]


_made: WeakKeyDictionary[Rulebook, tuple[_Score, ...]] = WeakKeyDictionary()


def _plan(rulebook: Rulebook) -> tuple[_Score, ...]:
    """What the scores of a rulebook are made of, made once."""
    if rulebook not in _made:
        patterns = rulebook.frame.patterns
        _made[rulebook] = tuple(_score(rulebook, pattern.name, pattern.worth) for pattern in patterns)
    return _made[rulebook]


def _score(rulebook: Rulebook, pattern: str, worth: str | None) -> _Score:
    terms = rulebook.scores[pattern].terms
    decimals = tuple(term.decimals for term in terms)
    steps = [parameter_in(rulebook, term.weight) / 10**term.decimals for term in terms]
    scale = lcm(*(step.denominator for step in steps))
    units = tuple(int(step * scale) for step in steps)
    weights = tuple(unit * 10**places for unit, places in zip(units, decimals, strict=True))
    caps = {
        rule.id: parameter_in(rulebook, rule.caps.at)
        for rule in rulebook.rules.values()
        if rule.caps and rule.caps.pattern == pattern
    }
    against = tuple(rule.id for rule in rulebook.rules.values() if pattern in rule.excludes)
    return _Score(pattern, worth, weights, sum(weights), decimals, units, scale, caps, against)


def _scored(
    plan: _Score,
    rulebook: Rulebook,
    facts: Mapping[str, Fact],
    truth: Mapping[str, Three],
    values: Sequence[Interval],
) -> Scored:
    """One pattern's score: sums of integers over one scale, fractions only at the end."""
    steering = _Steering(plan, truth)
    ends = [
        None
        if intervals.is_not_applicable(value)
        else (unit * _steps(value[0], decimals), unit * _steps(value[1], decimals))
        for unit, decimals, value in zip(plan.units, plan.decimals, values, strict=True)
    ]
    points = tuple(end and (_points(end[0], plan.scale), _points(end[1], plan.scale)) for end in ends)
    remaining = sum(weight for weight, end in zip(plan.weights, ends, strict=True) if end)
    if remaining * 2 < plan.total or not remaining:
        return Scored(
            plan.pattern, None, None, points, excluded_by=steering.excluded, open_exclusions=steering.open_exclusions
        )
    low, high = (
        _hundredths(plan.total * sum(end[side] for end in ends if end), remaining * plan.scale) for side in (0, 1)
    )
    low, high = steering.capped(low, high)
    decided = sum(weight for weight, end in zip(plan.weights, ends, strict=True) if end and end[0] == end[1])
    return Scored(
        plan.pattern,
        low,
        high,
        points,
        steering.caps,
        steering.open_caps,
        steering.excluded,
        steering.open_exclusions,
        Fraction(decided, plan.total),
        _point(rulebook, facts, plan.worth),
    )


def _steps(value: intervals.Exact, decimals: int) -> int:
    """How many steps a term has: between none and all, as well where it may be anything."""
    return int(min(max(value, 0), 10**decimals))


@lru_cache(maxsize=4096)
def _points(steps: int, scale: int) -> Fraction:
    return Fraction(steps, scale)


def _hundredths(numerator: int, denominator: int) -> Fraction:
    return Fraction(round(Fraction(100 * numerator, denominator)), 100)


def _point(rulebook: Rulebook, facts: Mapping[str, Fact], name: str | None) -> Fraction | None:
    if name is None:
        return None
    low, high = facts[name]
    return Fraction(low, rulebook.scope[name].scale) if low == high else None


class _Steering:
    """The caps and exclusions of one pattern."""

    def __init__(self, plan: _Score, truth: Mapping[str, Three]) -> None:
        self.at = plan.caps
        self.caps = tuple(rule for rule in plan.caps if truth[rule] is True)
        self.open_caps = tuple(rule for rule in plan.caps if truth[rule] is None)
        self.excluded = tuple(rule for rule in plan.against if truth[rule] is True)
        self.open_exclusions = tuple(rule for rule in plan.against if truth[rule] is None)

    def capped(self, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
        certain = min((self.at[rule] for rule in self.caps), default=Fraction(FULL))
        possible = min((self.at[rule] for rule in self.open_caps), default=Fraction(FULL))
        return min(low, certain, possible), min(high, certain)
