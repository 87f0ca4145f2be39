"""Trying completions of a profile: which outcomes come up, each with the answers that lead there.

Answers drawn independently nearly always hold something alarming, so most draws change a few answers of a completion
that led to an verdict together with another outcome before; the rarer that pair has been, the likelier its turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from advisor.engines.completions import Completions
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.engines.quick import Chosen, QuickEngine
from advisor.language import Fact

Facts = Mapping[str, Fact]
_MOST_KEPT = 4
_FEW = 8
"""So many changed answers at most are followed step by step; with more a whole evaluation is quicker."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One completion: its answers, its evaluation and every outcome that follows."""

    raw: Facts
    evaluation: Evaluation
    found: Mapping[str, str]


@dataclass(slots=True)
class Exploration:
    """All completions tried so far."""

    completions: Completions
    engine: QuickEngine
    outcomes: Outcomes
    random: Random
    led_to: dict[tuple[str, str], Tried] = field(default_factory=dict)
    _kept: dict[tuple[str, ...], list[Tried]] = field(default_factory=dict)
    _seen: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _chosen: Chosen = field(default_factory=dict)

    def run(self, draws: int) -> None:
        """Try that many completions more."""
        for number in range(draws):
            near = self._rare_one() if self._kept and number % 8 else None
            self.take(self.completions.draw(self.random, self._part_of(near) if near else None), near)

    def take(self, raw: Facts, near: Tried | None = None) -> Tried:
        """Try one completion; quicker where it has most answers of an earlier one."""
        tried = self.of(raw, near)
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

    def kept(self) -> list[Tried]:
        """Some of the completions, a few for each pair of outcomes seen."""
        return list({id(tried): tried for each in self._kept.values() for tried in each}.values())

    def of(self, raw: Facts, near: Tried | None = None) -> Tried:
        """One completion with what follows from it, without keeping it."""
        evaluation = self._changed(raw, near) if near else None
        evaluation = evaluation or self.engine.evaluate(raw)
        return Tried(raw, evaluation, self.outcomes.of(evaluation))

    def _changed(self, raw: Facts, near: Tried) -> Evaluation | None:
        """The evaluation by way of an earlier one, where few answers are not the same."""
        names = [name for name in self.completions.open_names if raw[name] is not near.raw[name]]
        return self.engine.changed(near.evaluation, raw, names, self._chosen) if len(names) <= _FEW else None

    def answers_of(self, raw: Facts) -> dict[str, Fact]:
        """The answers that a completion gives to the open questions."""
        return self.completions.answers_in(raw)

    def _rare_one(self) -> Tried:
        pairs = list(self._kept)
        (pair,) = self.random.choices(pairs, [1 / self._seen[each] for each in pairs])
        return self.random.choice(self._kept[pair])

    def _part_of(self, near: Tried) -> dict[str, Fact]:
        """The answers of an earlier completion without a few of them."""
        answers = self.answers_of(near.raw)
        share = self.random.choice((0.02, 0.05, 0.15, 0.4))
        dropped = set(self.random.sample(list(answers), max(1, round(share * len(answers))))) if answers else set()
        return {name: answer for name, answer in answers.items() if name not in dropped}
