"""Until when an advice stands, as part of the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from advisor.advice.ageing import Ending
from advisor.advice.changed_answer import changed_answer
from advisor.advice.expiry import expiry, last_day
from advisor.advice.model import AdviceDocument, EndsByTime
from advisor.rulebook import Rulebook


def with_endings(
    document: AdviceDocument, endings: Sequence[Sequence[Ending]], today: date | None, rulebook: Rulebook
) -> AdviceDocument:
    """The document with what time ends in each unit, and the last day on which its advice stands."""
    units = []
    for unit, each in zip(document.units, endings, strict=True):
        last = last_day(expiry(today, rulebook), (ending.day for ending in each if ending.is_of_advice))
        told = [_result(ending, rulebook) for ending in each]
        units.append(replace(unit, expires=None if last is None else last.isoformat(), ends_by_time=told))
    return replace(document, units=units)


def _result(ending: Ending, rulebook: Rulebook) -> EndsByTime:
    kind = ending.recommendation.kind
    assert kind != "mix"
    return EndsByTime(
        kind=kind,
        name=ending.recommendation.name,
        on=None if ending.day is None else ending.day.isoformat(),
        answers=[changed_answer(change, rulebook) for change in ending.changes],
    )
