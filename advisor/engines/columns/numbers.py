"""Numbers in columns: two ends and whether the number applies, the arithmetic of `advisor.language.intervals`.

A number is used only where it applies; elsewhere its ends may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd, inf, lcm
from typing import Literal

from advisor.engines.columns.expression import Expression, Kind, literal
from advisor.engines.columns.sheet import Sheet
from advisor.engines.columns.whole import (
    Flag,
    Whole,
    every,
    first_of,
    larger,
    negated,
    number_of,
    smaller,
    some,
    sure,
)
from advisor.language.intervals import Exact, Interval

Side = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a number, ``top / bottom`` with `bottom` above zero; none where `top` is null."""

    top: Whole
    bottom: Whole

    @property
    def present(self) -> Flag:
        """Whether it is there: the number does not go on for ever."""
        return self.top.present

    def kept(self) -> End:
        """The same, computed once."""
        return End(self.top.kept(), self.bottom.kept())

    def __neg__(self) -> End:
        """The end on the other side of zero."""
        return End(-self.top, self.bottom)


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two ends; `inapplicable` is never null."""

    low: End
    high: End
    inapplicable: Flag = False

    @property
    def known(self) -> Flag:
        """Whether it applies and has both ends."""
        return every((self.low.present, self.high.present, negated(self.inapplicable)))

    @property
    def is_single(self) -> bool:
        """Whether both ends are the same in every row."""
        return self.low is self.high

    def kept(self) -> Number:
        """The same, computed once."""
        low = self.low.kept()
        flag = self.inapplicable
        inapplicable = flag if isinstance(flag, bool) else self.low.top.sheet.keep(flag)
        return Number(low, low if self.is_single else self.high.kept(), inapplicable)


def constant_end(top: int, bottom: int, sheet: Sheet) -> End:
    """An end that is the same in every row."""
    return End(Whole(top, abs(top), sheet), Whole(bottom, bottom, sheet))


def absent_end(sheet: Sheet) -> End:
    """An end that is nowhere there."""
    return End(Whole(literal(None, Kind.NARROW), 0, sheet), Whole(1, 1, sheet))


def crossed(left: End, right: End) -> tuple[Whole, Whole]:
    """Two whole numbers that compare as the ends do."""
    first, second = left.bottom, right.bottom
    if isinstance(first.value, int) and isinstance(second.value, int):
        shared = gcd(first.value, second.value)
        first, second = first.constant(first.value // shared), first.constant(second.value // shared)
    return left.top * second, right.top * first


def below(left: End, right: End) -> Flag:
    """Whether `left` is smaller; null where one is absent."""
    first, second = crossed(left, right)
    return first < second


def at_most(left: End, right: End) -> Flag:
    """Whether `left` is not larger; null where one is absent."""
    first, second = crossed(left, right)
    return first <= second


def equal(left: End, right: End) -> Flag:
    """Whether both are the same; null where one is absent."""
    first, second = crossed(left, right)
    return first.equals(second)


def aligned(ends: Sequence[End]) -> tuple[list[Whole], Whole] | None:
    """The tops over one constant bottom, if there is one."""
    bottoms = [end.bottom.value for end in ends if isinstance(end.bottom.value, int)]
    if len(bottoms) < len(ends):
        return None
    common = lcm(*bottoms)
    one = ends[0].bottom
    tops = [end.top * one.constant(common // bottom) for end, bottom in zip(ends, bottoms, strict=True)]
    return tops, one.constant(common)


def first_end(cases: Sequence[tuple[Flag, End]], otherwise: End) -> End:
    """The end of the first case that is true."""
    flags = [flag for flag, _ in cases]
    ends = [*(end for _, end in cases), otherwise]
    if over_one := aligned(ends):
        tops, bottom = over_one
        return End(first_of(list(zip(flags, tops[:-1], strict=True)), tops[-1]), bottom)
    bottoms = [end.bottom for end in ends]
    top = first_of([(flag, end.top) for flag, end in cases], otherwise.top)
    return End(top, first_of(list(zip(flags, bottoms[:-1], strict=True)), bottoms[-1]))


def number_if(test: Flag, then: Number, other: Number) -> Number:
    """`then` or `other`, by a test that is never null."""
    inapplicable = some((every((test, then.inapplicable)), every((negated(test), other.inapplicable))))
    low = first_end([(test, then.low)], other.low)
    single = then.is_single and other.is_single
    return Number(low, low if single else first_end([(test, then.high)], other.high), inapplicable).kept()


def added(left: Number, right: Number) -> Number:
    """A sum."""

    def end(one: End, other: End) -> End:
        if over_one := aligned((one, other)):
            (first, second), bottom = over_one
            return End(first + second, bottom)
        return End(one.top * other.bottom + other.top * one.bottom, one.bottom * other.bottom)

    low = end(left.low, right.low)
    high = low if left.is_single and right.is_single else end(left.high, right.high)
    return Number(low, high, some((left.inapplicable, right.inapplicable))).kept()


def opposite(number: Number) -> Number:
    """The number on the other side of zero."""
    low = -number.high
    return Number(low, low if number.is_single else -number.low, number.inapplicable)


def extreme_end(which: Literal["lowest", "highest"], side: Side, left: End, right: End) -> End:
    """The smaller or the larger of two ends of the same side; an absent one is the farthest there is on its side."""
    if (which == "lowest") != (side == "low"):
        if over_one := aligned((left, right)):
            (first, second), bottom = over_one
            return End(smaller(first, second) if which == "lowest" else larger(first, second), bottom)
        wins = at_most(left, right) if which == "lowest" else at_most(right, left)
        return first_end([(wins, left), (right.present, right)], left)
    one, other = (left, right) if which == "lowest" else (right, left)
    return first_end([(at_most(one, other), left), (below(other, one), right)], absent_end(left.top.sheet))


def extreme(which: Literal["lowest", "highest"], operands: Sequence[Number]) -> Number:
    """The lowest or the highest of the operands that apply."""
    return reduce(lambda left, right: _extreme_of_two(which, left, right), operands)


def _extreme_of_two(which: Literal["lowest", "highest"], left: Number, right: Number) -> Number:
    def end(side: Side, first: End, second: End) -> End:
        both = extreme_end(which, side, first, second)
        return first_end([(left.inapplicable, second), (right.inapplicable, first)], both)

    low, high = end("low", left.low, right.low), end("high", left.high, right.high)
    return Number(low, high, every((left.inapplicable, right.inapplicable))).kept()


def chosen(condition: Expression, then: Number, other: Number) -> Number:
    """`then` or `other`; while the condition is open all of both, and nothing known where just one applies."""
    mixed = some((then.inapplicable, other.inapplicable))
    nothing = absent_end(then.low.top.sheet)

    def end(side: Side, one: End, another: End) -> End:
        hull = extreme_end("lowest" if side == "low" else "highest", side, one, another)
        return first_end([(condition, one), (~condition, another), (mixed, nothing)], hull)

    inapplicable = some(
        (
            every((condition.fill_null(False), then.inapplicable)),
            every(((~condition).fill_null(False), other.inapplicable)),
            every((then.inapplicable, other.inapplicable)),
        )
    )
    return Number(end("low", then.low, other.low), end("high", then.high, other.high), inapplicable).kept()


def clamped(number: Number, low: Number, high: Number) -> Number:
    """`number` held between `low` and `high`, end by end; `high` comes last."""

    def end(side: Side, value: End, least: End, most: End) -> End:
        return extreme_end("lowest", side, extreme_end("highest", side, value, least).kept(), most)

    inapplicable = some(part.inapplicable for part in (number, low, high))
    return Number(
        end("low", number.low, low.low, high.low), end("high", number.high, low.high, high.high), inapplicable
    ).kept()


def first_known(operands: Sequence[Number]) -> Number:
    """The first operand that is known."""
    nothing = absent_end(operands[0].low.top.sheet)
    low = first_end([(each.known, each.low) for each in operands], nothing)
    high = first_end([(each.known, each.high) for each in operands], nothing)
    return Number(low, high, every(each.inapplicable for each in operands)).kept()


def mean_of_known(firm: bool, at_least: int, span: Interval, operands: Sequence[Number]) -> Number:
    """The mean of the operands that are known, once enough are; in the firm reading what all of them leave possible."""
    sheet = operands[0].low.top.sheet
    apply = [negated(each.inapplicable) for each in operands]
    known = [
        every((applies, some((sure(equal(each.low, each.high)), negated(_holds(each, span))))))
        for each, applies in zip(operands, apply, strict=True)
    ]
    found, there = number_of(known, sheet), number_of(apply, sheet)
    enough = some((Whole(at_least, at_least, sheet) <= found, there <= found))
    counted = apply if firm else known
    low, high = (_mean(ends, counted) for ends in ([each.low for each in operands], [each.high for each in operands]))
    nothing = absent_end(sheet)
    low, high = (first_end([(enough, end)], nothing) for end in (low, high))
    return Number(low, high, every(negated(flag) for flag in apply)).kept()


def _holds(outer: Number, inner: Interval) -> Flag:
    """Whether `outer` goes at least as far as `inner` on both sides; never null."""
    return every((_reaches(outer.low, inner[0], at_most), _reaches(outer.high, inner[1], lambda x, y: at_most(y, x))))


def _reaches(end: End, mark: Exact, test: Callable[[End, End], Flag]) -> Flag:
    endless = negated(end.present)
    if mark in (-inf, inf):
        return endless
    return some((endless, sure(test(end, constant_end(*Fraction(mark).as_integer_ratio(), end.top.sheet)))))


def _mean(ends: Sequence[End], counted: Sequence[Flag]) -> End:
    sheet = ends[0].top.sheet
    nil = Whole(0, 0, sheet)
    flags = [flag if isinstance(flag, bool) else sheet.keep(flag) for flag in counted]
    bottoms = [end.bottom for end in ends]
    if over_one := aligned(ends):
        tops, bottom = over_one
    else:
        bottom = reduce(lambda one, other: one * other, bottoms)
        others = [[each for place, each in enumerate(bottoms) if place != own] for own in range(len(ends))]
        tops = [reduce(lambda one, other: one * other, rest, end.top) for end, rest in zip(ends, others, strict=True)]
    total = reduce(lambda one, other: one + other, [first_of([(f, t)], nil) for f, t in zip(flags, tops, strict=True)])
    shares = lcm(*range(1, len(ends) + 1))
    number = number_of(flags, sheet).kept()
    weights = [(number.equals(number.constant(n)), number.constant(shares // n)) for n in range(1, len(ends) + 1)]
    return End(total * first_of(weights, nil), bottom * number.constant(shares))
