"""Completing a profile: what the open answers of a unit could still be, drawn at random, often beside a threshold.

A completion gives every open question a valid answer; where its `applies_when` then is false, the question does not
apply. An answered range without a value is completed by a value within it. Questions that follow from other answers
already are not open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import exp, inf, log
from random import Random

from advisor.engines.evaluation import Working
from advisor.engines.plain.compiled import Program
from advisor.engines.plain.program import compile_steps
from advisor.engines.quick import keys_behind
from advisor.language import Fact, Signature, nodes
from advisor.language.nodes import Node, walk
from advisor.language.values import is_inapplicable_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import expressions_of, key_of

FARTHEST = 10**9
_MOST_ROWS = 3
_FREE_DRAWS, _MOST_DRAWS = 8, 100
_WIDE = 2000


def open_questions(rulebook: Rulebook, raw: Mapping[str, Fact], facts: Mapping[str, Fact]) -> list[str]:
    """The questions that are open: without answer and not following, or answered with a range alone."""
    return [name for name in rulebook.questions if _is_open(raw[name], facts[name])]


def _is_open(raw: Fact, fact: Fact) -> bool:
    if isinstance(raw, tuple) and len(raw) == 2 and not isinstance(raw[0], Mapping):
        unanswered = raw[0] == -inf
        return bool(fact[0] < fact[1]) if unanswered else bool(raw[0] < raw[1])
    return raw is None and fact is None


class Completions:
    """Draws completions of one unit."""

    def __init__(self, rulebook: Rulebook, raw: Mapping[str, Fact], open_names: Iterable[str]) -> None:
        self.rulebook = rulebook
        self.raw = dict(raw)
        self.open_names = tuple(open_names)
        marks = thresholds(rulebook)
        self._values = {name: self._drawer(name, marks.get(name, set())) for name in self.open_names}
        self._rounds = self._in_rounds()
        self._constraints = [each for each in rulebook.impossible if set(self.open_names).intersection(each.questions)]

    def draw(self, random: Random, given: Mapping[str, Fact] | None = None) -> dict[str, Fact]:
        """One completion; answers in `given` are kept, the others drawn."""
        facts, given = dict(self.raw), given or {}
        for names, program in self._rounds:
            applies = self._seen(program, facts) if program else facts
            asked = [name for name in names if not is_inapplicable_fact(applies[name])]
            for name in asked:
                facts[name] = given[name] if name in given else self._values[name](random)
            self._make_possible(facts, given, [name for name in asked if name not in given], random)
        return facts

    def answers_in(self, completed: Mapping[str, Fact]) -> dict[str, Fact]:
        """The answers that a completion gives to the open questions."""
        return {name: completed[name] for name in self.open_names if completed[name] is not self.raw[name]}

    def _make_possible(
        self, facts: dict[str, Fact], given: Mapping[str, Fact], names: Sequence[str], random: Random
    ) -> None:
        """Draw those of `names` again that cannot be together with the other answers; what stays so is left open."""
        drawn = set(names)
        touched = [each for each in self._constraints if not drawn.isdisjoint(each.questions)]
        for trial in range(_MOST_DRAWS):
            together = {**facts, **given}
            broken = {name for each in touched if each.is_broken(together) for name in each.questions}
            again = [name for name in names if name in broken]
            for name in again:
                last = trial == _MOST_DRAWS - 1
                facts[name] = self.raw[name] if last else self._values[name](random, at_an_end=trial > _FREE_DRAWS)
            if not again:
                return

    @staticmethod
    def _seen(program: Program, facts: dict[str, Fact]) -> Mapping[str, Fact]:
        working = Working(dict(facts))
        program(working)
        return working.facts

    def _in_rounds(self) -> list[tuple[list[str], Program | None]]:
        """The open questions, each after those that tell whether it applies, with the program that says so."""
        steps, opened = self.rulebook.question_steps, set(self.open_names)
        place: dict[str, int] = {}
        for step in self.rulebook.steps:
            name = key_of(step)
            if name in opened and step is steps.get(name):
                conditional = steps[name].applies_when is not None
                behind = keys_behind(self.rulebook, [name]) - {name} if conditional else set()
                place[name] = (
                    1 + max((place[other] for other in behind if other in place), default=0) if conditional else 0
                )
        rounds = []
        for number in range(max(place.values(), default=0) + 1):
            names = [name for name in self.open_names if place[name] == number]
            rounds.append((names, self._program(names) if number else None))
        return rounds

    def _program(self, names: list[str]) -> Program:
        needed = keys_behind(self.rulebook, names)
        return compile_steps(self.rulebook, [step for step in self.rulebook.before_selection if key_of(step) in needed])

    def _drawer(self, name: str, marks: set[Fraction]) -> Drawer:
        fact = self.raw[name]
        span = fact if isinstance(fact, tuple) and len(fact) == 2 and fact[0] != -inf else None
        columns = columns_of(self.rulebook, name) if self.rulebook.questions[name].type == "table" else ()
        return Drawer(self.rulebook.scope[name], marks, span, columns)


class Drawer:
    """Draws a valid answer to one question; half of the numbers lie on or beside a threshold."""

    def __init__(
        self,
        signature: Signature,
        marks: Iterable[Fraction] = (),
        span: tuple[int, int] | None = None,
        columns: Iterable[Signature] = (),
    ) -> None:
        self.signature = signature
        scale = signature.scale
        low = -FARTHEST if signature.low is None else int(signature.low * scale)
        high = FARTHEST if signature.high is None else int(signature.high * scale)
        self.columns = {column.name: Drawer(column) for column in columns}
        self.low, self.high = span or (low, high)
        near = {round(mark * scale) + step for mark in marks for step in (-1, 0, 1)} | {self.low, self.high}
        self.near = sorted(value for value in near if self.low <= value <= self.high)

    def __call__(self, random: Random, *, at_an_end: bool = False) -> Fact:
        """One answer; a number may be asked to be the smallest or the largest there is."""
        match self.signature.kind:
            case "number" if at_an_end:
                value = random.choice((self.low, self.high))
                return value, value
            case "number":
                value = random.choice(self.near) if random.random() < 0.5 else self._between(random)
                return value, value
            case "truth":
                return random.random() < 0.5
            case "choices":
                return frozenset(word for word in self.signature.choices if random.random() < 0.3)
            case "choice":
                return random.choice(self.signature.choices)
            case "table":
                rows = range(random.randrange(_MOST_ROWS + 1))
                return tuple({name: draw(random) for name, draw in self.columns.items()} for _ in rows)
            case _:
                return "A"

    def _between(self, random: Random) -> int:
        """A whole number within the bounds; of a wide range small ones as likely as large ones."""
        span, scale = self.high - self.low, self.signature.scale
        if span <= _WIDE * scale:
            return random.randint(self.low, self.high)
        centre = min(max(0, self.low), self.high)
        room = self.high - centre if random.random() < 0.5 or centre == self.low else self.low - centre
        size = round(exp(random.random() * log(abs(room) + 1))) - 1 if room else 0
        return centre + (size if room > 0 else -size)


def columns_of(rulebook: Rulebook, table: str) -> list[Signature]:
    """The columns of a table with the bounds of their cells."""
    return [
        replace(
            rulebook.scope[table].columns[column.name],
            low=None if column.minimum is None else Fraction(column.minimum),
            high=None if column.maximum is None else Fraction(column.maximum),
        )
        for column in rulebook.questions[table].columns
    ]


@lru_cache(maxsize=2)
def thresholds(rulebook: Rulebook) -> dict[str, set[Fraction]]:
    """The constants that each question is compared with, and where its ramps begin and end."""
    found: dict[str, set[Fraction]] = {}
    every = [node for step in rulebook.steps for node in expressions_of(step)]
    every += [node for terms in rulebook.terms.values() for node in terms]
    for node in every:
        for part in walk(node):
            for signature, value in _marks(part):
                if signature.origin != "column":  # what a cell is compared with tells nothing about a question
                    found.setdefault(signature.name, set()).add(value)
    return found


def _marks(part: Node) -> Iterable[tuple[Signature, Fraction]]:
    if isinstance(part, nodes.Compare):
        for one, other in ((part.left, part.right), (part.right, part.left)):
            if isinstance(one, nodes.Name) and isinstance(other, nodes.Number | nodes.Parameter):
                yield one.signature, other.value
    elif isinstance(part, nodes.Ramp) and isinstance(part.operand, nodes.Name):
        for end in (part.start, part.end):
            if isinstance(end, nodes.Number | nodes.Parameter):
                yield part.operand.signature, end.value
