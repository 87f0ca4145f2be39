"""What answers can still change, the most important first: the verdict, the first pattern, the rest of the advice.

The verdict is the first rung of a ladder that holds. A higher rung leads whatever stands below it, so its rules come
first: if one of them holds, nothing below has to be asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from advisor.advice.waits import Dependencies
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import FIRST, VERDICT, Outcomes
from advisor.language.trace import is_settled
from advisor.rulebook import Rulebook


class Part(IntEnum):
    """A part of the advice, by its importance."""

    VERDICT = 0
    FIRST_PATTERN = 1
    PREPARATIONS_AND_EROSION = 2
    FIGURES = 3
    FINDINGS = 4


@dataclass(frozen=True, slots=True)
class Target:
    """Something open: `outcome` with the `word` it may become, by `rule` where one decides; a figure, or a finding.

    `waits` are the questions that can still change it.
    """

    part: Part
    outcome: str
    waits: frozenset[str]
    word: str = ""
    rule: str | None = None


class Targets:
    """Finds what is open in an evaluated unit."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes) -> None:
        self.rulebook = rulebook
        self.outcomes = outcomes
        self.shared_out = {verdict.name for verdict in rulebook.frame.verdicts if verdict.shares != "no"}

    def headline(self, evaluation: Evaluation) -> tuple[Target, ...]:
        """What is open about the verdict and, where it may share out hours, the first pattern."""
        known = Dependencies(self.rulebook, evaluation)
        found = [*self._of_ladder(VERDICT, Part.VERDICT, known)]
        verdict = self.settled(VERDICT, evaluation)
        if not evaluation.selection.firm and (verdict is None or verdict in self.shared_out):
            found.append(Target(Part.FIRST_PATTERN, FIRST, known.waits_of_selection()))
        return tuple(found)

    def rest(self, evaluation: Evaluation) -> Iterator[Target]:
        """What is open beyond the headline."""
        known = Dependencies(self.rulebook, evaluation)
        for name in self.outcomes.ladders:
            if name != VERDICT:
                yield from self._of_ladder(name, Part.PREPARATIONS_AND_EROSION, known)
        for name in self.rulebook.frame.capacity.values():
            if not is_settled(known.facts(firm=True)[name]):
                yield Target(Part.FIGURES, name, known.waits_for(self.rulebook.formulas[name], firm=True))
        for rule, truth in evaluation.truth.items():
            if truth is None:
                yield Target(Part.FINDINGS, rule, known.waits_of_rule(rule), rule=rule)
        if {*evaluation.selection.settled} != {*evaluation.selection.facts()}:
            yield Target(Part.FINDINGS, FIRST, known.waits_of_selection())

    def settled(self, outcome: str, evaluation: Evaluation) -> str | None:
        """The word of a ladder that no further answer can change, by three-valued logic alone; None while it may."""
        ladder = self.outcomes.ladders[outcome]
        for word, rules in ladder.steps:
            truths = [_firm(rule, evaluation) for rule in rules]
            if True in truths:
                return word
            if None in truths:
                return None
        return ladder.otherwise

    def _of_ladder(self, outcome: str, part: Part, known: Dependencies) -> Iterator[Target]:
        for word, rules in self.outcomes.ladders[outcome].steps:
            truths = {rule: _firm(rule, known.evaluation) for rule in rules}
            if True in truths.values():
                return
            for rule, truth in truths.items():
                if truth is None:
                    yield Target(part, outcome, known.waits_of_rule(rule, firm=True), word, rule)


def _firm(rule: str, evaluation: Evaluation) -> bool | None:
    return evaluation.firm_truth.get(rule, evaluation.truth[rule])
