"""Does everyone get the same advice? How often each outcome and finding comes out, and what never tells units apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from advisor.engines.checked import Engine
from advisor.engines.outcomes import PATTERN, RECOMMENDED, Outcomes
from advisor.language import Fact
from advisor.rulebook import Rulebook


@dataclass(slots=True)
class Frequencies:
    """How many of `units` units have each word of each outcome, and each rule as a finding."""

    outcomes: Mapping[str, tuple[str, ...]]
    rules: tuple[str, ...]
    units: int = 0
    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)

    def never(self) -> list[str]:
        """The rules that fired for no unit."""
        return [rule for rule in self.rules if not self.fired[rule]] if self.units else []

    def always(self) -> list[str]:
        """The rules that fired for every unit."""
        return [rule for rule in self.rules if self.fired[rule] == self.units] if self.units else []

    def constant(self) -> list[str]:
        """The outcomes that are the same word for every unit."""
        return [name for name in self.outcomes if self.units and self.units in self.words_of(name).values()]

    def words_of(self, outcome: str) -> dict[str, int]:
        """How often each word of an outcome comes out, those that never do among them."""
        return {word: self.words[outcome, word] for word in self.outcomes[outcome]}

    @property
    def recommended(self) -> dict[str, int]:
        """How often each pattern is recommended."""
        names = [name for name in self.outcomes if name.startswith(PATTERN)]
        return {name.removeprefix(PATTERN): self.words[name, RECOMMENDED] for name in names}


def frequencies(rulebook: Rulebook, engine: Engine, units: Iterable[Mapping[str, Fact]]) -> Frequencies:
    """Count what comes out for the units, given by their facts."""
    outcomes = Outcomes(rulebook)
    found = Frequencies(outcomes.words(), tuple(rulebook.rules))
    for facts in units:
        evaluation = engine.evaluate(facts)
        found.units += 1
        found.words.update(outcomes.of(evaluation).items())
        found.fired.update(rule for rule, truth in evaluation.truth.items() if truth is True)
    return found
