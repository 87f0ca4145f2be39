"""Expressions as columns: `advisor.language.lower` with three-valued columns and numbers of two ends."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import Literal, Protocol

from advisor.engines.columns import numbers, products
from advisor.engines.columns.expression import Expression, Kind, by_case, literal
from advisor.engines.columns.numbers import End, Number, absent_end, at_most, below, constant_end, equal
from advisor.engines.columns.sheet import Sheet
from advisor.engines.columns.whole import Flag, as_column, every, negated, number_of, some, sure
from advisor.language import lower, nodes
from advisor.language.intervals import Interval
from advisor.language.scope import Signature


class Columns(Protocol):
    """Where names have their columns, in one reading."""

    def number(self, signature: Signature) -> Number:
        """A number."""
        ...

    def column(self, signature: Signature) -> Expression:
        """A yes/no, a choice or a text; a null is unknown."""
        ...

    def contains(self, signature: Signature, choice: str) -> Expression:
        """Whether a list of choices holds one; a null is unknown."""
        ...

    def inapplicable(self, signature: Signature) -> Flag:
        """Whether a name does not apply; never null."""
        ...

    def parameter(self, name: str) -> End:
        """A parameter of the rulebook."""
        ...

    def aggregate(self, node: nodes.Aggregate) -> Number:
        """A number over the rows of a table."""
        ...

    def leader(self, node: nodes.Aggregate) -> Expression:
        """A text over the rows of a table."""
        ...


class ColumnAlgebra:
    """Writes columns. A condition is a Boolean column whose nulls are open, a choice or text one of words."""

    def __init__(self, sheet: Sheet, columns: Columns, firm: bool = False) -> None:
        self.sheet = sheet
        self.columns = columns
        self.firm = firm

    def number(self, value: Fraction) -> Number:
        end = constant_end(value.numerator, value.denominator, self.sheet)
        return Number(end, end)

    def parameter(self, signature: Signature) -> Number:
        end = self.columns.parameter(signature.name)
        return Number(end, end)

    def truth(self, value: bool) -> Expression:
        return literal(value, Kind.TRUTH)

    def number_name(self, signature: Signature) -> Number:
        return self.columns.number(signature)

    def truth_name(self, signature: Signature) -> Expression:
        return self.truth_is(signature, True)

    def truth_is(self, signature: Signature, value: bool) -> Expression:
        held = self.columns.column(signature)
        # null and false is false: no comparison holds for what does not apply
        return as_column(every((held if value else ~held, self._applies(signature))))

    def choice_name(self, signature: Signature) -> Expression:
        return self.columns.column(signature)

    def nothing(self, applicable: bool) -> Number:
        end = absent_end(self.sheet)
        return Number(end, end, not applicable)

    def points(self, signature: Signature, points: Sequence[tuple[str, Number]]) -> Number:
        choice = self.columns.column(signature)
        every_number = [number for _, number in points]
        lowest, highest = numbers.extreme("lowest", every_number), numbers.extreme("highest", every_number)
        tests = [(choice.is_word(word), number) for word, number in points]
        low = numbers.first_end([(test, number.low) for test, number in tests], lowest.low)
        high = numbers.first_end([(test, number.high) for test, number in tests], highest.high)
        without = choice.is_not_null() & ~choice.is_in([word for word, _ in points]).fill_null(False)
        given = [every((sure(test), number.inapplicable)) for test, number in tests]
        return Number(low, high, some((without, *given))).kept()

    def choice_in(self, choice: Expression, choices: frozenset[str]) -> Expression:
        return reduce(or_, [choice.is_word(word) for word in sorted(choices)])

    def contains(self, signature: Signature, choice: str, negated: bool) -> Expression:
        held = self.columns.contains(signature, choice)
        return as_column(every((~held if negated else held, self._applies(signature))))

    def _applies(self, signature: Signature) -> Flag:
        return negated(self.columns.inapplicable(signature))

    def negation(self, operand: Expression) -> Expression:
        return ~operand

    def all_of(self, operands: Sequence[Expression]) -> Expression:
        return reduce(and_, operands)

    def some_of(self, operands: Sequence[Expression]) -> Expression:
        return reduce(or_, operands)

    def compare(self, op: nodes.Comparison, left: Number, right: Number) -> Expression:
        if op in (">", ">="):
            return self.compare("<" if op == ">" else "<=", right, left)
        inapplicable = some((left.inapplicable, right.inapplicable))
        if op in ("==", "!="):
            return self._same(left, right, inapplicable, negate=op == "!=")
        test = below if op == "<" else at_most
        holds, may_hold = test(left.high, right.low), test(left.low, right.high)
        return _three(every((negated(inapplicable), sure(holds))), some((inapplicable, negated(may_hold))))

    @staticmethod
    def _same(left: Number, right: Number, inapplicable: Flag, *, negate: bool) -> Expression:
        same = every((equal(left.low, left.high), equal(left.high, right.low), equal(right.low, right.high)))
        apart = some((below(left.high, right.low), below(right.high, left.low)))
        if negate:
            return _three(every((negated(inapplicable), sure(apart))), some((inapplicable, sure(same))))
        return _three(every((negated(inapplicable), sure(same))), some((inapplicable, sure(apart))))

    def arithmetic(self, op: nodes.Operator, left: Number, right: Number) -> Number:
        if op in ("+", "-"):
            return numbers.added(left, right if op == "+" else numbers.opposite(right))
        if op == "/":
            divisor = _constant(right)
            return products.scaled(left, 1 / divisor) if divisor else products.divided(left, right)
        for one, other in ((left, right), (right, left)):
            factor = _constant(one)
            if factor is not None:
                return products.scaled(other, factor)
        return products.multiplied(left, right)

    def either(self, condition: Expression, then: Number, other: Number) -> Number:
        return numbers.chosen(self.sheet.keep(condition), then, other)

    def _is_known(self, signature: Signature) -> Flag:
        if signature.kind == "number":
            return self.columns.number(signature).known
        return every((self.columns.column(signature).is_not_null(), self._applies(signature)))

    def known(self, signature: Signature) -> Expression:
        known = self._is_known(signature)
        return _three(known, self.columns.inapplicable(signature)) if self.firm else as_column(known)

    def applicable(self, signature: Signature) -> Expression:
        inapplicable = self.columns.inapplicable(signature)
        return _three(self._is_known(signature), inapplicable) if self.firm else as_column(negated(inapplicable))

    def _falls_back(self, signature: Signature) -> Flag:
        flag = self.columns.inapplicable(signature) if self.firm else negated(self._is_known(signature))
        return flag if isinstance(flag, bool) else self.sheet.keep(flag)

    def default_number(self, signature: Signature, operand: Number, fallback: Number) -> Number:
        return numbers.number_if(self._falls_back(signature), fallback, operand)

    def default_truth(self, signature: Signature, operand: Expression, fallback: Expression) -> Expression:
        return by_case([(as_column(self._falls_back(signature)), fallback)], operand)

    def default_choice(self, signature: Signature, operand: Expression, fallback: str) -> Expression:
        return by_case([(as_column(self._falls_back(signature)), literal(fallback, Kind.TEXT))], operand)

    def ramp(self, operand: Number, start: nodes.Node, end: nodes.Node) -> Number:
        return products.ramped(operand, lower(start, self).low, lower(end, self).low)

    def extreme(self, which: Literal["lowest", "highest"], operands: Sequence[Number]) -> Number:
        return numbers.extreme(which, operands)

    def clamp(self, operand: Number, low: Number, high: Number) -> Number:
        return numbers.clamped(operand, low, high)

    def mean_of_known(self, at_least: int, span: Interval, operands: Sequence[Number]) -> Number:
        return numbers.mean_of_known(self.firm, at_least, span, operands)

    def first_known(self, operands: Sequence[Number]) -> Number:
        return numbers.first_known(operands)

    def count(self, conditions: Sequence[Expression]) -> Number:
        return counted(conditions, self.sheet)

    def aggregate(self, node: nodes.Aggregate) -> Number:
        return self.columns.aggregate(node)

    def leader(self, node: nodes.Aggregate) -> Expression:
        return self.columns.leader(node)


def counted(conditions: Sequence[Expression], sheet: Sheet) -> Number:
    """How many conditions are true: at least those that certainly are, at most those that are not certainly false."""
    conditions = [sheet.keep(condition) for condition in conditions]
    one = constant_end(0, 1, sheet).bottom
    low = number_of(conditions, sheet)
    high = number_of([condition.fill_null(True) for condition in conditions], sheet)
    return Number(numbers.End(low, one), numbers.End(high, one)).kept()


def _three(true: Flag, false: Flag) -> Expression:
    """A condition from when it is certainly true and when it is certainly false; null where it is neither."""
    if true is True or false is True:
        return literal(true is True, Kind.TRUTH)
    yes, no, unknown = (literal(value, Kind.TRUTH) for value in (True, False, None))
    return by_case([(as_column(true), yes), (as_column(false), no)], unknown)


def _constant(number: Number) -> Fraction | None:
    """The value of a number that is the same in every row."""
    top, bottom = number.low.top.value, number.low.bottom.value
    if number.is_single and isinstance(top, int) and isinstance(bottom, int) and number.inapplicable is False:
        return Fraction(top, bottom)
    return None
