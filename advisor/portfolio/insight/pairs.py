"""Units that answer alike and get different verdicts: the pairs that are nearest to one another."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engines.outcomes import VERDICT
from advisor.portfolio.insight.overview import Overview
from advisor.portfolio.insight.similar import Neighbour
from advisor.portfolio.insight.told import Told
from advisor.portfolio.words import Words

MOST_PAIRS = 5
_FARTHEST = 0.5
"""Units farther apart are not alike."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two listed units in words: what they are told, and in what they differ."""

    place: int
    other: int
    lead: str
    differences: str


def pairs_of(overview: Overview, words: Words) -> list[Pair]:
    """The pairs that are most alike, the nearest first."""
    near: dict[frozenset[int], tuple[int, Neighbour]] = {}
    for place, similar in enumerate(overview.similar):
        if similar.other and similar.other.distance <= _FARTHEST:
            near.setdefault(frozenset((place, similar.other.place)), (place, similar.other))
    chosen = sorted(near.values(), key=lambda each: (each[1].distance, each[0]))[:MOST_PAIRS]
    return [_pair(place, other, overview, words) for place, other in chosen]


def _pair(place: int, other: Neighbour, overview: Overview, words: Words) -> Pair:
    say, told = words.say, Told(overview.rulebook)
    here, there = (words.word(VERDICT, overview.listed[VERDICT][at]) for at in (place, other.place))
    one, another = (overview.name(at) for at in (place, other.place))
    lead = say("pairs.lead", one=one, here=here, other=another, there=there, share=round(100 * (1 - other.distance)))
    differences = [
        say(
            "dash.difference",
            question=told.question(name),
            here=overview.answer(told, name, place),
            there=overview.answer(told, name, other.place),
        )
        for name in other.differs
    ]
    said = say("dash.differs", differences=say.in_row(differences)) if differences else say("pairs.same")
    return Pair(place, other.place, lead, said)
