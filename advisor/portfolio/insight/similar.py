"""Who is like whom, by what was answered, and in what they differ.

The distance of two units is the root of the mean squared difference over the questions that both answer: 0 says the
same throughout, 1 differs in everything. A number differs by its share of the span between the 5th and the 95th
percentile of the listed units (at most 1); a yes/no or a choice by 0 or 1; of several choices the squared difference is
the share of them that one chose and the other did not. Tables are not compared. It is the Euclidean distance for
incomplete data of Dixon (1979), IEEE Transactions on Systems, Man, and Cybernetics 9(10), 617-621, on answers scaled as
in Gower (1971), Biometrics 27(4), 857-871. Units are compared only where both answer at least half of what either
answers.

Of the differences those come first that lie behind the verdict of one of the two, other than through the choice of
patterns, through which all lie behind it; there an answer of one and none of the other counts as a whole difference.
Elsewhere such a one comes last, since it says less than two answers that differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from advisor.engines.columns.layout import Layout
from advisor.engines.quick import keys_behind
from advisor.language.values import NOT_APPLICABLE
from advisor.rulebook.plan import SELECTION

NEAREST = 2
MOST_DIFFERENCES = 3
_BLOCK = 500
_LEAST_COMMON = 0.5
_LEAST, _FIRST = 1e-5, 2.0
"""How large a difference counts where only one of the two answers, and what is added to one behind a verdict."""
_DIGITS = 4
"""To which distances are told apart; of equal ones, the unit that comes first in the input is nearer."""

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit by its place among the listed ones, how far it is, and the questions in which the two differ first."""

    place: int
    distance: float
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """The units that are most like one, and the one most like it that gets another verdict."""

    nearest: tuple[Neighbour, ...]
    other: Neighbour | None


class Answers:
    """What listed units answered, as numbers.

    `values` and `shown` have a column for each part of a question, whose number `owner` has; `known` for each question.
    """

    def __init__(self, layout: Layout, frame: pl.DataFrame) -> None:
        self.rulebook = layout.rulebook
        self.questions = [name for name in layout.rulebook.questions if layout.rulebook.scope[name].kind != "table"]
        parts = [_parts(layout, name, frame) for name in self.questions]
        self.values = np.hstack([values for values, _ in parts]).astype(np.float32)
        self.known = np.stack([known for _, known in parts], axis=1).astype(np.float32)
        self.owner = np.repeat(np.arange(len(parts)), [values.shape[1] for values, _ in parts])
        self.shown = self.known[:, self.owner]
        self.values *= self.shown

    def behind(self, verdict: str) -> npt.NDArray[np.bool_]:
        """Of each question whether it lies behind a verdict, other than through the choice of patterns."""
        rules = [f"rule:{rule.id}" for rule in self.rulebook.rules.values() if rule.verdict == verdict]
        keys = keys_behind(self.rulebook, rules, without=SELECTION)
        return np.array([name in keys for name in self.questions])


def _parts(layout: Layout, name: str, frame: pl.DataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """The values of a question, such that their squared differences add up to that of the question; who answers it."""
    signature = layout.rulebook.scope[name]
    match signature.kind:
        case "number":
            ends = frame.select(pl.mean_horizontal(f"{name}.low", f"{name}.high")).to_series()
            known = ends.is_not_null().to_numpy()
            values = ends.fill_null(0.0).to_numpy().astype(np.float64)
            return _scaled(values, known)[:, None], known
        case "choice":
            words = frame[name].cast(pl.String)
            known = words.is_not_null().to_numpy()
            each = [(words == word).fill_null(False).to_numpy() for word in (*signature.choices, NOT_APPLICABLE)]
            return np.stack(each, axis=1) / np.sqrt(2), known
        case "choices":
            known = frame[name].is_not_null().to_numpy()
            has = [frame[f"{name}.has.{word}"].fill_null(False).to_numpy() for word in signature.choices]
            return np.stack(has, axis=1) / np.sqrt(len(has)), known
        case _:
            known = frame[name].is_not_null().to_numpy()
            return frame[name].fill_null(False).to_numpy().astype(np.float64)[:, None], known


def _scaled(values: npt.NDArray[np.float64], known: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Numbers between 0 and 1: from the 5th to the 95th percentile, or over all of them where these are the same."""
    if not known.any():
        return values
    low, high = np.percentile(values[known], [5, 95])
    if low == high:
        low, high = values[known].min(), values[known].max()
    return np.clip((values - low) / (high - low), 0, 1) if high > low else np.zeros_like(values)


def similar_units(answers: Answers, verdicts: Sequence[str]) -> list[Similar]:
    """For each listed unit the units most like it."""
    words, codes = np.unique(np.asarray(verdicts), return_inverse=True)
    behind = [answers.behind(str(word)) for word in words]
    found: list[Similar] = []
    for start in range(0, len(verdicts), _BLOCK):
        block = np.arange(start, min(start + _BLOCK, len(verdicts)))
        distances = _distances(answers, block)
        distances[np.arange(len(block)), block] = np.inf
        for row, place in zip(distances, block.tolist(), strict=True):
            elsewhere = np.where(codes == codes[place], np.inf, row)
            nearest, others = (
                [
                    _neighbour(answers, place, other, row[other], behind[codes[place]] | behind[codes[other]])
                    for other in _first(distances_of, most)
                ]
                for distances_of, most in ((row, NEAREST), (elsewhere, 1))
            )
            found.append(Similar(tuple(nearest), others[0] if others else None))
    return found


def _distances(answers: Answers, block: Places) -> Floats:
    """The distances of some units from all; infinite where two answer too little in common."""
    values, shown, known = answers.values, answers.shown, answers.known
    squares = values * values
    left = np.hstack([squares[block], shown[block], -2 * values[block]])
    right = np.hstack([shown, squares, values])
    common = known[block] @ known.T
    either = known[block].sum(axis=1)[:, None] + known.sum(axis=1)[None, :] - common
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.maximum(left @ right.T, 0) / common
    far = np.where((common > 0) & (common >= _LEAST_COMMON * either), np.sqrt(mean), np.inf)
    rounded: Floats = np.round(far, _DIGITS).astype(np.float32)
    return rounded


def _first(row: Floats, number: int) -> Iterator[int]:
    """The places of the smallest distances, in order."""
    number = min(number, int(np.isfinite(row).sum()))
    if number:
        limit = np.partition(row, number - 1)[number - 1]
        near = np.flatnonzero(row <= limit)
        yield from near[np.argsort(row[near], kind="stable")][:number].tolist()


def _neighbour(answers: Answers, place: int, other: int, distance: float, deciding: npt.NDArray[np.bool_]) -> Neighbour:
    both = answers.shown[place] * answers.shown[other]
    squares = both * (answers.values[place] - answers.values[other]) ** 2
    by_question = np.round(np.bincount(answers.owner, squares), _DIGITS)
    alone = answers.known[place] != answers.known[other]
    sizes = np.where(alone, np.where(deciding, 1.0, _LEAST), by_question)
    order = np.argsort(-(sizes + np.where(deciding & (sizes > 0), _FIRST, 0.0)), kind="stable")[:MOST_DIFFERENCES]
    differs = tuple(answers.questions[question] for question in order if sizes[question] > 0)
    return Neighbour(other, float(round(float(distance), _DIGITS)), differs)
