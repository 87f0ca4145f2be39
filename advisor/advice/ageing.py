"""What time alone ends: answers that grow by themselves with the calendar, moved on month by month.

They grow together, each by one for every month that has passed in full since the day it is of: its own `as_of`, else
the date of the engagement. One between two whole months first comes to the next of them, on the earliest day on which
it may, at 28 days a month. What ends is looked for as long as the advice stands, by both engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from advisor.advice.expiry import days_after, expiry, valid_days
from advisor.advice.model import UnitAdvice
from advisor.advice.recommendations import Recommendation, recommendations
from advisor.advice.waits import Dependencies
from advisor.engines.changes import Change
from advisor.engines.checked import CheckedEngine
from advisor.engines.outcomes import Outcomes
from advisor.language import Fact
from advisor.language.values import is_known_fact
from advisor.profile import Unit
from advisor.profile.facts import facts_of
from advisor.profile.months import MONTHS_OF_YEAR, months_after, whole_months
from advisor.rulebook import Rulebook

_LONGEST_MONTH, _SHORTEST_MONTH = 31, 28


@dataclass(frozen=True, slots=True)
class Ending:
    """Something advised that does not hold any more from `day` on, and the answers behind that as they are by then.

    `day` is the first one of that, or the date of the engagement where it has come to that already; none where nothing
    says of which day the answers are. Each change counts its `steps` in months.
    """

    recommendation: Recommendation
    day: date | None
    changes: tuple[Change, ...]

    @property
    def is_of_advice(self) -> bool:
        """Whether the advice has to be taken again then; a step that ends is done, or its reason is gone."""
        return self.recommendation.kind != "step"


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day on which something grows, and what has grown by then."""

    day: date | None
    grown: Mapping[str, Fact]


class Ageing:
    """Finds what time ends, with one rulebook."""

    def __init__(self, rulebook: Rulebook, engine: CheckedEngine) -> None:
        self._rulebook, self._engine, self._outcomes = rulebook, engine, Outcomes(rulebook)

    def endings(self, unit: Unit, advised: UnitAdvice, known: Dependencies, today: date | None) -> tuple[Ending, ...]:
        """What is advised for a unit and ends by itself, in the order in which it is advised."""
        raw, advice = facts_of(unit, self._rulebook), recommendations(advised, self._rulebook)
        ended: dict[Recommendation, Ending] = {}
        for moment in self._moments(unit, raw, known, today):
            facts = {**raw, **moment.grown}
            if len(ended) < len(advice) and self._rulebook.permits(facts):
                evaluation = self._engine.evaluate(facts)
                for each in advice:
                    if each not in ended and not each.holds(evaluation, self._outcomes):
                        ended[each] = Ending(each, moment.day, self._behind(each, raw, moment.grown))
        return tuple(ended[each] for each in advice if each in ended)

    def _moments(self, unit: Unit, raw: Mapping[str, Fact], known: Dependencies, today: date | None) -> list[_Moment]:
        """The days on which something grows, as long as the advice stands; without a date each month by itself."""
        starts = {name: unit.answers[name].as_of or today for name in self._growing(raw, known)}
        dated = {name: day for name, day in starts.items() if day is not None}
        if len(dated) < len(starts):
            return [
                _Moment(None, {name: self._bounded(name, self._in_months(name, raw[name], months)) for name in starts})
                for months in range(1, self._months() + 1)
            ]
        return [
            _Moment(day, {name: self._bounded(name, self._on(name, raw[name], dated[name], day)) for name in dated})
            for day in self._days(dated, raw, today)
        ]

    def _growing(self, raw: Mapping[str, Fact], known: Dependencies) -> Iterator[str]:
        """The answers that grow: known ones, where the question applies."""
        for name, question in self._rulebook.questions.items():
            applies = self._rulebook.question_steps[name].applies_when if question.grows_monthly else None
            is_asked = applies is None or known.value(applies) is not False
            if question.grows_monthly and is_known_fact(raw[name]) and is_asked:
                yield name

    def _months(self) -> int:
        """For how many months an advice certainly stands; a year where the rulebook does not say for how long."""
        days = valid_days(self._rulebook)
        return MONTHS_OF_YEAR if days is None else days // _LONGEST_MONTH

    def _days(self, starts: Mapping[str, date], raw: Mapping[str, Fact], today: date | None) -> list[date]:
        """The days up to the last one of the advice; what grew before the engagement has done so by its date."""
        if not starts:
            return []
        first = today or max(starts.values())
        last = expiry(first, self._rulebook) or months_after(first, MONTHS_OF_YEAR)
        days = {
            months_after(since, months)
            for name, start in starts.items()
            for end in set(raw[name])
            for since in (_since(end, start, self._scale(name)),)
            for months in range(max(int(since == start), whole_months(since, first)), whole_months(since, last) + 1)
        }
        return sorted({max(day, first) for day in days if day <= last})

    def _on(self, name: str, fact: Fact, start: date, day: date) -> Fact:
        """An answer of one day as it is on another, a range at both its ends."""
        return tuple(_grown_on(end, start, day, self._scale(name)) for end in fact)

    def _in_months(self, name: str, fact: Fact, months: int) -> Fact:
        """An answer some months later, a range at both its ends, as it comes to be by then without a date."""
        scale = self._scale(name)
        return tuple(end - end % scale + months * scale for end in fact)

    def _bounded(self, name: str, fact: Fact) -> Fact:
        """An answer that has grown, but not above the question's bound."""
        high = self._rulebook.scope[name].high
        return fact if high is None else tuple(min(end, int(high * self._scale(name))) for end in fact)

    def _scale(self, name: str) -> int:
        return self._rulebook.scope[name].scale

    def _behind(self, each: Recommendation, raw: Mapping[str, Fact], grown: Mapping[str, Fact]) -> tuple[Change, ...]:
        """The answers without whose growth it would still hold; all where none is that alone."""
        changed = [name for name in grown if grown[name] != raw[name]]
        needed = [name for name in changed if self._holds_without(name, each, {**raw, **grown}, raw)]
        return tuple(self._change(name, raw[name], grown[name]) for name in needed or changed)

    def _holds_without(
        self, name: str, each: Recommendation, facts: Mapping[str, Fact], raw: Mapping[str, Fact]
    ) -> bool:
        evaluation = self._engine.evaluate({**facts, name: raw[name]})
        return each.holds(evaluation, self._outcomes)

    def _change(self, name: str, before: Fact, after: Fact) -> Change:
        return Change(name, before, after, Fraction(after[1] - before[1], self._scale(name)))


def _since(end: int, start: date, scale: int) -> date:
    """The day from which whole months are counted: where one has begun, the earliest on which it may be over."""
    rest = -end % scale
    return days_after(start, max(1, rest * _SHORTEST_MONTH // scale)) if rest else start


def _grown_on(end: int, start: date, day: date, scale: int) -> int:
    """A number of months, times `scale`, as it is on a day."""
    since = _since(end, start, scale)
    return end if day < since else end + -end % scale + whole_months(since, day) * scale
