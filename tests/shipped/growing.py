"""What is settled in an evaluation, and whether a later one, with more answers, contradicts it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from advisor.advice.preparations import erosion_result, preparation_results
from advisor.advice.waits import Dependencies
from advisor.engines.evaluation import Evaluation
from advisor.language import Fact, ValueAlgebra, lower
from advisor.language.intervals import is_not_applicable
from advisor.language.values import is_inapplicable_fact, unknown_fact
from tests.shipped.answers import RULEBOOK

PREPARATIONS = ("clarity", "authority", "recognition")
ITEMS = {
    "clarity_mgr": (
        "clarity_work_list",
        "clarity_value_estimated",
        "clarity_decided_before_golive",
        "clarity_hours_assigned",
    ),
    "authority_mgr": (
        "authority_rights_count",
        "authority_decision_limit",
        "authority_protected_min_week",
        "authority_proposals_answered_pct",
    ),
    "recognition_mgr": (
        "recognition_volume_weight_pct",
        "recognition_targets_revised",
        "recognition_talks",
        "incentive_measures",
    ),
    "shrinkage_pct": ("shrinkage_leave_pct", "shrinkage_absence_pct", "shrinkage_other_pct"),
    **{f"{name}_staff": (f"{name}_staff_agree",) for name in PREPARATIONS},
}
"""Direct answers, and the answers that they stand for: the one or the other is given, never both."""
FOLLOWING = tuple(name for name, question in RULEBOOK.questions.items() if question.follows_from)
LEVELS = ("none", "exposed", "early", "active")


def without_alternatives(facts: dict[str, Fact], random: Random) -> dict[str, Fact]:
    """Complete facts without what contradicts itself: two sources of one value, answers to what does not apply."""
    facts = dict(facts)
    dropped: list[str] = []
    for direct, items in ITEMS.items():
        dropped += random.choice(([direct], items))
    dropped += random.choice((FOLLOWING, ("incentive_measures", "ai_stop_measures")))
    dropped += random.choice((["incentive_measures"], ["ai_stop_measures"]))
    for name in dropped:
        facts[name] = unknown_fact(RULEBOOK.scope[name].kind)
    for name, step in RULEBOOK.question_steps.items():
        if step.applies_when and lower(step.applies_when, ValueAlgebra(facts)) is False:
            facts[name] = unknown_fact(RULEBOOK.scope[name].kind)
    return facts


def growing(complete: dict[str, Fact], random: Random, steps: int) -> Iterator[dict[str, Fact]]:
    """The facts with more and more of the answers, in random order.

    Nothing times an unknown is nothing; that the unknown does not apply must then be said before.
    """
    names = [name for name, fact in complete.items() if not _is_open(name, fact)]
    random.shuffle(names)
    if (0, 0) in complete.values():
        names.sort(key=lambda name: not is_inapplicable_fact(complete[name]))
    known = {name: unknown_fact(RULEBOOK.scope[name].kind) for name in complete}
    start = random.randrange(len(names)) if names else 0
    known |= {name: complete[name] for name in names[:start]}
    yield dict(known)
    for name in names[start : start + steps]:
        known[name] = complete[name]
        yield dict(known)


def _is_open(name: str, fact: Fact) -> bool:
    return bool(fact == unknown_fact(RULEBOOK.scope[name].kind))


def contradictions(before: Evaluation, after: Evaluation) -> list[str]:
    """What was settled before and is otherwise after.

    Bounds of measures are compared while the same questions apply: what turns out not to apply has no bounds to lie in.
    """
    same_questions = all(
        is_inapplicable_fact(before.facts[name]) or not is_inapplicable_fact(after.facts[name])
        for name in RULEBOOK.questions
    )
    return [
        *_rules(before, after),
        *(_numbers(before, after) if same_questions else ()),
        *_patterns(before, after),
        *_choice(before, after),
        *_preparations(before, after),
        *_erosion(before, after),
        *_verdict(before, after),
    ]


def firm_truths(found: Evaluation) -> dict[str, Any]:
    return {**found.truth, **found.firm_truth}


def _rules(before: Evaluation, after: Evaluation) -> Iterator[str]:
    later = firm_truths(after)
    for rule, truth in firm_truths(before).items():
        if truth is not None and later[rule] is not truth:
            yield f"rule {rule}: {truth}, then {later[rule]}"


def _numbers(before: Evaluation, after: Evaluation) -> Iterator[str]:
    earlier, later = before.firm_facts(), after.firm_facts()
    for name in RULEBOOK.measures:
        if RULEBOOK.scope[name].kind == "number" and not _inside(later[name], earlier[name]):
            yield f"measure {name}: {earlier[name]}, then {later[name]}"


def _inside(later: Any, earlier: Any) -> bool:
    """Whether a number only became narrower; what was open, or nothing times that, may turn out not to apply."""
    if is_not_applicable(earlier):
        return is_not_applicable(later)
    if is_not_applicable(later):
        return bool(earlier[0] < earlier[1] or earlier == (0, 0))
    return bool(earlier[0] <= later[0] and later[1] <= earlier[1])


def _patterns(before: Evaluation, after: Evaluation) -> Iterator[str]:
    for earlier, later in zip(before.selection.patterns, after.selection.patterns, strict=True):
        if not set(earlier.excluded_by) <= set(later.excluded_by):
            yield f"exclusion of {earlier.pattern}: {earlier.excluded_by}, then {later.excluded_by}"
        if later.low is not None and not set(earlier.caps) <= set(later.caps):
            yield f"cap on {earlier.pattern}: {earlier.caps}, then {later.caps}"
        if earlier.low is None or later.low is None:
            if earlier.low is None and later.low is not None:
                yield f"{earlier.pattern} could not be assessed, and then could"
            continue
        assert earlier.high is not None
        assert later.high is not None
        if not earlier.low <= later.low <= later.high <= earlier.high:
            yield f"score of {earlier.pattern}: {earlier.low} to {earlier.high}, then {later.low} to {later.high}"


def _choice(before: Evaluation, after: Evaluation) -> Iterator[str]:
    if before.selection.firm:
        first, later = before.selection.recommended[:1], after.selection.recommended[:1]
        if first != later:
            yield f"firm choice: {first}, then {later}"
    settled = {name: value for name, value in before.selection.firm_facts().items() if value is not None}
    for name, value in settled.items():
        if after.selection.facts()[name] is not value:
            yield f"{name}: {value}, then {after.selection.facts()[name]}"


def _preparations(before: Evaluation, after: Evaluation) -> Iterator[str]:
    pairs = zip(*(preparation_results(Dependencies(RULEBOOK, found)) for found in (before, after)), strict=True)
    for earlier, later in pairs:
        if earlier.rules and not earlier.provisional and earlier.status != later.status:
            yield f"preparation {earlier.preparation}: {earlier.status}, then {later.status}"


def _erosion(before: Evaluation, after: Evaluation) -> Iterator[str]:
    earlier, later = (erosion_result(Dependencies(RULEBOOK, found)) for found in (before, after))
    if (
        earlier.level in LEVELS
        and not earlier.provisional
        and (later.level not in LEVELS or LEVELS.index(later.level) < LEVELS.index(earlier.level))
    ):
        yield f"erosion: {earlier.level}, then {later.level}"


def _verdict(before: Evaluation, after: Evaluation) -> Iterator[str]:
    leading = _certain_verdict(before)
    if leading is not None and leading != _certain_verdict(after):
        yield f"verdict: {leading}, then {_certain_verdict(after)}"


def _certain_verdict(found: Evaluation) -> str | None:
    """The verdict that leads whatever is answered: certainly true, and every one before it certainly false."""
    truths = firm_truths(found)
    for verdict in RULEBOOK.frame.verdicts:
        rules = [truths[rule.id] for rule in RULEBOOK.rules.values() if rule.verdict == verdict.name]
        if True in rules:
            return verdict.name
        if None in rules:
            return None
    return None
