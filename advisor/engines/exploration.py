"""Trying completions of a profile: which outcomes come up, each with the answers that lead there.

Answers drawn independently nearly always hold something alarming, so most draws change a few answers of a completion
that led to an verdict together with another outcome before; the rarer that pair has been, the likelier its turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from advisor.engines.completions import Completions
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.language import Fact

Facts = Mapping[str, Fact]
_MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Tried:
    """One completion: its answers, and every name and outcome that follows."""

    raw: Facts
    facts: Facts
    found: Mapping[str, str]


@dataclass(slots=True)
class Exploration:
    """All completions tried so far."""

    completions: Completions
    evaluate: Callable[[Facts], Evaluation]
    outcomes: Outcomes
    random: Random
    tried: list[Tried] = field(default_factory=list)
    led_to: dict[tuple[str, str], Tried] = field(default_factory=dict)
    _kept: dict[tuple[str, ...], list[Tried]] = field(default_factory=dict)
    _seen: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def run(self, draws: int) -> None:
        """Try that many completions more."""
        for number in range(draws):
            given = self._part_of_one() if self._kept and number % 8 else None
            self.take(self.completions.draw(self.random, given))

    def take(self, raw: Facts) -> Tried:
        """Try one completion."""
        evaluation = self.evaluate(raw)
        tried = Tried(raw, evaluation.facts, self.outcomes.of(evaluation))
        self.tried.append(tried)
        for outcome in tried.found.items():
            self.led_to.setdefault(outcome, tried)
            pair = tried.found[VERDICT], *outcome
            self._seen[pair] += 1
            known = self._kept.setdefault(pair, [])
            if len(known) < _MOST_KEPT:
                known.append(tried)
            elif self.random.random() < 0.1:
                known[self.random.randrange(_MOST_KEPT)] = tried
        return tried

    def answers_of(self, raw: Facts) -> dict[str, Fact]:
        """The answers that a completion gives to the open questions."""
        return self.completions.answers_in(raw)

    def _part_of_one(self) -> dict[str, Fact]:
        """The answers of an earlier completion without a few of them."""
        pairs = list(self._kept)
        (pair,) = self.random.choices(pairs, [1 / self._seen[each] for each in pairs])
        answers = self.answers_of(self.random.choice(self._kept[pair]).raw)
        share = self.random.choice((0.02, 0.05, 0.15, 0.4))
        dropped = set(self.random.sample(list(answers), max(1, round(share * len(answers))))) if answers else set()
        return {name: answer for name, answer in answers.items() if name not in dropped}
