"""What the answers so far mean: the standing advice, what became true with an answer and what no longer is.

Every answer is evaluated anew by both engines: facts are never taken back from a session of the rule engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import EROSION, NO_VERDICT, NOT_ASSESSED, PREPARATION, VERDICT, Outcomes
from advisor.interview.titles import Titles
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Standing:
    """The advice on what is known so far; `statements` are short keys of what can be said about it."""

    verdict: str
    recommended: tuple[str, ...]
    statements: tuple[tuple[str, str], ...]


class Live:
    """Puts the standing advice and its changes into words."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes, titles: Titles) -> None:
        self.rulebook = rulebook
        self.outcomes = outcomes
        self.titles = titles
        red = rulebook.frame.erosion.red
        self._red = [rule for rule, each in rulebook.rules.items() if each.indicator and each.indicator.group == red]

    def standing(self, evaluation: Evaluation) -> Standing:
        """The advice on an evaluation."""
        found = self.outcomes.of(evaluation)
        statements = [(VERDICT, found[VERDICT])] if found[VERDICT] != NO_VERDICT else []
        statements += [("recommended", pattern) for pattern in evaluation.selection.recommended]
        statements += [(name, word) for name, word in found.items() if name.startswith(PREPARATION)]
        statements += [(EROSION, found[EROSION]), *(("red", rule) for rule in self._red if evaluation.truth[rule])]
        told = tuple(statement for statement in statements if statement[1] != NOT_ASSESSED)
        return Standing(found[VERDICT], evaluation.selection.recommended, told)

    def changes(self, before: Standing, after: Standing) -> Iterator[str]:
        """What no longer holds and what does now, a line each."""
        wording = self.titles.wording
        for statement in before.statements:
            if statement not in after.statements:
                yield wording.no_longer.format(what=self._said(*statement))
        for statement in after.statements:
            if statement not in before.statements:
                yield wording.now.format(what=self._said(*statement))

    def so_far(self, standing: Standing, evaluation: Evaluation) -> Iterator[str]:
        """Everything that can be said now, figures first."""
        for name in self.rulebook.frame.capacity.values():
            figure = self.titles.figure(name, evaluation.facts[name])
            yield f"{self.titles.label(name)}: {figure or self.titles.wording.not_known_yet}"
        yield from (self._said(*statement) for statement in standing.statements)

    def _said(self, kind: str, word: str) -> str:
        wording, titles = self.titles.wording, self.titles
        if kind == VERDICT:
            return wording.verdict_is.format(title=titles.verdict(word))
        if kind == "recommended":
            return wording.recommended.format(title=titles.pattern(word))
        if kind == EROSION:
            return titles.erosion(word)
        if kind == "red":
            return wording.red.format(label=titles.rule(word))
        return wording.preparation[word].format(title=titles.preparation(kind))
