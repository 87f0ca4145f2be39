"""What is advised for a unit, thing by thing: each may end while the others stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.advice.model import UnitAdvice
from advisor.advice.steps import merged_steps
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One thing that is advised: the leading verdict, a use of the hours, or a step with the rules that ask for it.

    A mix is which `uses` there are, all of them together: as long as it holds, none is added and none falls away.
    """

    kind: Literal["verdict", "pattern", "step", "mix"]
    name: str
    rules: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()

    def holds(self, evaluation: Evaluation, outcomes: Outcomes) -> bool:
        """Whether it is advised where this came out."""
        match self.kind:
            case "verdict":
                return outcomes.ladders[VERDICT].value(evaluation.truth) == self.name
            case "pattern":
                return self.name in evaluation.selection.recommended
            case "step":
                return any(evaluation.truth.get(rule) is True for rule in self.rules)
            case "mix":
                return self.uses == set(evaluation.selection.recommended)


def recommendations(unit: UnitAdvice, rulebook: Rulebook) -> list[Recommendation]:
    """What is advised for a unit: the verdict, the uses, and the steps that do not belong to the verdict alone."""
    leading = [Recommendation("verdict", unit.verdict)] if unit.verdict else []
    uses = [Recommendation("pattern", name) for name in unit.recommended]
    steps = [step.rules for step in merged_steps(unit, rulebook)]
    others = [rules for rules in steps if any(rulebook.rules[rule].verdict != unit.verdict for rule in rules)]
    return [*leading, *uses, *(Recommendation("step", rules[0], rules) for rules in others)]
