"""Other answers that a person could give to a question: on its step, beside thresholds, and further away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.engines.completions import FARTHEST, thresholds
from advisor.engines.stand_ins import stand_ins
from advisor.language import Fact
from advisor.language.values import is_known_fact, unknown_fact
from advisor.rulebook import Question, Rulebook

_DOUBLINGS = 14
_FEW = 40
"""A number with no more places than these may be tried at each of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer changed, and by how many steps; from one choice to the next in the list is one step."""

    question: str
    before: Fact
    after: Fact
    steps: Fraction


def nearer_end(number: Fact, value: int) -> int:
    """The end of an answered number, which may be a range, that lies nearer to a value outside of it."""
    low, high = number
    return int(high if value > high else low)


class Changes:
    """The changes that are possible to the answered, changeable questions of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._marks = thresholds(rulebook)
        self._stand_ins = stand_ins(rulebook)
        self._steps = {each.name: _step(each, rulebook) for each in rulebook.questions.values()}

    def changeable(self, raw: Mapping[str, Fact]) -> list[str]:
        """The questions that can be changed: answered, and marked so in the rulebook."""
        questions = self.rulebook.questions.items()
        return [
            name
            for name, question in questions
            if question.changeable and question.type != "table" and is_known_fact(raw[name])
        ]

    def of(self, raw: Mapping[str, Fact], among: Iterable[str]) -> Iterator[Change]:
        """Every change that is worth trying, question by question, the smallest first."""
        for name in among:
            yield from self.of_one(name, raw[name])

    def of_one(self, name: str, fact: Fact) -> list[Change]:
        """Every change of one answer that is worth trying, whoever or whatever makes it, the smallest first.

        None goes below the question's `least_changed`.
        """
        return sorted(self._of_one(self.rulebook.questions[name], fact), key=lambda change: change.steps)

    def _of_one(self, question: Question, fact: Fact) -> Iterator[Change]:
        match question.type:
            case "number":
                yield from self._numbers(question, fact)
            case "yes_no":
                yield Change(question.name, fact, not fact, Fraction(1))
            case "choice":
                words = [choice.value for choice in question.choices]
                for place, word in enumerate(words):
                    if word != fact:
                        yield Change(question.name, fact, word, Fraction(abs(place - words.index(fact))))
            case "choices":
                for choice in question.choices:
                    yield Change(question.name, fact, frozenset({*fact} ^ {choice.value}), Fraction(1))

    def left_open(self, names: Collection[str]) -> dict[str, Fact]:
        """Facts with which the answers to these questions may be anything, and what stands in for them is unknown."""
        scope = self.rulebook.scope
        others = {other for name in names for other in self._stand_ins.get(name, ())}
        return {name: unknown_fact(scope[name].kind) for name in others} | {
            name: self._within_bounds(name) if scope[name].kind == "number" else unknown_fact(scope[name].kind)
            for name in names
        }

    def _within_bounds(self, name: str) -> Fact:
        low, high = self.bounds(name)
        return low * self.step(name), high * self.step(name)

    def step(self, name: str) -> int:
        """The step of a number, scaled; its last decimal where the rulebook names none."""
        return self._steps[name]

    def bounds(self, name: str) -> tuple[int, int]:
        """The smallest and largest answer on the step, in steps."""
        signature, step = self.rulebook.scope[name], self.step(name)
        low = -FARTHEST if signature.low is None else int(signature.low * signature.scale)
        high = FARTHEST if signature.high is None else int(signature.high * signature.scale)
        return -(-low // step), high // step

    def number(self, name: str, before: Fact, place: int) -> Change:
        """The change of a number to `place` steps; a range is left by its nearer end."""
        value, step = place * self.step(name), self.step(name)
        return Change(name, before, (value, value), Fraction(abs(value - nearer_end(before, value)), step))

    def _numbers(self, question: Question, fact: Fact) -> Iterator[Change]:
        name, (low, high) = question.name, self.bounds(question.name)
        step, scale = self.step(name), self.rulebook.scope[name].scale
        if question.least_changed is not None:
            low = max(low, -(-int(question.least_changed * scale) // step))
        here = fact[0] // step
        places = {low, high} if high < FARTHEST else {low}
        if high - low <= _FEW:
            places |= {*range(low, high)}
        for mark in self._marks.get(name, ()):
            nearest = int(mark * scale) // step
            places |= {nearest - 1, nearest, nearest + 1}
        for doubling in range(_DOUBLINGS):
            places |= {here - 2**doubling, here + 2**doubling}
        places = {place for place in places if low <= place <= high and not fact[0] <= place * step <= fact[1]}
        yield from (self.number(name, fact, place) for place in places)


def _step(question: Question, rulebook: Rulebook) -> int:
    scale = rulebook.scope[question.name].scale
    return max(1, int(Fraction(question.step) * scale)) if question.step is not None else 1
