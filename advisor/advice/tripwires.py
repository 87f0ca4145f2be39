"""What an advice rests on: the answers that end a recommendation, each on its own, and where they do.

An advice or a use that ends does not hold any more; a step that ends is done, or its reason is gone.

Tried are all answers that the client can change and all that were measured, upwards and downwards from what they are,
but none that grow by themselves: those are moved on by the calendar (`advisor.advice.ageing`).
Numbers between which three-valued logic says that everything holds are not tried one by one. Every tripwire is run
through the default engine, where it breaks and one step before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from advisor.advice.model import UnitAdvice
from advisor.advice.recommendations import Recommendation, recommendations
from advisor.engines.changes import Change, Changes
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import PATTERN, VERDICT, Outcomes
from advisor.engines.quick import Chosen, QuickEngine
from advisor.engines.trials import Cones
from advisor.language import Fact
from advisor.language.values import is_known_fact
from advisor.profile import Unit
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook

MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Tripwire:
    """An answer that breaks a recommendation on its own once it is `change.after`; numbers also say which way.

    `held` is the number one step before, at which it still holds, where others lie between the two and where it is not
    the answer itself.
    """

    change: Change
    way: Literal["rises", "falls", "turns"]
    held: Fact | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """An answer that leaves advice and use as they are, but moves the share of the use, in per cent of the hours."""

    tripwire: Tripwire
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Watched:
    """A recommendation with its tripwires, the nearest first, counted in steps of the questions.

    `shared` is there for a use that no answer ends alone, where another use may join it or leave it.
    """

    recommendation: Recommendation
    tripwires: tuple[Tripwire, ...]
    shared: Shared | None = None


class Watcher:
    """Finds tripwires; what depends on the rulebook alone is done once."""

    def __init__(self, rulebook: Rulebook, engine: CheckedEngine) -> None:
        self.rulebook = rulebook
        self._engine, self._outcomes, self._changes = engine, Outcomes(rulebook), Changes(rulebook)
        self._quick = QuickEngine(rulebook, self._outcomes, with_remedies=True)
        self._cones = Cones(rulebook, self._outcomes)

    def watched(self, unit: Unit, advised: UnitAdvice) -> tuple[Watched, ...]:
        """The recommendations of a unit with the answers that break each of them."""
        raw = facts_of(unit, self.rulebook)
        advice = recommendations(advised, self.rulebook)
        mix = Recommendation("mix", "", uses=frozenset(advised.recommended))
        trials = _Trials(self._quick, self._cones, self._changes, raw, [*advice, mix])
        checked = cache(lambda name, fact: self._engine.evaluate({**raw, name: fact}))
        found: list[list[Tripwire]] = [[] for _ in [*advice, mix]]
        for name in self._answers(unit, raw):
            for place, tripwire in trials.of_answer(name):
                self._confirm([*advice, mix][place], tripwire.change, checked)
                found[place].append(tripwire)
        *ended, mixed = (tuple(sorted(each, key=lambda tripwire: tripwire.change.steps)) for each in found)
        shared = {
            each.name: self._shared(each.name, advised, mixed, checked)
            for each, tripwires in zip(advice, ended, strict=True)
            if each.kind == "pattern" and not tripwires
        }
        return tuple(
            Watched(each, tripwires, shared.get(each.name) if each.kind == "pattern" else None)
            for each, tripwires in zip(advice, ended, strict=True)
        )

    def _shared(
        self,
        pattern: str,
        advised: UnitAdvice,
        mixed: Sequence[Tripwire],
        checked: Callable[[str, Fact], Evaluation],
    ) -> Shared | None:
        """The nearest answer with which another use joins a pattern or leaves it, and its share before and then."""
        share = next(each.share_pct for each in advised.patterns if each.pattern == pattern)
        verdict = Recommendation("verdict", advised.verdict or "")
        if share is None:
            return None
        for tripwire in mixed:
            then = checked(tripwire.change.question, tripwire.change.after)
            share_then = then.selection.shares.get(pattern)
            if share_then not in (None, share) and verdict.holds(then, self._outcomes):
                return Shared(tripwire, int(share), share_then)
        return None

    def _answers(self, unit: Unit, raw: Mapping[str, Fact]) -> Iterator[str]:
        for name, question in self.rulebook.questions.items():
            answer = unit.answers.get(name)
            is_moved = question.changeable or (answer and answer.evidence == MEASURED)
            if answer and is_moved and is_known_fact(raw[name]) and not question.grows_monthly:
                yield name

    def _confirm(self, advice: Recommendation, change: Change, checked: Callable[[str, Fact], Evaluation]) -> None:
        """By what the unit comes to with another answer to a question, `checked` by both engines.

        Where a number breaks it, one step before still holds, unless that is where the answer is.
        """
        tried = {change.after: False}
        if self.rulebook.scope[change.question].kind == "number" and change.steps > 1:
            step = self._changes.step(change.question)
            back = change.after[0] + (step if change.after[0] < change.before[0] else -step)
            tried[back, back] = True
        for fact, holds in tried.items():
            if advice.holds(checked(change.question, fact), self._outcomes) is not holds:
                said = "hold" if holds else "break"
                raise Disagreement(f"{advice.name} was to {said} with {change.question} at {fact}, but does not")


class _Trials:
    """One answer of a unit changed at a time, and which recommendations still hold then."""

    def __init__(
        self,
        engine: QuickEngine,
        cones: Cones,
        changes: Changes,
        raw: Mapping[str, Fact],
        advice: Sequence[Recommendation],
    ) -> None:
        self._engine, self._cones, self._changes, self._raw, self._advice = engine, cones, changes, raw, advice
        self._outcomes = cones.outcomes
        self._start = engine.evaluate(raw)
        self._chosen: Chosen = {}
        self._found: dict[tuple[str, Fact], tuple[bool, ...]] = {}

    def of_answer(self, name: str) -> Iterator[tuple[int, Tripwire]]:
        """What each recommendation, by its place, breaks at, if it does: of a number the nearest on either side."""
        fact, changes = self._raw[name], self._changes.of_one(name, self._raw[name])
        if self._engine.rulebook.scope[name].kind != "number":
            yield from ((place, Tripwire(change, "turns")) for place, change in self._first_broken(changes))
            return
        low, high = fact
        for place, change in self._first_broken([each for each in changes if each.after[0] > high]):
            yield place, self._nearer(place, high, change, "rises")
        for place, change in self._first_broken([each for each in changes if each.after[0] < low]):
            yield place, self._nearer(place, low, change, "falls")

    def _first_broken(self, changes: Sequence[Change]) -> Iterator[tuple[int, Change]]:
        waiting = set(range(len(self._advice)))
        for change in self._that_may_break(sorted(changes, key=lambda change: change.steps), waiting):
            holding = self._holding(change.question, change.after)
            broken = [place for place in sorted(waiting) if not holding[place]]
            waiting.difference_update(broken)
            yield from ((place, change) for place in broken)

    def _that_may_break(self, changes: Sequence[Change], waiting: set[int]) -> Iterator[Change]:
        """The changes in their order, by halving, without numbers between which what is waited for is sure to hold.

        While they are gone through, places leave `waiting`.
        """
        if len(changes) > 1 and isinstance(changes[0].after, tuple) and not self._may_break(changes, waiting):
            return
        if len(changes) > 1:
            half = len(changes) // 2
            yield from self._that_may_break(changes[:half], waiting)
            yield from self._that_may_break(changes[half:], waiting)
        elif waiting:
            yield from changes

    def _may_break(self, changes: Sequence[Change], waiting: Iterable[int]) -> bool:
        """Whether logic leaves it open that some of what is waited for breaks with one of these numbers."""
        name, numbers = changes[0].question, [change.after[0] for change in changes]
        opened = {**self._changes.left_open([name]), name: (min(numbers), max(numbers))}
        found = self._engine.changed(self._start, {**self._raw, **opened}, opened, self._chosen)
        return any(self._may_fall(self._advice[place], name, found) for place in waiting)

    def _may_fall(self, advice: Recommendation, name: str, found: Evaluation) -> bool:
        """Whether one recommendation may fall, where `found` is what the unit comes to with that answer open."""
        start, firm = self._start.truth, {**found.truth, **found.firm_truth}
        match advice.kind:
            case "verdict":
                return self._cones.may_move(self._outcomes.ladders[VERDICT], advice.name, start, firm, {name})
            case "pattern":
                settled = found.selection.firm_facts()[f"recommends_{advice.name}"] is True
                return not settled and name in self._cones.behind(PATTERN + advice.name)
            case "mix":
                facts = found.selection.firm_facts()
                open_ = (
                    each for each in self._outcomes.patterns if facts[f"recommends_{each}"] is not (each in advice.uses)
                )
                return any(name in self._cones.behind(PATTERN + each) for each in open_)
            case "step":
                return self._cones.may_cease(advice.rules, start, firm, {name})

    def _nearer(self, place: int, end: int, change: Change, way: Literal["rises", "falls"]) -> Tripwire:
        """The same break as near to the answer as it holds, by bisection between the answer and where it broke."""
        name, step = change.question, self._changes.step(change.question)
        near, far = end // step, change.after[0] // step
        near = -(-end // step) if far < near else near
        while abs(far - near) > 1:
            middle = (near + far) // 2
            if self._holding(name, (middle * step, middle * step))[place]:
                near = middle
            else:
                far = middle
        nearest = self._changes.number(name, change.before, far)
        is_told = step > 1 and nearest.steps > 1
        return Tripwire(nearest, way, (near * step, near * step) if is_told else None)

    def _holding(self, name: str, fact: Fact) -> tuple[bool, ...]:
        """Which recommendations hold with another answer; answers that cannot be together change nothing."""
        if (name, fact) not in self._found:
            facts = {**self._raw, name: fact}
            touched = (each for each in self._engine.rulebook.impossible if name in each.questions)
            is_possible = not any(each.is_broken(facts) for each in touched)
            evaluation = self._engine.changed(self._start, facts, [name], self._chosen) if is_possible else self._start
            self._found[name, fact] = tuple(each.holds(evaluation, self._outcomes) for each in self._advice)
        return self._found[name, fact]
