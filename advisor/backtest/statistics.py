"""The three statistics of a backtest, in closed form: a share, a median, a paired comparison; each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile
from math import exp, lgamma, log, sqrt
from statistics import NormalDist, median
from typing import NamedTuple

FEWEST = 5
"""Of fewer units no rate is said: whatever they did, Wilson's interval at 95 % covers about half of the scale."""

_FARTHEST = 10
"""Of the roots of a number of coins: twenty standard deviations, beyond which no float tells a chance from none."""


class Interval(NamedTuple):
    """An estimate with the bounds of its interval, in the unit of what is estimated."""

    value: float
    low: float
    high: float


def wilson(hits: int, of: int, level: float) -> Interval:
    """A share (0 to 1) with Wilson's score interval without continuity correction; `level` such as 0.95; `of` above 0.

    Wilson, E. B. (1927), JASA 22, 209-212; method 3 of Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = hits / of
    middle = share + z * z / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    low = 0.0 if hits == 0 else (middle - reach) / whole
    high = 1.0 if hits == of else (middle + reach) / whole
    return Interval(share, low, high)


def median_bounds(values: Sequence[int], level: float) -> tuple[int, int] | None:
    """The bounds of the distribution-free interval of a median, two of the values; None where they are too few.

    Between the k-th smallest and the k-th largest value, with the largest k whose binomial coverage is at least
    `level`: Conover, W. J. (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2.
    """
    ordered, count = sorted(values), len(values)
    places = takewhile(lambda each: 2 * each[1] <= 1 - level, _tails(count))
    last = max((place for place, _ in places), default=None)
    return None if last is None else (ordered[last], ordered[count - 1 - last])


def middle(values: Sequence[int]) -> float:
    """The median of at least one value."""
    return float(median(values))


def mcnemar(one: int, other: int) -> float:
    """The exact two-sided p-value of McNemar's test from the two counts of pairs that differ; 1 where none does.

    The binomial test that both directions are as likely: McNemar, Q. (1947), Psychometrika 12, 153-157.
    """
    least = min(one, other)
    tail = next(tail for place, tail in _tails(one + other) if place >= least)
    return min(1.0, 2 * tail)


def _tails(count: int) -> Iterator[tuple[int, float]]:
    """How likely at most so many of `count` fair coins show heads; of many coins from where that hardly ever is."""
    begin = max(0, int(count / 2 - _FARTHEST * sqrt(count)))
    least = exp(lgamma(count + 1) - lgamma(begin + 1) - lgamma(count - begin + 1) - count * log(2))
    ways = accumulate(range(begin, count), lambda term, place: term * (count - place) / (place + 1), initial=least)
    yield from enumerate(accumulate(ways), begin)
