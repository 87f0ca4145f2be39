"""Flips as part of the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.advice.changed_answer import changed_answer
from advisor.advice.flip_search import Flip
from advisor.advice.flips import Flips
from advisor.advice.model import AdviceDocument, FlipResult
from advisor.rulebook import Rulebook


def with_flips(document: AdviceDocument, flips: Sequence[Sequence[Flips]], rulebook: Rulebook) -> AdviceDocument:
    """The document with the flips of each unit, by outcome in the order of the rulebook and the smallest first."""
    units = [
        replace(
            unit,
            flips=[_result(of_one, flip, rulebook) for of_one in each for flip in of_one.flips],
            flips_searched={of_one.outcome: of_one.searched for of_one in each},
        )
        for unit, each in zip(document.units, flips, strict=True)
    ]
    return replace(document, units=units)


def _result(flips: Flips, flip: Flip, rulebook: Rulebook) -> FlipResult:
    answers = [changed_answer(change, rulebook) for change in flip.changes]
    return FlipResult(target=flips.outcome, now=flips.now, then=flip.leads_to, answers=answers)
