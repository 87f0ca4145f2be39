"""The outcomes of an advice as short words: what may be settled or open, and what an answer may change.

`verdict`, `first_pattern` and `erosion` each have one word; so has `pattern.<name>` (is it recommended?) and
`preparation.<name>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.engines.evaluation import Evaluation
from advisor.engines.selection import Selection
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.invariants import (
    EROSION,
    FIRST,
    NO_PATTERN,
    NO_VERDICT,
    RESERVE,
    SHARE_OF,
    STATUS_OF,
    VERDICT,
)
from advisor.rulebook.model import NOT_ASSESSED

__all__ = [
    "EROSION",
    "FIRST",
    "NOT_ASSESSED",
    "NOT_RECOMMENDED",
    "NO_PATTERN",
    "NO_VERDICT",
    "PATTERN",
    "PREPARATION",
    "RECOMMENDED",
    "VERDICT",
    "Ladder",
    "Outcomes",
    "moving_verdicts",
    "outcome_facts",
    "sharing_verdicts",
    "shown_shares",
]
PATTERN, PREPARATION = "pattern.", "preparation."
RECOMMENDED, NOT_RECOMMENDED = "recommended", "not_recommended"


@dataclass(frozen=True, slots=True)
class Ladder:
    """An outcome that is the first of `steps` one of whose rules is true, else `otherwise`."""

    steps: tuple[tuple[str, tuple[str, ...]], ...]
    otherwise: str

    def value(self, truth: Mapping[str, bool | None]) -> str:
        """The outcome when the rules are as given."""
        for word, rules in self.steps:
            if any(truth[rule] is True for rule in rules):
                return word
        return self.otherwise


class Outcomes:
    """The outcomes of one rulebook: which there are, which words each may have, and what they are in an evaluation."""

    def __init__(self, rulebook: Rulebook) -> None:
        frame, rules = rulebook.frame, rulebook.rules.values()

        def by(field: str, word: str) -> tuple[str, ...]:
            return tuple(rule.id for rule in rules if getattr(rule, field) == word)

        verdicts = tuple((verdict.name, by("verdict", verdict.name)) for verdict in frame.verdicts)
        levels = tuple((level, by("level", level)) for level in frame.erosion.levels)
        self.ladders = {VERDICT: Ladder(verdicts, NO_VERDICT), EROSION: Ladder(levels, NOT_ASSESSED)}
        for preparation, statuses in rulebook.preparing.items():
            self.ladders[PREPARATION + preparation] = Ladder(tuple(statuses.items()), NOT_ASSESSED)
        self.patterns = tuple(pattern.name for pattern in frame.patterns)

    def words(self) -> dict[str, tuple[str, ...]]:
        """The words that each outcome may have, in the order of the rulebook."""
        words: dict[str, tuple[str, ...]] = {VERDICT: self._of_ladder(VERDICT), FIRST: (*self.patterns, NO_PATTERN)}
        words |= {PATTERN + pattern: (RECOMMENDED, NOT_RECOMMENDED) for pattern in self.patterns}
        return words | {name: self._of_ladder(name) for name in self.ladders if name != VERDICT}

    def _of_ladder(self, name: str) -> tuple[str, ...]:
        ladder = self.ladders[name]
        return (*(word for word, rules in ladder.steps if rules), ladder.otherwise)

    def of(self, evaluation: Evaluation) -> dict[str, str]:
        """What the outcomes are."""
        found = {name: ladder.value(evaluation.truth) for name, ladder in self.ladders.items()}
        recommended = evaluation.selection.recommended
        found[FIRST] = recommended[0] if recommended else NO_PATTERN
        for pattern in self.patterns:
            found[PATTERN + pattern] = RECOMMENDED if pattern in recommended else NOT_RECOMMENDED
        return found

    def rules(self) -> list[str]:
        """Every rule that an outcome reads at once; the choice of patterns reads more."""
        return [rule for ladder in self.ladders.values() for _, rules in ladder.steps for rule in rules]


def sharing_verdicts(rulebook: Rulebook) -> frozenset[str]:
    """The verdicts under which hours are shared out, now or as a target."""
    return frozenset(verdict.name for verdict in rulebook.frame.verdicts if verdict.shares != "no")


def moving_verdicts(rulebook: Rulebook) -> frozenset[str]:
    """The verdicts under which free hours may be put to another use now; under the others they are held back."""
    return frozenset(verdict.name for verdict in rulebook.frame.verdicts if verdict.moves_hours)


def shown_shares(rulebook: Rulebook, verdict: str, selection: Selection) -> Mapping[str, int]:
    """The hour shares of the patterns in per cent; none where the leading verdict allows none."""
    return selection.shares if verdict in sharing_verdicts(rulebook) else {}


def outcome_facts(rulebook: Rulebook, outcomes: Outcomes, evaluation: Evaluation) -> dict[str, Fact]:
    """All names that an invariant may use: those of the rules, and what the advice comes to."""
    found = outcomes.of(evaluation)
    facts = {name: found[name] for name in (VERDICT, FIRST, EROSION)}
    facts |= {STATUS_OF + each.name: found[PREPARATION + each.name] for each in rulebook.frame.preparations}
    shares = shown_shares(rulebook, found[VERDICT], evaluation.selection)
    numbers = {SHARE_OF + pattern: shares.get(pattern, 0) for pattern in outcomes.patterns}
    numbers[RESERVE] = evaluation.selection.reserve if shares else 0
    return {**evaluation.facts, **facts, **{name: (number, number) for name, number in numbers.items()}}
