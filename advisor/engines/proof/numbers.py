"""Intervals of exact fractions as terms: what `advisor.language.intervals` is for values.

An end is a numerator over a positive denominator, or is not there. A number has two ends; where they are one object
the number is either a value or unknown, which is nearly always, and half of the terms are saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Literal

from advisor.engines.proof.terms import Flag, Term, every, negated, plus, some, term_if, times
from advisor.language import intervals

Side = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class End:
    """`top` over `bottom`, which is above zero; where `absent` holds there is no end on this side."""

    top: Term
    bottom: Term = 1
    absent: Flag = False


@dataclass(frozen=True, slots=True)
class Number:
    """An interval, or nothing to count where `inapplicable` holds."""

    low: End
    high: End
    inapplicable: Flag = False

    @property
    def is_single(self) -> bool:
        """Whether it is one value or unknown, whatever the open answers are."""
        return self.low is self.high

    @property
    def known(self) -> Flag:
        """Whether both ends are there."""
        return every((negated(self.inapplicable), negated(self.low.absent), negated(self.high.absent)))

    @property
    def settled(self) -> Flag:
        """Whether it is one value."""
        return self.known if self.is_single else every((self.known, equal(self.low, self.high)))


def single(end: End, inapplicable: Flag = False) -> Number:
    """A number whose two ends are the same, or that is unknown."""
    return Number(end, end, inapplicable)


def constant(value: Fraction | int) -> Number:
    """A number that is known now."""
    exact = Fraction(value)
    return single(End(exact.numerator, exact.denominator))


NOTHING = single(End(0, 1, absent=True))
INAPPLICABLE = Number(NOTHING.low, NOTHING.high, inapplicable=True)


def of_interval(number: intervals.Interval, scale: int = 1) -> Number:
    """A known interval of scaled integers."""
    if intervals.is_not_applicable(number):
        return INAPPLICABLE
    low, high = (
        End(0, 1, absent=True)
        if isinstance(end, float)
        else End((Fraction(end) / scale).numerator, (Fraction(end) / scale).denominator)
        for end in number
    )
    return single(low) if number[0] == number[1] or low == high else Number(low, high)


def _crossed(left: End, right: End) -> tuple[Term, Term]:
    """Two terms that compare as the ends do."""
    if isinstance(left.bottom, int) and isinstance(right.bottom, int):
        shared = gcd(left.bottom, right.bottom)
        return times(left.top, right.bottom // shared), times(right.top, left.bottom // shared)
    return times(left.top, right.bottom), times(right.top, left.bottom)


def below(left: End, right: End) -> Flag:
    """Whether both are there and `left` is smaller."""
    first, second = _crossed(left, right)
    return every((negated(left.absent), negated(right.absent), first < second))


def at_most(left: End, right: End) -> Flag:
    """Whether both are there and `left` is not larger."""
    first, second = _crossed(left, right)
    return every((negated(left.absent), negated(right.absent), first <= second))


def equal(left: End, right: End) -> Flag:
    """Whether both are there and the same."""
    first, second = _crossed(left, right)
    return every((negated(left.absent), negated(right.absent), first == second))


def end_if(test: Flag, then: End, other: End) -> End:
    """`then` or `other`, by `test`."""
    if isinstance(test, bool):
        return then if test else other
    first, second, bottom = _aligned(then, other)
    absent = some((every((test, then.absent)), every((negated(test), other.absent))))
    return End(term_if(test, first, second), bottom, absent)


def number_if(test: Flag, then: Number, other: Number) -> Number:
    """`then` or `other`, by a test that is never open."""
    if isinstance(test, bool):
        return then if test else other
    if then.inapplicable is True:
        return Number(other.low, other.high, some((test, other.inapplicable)))
    if other.inapplicable is True:
        return Number(then.low, then.high, some((negated(test), then.inapplicable)))
    inapplicable = some((every((test, then.inapplicable)), every((negated(test), other.inapplicable))))
    low = end_if(test, then.low, other.low)
    return Number(low, low if then.is_single and other.is_single else end_if(test, then.high, other.high), inapplicable)


def _aligned(left: End, right: End) -> tuple[Term, Term, Term]:
    if isinstance(left.bottom, int) and isinstance(right.bottom, int):
        shared = gcd(left.bottom, right.bottom)
        first, second = right.bottom // shared, left.bottom // shared
        return times(left.top, first), times(right.top, second), left.bottom * first
    return times(left.top, right.bottom), times(right.top, left.bottom), times(left.bottom, right.bottom)


def on_one_scale(ends: Sequence[End]) -> tuple[list[Term], int]:
    """The ends as numerators over one denominator; each denominator is known now."""
    bottoms = [end.bottom for end in ends if isinstance(end.bottom, int)]
    assert len(bottoms) == len(ends)
    common = lcm(*bottoms)
    return [times(end.top, common // bottom) for end, bottom in zip(ends, bottoms, strict=True)], common


def _added(left: End, right: End, sign: int) -> End:
    first, second, bottom = _aligned(left, right)
    return End(plus(first, times(second, sign)), bottom, some((left.absent, right.absent)))


def added(left: Number, right: Number, sign: Literal[1, -1] = 1) -> Number:
    """A sum, or with `sign` -1 a difference."""
    inapplicable = some((left.inapplicable, right.inapplicable))
    low = _added(left.low, right.low if sign == 1 else right.high, sign)
    if left.is_single and right.is_single:
        return single(low, inapplicable)
    return Number(low, _added(left.high, right.high if sign == 1 else right.low, sign), inapplicable)


def extreme_end(which: Literal["lowest", "highest"], side: Side, left: End, right: End) -> End:
    """The smaller or the larger of two ends of the same side; an absent one is the farthest there is on its side."""
    widens = (which == "lowest") == (side == "low")
    left_wins = at_most(left, right) if which == "lowest" else at_most(right, left)
    if widens:
        chosen = end_if(left_wins, left, right)
        return End(chosen.top, chosen.bottom, some((left.absent, right.absent)))
    chosen = end_if(some((right.absent, every((negated(left.absent), left_wins)))), left, right)
    return End(chosen.top, chosen.bottom, every((left.absent, right.absent)))


def extreme(which: Literal["lowest", "highest"], operands: Sequence[Number]) -> Number:
    """The lowest or the highest of the operands that apply."""
    so_far = operands[0]
    for operand in operands[1:]:
        so_far = _extreme_of_two(which, so_far, operand)
    return so_far


def _extreme_of_two(which: Literal["lowest", "highest"], left: Number, right: Number) -> Number:
    if left.inapplicable is True or right.inapplicable is True:
        return right if left.inapplicable is True else left

    def end(side: Side, first: End, second: End) -> End:
        both = extreme_end(which, side, first, second)
        return end_if(left.inapplicable, second, end_if(right.inapplicable, first, both))

    low = end("low", left.low, right.low)
    whole = left.is_single and right.is_single and left.low.absent is False and right.low.absent is False
    high = low if whole else end("high", left.high, right.high)
    return Number(low, high, every((left.inapplicable, right.inapplicable)))


def hull(left: Number, right: Number) -> Number:
    """The smallest interval that holds both; unknown where one of them does not apply."""
    mixed = some((left.inapplicable, right.inapplicable))
    low = extreme_end("lowest", "low", left.low, right.low)
    high = extreme_end("highest", "high", left.high, right.high)
    return Number(
        End(low.top, low.bottom, some((mixed, low.absent))),
        End(high.top, high.bottom, some((mixed, high.absent))),
        every((left.inapplicable, right.inapplicable)),
    )


def clamped(number: Number, low: Number, high: Number) -> Number:
    """`number` held between `low` and `high`, end by end; `high` comes last."""

    def end(side: Side, value: End, least: End, most: End) -> End:
        return extreme_end("lowest", side, extreme_end("highest", side, value, least), most)

    lower = end("low", number.low, low.low, high.low)
    parts = (number, low, high)
    whole = all(part.is_single and part.low.absent is False for part in parts)
    upper = lower if whole else end("high", number.high, low.high, high.high)
    return Number(lower, upper, some(part.inapplicable for part in parts))
