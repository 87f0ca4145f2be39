"""What the questions may still be answered with, as variables of the solver, and a solution as facts again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf
from typing import Any, Literal

import z3

from advisor.engines.completions import columns_of
from advisor.engines.proof import numbers
from advisor.engines.proof.numbers import End, Number
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.engines.proof.values import Choice, Several, Table, Truth, Value, of_fact
from advisor.language import Fact, Signature
from advisor.language.values import inapplicable_fact, unknown_fact
from advisor.rulebook import Rulebook

Openness = Literal["answered", "any"]
"""`answered`: every open question gets a valid value. `any`: it may also stay unknown, or be marked not applicable."""

TWIN = "'"
"""Marks the variables of a second space in the same context."""
ROWS = 3
"""How many rows an open table may have in a witness."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What a question is answered with, and whether it is answered at all."""

    value: Value
    answered: Flag = True


class Space:
    """One variable for each open question; the others are what they are.

    `free_tables` lets what is computed over an open table be anything: fit to prove that something is impossible, not
    to find an example.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        facts: Mapping[str, Fact],
        open_names: Sequence[str],
        openness: Openness = "answered",
        *,
        context: z3.Context | None = None,
        free_tables: bool = False,
    ) -> None:
        self.rulebook = rulebook
        self.facts = facts
        self.open_names = frozenset(open_names)
        self.openness = openness
        self.context = context or z3.Context()
        self.free_tables = free_tables
        self.moved: frozenset[str] = frozenset()
        self.added = False
        self.constraints: list[z3.BoolRef] = []
        self.tables_used: set[str] = set()
        self._raw: dict[str, Raw] = {}
        self._signatures: dict[str, Signature] = {}

    def twin(self, moved: Collection[str] = (), *, added: bool = False) -> Space:
        """A second space of the same context that shares all variables but a few.

        Its own are the values of the questions that are `moved` and, where answers are `added`, whether a question is
        answered.
        """
        twin = Space(
            self.rulebook,
            self.facts,
            tuple(self.open_names),
            self.openness,
            context=self.context,
            free_tables=self.free_tables,
        )
        twin.moved, twin.added = frozenset(moved), added
        return twin

    def raw(self, signature: Signature) -> Raw:
        """The answer to a question."""
        name = signature.name
        if name not in self._raw:
            self._signatures[name] = signature
            self._raw[name] = self._open(signature) if name in self.open_names else self._given(signature)
        return self._raw[name]

    def boolean(self, name: str) -> z3.BoolRef:
        """A variable that is true or false."""
        return z3.Bool(name, self.context)

    def integer(self, name: str) -> z3.ArithRef:
        """A variable that is a whole number."""
        return z3.Int(name, self.context)

    def moved_to(self, other: Space, signature: Signature, direction: Literal["up", "down"]) -> tuple[Flag, Flag]:
        """Whether a question has a value, and whether it is higher (or lower) in the other space."""
        before, after = self.raw(signature).value, other.raw(signature).value
        low, high = (before, after) if direction == "up" else (after, before)
        return before.known, _below(low, high)

    def _given(self, signature: Signature) -> Raw:
        fact = self.facts[signature.name]
        empty = unknown_fact(signature.kind)
        return Raw(of_fact(fact, signature), answered=not (fact is None or (fact == empty and empty is not None)))

    def _open(self, signature: Signature) -> Raw:
        name = signature.name
        if self.openness == "answered":
            return Raw(self._valued(signature, name, True, False))
        given = self.boolean(f"{name}?{TWIN if self.added else ''}")
        refused = self.boolean(f"{name} n/a")
        variable = name + TWIN if name in self.moved else name
        return Raw(self._valued(signature, variable, every((given, negated(refused))), every((given, refused))), given)

    def _valued(self, signature: Signature, name: str, known: Flag, inapplicable: Flag) -> Value:
        match signature.kind:
            case "number":
                return Number(*self._ends(signature, name, known), inapplicable)
            case "truth":
                truth = self.boolean(name)
                return Truth(every((known, truth)), every((known, negated(truth))), inapplicable)
            case "choices":
                words = {word: every((known, self.boolean(f"{name}={word}"))) for word in signature.choices}
                return Several(words, known, inapplicable)
            case "choice":
                place = self._between(name, 0, len(signature.choices) - 1)
                words = {word: every((known, place == index)) for index, word in enumerate(signature.choices)}
                return Choice(words, known, inapplicable)
            case _:
                return self._table(signature, name, known, inapplicable)

    def _ends(self, signature: Signature, name: str, known: Flag) -> tuple[End, End]:
        low, high = self.bounds(signature)
        end = End(self._between(name, low, high), signature.scale, negated(known))
        return end, end

    def bounds(self, signature: Signature) -> tuple[int | None, int | None]:
        """The smallest and the largest valid answer, scaled, where there are; an answered range is narrower."""
        fact = self.facts.get(signature.name) if signature.origin == "question" else None
        if isinstance(fact, tuple) and fact[0] != -inf and fact[0] == fact[0]:
            return int(fact[0]), int(fact[1])
        low, high = signature.low, signature.high
        return (
            None if low is None else ceil(low * signature.scale),
            None if high is None else floor(high * signature.scale),
        )

    def _between(self, name: str, low: int | None, high: int | None) -> z3.ArithRef:
        variable = self.integer(name)
        self.constraints += [variable >= low] if low is not None else []
        self.constraints += [variable <= high] if high is not None else []
        return variable

    def _table(self, signature: Signature, name: str, known: Flag, inapplicable: Flag) -> Table:
        self.tables_used.add(name)
        if self.free_tables:
            return Table((), known, inapplicable, is_free=True)
        rows = []
        for number in range(ROWS):
            present = self.boolean(f"{name}[{number}]")
            cells = {
                column.name: self._valued(column, f"{name}[{number}].{column.name}", True, False)
                for column in columns_of(self.rulebook, signature.name)
                if column.kind != "text"
            }
            rows.append((present, cells))
        return Table((), known, inapplicable, open_rows=tuple(rows))

    def solution(self, model: z3.ModelRef, unanswered: Sequence[str] = ()) -> dict[str, Fact]:
        """The facts that a model stands for; open questions that nothing read stay as they are."""
        found = dict(self.facts)
        for name in self.open_names:
            if name in self._raw and name not in unanswered:
                found[name] = _fact(self._raw[name].value, self._signatures[name], model)
        return found


def _below(low: Value, high: Value) -> Flag:
    match low, high:
        case Number(), Number():
            return numbers.below(low.low, high.low)
        case Truth(), Truth():
            return every((low.false, high.true))
        case Choice(), Choice():
            words = list(low.words)
            pairs = ((one, two) for place, two in enumerate(words) for one in words[:place])
            return some(every((low.words[one], high.words[two])) for one, two in pairs)
    raise TypeError("only a number, a yes/no or a choice can be moved")


def holds(flag: Flag, model: z3.ModelRef) -> bool:
    """Whether a flag is true in a model."""
    return flag if isinstance(flag, bool) else z3.is_true(model.eval(flag, model_completion=True))


def _integer(term: Any, model: z3.ModelRef) -> int:
    if isinstance(term, int):
        return term
    value = model.eval(term, model_completion=True)
    assert isinstance(value, z3.IntNumRef)
    return int(value.as_long())


def _fact(value: Value, signature: Signature, model: z3.ModelRef) -> Fact:
    if holds(value.inapplicable, model):
        return inapplicable_fact(signature.kind)
    if not holds(value.known, model):
        return unknown_fact(signature.kind)
    match value:
        case Number():
            return _end(value.low, signature, model), _end(value.high, signature, model)
        case Truth():
            return holds(value.true, model)
        case Several():
            return frozenset(word for word, flag in value.words.items() if holds(flag, model))
        case Choice():
            return next(word for word, flag in value.words.items() if holds(flag, model))
        case Table():
            rows = value.open_rows or ()
            return tuple(_row(cells, signature, model) for present, cells in rows if holds(present, model))


def _end(end: End, signature: Signature, model: z3.ModelRef) -> int:
    return int(Fraction(_integer(end.top, model), _integer(end.bottom, model)) * signature.scale)


def _row(cells: Mapping[str, Value], signature: Signature, model: z3.ModelRef) -> dict[str, Fact]:
    return {
        name: _fact(cells[name], column, model) if name in cells else "A" for name, column in signature.columns.items()
    }
