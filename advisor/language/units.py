"""Dimensional analysis: the unit of an expression from the units of its names.

A dimension is a product of base units with exponents. Percentages, points and ratios are one dimensionless family, so
a share times hours is hours; a plain number (`ANY`) takes the unit of whatever it meets.
"""

from __future__ import annotations

import re
from collections import Counter

Dimension = frozenset[tuple[str, int]] | None
ANY: Dimension = None
DIMENSIONLESS: Dimension = frozenset()

_DIMENSIONLESS_WORDS = frozenset({"", "%", "pts", "points", "ratio", "share", "count"})


def dimension(unit: str) -> Dimension:
    """The dimension of a unit written as `h`, `min/case`, `h/FTE/year` or `case*min/day`."""
    exponents: Counter[str] = Counter()
    for sign, word in re.findall(r"(^|[*/])\s*([^*/]*)", unit):
        if word.strip() not in _DIMENSIONLESS_WORDS:
            exponents[word.strip()] += -1 if sign == "/" else 1
    return _packed(exponents)


def product(left: Dimension, right: Dimension, exponent: int = 1) -> Dimension:
    """The dimension of `left * right` (`exponent` 1) or `left / right` (-1)."""
    if left is None and right is None:
        return ANY
    exponents = Counter(dict(left or ()))
    for base, power in right or ():
        exponents[base] += exponent * power
    return _packed(exponents)


def fits(left: Dimension, right: Dimension) -> bool:
    """Whether two quantities may be added or compared."""
    return left is None or right is None or left == right


def spelled(unit: Dimension) -> str:
    """A dimension in words, for messages."""
    if not unit:
        return "a plain number"
    above = [_power(base, power) for base, power in sorted(unit) if power > 0]
    below = [_power(base, -power) for base, power in sorted(unit) if power < 0]
    return "/".join(["*".join(above) or "1", *below])


def _power(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"


def _packed(exponents: Counter[str]) -> Dimension:
    return frozenset((base, power) for base, power in exponents.items() if power)
