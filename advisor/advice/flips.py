"""What would change an outcome: the fewest changeable answers, then the smallest change.

Every flip is tried with the default engine before it is given. One answer is changed, else two together, else three, to
values that a person would say; each number is then moved back towards its answer as far as the outcome allows. Sets are
tried as far as the number of trials allows, and `Flips.searched` says how far that was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TypeAlias

from advisor.advice.flip_search import Flip, Search, total_steps
from advisor.engines.changes import Change, Changes, nearer_end
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.outcomes import Outcomes
from advisor.engines.quick import QuickEngine
from advisor.engines.trials import Cones, Trials
from advisor.language import Fact
from advisor.rulebook import Rulebook

_MOST_SHOWN = 5
_LARGEST_SET = 3
Wanted: TypeAlias = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Flips:
    """The smallest sets found for one outcome; of sets up to the size `searched` all were tried."""

    outcome: str
    now: str
    flips: tuple[Flip, ...]
    searched: int


class Flipper:
    """Finds flips; what depends on the rulebook alone is done once."""

    def __init__(self, rulebook: Rulebook, engine: CheckedEngine) -> None:
        self.rulebook = rulebook
        self.outcomes = Outcomes(rulebook)
        self._engine = engine
        self._quick = QuickEngine(rulebook, self.outcomes)
        self._changes = Changes(rulebook)
        self._cones = Cones(rulebook, self.outcomes)

    def flips(self, raw: Mapping[str, Fact], outcome: str) -> Flips:
        """The smallest sets of changeable answers that change `outcome`, a name of `advisor.engines.outcomes`."""
        (flips,) = self.of_outcomes(raw, [outcome])
        return flips

    def of_outcomes(self, raw: Mapping[str, Fact], outcomes: Sequence[str] | None = None) -> tuple[Flips, ...]:
        """The same for several outcomes, or all; what was tried for one is not tried again for the next."""
        trials = Trials(self._quick, self.outcomes, raw, self._changes)
        return tuple(self._flips(trials, outcome) for outcome in outcomes or self.outcomes.words())

    def _flips(self, trials: Trials, outcome: str) -> Flips:
        search = Search(trials, outcome, self._cones)
        found, searched = search.single(), 1
        for size in range(2, _LARGEST_SET + 1):
            if found:
                break
            found, complete = search.sets(size)
            if not complete:
                break
            searched = size
        shown = self._smallest(found, search)
        for flip in shown:
            self._confirm(flip, trials.raw, outcome)
        return Flips(outcome, search.now, tuple(shown), searched)

    def _smallest(self, found: Iterable[Flip], search: Search) -> list[Flip]:
        """The nearest flips, of each set of answers one for each result."""
        nearer = [near for flip in found for near in self._nearer(flip, search)]
        traded = (self._traded(flip, search) for flip in _different(nearer)[:_MOST_SHOWN])
        return _different(traded)

    def _nearer(self, flip: Flip, search: Search) -> Iterator[Flip]:
        """The same answers as little changed as the same result allows, and as any change of the outcome does."""
        yield self._closest(flip, search, flip.leads_to.__eq__)
        if len(flip.changes) > 1:
            yield self._closest(flip, search, search.now.__ne__)

    def _closest(self, flip: Flip, search: Search, is_wanted: Wanted) -> Flip:
        """Each number moved back as far as the result stays wanted, in the order that ends nearest."""
        orders = permutations(range(len(flip.changes)))
        changes = min((self._moved_back(flip, order, search, is_wanted) for order in orders), key=total_steps)
        return Flip(changes, search.after(changes))

    def _traded(self, flip: Flip, search: Search) -> Flip:
        """The nearest flip of the same answers that is found by moving one of two answers less and the other more."""
        for one, other in combinations(range(len(flip.changes)), 2):
            flip = self._traded_between(one, other, flip, search)
        return flip

    def _traded_between(self, one: int, other: int, flip: Flip, search: Search) -> Flip:
        for pair in _nearer_pairs(flip, one, other, search):
            changes = [*flip.changes]
            changes[one], changes[other] = pair
            if search.after(changes) == flip.leads_to:
                return self._closest(Flip(tuple(changes), flip.leads_to), search, flip.leads_to.__eq__)
        return flip

    def _moved_back(self, flip: Flip, order: Iterable[int], search: Search, is_wanted: Wanted) -> tuple[Change, ...]:
        changes = list(flip.changes)
        for place in order:
            if isinstance(changes[place].before, tuple):
                changes[place] = self._nearest(changes, place, search, is_wanted)
        return tuple(changes)

    def _nearest(self, changes: Sequence[Change], place: int, search: Search, is_wanted: Wanted) -> Change:
        """By bisection between the answer and the number that it is changed to."""
        change, step = changes[place], self._changes.step(changes[place].question)
        end = nearer_end(change.before, change.after[0])
        far = change.after[0] // step
        near = end // step if far * step > end else -(-end // step)
        while abs(far - near) > 1:
            middle = (near + far) // 2
            tried = self._changes.number(change.question, change.before, middle)
            if is_wanted(search.after([*changes[:place], tried, *changes[place + 1 :]])):
                far = middle
            else:
                near = middle
        return self._changes.number(change.question, change.before, far)

    def _confirm(self, flip: Flip, raw: Mapping[str, Fact], outcome: str) -> None:
        changed = {**raw, **{change.question: change.after for change in flip.changes}}
        found = self.outcomes.of(self._engine.evaluate(changed))[outcome]
        if found != flip.leads_to:
            raise Disagreement(f"{outcome} was to become {flip.leads_to}, but {self._engine.name} says {found}")


def _nearer_pairs(flip: Flip, one: int, other: int, search: Search) -> list[tuple[Change, Change]]:
    """Two other answers for two of a flip that together are nearer, the nearest first."""
    within = flip.changes[one].steps + flip.changes[other].steps
    firsts, seconds = (
        [change for change, _ in search.trials.singles(flip.changes[place].question)] for place in (one, other)
    )
    pairs = [(first, second) for first in firsts for second in seconds if first.steps + second.steps < within]
    return sorted(pairs, key=lambda pair: pair[0].steps + pair[1].steps)


def _different(flips: Iterable[Flip]) -> list[Flip]:
    """The flips in the order of their size, only the smallest for each set of questions and each result."""
    smallest: dict[tuple[frozenset[str], str], Flip] = {}
    for flip in sorted(flips, key=lambda flip: flip.steps):
        smallest.setdefault((frozenset(change.question for change in flip.changes), flip.leads_to), flip)
    return list(smallest.values())
