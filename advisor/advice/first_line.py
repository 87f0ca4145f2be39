"""In one plain line why, of several patterns that lie close together, one comes first: for the table and Markdown."""

from __future__ import annotations

from advisor.advice.model import UnitAdvice
from advisor.phrases import phrases_in
from advisor.rulebook import Rulebook


def first_line(unit: UnitAdvice, rulebook: Rulebook) -> str:
    """What put the first pattern first, where support alone did not; empty where it did."""
    policy, titles = rulebook.frame.selection, {each.pattern: each.title for each in unit.patterns}
    if unit.decided_by is None or not unit.recommended:
        return ""
    first, *others = (titles[pattern] for pattern in unit.recommended)
    if unit.decided_by == "first":
        return f"{first}. {policy.first.says if policy.first else ''}".strip()
    window = rulebook.parameters[policy.tie_window].value
    return phrases_in(rulebook.spoken)(f"first.{unit.decided_by}", first=first, other=others[0], window=window)
