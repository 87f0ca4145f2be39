"""Invariants: what must hold for every profile, written by domain experts and proven by `advisor rules verify`.

They stand beside the rules and decide nothing: no advice depends on them, so they are no part of the digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Annotated, Literal

from advisor.language import Signature
from advisor.language.units import dimension
from advisor.rulebook.field_types import NOT_EMPTY, RuleId, Text, Word, part
from advisor.rulebook.model import NOT_ASSESSED, PREPARATION_STATUSES, Frame

Direction = Literal["up", "down"]
VERDICT, FIRST, EROSION, RESERVE = "verdict", "first_pattern", "erosion", "reserve_kept"
STATUS_OF, SHARE_OF = "status_of_", "share_of_"
NO_PATTERN, NO_VERDICT = "no_pattern", "no_verdict"


@part
class Invariant:
    """One statement over all valid profiles, of one of three kinds.

    `never` is a condition that is certainly true in none. `opposite` are rules of which no two hold at once. `moves`
    are questions and the direction in which an answer moves; then `never_falls` names an outcome whose words are given
    in `order`, lowest first.
    """

    id: RuleId
    title: Text
    never: Text | None = None
    opposite: tuple[RuleId, ...] = ()
    moves: dict[Word, Direction] = field(default_factory=dict)
    never_falls: Word | None = None
    order: tuple[Word, ...] = ()
    because: Text
    limits: Text | None = None
    sources: Annotated[tuple[str, ...], NOT_EMPTY]


def outcome_signatures(frame: Frame) -> dict[str, Signature]:
    """The names that an invariant may use besides those of the rules: what the advice comes to."""
    patterns = [pattern.name for pattern in frame.patterns]
    words = {
        VERDICT: (*(verdict.name for verdict in frame.verdicts), NO_VERDICT),
        FIRST: (*patterns, NO_PATTERN),
        EROSION: (*frame.erosion.levels, NOT_ASSESSED),
        **{STATUS_OF + each.name: (*PREPARATION_STATUSES, NOT_ASSESSED) for each in frame.preparations},
    }
    names = {name: Signature(name, "choice", "outcome", choices=choices) for name, choices in words.items()}
    shares = [RESERVE, *(SHARE_OF + pattern for pattern in patterns)]
    return names | {name: Signature(name, "number", "outcome", dimension=dimension("%")) for name in shares}


def mistakes(invariant: Invariant) -> Iterator[str]:
    """What is wrong with the shape of an invariant."""
    moves = bool(invariant.moves), invariant.never_falls is not None, bool(invariant.order)
    if [invariant.never is not None, bool(invariant.opposite), any(moves)].count(True) != 1:
        yield "says one of 'never', 'opposite' or 'moves'"
    elif any(moves) and not all(moves):
        yield "with 'moves' also says what 'never_falls' and in which 'order', lowest first"
    if len(invariant.opposite) == 1 or len({*invariant.opposite}) < len(invariant.opposite):
        yield "names two or more different rules under 'opposite'"
