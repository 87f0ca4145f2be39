"""Whole numbers in columns, exact: each knows how large it may be, and is as wide as that asks for.

A number that is too large for 64 bits is held in 128. What may be too large even for these is guarded: the sheet notes
the rows where it is, and nothing that rests on such a row may be used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, and_, le, lt, mul, or_, sub
from typing import Any

from advisor.engines.columns.expression import Expression, Kind, by_case, coalesced, greatest, least, literal, unless
from advisor.engines.columns.sheet import Sheet

Flag = bool | Expression
"""A test of rows; a null is neither true nor false."""

NARROW, WIDE = 2**63, 2**125
"""Numbers below these fit: into 64 bits, into 128 bits or 38 decimal digits with room for the sum of two."""


def negated(flag: Flag) -> Flag:
    """Not."""
    return not flag if isinstance(flag, bool) else ~flag


def every(flags: Iterable[Flag]) -> Flag:
    """And, over any number."""
    rest = [flag for flag in flags if flag is not True]
    if any(flag is False for flag in rest):
        return False
    return reduce(and_, rest) if rest else True


def some(flags: Iterable[Flag]) -> Flag:
    """Or, over any number."""
    rest = [flag for flag in flags if flag is not False]
    if any(flag is True for flag in rest):
        return True
    return reduce(or_, rest) if rest else False


def sure(flag: Flag) -> Flag:
    """A flag with what is null taken as false."""
    return flag if isinstance(flag, bool) else flag.fill_null(False)


def as_column(flag: Flag) -> Expression:
    """A flag as an expression."""
    return literal(flag, Kind.TRUTH) if isinstance(flag, bool) else flag


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A whole number: Python's own or a column, never farther from zero than `most`; a null stands for none."""

    value: int | Expression
    most: int
    sheet: Sheet

    @property
    def is_constant(self) -> bool:
        """Whether it is the same in every row."""
        return isinstance(self.value, int)

    def column(self, most: int = 0) -> Expression:
        """The number as an expression, wide enough for `most` and for itself."""
        width = _width(max(most, self.most))
        if isinstance(self.value, int):
            return literal(self.value, width)
        return self.value if width == Kind.NARROW or self.most >= NARROW else self.value.cast(width)

    @property
    def kind(self) -> Kind:
        """How wide it is."""
        return _width(self.most)

    def kept(self) -> Whole:
        """The same as a column that is computed once."""
        return self if isinstance(self.value, int) else Whole(self.sheet.keep(self.value), self.most, self.sheet)

    @property
    def present(self) -> Flag:
        """Whether there is a number."""
        return True if isinstance(self.value, int) else self.value.is_not_null()

    def __add__(self, other: Whole) -> Whole:
        """A sum."""
        for one, another in ((self, other), (other, self)):
            if one.is_constant and one.value == 0:
                return another
        return self._with(other, add, self.most + other.most)

    def __sub__(self, other: Whole) -> Whole:
        """A difference."""
        return self if other.is_constant and other.value == 0 else self._with(other, sub, self.most + other.most)

    def __mul__(self, other: Whole) -> Whole:
        """A product."""
        for one, another in ((self, other), (other, self)):
            if one.is_constant and one.value == 1:
                return another
        return self._with(other, mul, self.most * other.most)

    def __floordiv__(self, other: Whole) -> Whole:
        """A quotient by a number above zero, rounded down."""
        smallest = other.value if isinstance(other.value, int) else 1
        if smallest == 1 and other.is_constant:
            return self
        if isinstance(self.value, int) and isinstance(other.value, int):
            return self.constant(self.value // other.value)
        most, widest = self.most // smallest + (smallest > 1), max(self.most, other.most)
        result = self.column(widest).quotient(other.column(widest), _width(widest))
        return Whole(_narrow(result, most) if most < NARROW <= widest else result, most, self.sheet)

    def __neg__(self) -> Whole:
        """The number on the other side of zero."""
        return self * self.constant(-1)

    def __lt__(self, other: Whole) -> Flag:
        """Whether it is smaller."""
        return self._compared(other, lt)

    def __le__(self, other: Whole) -> Flag:
        """Whether it is not larger."""
        return self._compared(other, le)

    def equals(self, other: Whole) -> Flag:
        """Whether both are the same."""
        return self._compared(other, _equal)

    def or_else(self, other: Whole) -> Whole:
        """The number, or `other` where there is none."""
        if self.is_constant:
            return self
        most = max(self.most, other.most)
        return Whole(coalesced((self.column(most), other.column(most))), most, self.sheet)

    def narrowed(self, most: int) -> Whole:
        """The same, known or guarded not to be farther from zero than `most`, which fits 64 bits."""
        if isinstance(self.value, int) or self.most < NARROW:
            return Whole(self.value, min(most, self.most), self.sheet)
        return Whole(_narrow(self.value, most), most, self.sheet)

    def rest(self, whole: Whole, divisor: Whole) -> Whole:
        """What is left of the number without `whole` times `divisor`, where that is below `divisor`."""
        widest = self.most + divisor.most
        left = self.column(widest) - whole.column(widest) * divisor.column(widest)
        fits = divisor.most < NARROW <= widest
        return Whole(_narrow(left, divisor.most) if fits else left, divisor.most, self.sheet)

    def _compared(self, other: Whole, operation: Callable[[Any, Any], Any]) -> Flag:
        if self.is_constant and other.is_constant:
            return bool(operation(self.value, other.value))
        most = max(self.most, other.most)
        result: Expression = operation(self.column(most), other.column(most))
        return result

    def _with(self, other: Whole, operation: Callable[[Any, Any], Any], most: int) -> Whole:
        if isinstance(self.value, int) and isinstance(other.value, int):
            return self.constant(operation(self.value, other.value))
        beyond: Expression | None = None
        if most >= WIDE:
            # a float is near enough to tell that a number is far too large, and decides nothing else
            about = operation(self.column().cast(Kind.FLOAT), other.column().cast(Kind.FLOAT))
            beyond = about.is_beyond(float(WIDE // 2))
            self.sheet.guard(beyond)
            most = WIDE - 1
        widest = max(self.most, other.most, most)
        result: Expression = operation(self.column(widest), other.column(widest))
        if beyond is not None:
            result = unless(beyond, result)
        if most < NARROW <= widest:
            result = _narrow(result, most)
        return Whole(result, most, self.sheet)

    def constant(self, value: int) -> Whole:
        """A number that is the same in every row."""
        return Whole(value, abs(value), self.sheet)


def _width(most: int) -> Kind:
    return Kind.NARROW if most < NARROW else Kind.WIDE


def _equal(one: Any, other: Any) -> Any:
    return one.equals(other) if isinstance(one, Expression) else one == other


def _narrow(column: Expression, most: int) -> Expression:
    """A column in 64 bits; what does not fit stands in a row that a guard has noted, and must not stop the others."""
    return column.cast(Kind.NARROW, most)


def first_of(cases: Sequence[tuple[Flag, Whole]], otherwise: Whole) -> Whole:
    """The number of the first case that is true."""
    open_cases: list[tuple[Expression, Whole]] = []
    for flag, number in cases:
        if flag is True:
            otherwise = number
            break
        if not isinstance(flag, bool):
            open_cases.append((flag, number))
    every_number = [*(number for _, number in open_cases), otherwise]
    values = {each.value if isinstance(each.value, int) else None for each in every_number}
    if len(values) == 1 and None not in values:
        return otherwise
    most = max(each.most for each in every_number)
    if not open_cases:
        return Whole(otherwise.value, most, otherwise.sheet)
    chosen = by_case([(flag, number.column(most)) for flag, number in open_cases], otherwise.column(most))
    return Whole(chosen, most, otherwise.sheet)


def smaller(left: Whole, right: Whole) -> Whole:
    """The smaller of two numbers, either of which may be null: then it is the other."""
    return _extreme(left, right, min, least)


def larger(left: Whole, right: Whole) -> Whole:
    """The larger of two numbers, either of which may be null: then it is the other."""
    return _extreme(left, right, max, greatest)


def _extreme(left: Whole, right: Whole, known: Callable[..., int], columns: Callable[..., Expression]) -> Whole:
    if isinstance(left.value, int) and isinstance(right.value, int):
        return left.constant(known(left.value, right.value))
    most = max(left.most, right.most)
    return Whole(columns(left.column(most), right.column(most)), most, left.sheet)


def number_of(flags: Iterable[Flag], sheet: Sheet) -> Whole:
    """How many of the flags are true; a null is not."""
    flags = list(flags)
    known = sum(flag is True for flag in flags)
    rest = [sure(flag) for flag in flags if not isinstance(flag, bool)]
    if not rest:
        return Whole(known, known, sheet)
    total = reduce(add, [as_column(flag).count() for flag in rest])
    return Whole(total + literal(known, Kind.NARROW) if known else total, len(flags), sheet)
