"""What decides a result that differs from draw to draw: how much of its variety each quantity explains by itself.

The measure is the first-order Sobol index, from the draws at hand: the range of a quantity is cut into equal parts, and
the variance of the shares of each result between the parts is set against their variance altogether, over all results
(Plischke, Borgonovo and Smith 2013, Global sensitivity measures from given data; for results in words it is tau of
Goodman and Kruskal 1954). What chance alone gives is taken off. What quantities do only together is in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.robustness.draws import Parts

_OUTER = 5
"""The ends of a range are its lowest and its highest fifth, or the lowest and highest value where it has fewer."""


@dataclass(frozen=True, slots=True)
class Influence:
    """What one quantity does to a result.

    `explains` is a share of the variety of the result; `at_low` and `at_high` are how often the result is the one that
    was looked for while the quantity is at the low and at the high end of its range.
    """

    explains: float
    at_low: float
    at_high: float


def influences(results: NDArray[np.intp], wanted: int, parts: Mapping[str, Parts]) -> dict[str, Influence]:
    """The influence of each quantity on `results`, which are numbered from 0; `wanted` is the one looked for."""
    kinds = int(max(results.max(), wanted)) + 1
    whole = np.bincount(results, minlength=kinds)
    variety = 1 - float(np.square(whole / len(results)).sum())
    return {name: _influence(results, wanted, kinds, variety, each) for name, each in parts.items()}


def _influence(results: NDArray[np.intp], wanted: int, kinds: int, variety: float, parts: Parts) -> Influence:
    cells = parts.places.astype(np.intp) * kinds + results
    table = np.bincount(cells, minlength=parts.number * kinds).reshape(parts.number, kinds)
    sizes = table.sum(axis=1)
    left = 1 - float((np.square(table).sum(axis=1) / np.maximum(sizes, 1)).sum()) / len(results)
    by_chance = (parts.number - 1) / max(len(results) - 1, 1)
    explains = 0.0 if variety <= 0 else min(max(1 - left / variety - by_chance, 0.0), 1.0)
    outer = max(parts.number // _OUTER, 1)
    low, high = (_share(table[ends].sum(axis=0), wanted) for ends in (slice(outer), slice(-outer, None)))
    return Influence(explains, low, high)


def _share(counts: NDArray[np.intp], wanted: int) -> float:
    return float(counts[wanted] / max(int(counts.sum()), 1))
