"""The words for results: the phrases of this room, and the titles of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from advisor.engines.outcomes import EROSION, FIRST, NO_PATTERN, NO_VERDICT, PREPARATION, VERDICT
from advisor.phrases import phrases_in
from advisor.rulebook import Rulebook


class Words:
    """What results are called in one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook, self.say = rulebook, phrases_in(rulebook.spoken)

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """Verdicts by name, in the order of the rulebook; last, that there is none."""
        titles = {each.name: each.title for each in self.rulebook.frame.verdicts}
        return titles | {NO_VERDICT: self.say("sum.no_verdict")}

    @cached_property
    def patterns(self) -> dict[str, str]:
        """Patterns by name; last, that there is none."""
        titles = {each.name: each.title for each in self.rulebook.frame.patterns}
        return titles | {NO_PATTERN: self.say("sum.no_pattern")}

    @cached_property
    def preparations(self) -> dict[str, str]:
        """Preparations by name."""
        return {each.name: each.title for each in self.rulebook.frame.preparations}

    def word(self, outcome: str, word: str) -> str:
        """What an outcome is called (`advisor.engines.outcomes`)."""
        if outcome == VERDICT:
            return self.verdicts[word]
        if outcome == FIRST:
            return self.patterns[word]
        if outcome != EROSION:
            return self.say(f"status.{word}")
        key = f"level.{word}"
        return self.say(key) if self.say.has(key) else word.replace("_", " ")

    def outcome(self, outcome: str) -> str:
        """What is looked at."""
        titles = {VERDICT: "sum.verdicts", FIRST: "sum.patterns", EROSION: "sum.erosion"}
        return self.say(titles[outcome]) if outcome in titles else self.preparations[outcome.removeprefix(PREPARATION)]

    def short(self, outcome: str) -> str:
        """What is looked at, in a word or two."""
        titles = {VERDICT: "dash.verdict", FIRST: "dash.use", EROSION: "dash.erosion"}
        return self.say(titles[outcome]) if outcome in titles else self.outcome(outcome)

    def advice(self, verdict: str | None, recommended: Iterable[str]) -> str:
        """A verdict with its patterns, in one phrase."""
        uses = [self.patterns[name] for name in recommended]
        title = self.verdicts[verdict or NO_VERDICT]
        if not uses:
            return self.say("sameness.advice_without", verdict=title)
        return self.say("sameness.advice", verdict=title, uses=self.say.listed(uses))

    def held(self, unit: str, by: str | None) -> str:
        """A unit, and by which verdict its free hours are held back, if any."""
        return self.say("dash.held_unit", unit=unit, verdict=self.verdicts[by]) if by else unit

    def figure(self, value: float | None) -> str:
        """A number, or that none is known."""
        return self.say("dash.no_figure") if value is None else self.number(value)

    def number(self, value: float) -> str:
        """A number as a person reads it: one decimal at most, and none from a thousand on."""
        return self.say.decimal(Fraction(str(value)), 1 if abs(value) < 1000 else 0)

    def percent(self, share: float) -> str:
        """A share in whole per cent; a small one is not nothing, and a large one not all."""
        if 0 < share < 1:
            return self.say.percent("<1")
        return self.say.percent(self.say.decimal(Fraction(99 if 99 < share < 100 else share), 0))
