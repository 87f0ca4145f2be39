"""The rules that fired, each with its facts, its answers and its sources."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from advisor.advice.figures import Figures
from advisor.advice.model import FindingResult, OpenQuestion, PreparationResult, RemedyResult, State
from advisor.advice.numbers import as_json, number
from advisor.advice.waits import Dependencies
from advisor.advice.withheld import are_withheld
from advisor.advice.wording import filled
from advisor.engines.scoring import Scored
from advisor.engines.stand_ins import spared
from advisor.language.values import is_inapplicable_fact
from advisor.profile import Answer, Unit
from advisor.rulebook import Rule
from advisor.rulebook.model import PLACEHOLDER

_FACTS = ("question", "measure", "group")


def fired_findings(
    known: Dependencies,
    preparations: Sequence[PreparationResult],
    level: str,
    verdicts: Sequence[str],
    figures: Figures,
) -> list[FindingResult]:
    """All rules that are certainly true, by layer and then in the order of the rulebook.

    Left out is what a stronger statement supersedes: a lower erosion level, a better status of a preparation, a verdict
    that is none of `verdicts`, since it is given only where no other leads.
    """
    truth = known.evaluation.truth
    standing = {each.preparation: each.status for each in preparations}

    def stands(rule: Rule) -> bool:
        status = rule.preparation and standing[rule.preparation.name] == rule.preparation.status
        given = rule.level in (None, level) and rule.verdict in (None, *verdicts)
        return truth[rule.id] is True and given and status is not False

    return [_finding(rule, known, figures) for rule in known.rulebook.rules_in_order() if stands(rule)]


def _finding(rule: Rule, known: Dependencies, figures: Figures) -> FindingResult:
    rulebook, facts = known.rulebook, known.evaluation.facts
    names = rulebook.names_of_conditions[rule.id]
    mentioned = dict.fromkeys([*names, *PLACEHOLDER.findall(rule.says)])
    looked_at = [name for name in mentioned if rulebook.scope[name].origin in _FACTS]
    remedy = (
        None
        if rule.remedy is None
        else RemedyResult(
            action=filled(rule.remedy.said_of(rule.remedy.about or ""), rulebook, facts, figures.currency),
            owner=rule.remedy.owner,
            within_days=rule.remedy.within_days,
        )
    )
    return FindingResult(
        id=rule.id,
        code=rule.code,
        layer=rule.layer,
        title=rule.title,
        provisional=known.evaluation.is_provisional(rule.id),
        severity=rule.severity,
        says=figures.filled(rule.says),
        because=figures.filled(rule.because),
        facts={name: as_json(facts[name], rulebook.scope[name]) for name in looked_at},
        uses=[name for name in mentioned if name not in looked_at],
        rests_on=sorted(known.rests_of_rule(rule.id)),
        sources=list(rule.sources),
        remedy=remedy,
    )


def open_questions(known: Dependencies, unit: Unit, withheld: Collection[str] = ()) -> list[OpenQuestion]:
    """The questions that something waits for, the weightiest first.

    First what every figure of the freed hours waits for, then what keeps an exclusion open, then by points of pattern
    scores, then by how many rules wait; patterns that are excluded whatever is answered count for nothing. A total is
    not asked for while its single questions can be answered. Staff questions whose answers would be withheld come last:
    asking does not settle them. `withheld` are the questions to which staff have answered, but too few of them.
    """
    waiting = _waiting_rules(known)
    points = _open_points(known)
    rulebook = known.rulebook
    too_few = are_withheld(unit, rulebook)
    figures = [known.waits_of(name) for name in rulebook.frame.capacity.values()]
    hours = frozenset.intersection(*figures) if figures else frozenset()
    excluded = {scored.pattern for scored in known.evaluation.selection.patterns if _is_out(scored, known)}
    blocking = set()
    for scored in known.evaluation.selection.patterns:
        for rule in scored.open_exclusions:
            for question in known.waits_of_rule(rule, firm=True):
                if scored.pattern not in excluded:
                    blocking.add(question)
                if rule not in waiting.setdefault(question, []):
                    waiting[question].append(rule)
    order = {name: place for place, name in enumerate(rulebook.questions)}
    left_out = spared(rulebook, known.evaluation.facts, unit.unknown) - set(withheld)

    def would_be_withheld(question: str) -> bool:
        return too_few and rulebook.questions[question].who == "staff"

    def state(question: str) -> State:
        too_few_said = would_be_withheld(question) or question in withheld
        return "withheld" if too_few_said else _state(unit.answers.get(question))

    def weight(question: str) -> tuple[bool, bool, bool, float, int, int]:
        moved = (most for pattern, most in points.get(question, {}).items() if pattern not in excluded)
        return (
            would_be_withheld(question),
            question not in hours,
            question not in blocking,
            -max(moved, default=0),
            -len(waiting.get(question, ())),
            order[question],
        )

    return [
        OpenQuestion(
            question=question,
            state=state(question),
            who=rulebook.questions[question].who,
            waits=sorted(waiting.get(question, [])),
            points=points.get(question, {}),
        )
        for question in sorted({*waiting, *points, *hours}, key=weight)
        if not is_inapplicable_fact(known.evaluation.facts[question]) and question not in left_out
    ]


def _is_out(scored: Scored, known: Dependencies) -> bool:
    """Whether a pattern is excluded, and no answer can withdraw that."""
    return any(not known.evaluation.is_provisional(rule) for rule in scored.excluded_by)


def _state(answer: Answer | None) -> State:
    if answer is None:
        return "not_asked"
    return "unknown" if answer.state == "unknown" else "range"


def _waiting_rules(known: Dependencies) -> dict[str, list[str]]:
    waiting: dict[str, list[str]] = {}
    for rule, truth in known.evaluation.truth.items():
        if truth is None:
            for question in sorted(known.waits_of_rule(rule)):
                waiting.setdefault(question, []).append(rule)
    return waiting


def _open_points(known: Dependencies) -> dict[str, dict[str, int | float]]:
    """By question and pattern, how many points of its score are open because of it."""
    points: dict[str, dict[str, int | float]] = {}
    for scored in known.evaluation.selection.patterns:
        for place, term in enumerate(known.rulebook.terms[scored.pattern]):
            span = _span(scored, place)
            for question in known.waits_for(term, firm=True) if span else ():
                so_far = points.setdefault(question, {}).get(scored.pattern, 0)
                points[question][scored.pattern] = so_far + span
    return points


def _span(scored: Scored, place: int) -> int | float:
    term = scored.terms[place]
    return number(term[1] - term[0]) if term else 0
