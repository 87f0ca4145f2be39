"""Products, quotients, means and rounding of numbers that are terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from math import gcd, lcm
from typing import TypeAlias

import z3

from advisor.engines.proof.numbers import (
    INAPPLICABLE,
    NOTHING,
    End,
    Number,
    at_most,
    end_if,
    number_if,
    on_one_scale,
    single,
)
from advisor.engines.proof.terms import Flag, Term, every, negated, number_of, some, term_if, times, total

Rounder: TypeAlias = Callable[[Term, Term], Term]
"""Gives the whole number nearest to a fraction, half to even."""


class Beyond(Exception):
    """Something that this reader of the rulebook cannot express; what needs it stays undecided."""


def _is_zero(end: End) -> Flag:
    return every((negated(end.absent), end.top == 0))


def multiplied(left: Number, right: Number) -> Number:
    """Every product; zero times anything that applies is zero."""
    inapplicable = some((left.inapplicable, right.inapplicable))
    if left.is_single and right.is_single:
        return single(_product(left.low, right.low), inapplicable)
    pairs = product((left.low, left.high), (right.low, right.high))
    ends = [_product(one, other) for one, other in pairs]
    signs = product(((left.low, False), (left.high, True)), ((right.low, False), (right.high, True)))
    upwards = [_same(_is_positive(*one), _is_positive(*other)) for one, other in signs]
    low = _farthest(ends, [negated(up) for up in upwards], lowest=True)
    return Number(low, _farthest(ends, upwards, lowest=False), inapplicable)


def _product(left: End, right: End) -> End:
    zero = some((_is_zero(left), _is_zero(right)))
    absent = every((some((left.absent, right.absent)), negated(zero)))
    top = times(left.top, right.top)
    known = left.absent is False and right.absent is False
    return End(top if known else term_if(zero, 0, top), times(left.bottom, right.bottom), absent)


def _is_positive(end: End, upper: bool) -> Flag:
    return some((every((end.absent, upper)), every((negated(end.absent), end.top > 0))))


def _same(left: Flag, right: Flag) -> Flag:
    return some((every((left, right)), every((negated(left), negated(right)))))


def _farthest(ends: Sequence[End], outward: Sequence[Flag], *, lowest: bool) -> End:
    """The lowest or highest of products; one without end reaches to the side that `outward` tells."""
    best, found = ends[0], negated(ends[0].absent)
    for end in ends[1:]:
        wins = at_most(best, end) if lowest else at_most(end, best)
        best = end_if(every((found, some((end.absent, wins)))), best, end)
        found = some((found, negated(end.absent)))
    absent = some(every((end.absent, out)) for end, out in zip(ends, outward, strict=True))
    return End(best.top, best.bottom, absent)


def divided(left: Number, right: Number) -> Number:
    """Every quotient; unknown where the divisor may be zero."""
    if not right.is_single:
        raise Beyond("a divisor that is a range")
    divisor = right.low
    absent = some((divisor.absent, divisor.top == 0))
    if absent is True:
        return Number(NOTHING.low, NOTHING.low, some((left.inapplicable, right.inapplicable)))
    upside_down = single(End(_signed(divisor.top, divisor.bottom), _above_zero(divisor.top)))
    quotient = multiplied(left, Number(upside_down.low, upside_down.low, right.inapplicable))
    return number_if(absent, Number(NOTHING.low, NOTHING.low, quotient.inapplicable), quotient)


def _signed(divisor: Term, term: Term) -> Term:
    return term_if(divisor < 0, times(term, -1), term)


def _above_zero(term: Term) -> Term:
    """The size of a divisor, one where it is zero."""
    if isinstance(term, int):
        return abs(term) or 1
    return z3.If(term > 0, term, z3.If(term < 0, -term, 1))


def scaled(number: Number, factor: Fraction) -> Number:
    """`number` times a constant."""
    if factor == 0:
        return single(End(0), number.inapplicable)

    def end(part: End) -> End:
        top, bottom = times(part.top, factor.numerator), times(part.bottom, factor.denominator)
        return End(*_reduced(top, bottom), part.absent)

    low, high = (number.low, number.high) if factor > 0 else (number.high, number.low)
    first = end(low)
    return Number(first, first if number.is_single else end(high), number.inapplicable)


def _reduced(top: Term, bottom: Term) -> tuple[Term, Term]:
    if isinstance(top, int) and isinstance(bottom, int):
        shared = gcd(top, bottom) or 1
        return top // shared, bottom // shared
    return top, bottom


def ramped(number: Number, start: Fraction, end: Fraction) -> Number:
    """0 below `start`, 1 above `end`, linear between; what is open may be anything between 0 and 1."""
    scale = lcm(start.denominator, end.denominator)
    first, last = int(start * scale), int(end * scale)

    def one(part: End, when_absent: int) -> End:
        top = times(part.top, scale)
        low, high = times(part.bottom, first), times(part.bottom, last)
        bounded = term_if(top <= low, low, term_if(top >= high, high, top))
        rise = _minus(bounded, low)
        bottom = times(part.bottom, last - first)
        return End(term_if(part.absent, when_absent and bottom, rise), bottom)

    if number.is_single and number.low.absent is False:
        return single(one(number.low, 0), number.inapplicable)
    return Number(one(number.low, 0), one(number.high, 1), number.inapplicable)


def _minus(left: Term, right: Term) -> Term:
    return left - right if not isinstance(right, int) or right else left


def mean_of_known(firm: bool, at_least: int, span: Number, operands: Sequence[Number]) -> Number:
    """The mean of the operands that are known, once enough are; in the firm reading what all of them leave possible."""
    apply = [negated(each.inapplicable) for each in operands]
    known = [
        some((each.settled, every((applies, negated(_holds(each, span))))))
        for each, applies in zip(operands, apply, strict=True)
    ]
    counted = apply if firm else known
    enough = some((number_of(known) >= at_least, number_of(known) >= number_of(apply)))
    whole = all(each.is_single and (not firm or each.low.absent is False) for each in operands)
    low = _mean([each.low for each in operands], counted)
    high = low if whole else _mean([each.high for each in operands], counted)
    mean = number_if(enough, Number(low, high), NOTHING)
    return number_if(some(apply), mean, INAPPLICABLE)


def _holds(outer: Number, inner: Number) -> Flag:
    """Whether `outer`, if it applies, goes at least as far as `inner` on both sides; `inner` is constant."""
    return every(
        (
            some((outer.low.absent, at_most(outer.low, inner.low))),
            some((outer.high.absent, at_most(inner.high, outer.high))),
        )
    )


def _mean(ends: Sequence[End], counted: Sequence[Flag]) -> End:
    if not all(isinstance(end.bottom, int) for end in ends):
        raise Beyond("a mean of quotients")
    tops, bottom = on_one_scale(ends)
    whole = total(term_if(flag, top, 0) for flag, top in zip(counted, tops, strict=True))
    number = number_of(counted)
    shares = lcm(*range(1, len(ends) + 1))
    top: Term = times(whole, shares)
    for size in range(2, len(ends) + 1):
        top = term_if(number == size, times(whole, shares // size), top)
    absent = some(every((flag, end.absent)) for end, flag in zip(ends, counted, strict=True))
    return End(*_reduced(top, bottom * shares), absent)


def first_known(operands: Sequence[Number]) -> Number:
    """The first operand that is known."""
    none_applies = every(each.inapplicable for each in operands)
    found = Number(NOTHING.low, NOTHING.low, none_applies)
    for operand in reversed(operands):
        found = number_if(operand.known, operand, found)
    return found


def rounded(number: Number, scale: int, nearest: Rounder) -> Number:
    """The number with each end rounded half to even to a multiple of one over `scale`."""

    def end(part: End) -> End:
        if isinstance(part.bottom, int):
            shared = gcd(scale, part.bottom)
            return End(nearest(times(part.top, scale // shared), part.bottom // shared), scale, part.absent)
        return End(nearest(times(part.top, scale), part.bottom), scale, part.absent)

    low = end(number.low)
    return Number(low, low if number.is_single else end(number.high), number.inapplicable)
