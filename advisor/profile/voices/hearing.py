"""From what respondents say about a unit to the answers that count."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from advisor.profile.model import Answer, Frozen, Unit, Voice
from advisor.profile.voices.alike import resting_on, says
from advisor.profile.voices.apart import rows_of
from advisor.profile.voices.combine import admitted, combine
from advisor.profile.voices.view import Policy, Spoken, View, view_of, without_words_of_one
from advisor.rulebook.model import Question, Respondent
from advisor.rulebook.references import FEWEST_STAFF

if TYPE_CHECKING:
    from advisor.rulebook import Rulebook

ROLES: tuple[Respondent, ...] = ("manager", "data_owner", "staff")
Counts = Literal["combined", "recorded", "contradictory", "withheld", "not_counted"]


@dataclass(frozen=True, slots=True)
class HeardQuestion:
    """What was said to one question, by role, and what counts of it.

    `answer` is what counts: what was `recorded`, or what the views of the roles in `behind` come to (`combined`).
    Nothing counts where they are `contradictory`, `withheld` (staff too few), or `not_counted` (not staff's own view).
    """

    question: str
    counts: Counts
    answer: Answer | None
    behind: tuple[Respondent, ...]
    views: tuple[View, ...]

    @property
    def differs(self) -> bool:
        """Whether those who may be heard do not all say the same, or not what was recorded."""
        heard = [view for view in self.views if view.standing != "withheld"]
        recorded = [says(self.answer)] if self.counts == "recorded" and self.answer else []
        said = {*recorded, *(says(view.answer) for view in heard if view.answer)}
        return len(said) > 1 or any(view.standing == "divided" for view in heard)


@dataclass(frozen=True, slots=True)
class Heard:
    """A unit without respondents, whose answers are those that count; and how they came about, by question."""

    unit: Unit
    questions: tuple[HeardQuestion, ...] = ()


def hear(unit: Unit, rulebook: Rulebook, withheld: Collection[str] = ()) -> Heard:
    """What counts of all that was said about a unit. What was recorded prevails, except where it is `withheld`."""
    if not unit.respondents:
        return Heard(unit)
    recorded = {name: answer for name, answer in unit.answers.items() if name not in withheld}
    policy = _policy(unit, recorded, rulebook)
    heard = tuple(
        _question(question, unit.respondents, recorded.get(name), policy)
        for name, question in rulebook.asked.items()
        if any(name in voice.answers for voice in unit.respondents)
    )
    heard = tuple(each for each in heard if each.views)
    combined = {each.question: each.answer for each in heard if each.answer}
    answers = Frozen({**unit.answers, **combined, **_drawn(heard, rulebook)})
    shown = tuple(replace(each, views=tuple(map(without_words_of_one, each.views))) for each in heard)
    return Heard(replace(unit, answers=answers, respondents=()), shown)


def _question(question: Question, voices: Sequence[Voice], recorded: Answer | None, policy: Policy) -> HeardQuestion:
    views = tuple(
        view for role in ROLES if (view := view_of(role, _spoken(question, role, voices), question, policy)) is not None
    )
    if recorded is not None:
        return HeardQuestion(question.name, "recorded", recorded, (), views)
    outcome = combine(question, views)
    counts: Counts = "combined" if outcome.answer else "contradictory" if outcome.contradictory else "not_counted"
    if counts == "not_counted" and any(view.standing == "withheld" for view in views):
        counts = "withheld"
    return HeardQuestion(question.name, counts, outcome.answer, outcome.behind, views)


def _spoken(question: Question, role: Respondent, voices: Sequence[Voice]) -> list[Spoken]:
    return [
        Spoken(_people(question, voice, answer), answer)
        for voice in voices
        if voice.role == role and (answer := voice.answers.get(question.name)) is not None
    ]


def _people(question: Question, voice: Voice, answer: Answer) -> int:
    """How many people an answer is of: as it says, or as its tally adds up to, or all who speak in the entry."""
    if answer.people is not None:
        return answer.people
    adds_up = answer.tally is not None and question.type != "choices"
    return sum((answer.tally or {}).values()) if adds_up else voice.people


def _policy(unit: Unit, recorded: Mapping[str, Answer], rulebook: Rulebook) -> Policy:
    staff, voices, parameters = rulebook.frame.staff_answers, rulebook.frame.voices, rulebook.parameters
    policy = Policy(
        minimum=parameters[staff.minimum].value if staff else Decimal(FEWEST_STAFF),
        team_is_enough=True,
        majority=parameters[voices.majority].value if voices else Decimal(100),
    )
    if staff is None:
        return policy
    team = _question(rulebook.questions[staff.team], unit.respondents, recorded.get(staff.team), policy).answer
    people = (team.low if team.value is None else team.value) if team and team.state == "answered" else None
    return replace(policy, team_is_enough=not isinstance(people, Decimal) or people >= policy.minimum)


def _drawn(heard: Sequence[HeardQuestion], rulebook: Rulebook) -> dict[str, Answer]:
    if rulebook.drawn is None:
        return {}
    table = Answer("answered", rows_of(heard, rulebook.drawn, rulebook.questions))
    said = [view.answer for each in heard for view in each.views if view.answer]
    return {rulebook.drawn.name: resting_on(table, said, shown=False) if said else table}


def other_than_counts(heard: Sequence[HeardQuestion], role: Respondent, rulebook: Rulebook) -> dict[str, Answer]:
    """What a role says where something else counts; only where the question's rule gives it a say, and no trial."""
    said = {}
    for each in heard:
        views = admitted(rulebook.questions[each.question], [view for view in each.views if view.role == role])
        answer = views[0].answer if views else None
        tried = each.answer is not None and each.answer.tried is not None
        if answer and not tried and (each.answer is None or says(answer) != says(each.answer)):
            said[each.question] = answer
    return said
