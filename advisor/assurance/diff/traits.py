"""What is compared of an advice: everything in it that is decided, nothing of how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from advisor.advice.numbers import as_json, number, optional
from advisor.engines.checked import Engine
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import Outcomes
from advisor.language import Fact
from advisor.language.values import unknown_fact
from advisor.rulebook import Rulebook

Traits: TypeAlias = Mapping[str, Any]
"""By name: the outcomes (see `advisor.engines.outcomes`), `also`, `finding.<rule>`, `score.<pattern>` (low and high),
`share.<pattern>`, `capacity.<key>`; as JSON shows them. What is absent in one advice is null there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One trait that is not the same."""

    trait: str
    before: Any
    after: Any


class Reader:
    """Evaluates units with one rulebook and gives the traits of the advice."""

    def __init__(self, rulebook: Rulebook, engine: Engine) -> None:
        self.rulebook = rulebook
        self._outcomes = Outcomes(rulebook)
        self._engine = engine
        self._verdicts = {rule.id: rule.verdict for rule in rulebook.rules.values() if rule.verdict}

    def traits(self, facts: Mapping[str, Fact]) -> Traits:
        """The traits of a unit's advice; answers to questions that the rulebook does not ask are passed over."""
        found = self._engine.evaluate(self._asked(facts))
        fired = [rule for rule in self.rulebook.rules if found.truth[rule] is True]
        return {
            **self._outcomes.of(found),
            "also": self._also(fired),
            **{f"finding.{rule}": self._finding(rule, found) for rule in fired},
            **self._scores(found),
            **{
                f"capacity.{key}": as_json(found.facts[name], self.rulebook.scope[name])
                for key, name in self.rulebook.frame.capacity.items()
            },
        }

    def permits(self, facts: Mapping[str, Fact]) -> bool:
        """Whether a profile may give these answers together; those to other questions are passed over."""
        return self.rulebook.permits(self._asked(facts))

    def _asked(self, facts: Mapping[str, Fact]) -> dict[str, Fact]:
        scope = self.rulebook.scope
        return {name: facts.get(name, unknown_fact(scope[name].kind)) for name in self.rulebook.questions}

    def _also(self, fired: list[str]) -> list[str]:
        holding = {self._verdicts.get(rule) for rule in fired}
        true = [each for each in self.rulebook.frame.verdicts if each.name in holding]
        return [each.name for each in true[1:] if not each.only_alone]

    def _finding(self, rule: str, found: Evaluation) -> str:
        severity = self.rulebook.rules[rule].severity
        return f"{severity}, provisional" if found.is_provisional(rule) else severity

    @staticmethod
    def _scores(found: Evaluation) -> dict[str, Any]:
        traits: dict[str, Any] = {}
        for each in found.selection.patterns:
            traits[f"score.{each.pattern}"] = None if each.low is None else [optional(each.low), optional(each.high)]
            share = found.selection.shares.get(each.pattern)
            traits[f"share.{each.pattern}"] = None if share is None else number(share)
        return traits


def changes(before: Traits, after: Traits) -> list[Change]:
    """The traits that are not the same, in the order in which an advice has them."""
    names = dict.fromkeys((*before, *after))
    return [Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]
