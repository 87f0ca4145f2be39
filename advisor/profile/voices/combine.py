"""How the views of several roles become one answer, as the question says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.profile.model import Answer
from advisor.profile.voices.alike import all_alike, outermost, resting_on, says
from advisor.profile.voices.view import EXTREMES, View
from advisor.rulebook.model import Question, Respondent


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer that views come to and the roles behind it, or that they contradict each other; or nothing."""

    answer: Answer | None = None
    behind: tuple[Respondent, ...] = ()
    contradictory: bool = False


def combine(question: Question, views: Sequence[View]) -> Outcome:
    """What the views come to; views that are withheld have no say."""
    counted = admitted(question, views)
    answers = [view.answer for view in counted if view.answer]
    if not counted:
        return Outcome()
    if len(answers) < len(counted):
        return Outcome(contradictory=True)
    found: Answer | None = answers[0]
    if not all_alike(answers):
        which = EXTREMES.get(question.combined_by)
        found = outermost(answers, question, which) if which else None
    if found is None:
        return Outcome(contradictory=True)
    behind = [view for view in counted if view.answer and says(view.answer) == says(found)] or counted
    return Outcome(
        resting_on(found, [view.answer for view in behind if view.answer]), tuple(view.role for view in behind)
    )


def admitted(question: Question, views: Sequence[View]) -> list[View]:
    """The views that have a say by the question's rule."""
    heard = [view for view in views if view.standing != "withheld"]
    if question.combined_by == "mean_of_staff":
        return [view for view in heard if view.role == "staff"]
    owners = [view for view in heard if view.role == "data_owner"]
    return owners if owners and question.combined_by == "data_owner_first" else heard
