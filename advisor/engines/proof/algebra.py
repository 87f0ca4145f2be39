"""Expressions as terms of the solver: the fourth algebra beside meaning, source and Rete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from advisor.engines.proof import numbers, products
from advisor.engines.proof.numbers import INAPPLICABLE, NOTHING, End, Number, single
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.terms import Flag, every, negated, number_of, some
from advisor.engines.proof.values import Choice, Rails, Several, Table, Truth, Value, certain, of_fact
from advisor.language import Node, Signature, ValueAlgebra, lower, nodes
from advisor.language.constants import fixed
from advisor.language.intervals import Interval

Fresh = Callable[[nodes.Aggregate], Number]


class ProofAlgebra:
    """Gives terms. `value` tells what a name is, `fresh` what an aggregate over a table of unknown rows is."""

    def __init__(self, value: Callable[[Signature], Value], fresh: Fresh, *, firm: bool = False) -> None:
        self.value = value
        self.fresh = fresh
        self.firm = firm

    def number(self, value: Fraction) -> Number:
        return numbers.constant(value)

    def parameter(self, signature: Signature) -> Number:
        assert signature.value is not None
        return numbers.constant(signature.value)

    def truth(self, value: bool) -> Rails:
        return certain(value)

    def number_name(self, signature: Signature) -> Number:
        number = self.value(signature)
        assert isinstance(number, Number)
        return number

    def truth_name(self, signature: Signature) -> Rails:
        return self.truth_is(signature, True)

    def truth_is(self, signature: Signature, value: bool) -> Rails:
        truth = self.value(signature)
        assert isinstance(truth, Truth)
        true, false = (truth.true, truth.false) if value else (truth.false, truth.true)
        return Rails(true, some((false, truth.inapplicable)))

    def choice_name(self, signature: Signature) -> Choice:
        choice = self.value(signature)
        assert isinstance(choice, Choice)
        return choice

    def nothing(self, applicable: bool) -> Number:
        return NOTHING if applicable else INAPPLICABLE

    def points(self, signature: Signature, points: Sequence[tuple[str, Number]]) -> Number:
        choice = self.choice_name(signature)
        result = INAPPLICABLE
        if choice.known is not True:
            low, high = points[0][1].low, points[0][1].high
            for _, number in points[1:]:
                low = numbers.extreme_end("lowest", "low", low, number.low)
                high = numbers.extreme_end("highest", "high", high, number.high)
            result = numbers.number_if(choice.inapplicable, INAPPLICABLE, Number(low, high))
            result = numbers.number_if(choice.known, INAPPLICABLE, result)
        for word, number in points:
            result = numbers.number_if(choice.words.get(word, False), number, result)
        return result

    def choice_in(self, choice: Choice, choices: frozenset[str]) -> Rails:
        held = some(flag for word, flag in choice.words.items() if word in choices)
        return Rails(held, every((negated(held), some((choice.known, choice.inapplicable)))))

    def contains(self, signature: Signature, choice: str, negated: bool) -> Rails:
        several = self.value(signature)
        assert isinstance(several, Several)
        there = several.words.get(choice, False)
        absent = every((several.known, _not(there)))
        true, false = (absent, there) if negated else (there, absent)
        return Rails(true, some((false, several.inapplicable)))

    def negation(self, operand: Rails) -> Rails:
        return Rails(operand.false, operand.true)

    def all_of(self, operands: Sequence[Rails]) -> Rails:
        return Rails(every(part.true for part in operands), some(part.false for part in operands))

    def some_of(self, operands: Sequence[Rails]) -> Rails:
        return Rails(some(part.true for part in operands), every(part.false for part in operands))

    def compare(self, op: nodes.Comparison, left: Number, right: Number) -> Rails:
        if op in (">", ">="):
            return self.compare("<" if op == ">" else "<=", right, left)
        inapplicable = some((left.inapplicable, right.inapplicable))
        true, false = _compared(op, left, right)
        return Rails(every((negated(inapplicable), true)), some((inapplicable, false)))

    def arithmetic(self, op: nodes.Operator, left: Number, right: Number) -> Number:
        if op in ("+", "-"):
            return numbers.added(left, right, 1 if op == "+" else -1)
        factor = _constant(right)
        if factor is None and op == "*" and _constant(left) is not None:
            left, right, factor = right, left, _constant(left)
        if factor:
            return products.scaled(left, factor if op == "*" else 1 / factor)
        return products.multiplied(left, right) if op == "*" else products.divided(left, right)

    def either(self, condition: Rails, then: Number, other: Number) -> Number:
        chosen = numbers.number_if(condition.true, then, other)
        if condition.is_open is False or _complementary(condition):
            return chosen
        return numbers.number_if(condition.is_open, numbers.hull(then, other), chosen)

    def known(self, signature: Signature) -> Rails:
        value = self.value(signature)
        return Rails(value.known, value.inapplicable if self.firm else negated(value.known))

    def applicable(self, signature: Signature) -> Rails:
        value = self.value(signature)
        return Rails(value.known if self.firm else negated(value.inapplicable), value.inapplicable)

    def _falls_back(self, signature: Signature) -> Flag:
        value = self.value(signature)
        return value.inapplicable if self.firm else negated(value.known)

    def default_number(self, signature: Signature, operand: Number, fallback: Number) -> Number:
        return numbers.number_if(self._falls_back(signature), fallback, operand)

    def default_truth(self, signature: Signature, operand: Rails, fallback: Rails) -> Rails:
        falls_back = self._falls_back(signature)
        stays = negated(falls_back)
        return Rails(
            some((every((falls_back, fallback.true)), every((stays, operand.true)))),
            some((every((falls_back, fallback.false)), every((stays, operand.false)))),
        )

    def default_choice(self, signature: Signature, operand: Choice, fallback: str) -> Choice:
        falls_back = self._falls_back(signature)
        words = {**dict.fromkeys((fallback,), False), **operand.words}
        held = {
            word: some((every((falls_back, word == fallback)), every((negated(falls_back), flag))))
            for word, flag in words.items()
        }
        stays = negated(falls_back)
        return Choice(held, some((falls_back, operand.known)), every((stays, operand.inapplicable)))

    def ramp(self, operand: Number, start: Node, end: Node) -> Number:
        return products.ramped(operand, fixed(start), fixed(end))

    def extreme(self, which: Literal["lowest", "highest"], operands: Sequence[Number]) -> Number:
        return numbers.extreme(which, operands)

    def clamp(self, operand: Number, low: Number, high: Number) -> Number:
        return numbers.clamped(operand, low, high)

    def mean_of_known(self, at_least: int, span: Interval, operands: Sequence[Number]) -> Number:
        return products.mean_of_known(self.firm, at_least, numbers.of_interval(span), operands)

    def first_known(self, operands: Sequence[Number]) -> Number:
        return products.first_known(operands)

    def count(self, conditions: Sequence[Rails]) -> Number:
        low = End(number_of(part.true for part in conditions))
        if all(_complementary(part) for part in conditions):
            return single(low)
        return Number(low, End(number_of(negated(part.false) for part in conditions)))

    def aggregate(self, node: nodes.Aggregate) -> Number:
        table = self.value(node.table.signature)
        assert isinstance(table, Table)
        if table.is_free:
            return _where_known(table, self.fresh(node))
        if table.open_rows is not None:
            return _where_known(table, self._over_open_rows(node, table))
        held = numbers.of_interval(ValueAlgebra({node.table.signature.name: table.rows}).aggregate(node))
        return _where_known(table, held)

    def leader(self, node: nodes.Aggregate) -> Choice:
        signature = node.table.signature
        table = self.value(signature)
        assert isinstance(table, Table)
        if table.open_rows is not None or table.is_free or not isinstance(table.known, bool):
            raise Beyond("the leading row of an open table")
        fact = table.rows if table.known else "n/a" if table.inapplicable else None
        word = ValueAlgebra({signature.name: fact}).leader(node)
        leading = of_fact(word, Signature("leader", "text", "measure"))
        assert isinstance(leading, Choice)
        return leading

    def _over_open_rows(self, node: nodes.Aggregate, table: Table) -> Number:
        parts = [self._row(node, present, row) for present, row in table.open_rows or ()]
        if node.function == "largest":
            raise Beyond("the largest of an open table")
        whole = numbers.constant(0)
        for present, number in parts:
            whole = numbers.added(whole, numbers.number_if(present, number, numbers.constant(0)))
        return whole

    def _row(self, node: nodes.Aggregate, present: Flag, row: Mapping[str, Value]) -> tuple[Flag, Number]:
        columns = ProofAlgebra(lambda signature: row[signature.name], self.fresh)
        held: Rails = certain(True) if node.where is None else lower(node.where, columns)
        number: Number = numbers.constant(1) if node.column is None else lower(node.column, columns)
        return every((present, held.true)), number


def _where_known(table: Table, number: Number) -> Number:
    return numbers.number_if(table.known, number, numbers.number_if(table.inapplicable, INAPPLICABLE, NOTHING))


def _not(flag: Flag) -> Flag:
    return negated(flag)


def _constant(number: Number) -> Fraction | None:
    """The value of a number that is known now."""
    end = number.low
    certain_value = number.is_single and end.absent is False and number.inapplicable is False
    if certain_value and isinstance(end.top, int) and isinstance(end.bottom, int):
        return Fraction(end.top, end.bottom)
    return None


def _complementary(condition: Rails) -> bool:
    """Whether a condition is plainly never open."""
    true, false = condition.true, condition.false
    if isinstance(true, bool) or isinstance(false, bool):
        return isinstance(true, bool) and isinstance(false, bool) and true != false
    opposite = negated(true)
    return not isinstance(opposite, bool) and opposite.eq(false)


def _compared(op: nodes.Comparison, left: Number, right: Number) -> tuple[Flag, Flag]:
    if op == "!=":
        false, true = _compared("==", left, right)
        return true, false
    if left.is_single and right.is_single and left.low.absent is False and right.low.absent is False:
        relation = {"<": numbers.below, "<=": numbers.at_most, "==": numbers.equal}[op](left.low, right.low)
        return relation, negated(relation)
    if op == "<":
        return numbers.below(left.high, right.low), numbers.at_most(right.high, left.low)
    if op == "<=":
        return numbers.at_most(left.high, right.low), numbers.below(right.high, left.low)
    apart = some((numbers.below(left.high, right.low), numbers.below(right.high, left.low)))
    points = every((left.settled, right.settled))
    return every((points, numbers.equal(left.low, right.low))), apart
