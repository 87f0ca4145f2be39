"""What would change an outcome: the fewest changeable answers, then the smallest change.

Every flip is tried with the default engine before it is given. Answers are changed one at a time, then two and three
together, to values that a person would say: of values with the same effect the nearest. Sets of three are tried as far
as the number of trials allows, and `Flips.searched` says how far it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from advisor.engines.changes import Change, Changes
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import FIRST, PATTERN, Outcomes
from advisor.engines.quick import QuickEngine, keys_behind
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.constraint import Constraint
from advisor.rulebook.plan import SELECTION

MOST_TRIALS = 6000
_MOST_SHOWN = 5
_LARGEST_SET = 3


@dataclass(frozen=True, slots=True)
class Flip:
    """Answers to change together, and what the outcome then is."""

    changes: tuple[Change, ...]
    leads_to: str

    @property
    def steps(self) -> Fraction:
        """How far the answers move, in steps of the questions."""
        return sum((change.steps for change in self.changes), Fraction(0))


@dataclass(frozen=True, slots=True)
class Flips:
    """The smallest sets found for one outcome; of sets up to the size `searched` all candidates were tried."""

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

    def flips(self, raw: Mapping[str, Fact], outcome: str) -> Flips:
        """The smallest sets of changeable answers that change `outcome`, a name of `advisor.engines.outcomes`."""
        search = _Search(self._quick, self.outcomes, outcome, dict(raw), self.rulebook.impossible)
        candidates = search.with_effect(self._changes.of(raw, self._behind(outcome)))
        searched = 0
        for size in range(1, _LARGEST_SET + 1):
            found, complete = search.sets(candidates, size)
            searched = size if complete else searched
            if found or not complete:
                break
        smallest = sorted((self._closest(flip, search) for flip in found), key=lambda flip: flip.steps)
        shown = _different(smallest)[:_MOST_SHOWN]
        for flip in shown:
            self._confirm(flip, raw, outcome)
        return Flips(outcome, search.now, tuple(shown), searched)

    def _behind(self, outcome: str) -> list[str]:
        if outcome == FIRST or outcome.startswith(PATTERN):
            keys = keys_behind(self.rulebook, [SELECTION])
        else:
            rules = (rule for _, rules in self.outcomes.ladders[outcome].steps for rule in rules)
            keys = keys_behind(self.rulebook, [f"rule:{rule}" for rule in rules])
        return [name for name in self.rulebook.questions if name in keys]

    def _closest(self, flip: Flip, search: _Search) -> Flip:
        """The same flip with each number moved back towards its answer as far as the outcome allows, by bisection."""
        changes = list(flip.changes)
        for place, change in enumerate(changes):
            if isinstance(change.before, tuple):
                changes[place] = self._moved_back(
                    change, [*changes[:place], *changes[place + 1 :]], flip.leads_to, search
                )
        return Flip(tuple(changes), flip.leads_to)

    def _moved_back(self, change: Change, others: Sequence[Change], leads_to: str, search: _Search) -> Change:
        step = self._changes.step(change.question)
        near, far = change.before[0] // step, change.after[0] // step
        if far < near:
            near = -(-change.before[0] // step)
        while abs(far - near) > 1:
            middle = (near + far) // 2
            tried = self._changes.number(change.question, change.before, middle)
            if search.after([*others, tried]) == leads_to:
                far = middle
            else:
                near = middle
        return self._changes.number(change.question, change.before, far)

    def _confirm(self, flip: Flip, raw: Mapping[str, Fact], outcome: str) -> None:
        changed = {**raw, **{change.question: change.after for change in flip.changes}}
        found = self.outcomes.of(self._engine.evaluate(changed))[outcome]
        if found != flip.leads_to:
            raise Disagreement(f"{outcome} was to become {flip.leads_to}, but {self._engine.name} says {found}")


class _Search:
    def __init__(
        self,
        engine: QuickEngine,
        outcomes: Outcomes,
        outcome: str,
        raw: dict[str, Fact],
        impossible: Sequence[Constraint],
    ) -> None:
        self.engine, self.outcomes, self.outcome, self.raw = engine, outcomes, outcome, raw
        self.impossible = impossible
        self.trials = 0
        self.start = engine.evaluate(raw)
        self.now = outcomes.of(self.start)[outcome]

    def evaluated(self, changes: Iterable[Change]) -> Evaluation:
        self.trials += 1
        return self.engine.evaluate({**self.raw, **{change.question: change.after for change in changes}})

    def after(self, changes: Sequence[Change]) -> str:
        """The outcome with the changes; answers that cannot be together change nothing."""
        facts = {**self.raw, **{change.question: change.after for change in changes}}
        if any(constraint.is_broken(facts) for constraint in self.impossible):
            return self.now
        return self.outcomes.of(self.evaluated(changes))[self.outcome]

    def with_effect(self, changes: Iterable[Change]) -> list[Change]:
        """Of the changes to one question that have the same effect only the smallest; none without effect."""
        seen = {("", _effect(self.start))}
        kept = []
        for change in changes:
            effect = _effect(self.evaluated([change]))
            if effect != _effect(self.start) and (change.question, effect) not in seen:
                seen.add((change.question, effect))
                kept.append(change)
        return kept

    def sets(self, candidates: Sequence[Change], size: int) -> tuple[list[Flip], bool]:
        """The sets of that size which change the outcome, and whether all were tried."""
        found: list[Flip] = []
        for changes in combinations(candidates, size):
            if len({change.question for change in changes}) < size:
                continue
            if self.trials >= MOST_TRIALS:
                return found, False
            word = self.after(changes)
            if word != self.now:
                found.append(Flip(changes, word))
        return found, True


def _effect(evaluation: Evaluation) -> tuple[object, ...]:
    """What a change has changed: the truth of rules and the scores in tens of points."""
    scores = tuple(None if each.low is None else int(each.low) // 10 for each in evaluation.selection.patterns)
    return tuple(evaluation.truth.values()), tuple(evaluation.firm_truth.values()), scores


def _different(flips: Iterable[Flip]) -> list[Flip]:
    """Only the smallest flip for each set of questions and each result."""

    def kept() -> Iterator[Flip]:
        seen = set()
        for flip in flips:
            key = frozenset(change.question for change in flip.changes), flip.leads_to
            if key not in seen:
                seen.add(key)
                yield flip

    return list(kept())
