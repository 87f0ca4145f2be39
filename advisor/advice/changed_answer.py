"""An answer that would be another, as the result shows it."""

from __future__ import annotations

from advisor.advice.model import ChangedAnswer
from advisor.advice.numbers import as_json
from advisor.engines.changes import Change
from advisor.rulebook import Rulebook


def changed_answer(change: Change, rulebook: Rulebook) -> ChangedAnswer:
    """What an answer is and would be, with its unit."""
    signature = rulebook.scope[change.question]
    return ChangedAnswer(
        question=change.question,
        from_=as_json(change.before, signature),
        to=as_json(change.after, signature),
        unit=rulebook.questions[change.question].unit,
    )
