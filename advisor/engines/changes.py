"""Other answers that a person could give to a question: on its step, beside thresholds, and further away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.engines.completions import FARTHEST, thresholds
from advisor.language import Fact
from advisor.language.values import is_known_fact
from advisor.rulebook import Question, Rulebook

_DOUBLINGS = 14


@dataclass(frozen=True, slots=True)
class Change:
    """One answer changed, and by how many steps; from one choice to the next in the list is one step."""

    question: str
    before: Fact
    after: Fact
    steps: Fraction


class Changes:
    """The changes that are possible to the answered, changeable questions of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._marks = thresholds(rulebook)

    def of(self, raw: Mapping[str, Fact], among: Iterable[str]) -> Iterator[Change]:
        """Every change that is worth trying and that the client can make, question by question, the smallest first."""
        for name in among:
            if self.rulebook.questions[name].changeable and is_known_fact(raw[name]):
                yield from self.of_one(name, raw[name])

    def of_one(self, name: str, fact: Fact) -> list[Change]:
        """Every change of one answer that is worth trying, whoever or whatever makes it, the smallest first."""
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

    def step(self, name: str) -> int:
        """The step of a number, scaled; its last decimal where the rulebook names none."""
        step, scale = self.rulebook.questions[name].step, self.rulebook.scope[name].scale
        return max(1, int(Fraction(step) * scale)) if step is not None else 1

    def bounds(self, name: str) -> tuple[int, int]:
        """The smallest and largest answer on the step, in steps."""
        signature, step = self.rulebook.scope[name], self.step(name)
        low = -FARTHEST if signature.low is None else int(signature.low * signature.scale)
        high = FARTHEST if signature.high is None else int(signature.high * signature.scale)
        return -(-low // step), high // step

    def number(self, name: str, before: Fact, place: int) -> Change:
        """The change of a number to `place` steps."""
        value, step = place * self.step(name), self.step(name)
        return Change(name, before, (value, value), Fraction(abs(value - before[0]), step))

    def _numbers(self, question: Question, fact: Fact) -> Iterator[Change]:
        name, (low, high) = question.name, self.bounds(question.name)
        step, scale = self.step(name), self.rulebook.scope[name].scale
        here = fact[0] // step
        places = {low, high} if high < FARTHEST else {low}
        for mark in self._marks.get(name, ()):
            nearest = int(mark * scale) // step
            places |= {nearest - 1, nearest, nearest + 1}
        for doubling in range(_DOUBLINGS):
            places |= {here - 2**doubling, here + 2**doubling}
        places = {place for place in places if low <= place <= high and place * step != fact[0]}
        yield from (self.number(name, fact, place) for place in places)
