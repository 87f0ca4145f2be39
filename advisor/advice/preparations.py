"""The preparations and the erosion level: what stands, by which rules, and what nobody knows."""

from __future__ import annotations

from itertools import takewhile
from typing import Literal

from advisor.advice.model import ErosionResult, Number, PreparationResult, Status
from advisor.advice.numbers import end, point
from advisor.advice.waits import Dependencies
from advisor.language import intervals
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.rulebook.model import NOT_ASSESSED, Preparation


def preparation_results(known: Dependencies) -> list[PreparationResult]:
    """One result for each preparation; what no rule settles is not assessed, never in place."""
    return [_preparation(each, known) for each in known.rulebook.frame.preparations]


def _preparation(preparation: Preparation, known: Dependencies) -> PreparationResult:
    facts, rulebook = known.evaluation.facts, known.rulebook
    manager, staff = facts[preparation.manager_view], facts[preparation.staff_view]
    status, rules = _status(preparation.name, known)
    one_sided = one_side(preparation, known) is not None
    score = facts[preparation.score]
    scale = rulebook.scope[preparation.score].scale
    views = [
        end(view[0], rulebook.scope[name].scale) if view[0] == view[1] else None
        for view, name in ((manager, preparation.manager_view), (staff, preparation.staff_view))
    ]
    return PreparationResult(
        preparation=preparation.name,
        title=preparation.title,
        status=status,
        score=_one_view(views) if one_sided else point(score, scale),
        manager=views[0],
        staff=views[1],
        one_sided=one_sided,
        provisional=bool(rules) and _is_provisional(preparation.name, status, rules, known),
        rules=rules,
    )


def _is_provisional(name: str, status: str, rules: list[str], known: Dependencies) -> bool:
    """Whether every rule behind the status may be withdrawn, or a rule that would come before it is open."""
    evaluation = known.evaluation
    before = takewhile(lambda each: each[0] != status, known.rulebook.preparing[name].items())
    firm = {**evaluation.truth, **evaluation.firm_truth}
    may_come = any(firm[rule] is not False for _, earlier in before for rule in earlier)
    return may_come or all(evaluation.is_provisional(rule) for rule in rules)


def _status(name: str, known: Dependencies) -> tuple[Status, list[str]]:
    for status, rules in known.rulebook.preparing[name].items():
        holding = [rule for rule in rules if known.evaluation.truth[rule] is True]
        if holding:
            return status, holding
    return NOT_ASSESSED, []


def one_side(preparation: Preparation, known: Dependencies) -> Literal["manager", "staff"] | None:
    """Whose view alone there is, where the other could still come."""
    manager, staff = (known.evaluation.facts[name] for name in (preparation.manager_view, preparation.staff_view))
    if is_known_fact(manager) and not is_known_fact(staff) and not intervals.is_not_applicable(staff):
        return "manager"
    if is_known_fact(staff) and not is_known_fact(manager) and not intervals.is_not_applicable(manager):
        return "staff"
    return None


def _one_view(views: list[Number | None]) -> Number | None:
    return next((view for view in views if view is not None), None)


def erosion_result(known: Dependencies) -> ErosionResult:
    """The erosion level, at least; the indicators that are true; the red ones that nobody knows."""
    rulebook, truth = known.rulebook, known.evaluation.truth
    frame = rulebook.frame.erosion
    level, provisional = _level(known)
    red, structural = rulebook.groups.get(frame.red), rulebook.groups.get(frame.structural)
    red_rules = red.rules if red else ()
    blind = [rule for rule in red_rules if truth[rule] is not True and _is_blind(rule, known)]
    return ErosionResult(
        level=level,
        provisional=provisional,
        structural=[rule for rule in (structural.rules if structural else ()) if truth[rule] is True],
        red=[rule for rule in red_rules if truth[rule] is True],
        blind=blind,
    )


def _level(known: Dependencies) -> tuple[str, bool]:
    for level in known.rulebook.frame.erosion.levels:
        rules = [rule.id for rule in known.rulebook.rules_in_order() if rule.level == level]
        holding = [rule for rule in rules if known.evaluation.truth[rule] is True]
        if holding:
            return level, all(known.evaluation.is_provisional(rule) for rule in holding)
    return NOT_ASSESSED, False


def _is_blind(rule: str, known: Dependencies) -> bool:
    indicator = known.rulebook.rules[rule].indicator
    assert indicator is not None
    fact = known.evaluation.facts[indicator.of]
    return not is_known_fact(fact) and not is_inapplicable_fact(fact)
