"""Trying changed answers of one unit, thousands of times: what it comes to, and what is settled whatever they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, TypeAlias

from advisor.engines.changes import Change, Changes
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import Ladder, Outcomes
from advisor.engines.quick import Chosen, QuickEngine, keys_behind
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION

Three: TypeAlias = bool | None
Rules: TypeAlias = Mapping[str, Three]
"""The truth of rules."""
_Changed: TypeAlias = tuple[tuple[str, Fact], ...]
_FEW = 8
"""So many answers at most are followed step by step; with more a whole evaluation is quicker."""


class Seen(NamedTuple):
    """What an evaluation came to: the truth of the rules in both readings, the ends of the scores, the outcomes."""

    truth: tuple[Three, ...]
    scores: tuple[Fraction | None, ...]
    found: Mapping[str, str]


class Settled(NamedTuple):
    """What is settled: rules by the firm reading, the names of the choice of patterns, and which pattern leads."""

    rules: tuple[Three, ...]
    chosen: Mapping[str, Fact]
    first: str | None


class Cones:
    """What each outcome of a rulebook rests on; depends on the rulebook alone."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes) -> None:
        self.rulebook, self.outcomes = rulebook, outcomes
        self._of_rules: dict[str, frozenset[str]] = {}

    def of_rule(self, rule: str) -> frozenset[str]:
        """The keys behind a rule."""
        if rule not in self._of_rules:
            self._of_rules[rule] = frozenset(keys_behind(self.rulebook, [f"rule:{rule}"]))
        return self._of_rules[rule]

    def behind(self, outcome: str) -> frozenset[str]:
        """The keys behind an outcome."""
        if outcome not in self.outcomes.ladders:
            return self._behind_selection
        rules = (rule for _, rules in self.outcomes.ladders[outcome].steps for rule in rules)
        return frozenset().union(*(self.of_rule(rule) for rule in rules))

    @cached_property
    def _behind_selection(self) -> frozenset[str]:
        return frozenset(keys_behind(self.rulebook, [SELECTION]))

    def may_move(self, ladder: Ladder, now: str, start: Rules, firm: Rules, touched: Set[str]) -> bool:
        """Whether a step above the one that holds may come to hold, or that one may cease to.

        `start` is the truth of the rules as the answers are, `firm` what is settled with those to `touched` left open.
        """
        for word, rules in ladder.steps:
            if word == now:
                return self.may_cease(rules, start, firm, touched)
            if any(firm[rule] is not False and self._rests_on(rule, touched) for rule in rules):
                return True
        return False

    def may_cease(self, rules: Iterable[str], start: Rules, firm: Rules, touched: Set[str]) -> bool:
        """Whether all of these rules that hold may come to hold no more; the rest is as in `may_move`."""
        holding = (rule for rule in rules if start[rule] is True)
        return not any(firm[rule] is True or not self._rests_on(rule, touched) for rule in holding)

    def _rests_on(self, rule: str, questions: Set[str]) -> bool:
        return not questions.isdisjoint(self.of_rule(rule))


class Trials:
    """What one unit comes to with some answers changed; each set of changes is evaluated once."""

    def __init__(self, engine: QuickEngine, outcomes: Outcomes, raw: Mapping[str, Fact], changes: Changes) -> None:
        self.raw, self.outcomes, self.changes = raw, outcomes, changes
        self._engine = engine
        self.start = engine.evaluate(raw)
        self.now = outcomes.of(self.start)
        self._near: tuple[_Changed, Evaluation] = (), self.start
        self._found: dict[_Changed, Mapping[str, str]] = {(): self.now}
        self._single: dict[str, list[tuple[Change, Seen]]] = {}
        self._chosen: Chosen = {}
        self._opened: dict[tuple[frozenset[str], _Changed], Settled] = {}

    def found(self, changes: Iterable[Change]) -> Mapping[str, str]:
        """Every outcome after the changes; answers that cannot be together change nothing."""
        key = tuple((change.question, change.after) for change in changes)
        if key not in self._found:
            self._found[key] = self.outcomes.of(self._evaluated(key)) if self._is_possible(key) else self.now
        return self._found[key]

    def singles(self, question: str) -> list[tuple[Change, Seen]]:
        """Every change of one answer that is worth trying, the smallest first, and what it comes to."""
        if question not in self._single:
            self._single[question] = [
                (change, seen_in(evaluation, self.outcomes))
                for change in self.changes.of(self.raw, [question])
                if self._is_possible(key := ((question, change.after),))
                for evaluation in [self._evaluated(key)]
            ]
        return self._single[question]

    def opened(self, questions: frozenset[str], changes: Sequence[Change] = ()) -> Settled:
        """What is settled of the unit with these answers left open, whatever they are, after changes to others."""
        key = questions, tuple((change.question, change.after) for change in changes)
        if key not in self._opened:
            other = {**dict(key[1]), **self.changes.left_open(questions)}
            facts, few = {**self.raw, **other}, len(other) <= _FEW
            evaluation = self._changed(self.start, facts, other) if few else self._engine.evaluate(facts)
            self._opened[key] = _settled(evaluation)
        return self._opened[key]

    def _is_possible(self, key: _Changed) -> bool:
        names = {question for question, _ in key}
        touched = [each for each in self.changes.rulebook.impossible if not names.isdisjoint(each.questions)]
        return not (touched and any(constraint.is_broken({**self.raw, **dict(key)}) for constraint in touched))

    def _evaluated(self, key: _Changed) -> Evaluation:
        """The evaluation after the changes; the last one comes on top of the others, which the sets before had too."""
        *first, last = key
        if tuple(first) != self._near[0]:
            facts = {**self.raw, **dict(first)}
            self._near = tuple(first), self._changed(self.start, facts, dict(first))
        return self._changed(self._near[1], {**self.raw, **dict(key)}, [last[0]])

    def _changed(self, found: Evaluation, facts: Mapping[str, Fact], names: Iterable[str]) -> Evaluation:
        return self._engine.changed(found, facts, names, self._chosen)


def _firm(evaluation: Evaluation) -> tuple[Three, ...]:
    return tuple(evaluation.firm_truth.get(rule, truth) for rule, truth in evaluation.truth.items())


def seen_in(evaluation: Evaluation, outcomes: Outcomes) -> Seen:
    """What an evaluation came to."""
    scores = tuple(end for each in evaluation.selection.patterns for end in (each.low, each.high))
    return Seen((*evaluation.truth.values(), *_firm(evaluation)), scores, outcomes.of(evaluation))


def _settled(evaluation: Evaluation) -> Settled:
    selection = evaluation.selection
    first = selection.recommended[0] if selection.firm and selection.recommended else None
    return Settled(_firm(evaluation), selection.firm_facts(), first)
