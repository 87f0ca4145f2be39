"""What every name of a rulebook can be at most, given the bounds of the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from math import inf
from typing import Literal

from advisor.language import UNKNOWN, Fact, Signature, ValueAlgebra, intervals, lower, nodes
from advisor.language.intervals import UNKNOWN_NUMBER, Interval
from advisor.language.values import unknown_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.invariants import outcome_signatures
from advisor.rulebook.plan import MeasureStep, QuestionStep

Three = bool | None


class BoundsAlgebra(ValueAlgebra):
    """Evaluates over all answers at once: any of them may be missing, none need apply."""

    def known(self, signature: Signature) -> Three:
        """Anything may be known or not."""
        return UNKNOWN

    def applicable(self, signature: Signature) -> Three:
        """Anything may apply or not."""
        return UNKNOWN

    def default_number(self, signature: Signature, operand: Interval, fallback: Interval) -> Interval:
        """Either of the two."""
        return intervals.hull(operand, fallback)

    def default_truth(self, signature: Signature, operand: Three, fallback: Three) -> Three:
        """Either of the two."""
        return operand if operand == fallback else UNKNOWN

    def default_choice(self, signature: Signature, operand: Fact, fallback: str) -> Fact:
        """Any choice."""
        return UNKNOWN

    def extreme(self, which: Literal["lowest", "highest"], operands: Sequence[Interval]) -> Interval:
        """Any of the operands, since the others may not apply."""
        return reduce(intervals.hull, operands)

    def mean_of_known(self, at_least: int, span: Interval, operands: Sequence[Interval]) -> Interval:
        """Between all of the operands."""
        return reduce(intervals.hull, operands)

    def first_known(self, operands: Sequence[Interval]) -> Interval:
        """Any of the operands."""
        return reduce(intervals.hull, operands)

    def aggregate(self, node: nodes.Aggregate) -> Interval:
        """Any number; a count is never negative."""
        return (0, inf) if node.function == "count" else UNKNOWN_NUMBER


def bounds_of(rulebook: Rulebook) -> Mapping[str, Fact]:
    """The widest value of every name: numbers between their bounds, everything else open."""
    scope = {**rulebook.scope, **outcome_signatures(rulebook.frame)}
    facts: dict[str, Fact] = {name: unknown_fact(signature.kind) for name, signature in scope.items()}
    for group in rulebook.groups.values():
        facts[f"{group.group}_count"] = 0, len(group.rules)
        facts[f"{group.group}_known"] = 0, len(group.quantities)
    for step in rulebook.steps:
        if isinstance(step, QuestionStep) and rulebook.scope[step.name].kind == "number":
            facts[step.name] = _between(rulebook.scope[step.name])
        elif isinstance(step, MeasureStep) and rulebook.scope[step.name].kind == "number":
            number = lower(step.formula, BoundsAlgebra(facts))
            facts[step.name] = intervals.rounded(number, rulebook.scope[step.name].scale)
    return facts


def _between(signature: Signature) -> Interval:
    low = -inf if signature.low is None else round(signature.low * signature.scale)
    high = inf if signature.high is None else round(signature.high * signature.scale)
    return low, high
