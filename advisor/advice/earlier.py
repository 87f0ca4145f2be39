"""What a reader has to know of a profile that was written for an earlier questionnaire."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.model import OpenQuestion
from advisor.profile import Unit
from advisor.rulebook.questionnaire import Questionnaire


def earlier_notices(
    unit: Unit, version: str | None, still_open: Iterable[OpenQuestion], asked: Questionnaire
) -> list[str]:
    """That answers are kept which count for nothing, and that open questions are open only because they are new."""
    notices = []
    if unit.kept:
        names = ", ".join(asked.not_asked[name].label or name for name in unit.kept)
        notices.append(f"Answers to questions that are not asked any more are kept and count for nothing: {names}.")
    added = asked.added_since(version) if version else []
    new = [asked[each.question] for each in still_open if each.question in added]
    if new:
        labels = ", ".join(question.label or question.ask for question in new)
        since = f"New since version {version} of the questionnaire, for which this was answered"
        notices.append(f"{since}, and open: {labels}.")
    return notices
