"""The meaning itself as an engine: every step by `ValueAlgebra`, nothing compiled. It judges the fast ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.engines.evaluation import Evaluation, Working, choose, finished
from advisor.language import Fact, Node, ValueAlgebra, lower
from advisor.language.intervals import rounded
from advisor.language.values import disjunction, inapplicable_fact, unknown_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import FindingStep, GroupStep, MeasureStep, QuestionStep, RuleStep, Step, key_of


class ReferenceEngine:
    """Reads the rulebook step by step in both readings."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        rulebook, working = self.rulebook, Working(dict(facts))
        self.given = facts
        self._steps(rulebook.before_selection, working)
        for pattern, score in rulebook.scores.items():
            terms = zip(score.terms, rulebook.terms[pattern], strict=True)
            working.terms[pattern] = tuple(
                rounded(self._value(node, working, firm=True), 10**term.decimals) for term, node in terms
            )
        selection = choose(rulebook, working)
        self._steps(rulebook.after_selection, working)
        return finished(working, selection, tuple(rule for rule in rulebook.rules if working.truth[rule] is True))

    def _steps(self, steps: tuple[Step, ...], working: Working) -> None:
        for step in steps:
            for firm in (False, True) if key_of(step) in self.rulebook.assumed else (False,):
                self._step(step, working, firm=firm)

    def _value(self, node: Node, working: Working, *, firm: bool) -> Any:
        return lower(node, ValueAlgebra({**working.facts, **working.firm} if firm else working.facts, firm))

    def _step(self, step: Step, working: Working, *, firm: bool) -> None:
        names, truth = (working.firm, working.firm_truth) if firm else (working.facts, working.truth)
        rules = {**working.truth, **working.firm_truth} if firm else working.truth
        match step:
            case RuleStep():
                truth[step.rule] = self._value(step.condition, working, firm=firm)
            case MeasureStep():
                names[step.name] = self._stored(step.name, self._value(step.formula, working, firm=firm))
            case FindingStep():
                names[step.name] = disjunction([rules[rule] for rule in step.rules])
            case GroupStep():
                held = [rules[rule] for rule in step.rules]
                names[f"{step.group}_count"] = sum(h is True for h in held), sum(h is not False for h in held)
                algebra = ValueAlgebra({**working.facts, **working.firm} if firm else working.facts, firm)
                known = [algebra.known(self.rulebook.scope[name]) for name in step.quantities]
                names[f"{step.group}_known"] = sum(k is True for k in known), sum(k is not False for k in known)
            case QuestionStep():
                self._question(step, working, names, firm=firm)

    def _question(self, step: QuestionStep, working: Working, names: dict[str, Fact], *, firm: bool) -> None:
        given = self.given[step.name]
        kind = self.rulebook.scope[step.name].kind
        if given != unknown_fact(kind):
            names[step.name] = given
        elif step.applies_when and self._value(step.applies_when, working, firm=firm) is False:
            names[step.name] = inapplicable_fact(kind)
        elif step.follows_from:
            names[step.name] = self._stored(step.name, self._value(step.follows_from, working, firm=firm))
        else:
            names[step.name] = given

    def _stored(self, name: str, value: Any) -> Fact:
        signature = self.rulebook.scope[name]
        return rounded(value, signature.scale) if signature.kind == "number" else value
