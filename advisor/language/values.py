"""The meaning of an expression on given facts: the specification in code.

Facts are what an engine knows: for a number a pair of integers scaled by the name's decimals (see
`advisor.language.intervals`); for a yes/no ``True``, ``False`` or `UNKNOWN`; for a choice its word; for several
choices a frozenset; for a table a tuple of rows. Each of the last four may also be `NOT_APPLICABLE`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import inf
from typing import Any, Final, Literal

from advisor.language import intervals, nodes
from advisor.language.constants import fixed
from advisor.language.intervals import NO_NUMBER, UNKNOWN_NUMBER, Interval
from advisor.language.lower import lower
from advisor.language.nodes import Node
from advisor.language.scope import Signature

UNKNOWN: Final = None
NOT_APPLICABLE: Final = "n/a"
Fact = Any
Three = bool | None
Row = Mapping[str, Fact]


_END = int | Fraction | float
"""An end of a number; a row of a table is none, and to ask whether it is a mapping takes several times as long."""


def is_number_fact(fact: Fact) -> bool:
    """Whether a fact is a number, known or not, rather than two rows of a table."""
    return isinstance(fact, tuple) and len(fact) == 2 and isinstance(fact[0], _END)


def is_known_fact(fact: Fact) -> bool:
    """Whether a fact has a value: neither unknown nor not applicable."""
    if is_number_fact(fact):
        return intervals.is_known(fact)
    return fact is not UNKNOWN and not is_inapplicable_fact(fact)


def is_inapplicable_fact(fact: Fact) -> bool:
    """Whether a fact is marked not applicable."""
    if isinstance(fact, str):
        return fact == NOT_APPLICABLE
    return isinstance(fact, tuple) and len(fact) == 2 and isinstance(fact[0], float) and fact[0] != fact[0]


def unknown_fact(kind: str) -> Fact:
    """What an unanswered name of this kind is."""
    return UNKNOWN_NUMBER if kind == "number" else UNKNOWN


def inapplicable_fact(kind: str) -> Fact:
    """What a name of this kind is where it does not apply."""
    return NO_NUMBER if kind == "number" else NOT_APPLICABLE


def conjunction(operands: Sequence[Three]) -> Three:
    """Kleene's and."""
    if False in operands:
        return False
    return None if None in operands else True


def disjunction(operands: Sequence[Three]) -> Three:
    """Kleene's or."""
    if True in operands:
        return True
    return None if None in operands else False


def compared(op: nodes.Comparison, left: Interval, right: Interval) -> Three:
    """A comparison of intervals: false where one of them does not apply."""
    if intervals.is_not_applicable(left) or intervals.is_not_applicable(right):
        return False
    if op in (">", ">="):
        return compared("<" if op == ">" else "<=", right, left)
    if op == "!=":
        equal = compared("==", left, right)
        return None if equal is None else not equal
    (low, high), (other_low, other_high) = left, right
    if op == "<":
        return True if high < other_low else False if low >= other_high else None
    if op == "<=":
        return True if high <= other_low else False if low > other_high else None
    if high < other_low or other_high < low:
        return False
    return True if low == high == other_low == other_high else None


class ValueAlgebra:
    """Evaluates at once. `firm` chooses the reading: an answer that has not come could still come."""

    def __init__(self, facts: Mapping[str, Fact], firm: bool = False) -> None:
        self.facts = facts
        self.firm = firm

    def number(self, value: Fraction) -> Interval:
        return value, value

    def parameter(self, signature: Signature) -> Interval:
        assert signature.value is not None
        return signature.value, signature.value

    def truth(self, value: bool) -> Three:
        return value

    def number_name(self, signature: Signature) -> Interval:
        low, high = self.facts[signature.name]
        return _unscaled(low, signature.scale), _unscaled(high, signature.scale)

    def truth_name(self, signature: Signature) -> Three:
        fact = self.facts[signature.name]
        held: Three = False if fact == NOT_APPLICABLE else fact
        return held

    def choice_name(self, signature: Signature) -> Fact:
        return self.facts[signature.name]

    def truth_is(self, signature: Signature, value: bool) -> Three:
        fact = self.facts[signature.name]
        return False if fact == NOT_APPLICABLE else UNKNOWN if fact is UNKNOWN else fact is value

    def nothing(self, applicable: bool) -> Interval:
        return UNKNOWN_NUMBER if applicable else NO_NUMBER

    def points(self, signature: Signature, points: Sequence[tuple[str, Interval]]) -> Interval:
        return intervals.points(self.facts[signature.name], dict(points))

    def choice_in(self, choice: Fact, choices: frozenset[str]) -> Three:
        return None if choice is UNKNOWN else choice in choices

    def contains(self, signature: Signature, choice: str, negated: bool) -> Three:
        fact = self.facts[signature.name]
        if fact is UNKNOWN:
            return None
        return bool(fact != NOT_APPLICABLE and (choice in fact) != negated)

    def negation(self, operand: Three) -> Three:
        return None if operand is None else not operand

    def all_of(self, operands: Sequence[Three]) -> Three:
        return conjunction(operands)

    def some_of(self, operands: Sequence[Three]) -> Three:
        return disjunction(operands)

    def compare(self, op: nodes.Comparison, left: Interval, right: Interval) -> Three:
        return compared(op, left, right)

    def arithmetic(self, op: nodes.Operator, left: Interval, right: Interval) -> Interval:
        if op == "+":
            return left[0] + right[0], left[1] + right[1]
        if op == "-":
            return left[0] - right[1], left[1] - right[0]
        return intervals.multiply(left, right) if op == "*" else intervals.divide(left, right)

    def either(self, condition: Three, then: Interval, other: Interval) -> Interval:
        return intervals.choose(condition, then, other)

    def known(self, signature: Signature) -> Three:
        fact = self.facts[signature.name]
        if is_known_fact(fact):
            return True
        return UNKNOWN if self.firm and not is_inapplicable_fact(fact) else False

    def applicable(self, signature: Signature) -> Three:
        fact = self.facts[signature.name]
        if is_inapplicable_fact(fact):
            return False
        return UNKNOWN if self.firm and not is_known_fact(fact) else True

    def default_number(self, signature: Signature, operand: Interval, fallback: Interval) -> Interval:
        return fallback if self._falls_back(signature) else operand

    def default_truth(self, signature: Signature, operand: Three, fallback: Three) -> Three:
        return fallback if self._falls_back(signature) else operand

    def default_choice(self, signature: Signature, operand: Fact, fallback: str) -> Fact:
        return fallback if self._falls_back(signature) else operand

    def _falls_back(self, signature: Signature) -> bool:
        fact = self.facts[signature.name]
        return is_inapplicable_fact(fact) or not (self.firm or is_known_fact(fact))

    def ramp(self, operand: Interval, start: Node, end: Node) -> Interval:
        first, last = fixed(start), fixed(end)
        low, high = (intervals.bounded(number, first, last) for number in operand)
        return (low - first) / (last - first), (high - first) / (last - first)

    def extreme(self, which: Literal["lowest", "highest"], operands: Sequence[Interval]) -> Interval:
        return intervals.lowest(*operands) if which == "lowest" else intervals.highest(*operands)

    def clamp(self, operand: Interval, low: Interval, high: Interval) -> Interval:
        return intervals.clamp(operand, low, high)

    def mean_of_known(self, at_least: int, span: Interval, operands: Sequence[Interval]) -> Interval:
        return intervals.mean_of_known(self.firm, at_least, span, *operands)

    def first_known(self, operands: Sequence[Interval]) -> Interval:
        return intervals.first_known(*operands)

    def count(self, conditions: Sequence[Three]) -> Interval:
        return sum(c is True for c in conditions), sum(c is not False for c in conditions)

    def aggregate(self, node: nodes.Aggregate) -> Interval:
        table = self.facts[node.table.signature.name]
        if table is UNKNOWN:
            return UNKNOWN_NUMBER
        if table == NOT_APPLICABLE:
            return NO_NUMBER
        return _AGGREGATES[node.function]([self._row(row, node) for row in table])

    def leader(self, node: nodes.Aggregate) -> Fact:
        table = self.facts[node.table.signature.name]
        if table is UNKNOWN or table == NOT_APPLICABLE:
            return table
        rows = [each for row in table if (each := _candidate(node, row))[0] is not False]
        certain = [weight[0] for held, weight, _ in rows if held is True]
        if not certain:
            return UNKNOWN
        most = max(certain)
        leading = [(held, weight, name) for held, weight, name in rows if weight[1] >= most]
        if any(held is None or weight[0] < most or name is UNKNOWN for held, weight, name in leading):
            return UNKNOWN
        return ", ".join(sorted(str(name) for _, _, name in leading))

    def _row(self, row: Row, node: nodes.Aggregate) -> tuple[Three, Interval]:
        number = lower(node.column, ValueAlgebra(row)) if node.column is not None else (1, 1)
        return _holds(node.where, row), number


def _candidate(node: nodes.Aggregate, row: Row) -> tuple[Three, Interval, Fact]:
    """Whether a row counts, its weight, and its name."""
    assert node.column is not None and node.by is not None
    algebra = ValueAlgebra(row)
    return _holds(node.where, row), lower(node.by, algebra), lower(node.column, algebra)


def _holds(where: nodes.Node | None, row: Row) -> Three:
    held: Three = True if where is None else lower(where, ValueAlgebra(row))
    return held


def _sum(rows: Sequence[tuple[Three, Interval]]) -> Interval:
    low: intervals.Exact = 0
    high: intervals.Exact = 0
    for held, number in rows:
        if held is False or intervals.is_not_applicable(number):
            continue
        part = number if held else intervals.hull(number, (0, 0))
        low, high = low + part[0], high + part[1]
    return low, high


def _largest(rows: Sequence[tuple[Three, Interval]]) -> Interval:
    certain = [number for held, number in rows if held is True]
    possible = [number for held, number in rows if held is not False]
    if not possible:
        return NO_NUMBER
    low = intervals.highest(*certain)[0] if certain else -inf
    return low, intervals.highest(*possible)[1]


_AGGREGATES: dict[str, Callable[[Sequence[tuple[Three, Interval]]], Interval]] = {
    "sum": _sum,
    "count": _sum,
    "largest": _largest,
}


def _unscaled(number: intervals.Exact, scale: int) -> intervals.Exact:
    return number if isinstance(number, float) else Fraction(number, scale)
