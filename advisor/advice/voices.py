"""What the roles say, and which of them would change the advice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from advisor.advice.model import ChangedOutcome, VoiceAdvice, VoicedQuestion, VoiceView
from advisor.advice.numbers import as_json
from advisor.advice.waits import Dependencies
from advisor.advice.withheld import UsedUnit
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT, Outcomes
from advisor.language import Fact
from advisor.profile import Answer, Frozen, Unit
from advisor.profile.facts import fact_of, facts_of
from advisor.profile.voices import HeardQuestion, other_than_counts
from advisor.profile.voices.hearing import ROLES
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Respondent

Evaluate: TypeAlias = Callable[[Mapping[str, Fact]], Evaluation]


def voiced_questions(voices: Sequence[HeardQuestion], rulebook: Rulebook) -> list[VoicedQuestion]:
    """Every question that respondents answered, in the order of the rulebook."""
    return [_voiced(each, rulebook) for each in voices]


def _voiced(heard: HeardQuestion, rulebook: Rulebook) -> VoicedQuestion:
    def value(answer: Answer | None) -> Any:
        signature = rulebook.scope[heard.question]
        return as_json(fact_of(answer, signature), signature)

    return VoicedQuestion(
        question=heard.question,
        combine=rulebook.questions[heard.question].combined_by,
        counts=heard.counts,
        value=value(heard.answer),
        behind=list(heard.behind),
        differs=heard.differs,
        views=[
            VoiceView(
                role=view.role,
                people=view.people,
                standing=view.standing,
                value=value(view.answer),
                tally=None if view.tally is None else dict(view.tally),
            )
            for view in heard.views
        ],
    )


def said_by_one(used: UsedUnit, known: Dependencies, evaluate: Evaluate) -> list[VoiceAdvice]:
    """For each role that says otherwise than what counts: what would change if its view counted."""
    alone = {role: other_than_counts(used.voices, role, known.rulebook) for role in ROLES}
    return [_alone(role, answers, used.unit, known, evaluate) for role, answers in alone.items() if answers]


def _alone(
    role: Respondent, answers: Mapping[str, Answer], unit: Unit, known: Dependencies, evaluate: Evaluate
) -> VoiceAdvice:
    rulebook = known.rulebook
    facts = facts_of(replace(unit, answers=Frozen({**unit.answers, **answers})), rulebook)
    changes = None
    if rulebook.permits(facts):
        outcomes = Outcomes(rulebook)
        now, then = outcomes.of(known.evaluation), outcomes.of(evaluate(facts))
        told = [name for name in now if name in (VERDICT, FIRST, EROSION) or name.startswith(PREPARATION)]
        changes = [
            ChangedOutcome(outcome=name, now=now[name], then=then[name]) for name in told if now[name] != then[name]
        ]
    return VoiceAdvice(role=role, questions=list(answers), changes=changes)
