"""How far the operands of `mean_of_known` reach while nothing is answered: what reaches as far is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from advisor.language import Fact, Node, Signature, ValueAlgebra, lower, nodes
from advisor.language.intervals import hull, rounded
from advisor.language.nodes import rewritten, walk
from advisor.language.values import unknown_fact
from advisor.rulebook.plan import MeasureStep, QuestionStep, RuleStep, Step


class Spans:
    """Fills in the spans of one rulebook, its steps in the order of evaluation.

    All operands of a mean share one span, the smallest interval that holds whatever any of them can be. A narrower
    operand tells something, so it takes part.
    """

    def __init__(self, scope: Mapping[str, Signature]) -> None:
        """Begin with every name unknown."""
        self.scope = scope
        self._facts: dict[str, Fact] = {name: unknown_fact(signature.kind) for name, signature in scope.items()}

    def in_step(self, step: Step) -> Step:
        """The step with its spans; a measure becomes what it is while nothing is answered."""
        match step:
            case QuestionStep():
                return replace(
                    step, applies_when=self._optional(step.applies_when), follows_from=self._optional(step.follows_from)
                )
            case RuleStep():
                return replace(step, condition=self.filled(step.condition))
            case MeasureStep():
                formula = self.filled(step.formula)
                signature, value = self.scope[step.name], self._value(formula)
                self._facts[step.name] = rounded(value, signature.scale) if signature.kind == "number" else value
                return replace(step, formula=formula)
            case _:
                return step

    def filled(self, node: Node) -> Node:
        """An expression with its spans."""
        if not any(isinstance(part, nodes.MeanOfKnown) for part in walk(node)):
            return node
        return rewritten(node, self._with_span)

    def _optional(self, node: Node | None) -> Node | None:
        return None if node is None else self.filled(node)

    def _with_span(self, node: Node) -> Node:
        if isinstance(node, nodes.MeanOfKnown):
            return replace(node, span=reduce(hull, map(self._value, node.operands)))
        return node

    def _value(self, node: Node) -> Fact:
        return lower(node, ValueAlgebra(self._facts, firm=True))
