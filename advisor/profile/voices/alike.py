"""Whether answers say the same, and which of several is the lowest or the highest."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from advisor.profile.model import EVIDENCES, Answer
from advisor.rulebook.model import Question

INAPPLICABLE = "does not apply"
"""The reason that is given for several people, whose own words are not shown."""


def says(answer: Answer) -> Hashable:
    """What an answer comes to, whatever stands behind it; equal for answers that say the same."""
    if answer.state != "answered":
        return answer.state
    value = answer.value
    if value is None:
        return answer.low, answer.high
    return frozenset(value) if isinstance(value, tuple) and all(isinstance(item, str) for item in value) else value


def only_said(answer: Answer) -> Answer:
    """What an answer comes to, without the words that stand behind it."""
    reason = INAPPLICABLE if answer.state == "not_applicable" else None
    return Answer(answer.state, answer.value, answer.low, answer.high, reason=reason)


def all_alike(answers: Iterable[Answer]) -> bool:
    """Whether all say the same."""
    return len({says(answer) for answer in answers}) <= 1


def outermost(answers: Sequence[Answer], question: Question, which: Callable[..., Any]) -> Answer | None:
    """What the lowest (`which` is `min`) or highest (`max`) answer comes to; None where some do not apply.

    Of ranges the lowest is the range between their lowest ends and their highest.
    """
    if any(answer.state != "answered" for answer in answers):
        return None
    if question.type == "number":
        low, high = (which(each) for each in zip(*map(ends, answers), strict=True))
        return Answer("answered", low) if low == high else Answer("answered", low=low, high=high)
    order: list[object] = [choice.value for choice in question.choices] or [False, True]
    chosen = which(answers, key=lambda answer: order.index(answer.value))
    return Answer("answered", chosen.value)


def ends(answer: Answer) -> tuple[Decimal, Decimal]:
    """Between which numbers an answer lies; a value counts before its range."""
    if isinstance(answer.value, Decimal):
        return answer.value, answer.value
    assert answer.low is not None
    assert answer.high is not None
    return answer.low, answer.high


def resting_on(answer: Answer, behind: Sequence[Answer], *, shown: bool = True) -> Answer:
    """The answer with the weakest evidence of those behind it.

    Source, date and reason are kept of a single one behind it, and only where they may be `shown`.
    """
    only = behind[0] if shown and len(behind) == 1 else None
    reason = (only.reason if only else INAPPLICABLE) if answer.state == "not_applicable" else None
    return replace(
        answer,
        evidence=max((each.evidence for each in behind), key=EVIDENCES.index),
        source=only.source if only else None,
        as_of=only.as_of if only else None,
        reason=reason,
        note=None,
        people=None,
        place=behind[0].place,
    )
