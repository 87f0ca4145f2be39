"""The search for flips: which answers could change an outcome together, and to which values.

Three-valued logic rules most sets of answers out at once: with the answers of a set left open, what stays settled stays
so whatever they become. Of each answer in the sets that remain only those values are tried that differ in what they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from advisor.engines.changes import Change
from advisor.engines.outcomes import FIRST, NO_PATTERN, PATTERN
from advisor.engines.trials import Cones, Seen, Three, Trials, seen_in
from advisor.rulebook.plan import SELECTION

MOST_TRIALS = 5000
_Part: TypeAlias = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Flip:
    """Answers to change together, and what the outcome then is."""

    changes: tuple[Change, ...]
    leads_to: str

    @property
    def steps(self) -> Fraction:
        """How far the answers move, in steps of the questions."""
        return total_steps(self.changes)


def total_steps(changes: Iterable[Change]) -> Fraction:
    """How far answers move, in steps of the questions."""
    return sum((change.steps for change in changes), Fraction(0))


class Search:
    """The search for what changes one outcome; `number` counts what was tried, whether for the first time or not."""

    def __init__(self, trials: Trials, outcome: str, cones: Cones) -> None:
        self.trials, self.outcome, self._cones = trials, outcome, cones
        self.number = 0
        self.now = trials.now[outcome]
        behind = cones.behind(outcome)
        self.questions = [name for name in trials.changes.changeable(trials.raw) if name in behind]

    def after(self, changes: Sequence[Change]) -> str:
        """The outcome with the changes."""
        self.number += 1
        return self.trials.found(changes)[self.outcome]

    def single(self) -> list[Flip]:
        """For each question and each result the smallest change of that answer alone."""
        flips: dict[tuple[str, str], Flip] = {}
        for name in self.questions:
            for change, seen in self.trials.singles(name):
                word = seen.found[self.outcome]
                if word != self.now:
                    flips.setdefault((name, word), Flip((change,), word))
        return list(flips.values())

    def sets(self, size: int) -> tuple[list[Flip], bool]:
        """For each set of that many questions and each result the smallest change found, and whether all were tried."""
        flips: list[Flip] = []
        for names in self._sets_that_may(size):
            if self.number >= MOST_TRIALS:
                return flips, False
            flips += self._of_set(names)
        return flips, True

    def _sets_that_may(self, size: int) -> Iterator[tuple[str, ...]]:
        """The sets of questions that logic does not rule out, by halving: what all of a half cannot do no part can.

        What waits to be looked at are parts, each with how many of its questions a set takes from it.
        """
        waiting: list[tuple[_Part, ...]] = [((tuple(self.questions), size),)] if len(self.questions) >= size else []
        while waiting:
            parts = waiting.pop()
            if self.number >= MOST_TRIALS or self.may_change(frozenset(name for names, _ in parts for name in names)):
                largest = max(parts, key=lambda part: len(part[0]) - part[1])
                if len(largest[0]) == largest[1]:
                    yield tuple(name for names, _ in parts for name in names)
                else:
                    rest = [part for part in parts if part is not largest]
                    waiting += ((*rest, *halves) for halves in _halved(*largest))

    def _of_set(self, names: Sequence[str]) -> Iterable[Flip]:
        flips: dict[str, Flip] = {}
        for changes in self._values(names, ()):
            word = self.after(changes)
            flip = Flip(changes, word)
            if word != self.now and (word not in flips or flip.steps < flips[word].steps):
                flips[word] = flip
        return flips.values()

    def _values(self, names: Sequence[str], before: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
        """The values to try, without those after which logic rules out the rest."""
        first, *rest = names
        for change in self._telling[first]:
            changes = (*before, change)
            if not rest:
                yield changes
            elif self.may_change(frozenset(rest), changes):
                yield from self._values(rest, changes)

    def may_change(self, names: frozenset[str], changes: Sequence[Change] = ()) -> bool:
        """Whether logic leaves it open that the outcome changes with any values of these answers, after changes."""
        self.number += 1
        settled = self.trials.opened(names, changes)
        if self.outcome in self.trials.outcomes.ladders:
            ladder, start = self.trials.outcomes.ladders[self.outcome], self.trials.start.truth
            touched = names.union(change.question for change in changes)
            return self._cones.may_move(ladder, self.now, start, dict(zip(start, settled.rules, strict=True)), touched)
        if self.outcome == FIRST:
            return (
                settled.chosen["recommends_any"] is not False if self.now == NO_PATTERN else settled.first != self.now
            )
        name = f"recommends_{self.outcome.removeprefix(PATTERN)}"
        return settled.chosen[name] is not self.trials.start.facts[name]

    @cached_property
    def _telling(self) -> Mapping[str, list[Change]]:
        """For each question the changes that differ in what they do to this outcome."""
        keys = self._cones.behind(self.outcome)
        rules = [f"rule:{rule}" in keys for rule in self.trials.start.truth]
        places = [place for place, behind in enumerate([*rules, *rules]) if behind]
        start = seen_in(self.trials.start, self.trials.outcomes)
        scored = SELECTION in keys
        return {name: _telling(self.trials.singles(name), start, places, scored=scored) for name in self.questions}


def _halved(names: tuple[str, ...], taken: int) -> Iterator[tuple[_Part, ...]]:
    """All ways to take that many names from two halves."""
    first, second = names[: len(names) // 2], names[len(names) // 2 :]
    for number in range(max(0, taken - len(second)), min(taken, len(first)) + 1):
        yield tuple(part for part in ((first, number), (second, taken - number)) if part[1])


def _telling(
    singles: Sequence[tuple[Change, Seen]], start: Seen, places: Sequence[int], *, scored: bool
) -> list[Change]:
    """Of the changes with which the same rules hold the nearest, the farthest, and those with the extreme scores."""

    def held(seen: Seen) -> tuple[Three, ...]:
        return tuple(seen.truth[place] for place in places)

    alike: dict[tuple[tuple[Three, ...], object], list[tuple[Change, Seen]]] = {}
    for change, seen in singles:
        alike.setdefault((held(seen), _is_up(change)), []).append((change, seen))
    kept: dict[int, Change] = {}
    for (truth, _), group in alike.items():
        nearest = [] if truth == held(start) else [group[0]]
        extreme = _with_extreme_scores(group) if scored else []
        kept |= {id(change): change for change, _ in (*nearest, group[-1], *extreme)}
    return sorted(kept.values(), key=lambda change: change.steps)


def _with_extreme_scores(group: Sequence[tuple[Change, Seen]]) -> Iterator[tuple[Change, Seen]]:
    """For each end of each score the nearest changes with which it is lowest and highest."""
    for place in range(len(group[0][1].scores)):
        scores = [score for _, seen in group if (score := seen.scores[place]) is not None]
        for best in {min(scores), max(scores)} if scores else ():
            yield next(each for each in group if each[1].scores[place] == best)


def _is_up(change: Change) -> object:
    """The direction of a number; other answers have none and are told apart by what they are."""
    return change.after > change.before if isinstance(change.before, tuple) else change.after
