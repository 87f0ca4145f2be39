"""What a reader has to know of a profile that was written for an earlier questionnaire."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.model import OpenQuestion
from advisor.phrases import phrases_in
from advisor.profile import Unit
from advisor.rulebook import Rulebook


def earlier_notices(
    unit: Unit, version: str | None, still_open: Iterable[OpenQuestion], rulebook: Rulebook
) -> list[str]:
    """That answers are kept which count for nothing, and that open questions are open only because they are new."""
    asked, say, notices = rulebook.questions, phrases_in(rulebook.spoken), list[str]()
    if unit.kept:
        names = [asked.not_asked[name].label or name for name in unit.kept]
        notices.append(say("earlier.kept", questions=say("list.comma").join(names)))
    added = asked.added_since(version) if version else []
    new = [asked[each.question] for each in still_open if each.question in added]
    if new:
        labels = [question.label or question.ask for question in new]
        notices.append(say("earlier.new", version=version, questions=say("list.comma").join(labels)))
    return notices
