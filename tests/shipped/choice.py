"""The choice of patterns by the shipped policy, from scores alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.engines.scoring import Scored
from advisor.engines.selection import Selection, select
from advisor.language import Fact
from advisor.language.intervals import NO_NUMBER, UNKNOWN_NUMBER, Interval
from tests.shipped.answers import RULEBOOK

Score = int | tuple[int, int]
NO_LAW = dict.fromkeys(RULEBOOK.rules, False)
STATUTORY = RULEBOOK.findings["statutory_backlog"][0]
_WORTH = {"quality": "quality_worth_year", "advice": "advice_worth_year"}


def chosen(
    *,
    quality: Score = 0,
    advice: Score = 0,
    volume: Score = 0,
    rules: Mapping[str, bool | None] = NO_LAW,
    money: Mapping[str, int] = {},
    without: Mapping[str, Sequence[int]] = {},
) -> Selection:
    """The choice among patterns with these scores, all terms of a pattern alike; `(40, 70)` is 40 to 70.

    `rules` that are not named do not hold; `money` is what a pattern is worth a year, unknown where it is not named;
    `without` names the places of terms that do not apply.
    """
    terms: dict[str, list[Interval]] = {}
    for pattern, score in {"quality": quality, "advice": advice, "volume": volume}.items():
        term = score if isinstance(score, tuple) else (score, score)
        terms[pattern] = [
            NO_NUMBER if place in without.get(pattern, ()) else term
            for place in range(len(RULEBOOK.scores[pattern].terms))
        ]
    facts: dict[str, Fact] = {
        name: (money[pattern] * 100, money[pattern] * 100) if pattern in money else UNKNOWN_NUMBER
        for pattern, name in _WORTH.items()
    }
    truth = {**NO_LAW, **rules}
    return select(RULEBOOK, {**facts, "statutory_backlog": truth[STATUTORY]}, truth, terms, {})


def scored(selection: Selection, pattern: str) -> Scored:
    """What came out for one pattern."""
    return next(each for each in selection.patterns if each.pattern == pattern)
