"""Products, quotients, ramps and rounding of numbers in columns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from math import gcd
from typing import Literal

from advisor.engines.columns.numbers import (
    End,
    Number,
    Side,
    absent_end,
    aligned,
    constant_end,
    extreme_end,
    first_end,
)
from advisor.engines.columns.whole import (
    NARROW,
    Flag,
    Whole,
    every,
    first_of,
    larger,
    negated,
    some,
    sure,
)


def scaled(number: Number, factor: Fraction) -> Number:
    """`number` times a constant."""
    if factor == 0:
        nil = constant_end(0, 1, number.low.top.sheet)
        return Number(nil, nil, number.inapplicable)

    def end(part: End) -> End:
        above, under = factor.as_integer_ratio()
        if isinstance(part.bottom.value, int):
            shared = gcd(above, part.bottom.value)
            bottom = part.bottom.constant(part.bottom.value // shared * under)
            return End(part.top * part.top.constant(above // shared), bottom)
        return End(part.top * part.top.constant(above), part.bottom * part.bottom.constant(under))

    low, high = (number.low, number.high) if factor > 0 else (number.high, number.low)
    first = end(low)
    return Number(first, first if number.is_single else end(high), number.inapplicable).kept()


def multiplied(left: Number, right: Number) -> Number:
    """Every product of a value of one and one of the other; zero times anything that applies is zero."""
    left, right = left.kept(), right.kept()
    inapplicable = some((left.inapplicable, right.inapplicable))
    pairs = list(product((left.low, left.high), (right.low, right.high)))
    products = [_product(one, other).kept() for one, other in pairs]
    both: tuple[Side, Side] = ("low", "high")
    ways = [_endless(*pair, *side) for pair, side in zip(pairs, product(both, both), strict=True)]
    nothing = absent_end(left.low.top.sheet)

    def end(which: Literal["lowest", "highest"], endless: Sequence[Flag]) -> End:
        # an end that is absent is not the farthest here: whether the product goes on for ever is told by `endless`
        side: Side = "high" if which == "lowest" else "low"
        farthest = reduce(lambda one, other: extreme_end(which, side, one, other), products)
        return first_end([(some(endless), nothing)], farthest)

    low, high = end("lowest", [down for down, _ in ways]), end("highest", [up for _, up in ways])
    return Number(low, high, inapplicable).kept()


def _product(left: End, right: End) -> End:
    nil = left.top.constant(0)
    zero = some((left.top.equals(nil), right.top.equals(nil)))
    return End(first_of([(zero, nil)], left.top * right.top), left.bottom * right.bottom)


def _endless(left: End, right: End, left_side: Side, right_side: Side) -> tuple[Flag, Flag]:
    """Whether the product of two ends goes on for ever downwards, and whether upwards."""
    (up, down), (other_up, other_down) = _signs(left, left_side), _signs(right, right_side)
    open_ended = negated(every((left.present, right.present)))
    downwards = some((every((up, other_down)), every((down, other_up))))
    upwards = some((every((up, other_up)), every((down, other_down))))
    return every((open_ended, downwards)), every((open_ended, upwards))


def _signs(end: End, side: Side) -> tuple[Flag, Flag]:
    """Whether an end is above zero and whether below; an absent one is where its side is."""
    nil, absent = end.top.constant(0), negated(end.present)
    above, under = sure(nil < end.top), sure(end.top < nil)
    return (some((absent, above)), under) if side == "high" else (above, some((absent, under)))


def divided(left: Number, right: Number) -> Number:
    """Every quotient; unknown where the divisor may be zero."""
    left, right = left.kept(), right.kept()
    sheet = left.low.top.sheet
    nil, nothing = Whole(0, 0, sheet), absent_end(sheet)
    up, down = sure(nil < right.low.top), sure(right.high.top < nil)

    def facing(one: End, mirrored: End) -> End:
        """An end where the divisor is above zero, or the mirrored one where it is below."""
        return first_end([(up, one), (down, -mirrored)], nothing).kept()

    low, high = facing(left.low, left.high), facing(left.high, left.low)
    least, most = facing(right.low, right.high), facing(right.high, right.low)

    def end(part: End, is_above: Flag, if_above: End, if_below: End) -> End:
        divisor = first_end([(is_above, if_above)], if_below).kept()
        # what is divided by something without end is zero
        top = first_of([(every((part.present, negated(divisor.present))), nil)], part.top * divisor.bottom)
        return End(top, part.bottom * divisor.top.or_else(nil.constant(1)))

    inapplicable = some((left.inapplicable, right.inapplicable))
    return Number(end(low, nil <= low.top, most, least), end(high, nil <= high.top, least, most), inapplicable).kept()


def ramped(number: Number, start: End, end: End) -> Number:
    """0 below `start`, 1 above `end`, linear between; what is open may be anything between 0 and 1.

    Both ends of the ramp are over constants. A row in which they are not in order is guarded.
    """
    over_one = aligned((start, end))
    assert over_one is not None
    (first, last), scale = over_one
    width = (last - first).kept()
    nil = width.constant(0)
    out_of_order = width <= nil
    if not isinstance(out_of_order, bool):
        width.sheet.guard(out_of_order)
        width = larger(width, nil.constant(1)).kept()

    def one(part: End, side: Side) -> End:
        rise = part.top * scale - part.bottom * first
        full = (part.bottom * width).kept()
        rise = rise.kept()
        held = first_of([(rise <= nil, nil), (full <= rise, full)], rise).or_else(nil if side == "low" else full)
        return End(held.narrowed(full.most) if full.most < NARROW else held, full)

    low = one(number.low, "low")
    return Number(low, low if number.is_single else one(number.high, "high"), number.inapplicable).kept()


def rounded(number: Number, scale: int) -> Number:
    """Both ends rounded half to even to whole numbers over `scale`, in 64 bits; guarded where they do not fit."""

    def end(part: End) -> End:
        nearest = _nearest(part, scale)
        if nearest.most >= NARROW // 2 and not nearest.is_constant:
            limit = nearest.constant(NARROW // 2)
            outside = some((limit < nearest, nearest < -limit))
            assert not isinstance(outside, bool), "a column is compared"
            nearest.sheet.guard(outside)
            nearest = nearest.narrowed(NARROW // 2)
        return End(nearest.kept(), nearest.constant(scale))

    low = end(number.low)
    return Number(low, low if number.is_single else end(number.high), number.inapplicable)


def _nearest(end: End, scale: int) -> Whole:
    """``end * scale`` rounded half to even."""
    top, bottom = end.top, end.bottom
    if isinstance(bottom.value, int):
        shared = gcd(scale, bottom.value)
        top, bottom = top * top.constant(scale // shared), bottom.constant(bottom.value // shared)
    else:
        top = top * top.constant(scale)
    return nearest_quotient(top, bottom)


def nearest_quotient(top: Whole, bottom: Whole) -> Whole:
    """``top / bottom`` rounded half to even."""
    if isinstance(top.value, int) and isinstance(bottom.value, int):
        return top.constant(round(Fraction(top.value, bottom.value)))
    if bottom.is_constant and bottom.value == 1:
        return top.kept()
    top, bottom = top.kept(), bottom.kept()
    whole = (top // bottom).kept()
    rest = top.rest(whole, bottom)
    twice = (rest + rest).kept()
    odd = whole.column().is_odd(whole.kind)
    up = some((bottom < twice, every((twice.equals(bottom), odd))))
    return first_of([(up, whole + whole.constant(1))], whole).kept()
