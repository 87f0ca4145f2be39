"""Exact arithmetic on intervals: the numbers of the language.

A number is a pair ``(low, high)`` of exact numbers (`int` or `Fraction`). Unknown is ``(-inf, inf)``, not applicable is
``(nan, nan)``: neither can enter as a value, and each makes Python's own arithmetic and comparisons do what the
meaning asks for. All operations are inclusion-isotonic: narrower operands give a narrower result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import inf, isnan, nan

Exact = int | Fraction | float
Interval = tuple[Exact, Exact]

UNKNOWN_NUMBER: Interval = (-inf, inf)
NO_NUMBER: Interval = (nan, nan)


def is_not_applicable(number: Interval) -> bool:
    """Whether there is nothing to count: not the same as unknown."""
    return number[0] != number[0]


def is_known(number: Interval) -> bool:
    """Whether both ends are there: a value or an answered range."""
    return -inf < number[0] and number[1] < inf


def multiply(left: Interval, right: Interval) -> Interval:
    """Every product of a value of `left` and one of `right`; zero times anything that applies is zero."""
    if is_not_applicable(left) or is_not_applicable(right):
        return NO_NUMBER
    if left[0] == left[1] and right[0] == right[1]:
        product = left[0] * right[0] if left[0] and right[0] else 0
        return product, product
    products = [x * y if x and y else 0 for x in left for y in right]
    return min(products), max(products)


def divide(left: Interval, right: Interval) -> Interval:
    """Every quotient; unknown where the divisor may be zero."""
    if is_not_applicable(left) or is_not_applicable(right):
        return NO_NUMBER
    if right[0] <= 0 <= right[1]:
        return UNKNOWN_NUMBER
    if left[0] == left[1] and right[0] == right[1]:
        quotient = left[0] * _reciprocal(right[0]) if left[0] else 0
        return quotient, quotient
    return multiply(left, (_reciprocal(right[1]), _reciprocal(right[0])))


def _reciprocal(number: Exact) -> Exact:
    return 0 if isinstance(number, float) else Fraction(1) / number


def bounded(number: Exact, low: Exact, high: Exact) -> Exact:
    """`number`, but at least `low` and at most `high`, which comes last; not applicable stays so."""
    if isinstance(number, float) and isnan(number):
        return number
    return min(max(number, low), high)


def clamp(number: Interval, low: Interval, high: Interval) -> Interval:
    """`number` held between `low` and `high`, end by end."""
    if is_not_applicable(low) or is_not_applicable(high):
        return NO_NUMBER
    return bounded(number[0], low[0], high[0]), bounded(number[1], low[1], high[1])


def hull(left: Interval, right: Interval) -> Interval:
    """The smallest interval that holds both; unknown where one of them is not applicable."""
    if is_not_applicable(left) or is_not_applicable(right):
        return left if is_not_applicable(left) and is_not_applicable(right) else UNKNOWN_NUMBER
    return min(left[0], right[0]), max(left[1], right[1])


def choose(condition: bool | None, then: Interval, other: Interval) -> Interval:
    """`then` or `other`, or both while the condition is open."""
    if condition is None:
        return hull(then, other)
    return then if condition else other


def points(choice: str | None, given: Mapping[str, Interval]) -> Interval:
    """The number given to a choice; all of them while it is open; none where it does not apply."""
    if choice is not None:
        return given.get(choice, NO_NUMBER)
    return min(low for low, _ in given.values()), max(high for _, high in given.values())


def lowest(*operands: Interval) -> Interval:
    """The lowest of the operands that apply."""
    lowest_low, lowest_high = NO_NUMBER
    for low, high in operands:
        if low == low:  # noqa: PLR0124 - it applies; the first that does takes the place of nan
            lowest_low = lowest_low if lowest_low <= low else low
            lowest_high = lowest_high if lowest_high <= high else high
    return lowest_low, lowest_high


def highest(*operands: Interval) -> Interval:
    """The highest of the operands that apply."""
    highest_low, highest_high = NO_NUMBER
    for low, high in operands:
        if low == low:  # noqa: PLR0124 - it applies; the first that does takes the place of nan
            highest_low = highest_low if highest_low >= low else low
            highest_high = highest_high if highest_high >= high else high
    return highest_low, highest_high


def mean_of_known(firm: bool, at_least: int, span: Interval, *operands: Interval) -> Interval:
    """The mean of the operands that are known, once enough are; in the firm reading what all of them leave possible.

    An operand that may still be anything within `span` is not known; a range takes part as a range. Since every other
    operand lies within `span`, the mean without those that are not known lies within the mean of all.
    """
    apply = [number for number in operands if not is_not_applicable(number)]
    if not apply:
        return NO_NUMBER
    known = [number for number in apply if number[0] == number[1] or not _holds(number, span)]
    if len(known) < min(at_least, len(apply)):
        return UNKNOWN_NUMBER
    return _mean(apply) if firm else _mean(known)


def _holds(outer: Interval, inner: Interval) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _mean(numbers: Sequence[Interval]) -> Interval:
    lows, highs = sum(low for low, _ in numbers), sum(high for _, high in numbers)
    count = Fraction(1, len(numbers))
    return (lows * count if lows > -inf else lows, highs * count if highs < inf else highs)


def first_known(*operands: Interval) -> Interval:
    """The first operand that is known."""
    for number in operands:
        if is_known(number):
            return number
    return NO_NUMBER if all(is_not_applicable(number) for number in operands) else UNKNOWN_NUMBER


def rounded(number: Interval, scale: int) -> Interval:
    """The number as integers scaled by `scale`, each end rounded half to even."""
    return _rounded_end(number[0], scale), _rounded_end(number[1], scale)


def _rounded_end(number: Exact, scale: int) -> Exact:
    return number if isinstance(number, float) else round(Fraction(number) * scale)
