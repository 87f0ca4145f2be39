"""The newer answers put in place of the earlier ones, one after the other: which of them broke what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.advice.recommendations import Recommendation
from advisor.engines.checked import CheckedEngine
from advisor.engines.outcomes import Outcomes
from advisor.language import Fact
from advisor.profile import Unit
from advisor.rulebook import Rulebook

Cause = Literal["answer", "rulebook", "unknown"]
"""Why a recommendation fell: by a changed answer, by another rulebook, or by what the earlier file does not tell."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that is another one now, and since when, where the profile says so."""

    question: str
    before: Fact
    after: Fact
    as_of: datetime.date | None


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of a recommendation; `by` is the answer after which it did not hold any more."""

    recommendation: Recommendation
    stands: bool
    cause: Cause | None = None
    by: Moved | None = None


def moved(before: Mapping[str, Fact], unit: Unit, after: Mapping[str, Fact], rulebook: Rulebook) -> list[Moved]:
    """The answers that differ, by the dates of the newer ones; those without a date last, as the questionnaire goes."""
    found = [
        Moved(name, before[name], after[name], answer.as_of if (answer := unit.answers.get(name)) else None)
        for name in rulebook.questions
        if name in before and before[name] != after[name]
    ]
    return sorted(found, key=lambda each: each.as_of or datetime.date.max)


class Replay:
    """Follows one unit from its earlier answers to the newer ones."""

    def __init__(self, rulebook: Rulebook, engine: CheckedEngine) -> None:
        self.rulebook = rulebook
        self._engine, self._outcomes = engine, Outcomes(rulebook)

    def fates(
        self,
        advice: Sequence[Recommendation],
        before: Mapping[str, Fact],
        after: Mapping[str, Fact],
        moves: Sequence[Moved],
        otherwise: Cause,
    ) -> list[Fate]:
        """What has become of each recommendation; `otherwise` is why one fell that no answer broke."""
        facts = {**after, **before}
        held = [self._holding(advice, facts)]
        for move in moves:
            facts[move.question] = move.after
            held.append(self._holding(advice, facts))
        return [self._fate(each, [one[place] for one in held], moves, otherwise) for place, each in enumerate(advice)]

    def _holding(self, advice: Sequence[Recommendation], facts: Mapping[str, Fact]) -> list[bool]:
        evaluation = self._engine.evaluate(facts)
        return [each.holds(evaluation, self._outcomes) for each in advice]

    @staticmethod
    def _fate(each: Recommendation, held: Sequence[bool], moves: Sequence[Moved], otherwise: Cause) -> Fate:
        """A recommendation that fell and rose again on the way has fallen for good by what came last."""
        if held[-1]:
            return Fate(each, stands=True)
        falls = [place for place in range(1, len(held)) if held[place - 1] and not held[place]]
        if falls:
            return Fate(each, stands=False, cause="answer", by=moves[falls[-1] - 1])
        return Fate(each, stands=False, cause=otherwise)
