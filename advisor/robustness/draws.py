"""Draws: every varying quantity takes one of its values in each, all alike and apart from each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
import polars as pl
from numpy.typing import NDArray

from advisor.engines.columns.layout import PARAMETER, Varied
from advisor.robustness.varying import Varying
from advisor.rulebook import Rulebook

SEED = 1
MOST_PARTS = 20
"""Into so many parts a range is cut at most where it is asked what it decides."""
_FINER = 100
"""Weights are rounded to so many parts of a step where they are brought back to their sum."""

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parts:
    """In which part of its range a quantity is, in each draw: from 0 to below `number`."""

    number: int
    places: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Draws:
    """`columns` have the names and the form of `Layout.answers`; `parts` are by the names of what varies."""

    columns: pl.DataFrame
    parts: Mapping[str, Parts]


class Weights:
    """The weights of the scores, which keep their sum however they vary: what one gains the others lose in proportion.

    A weight that has no range of its own takes part.
    """

    def __init__(self, rulebook: Rulebook, varying: Iterable[Varying]) -> None:
        self._varying = {each.name: each for each in varying}
        self._values = {name: Fraction(parameter.value) for name, parameter in rulebook.parameters.items()}
        every = [[term.weight for term in score.terms] for score in rulebook.scores.values()]
        self.scores = [names for names in every if any(name in self._varying for name in names)]
        self.scales = {name: scale for names in self.scores for name, scale in self._scales(names)}

    def _scales(self, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        shared = lcm(*(self._values[name].denominator for name in names))
        shared = lcm(shared, *(self._varying[name].scale for name in names if name in self._varying))
        yield from ((name, shared * _FINER) for name in names)

    def total(self, names: Sequence[str]) -> int:
        """What the weights of a score add up to, scaled."""
        return int(sum(self._values[name] for name in names) * self.scales[names[0]])

    def balanced(self, drawn: Mapping[str, Whole], number: int) -> Iterator[tuple[str, Whole]]:
        """The weights of every score brought back to their sum; rounded so that nothing is lost on the way."""
        for names in self.scores:
            weights = np.stack([self._scaled(name, drawn, number) for name in names])
            so_far = np.cumsum(weights, axis=0)
            marks = so_far * self.total(names) // np.maximum(so_far[-1], 1)
            yield from zip(names, np.diff(marks, axis=0, prepend=0), strict=True)

    def _scaled(self, name: str, drawn: Mapping[str, Whole], number: int) -> Whole:
        varying, scale = self._varying.get(name), self.scales[name] // _FINER
        if varying is None:
            return np.full(number, int(self._values[name] * scale), dtype=np.int64)
        return drawn[name] * (scale // varying.scale)


def columns_of(rulebook: Rulebook, thresholds: Sequence[Varying]) -> dict[str, Varied]:
    """The parameters that get a column, and what it holds."""
    weights = Weights(rulebook, thresholds)
    found = {each.name: Varied(each.scale, max(abs(int(end * each.scale)) for end in each.ends)) for each in thresholds}
    return found | {
        name: Varied(weights.scales[name], weights.total(names)) for names in weights.scores for name in names
    }


def draw(rulebook: Rulebook, varying: Sequence[Varying], number: int, seed: int = SEED) -> Draws:
    """Draw `number` times; the same for the same arguments, on every machine."""
    bits = np.random.PCG64(seed)
    drawn: dict[str, Whole] = {}
    parts: dict[str, Parts] = {}
    for each in varying:
        # bits and whole numbers only: the streams of numpy's distributions may change from version to version
        chance = bits.random_raw((number + 1) // 2).astype("<u8").view("<u4")[:number].astype(np.uint64)
        places = _place(chance, each.levels)
        drawn[each.name] = each.low + each.step * places.view(np.int64)
        cut = min(each.levels, MOST_PARTS)
        parts[each.name] = Parts(cut, (places if cut == each.levels else _place(chance, cut)).astype(np.uint8))
    thresholds = [each for each in varying if each.kind == "threshold"]
    balanced = dict(Weights(rulebook, thresholds).balanced(drawn, number))
    columns = {PARAMETER + each.name: drawn[each.name] for each in thresholds if each.name not in balanced}
    columns |= {PARAMETER + name: weights for name, weights in balanced.items()}
    for each in varying:
        if each.kind == "answer":
            columns |= {f"{each.name}.{end}": drawn[each.name] for end in ("low", "high")}
    return Draws(pl.DataFrame(columns), parts)


def _place(chance: NDArray[np.uint64], number: int) -> NDArray[np.uint64]:
    """Chance in 32 bits as one of `number` places."""
    return (chance * np.uint64(number)) >> np.uint64(32)
