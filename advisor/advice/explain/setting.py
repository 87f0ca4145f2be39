"""What every part of an explanation looks at: one unit's answers and what became of them, and how to speak of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advice.figures import Figures, figure, span
from advisor.advice.model import TermResult, UnitAdvice
from advisor.advice.waits import Dependencies
from advisor.advice.wording import shown
from advisor.language import Fact
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.phrases import Phrases, phrases_in
from advisor.profile import Unit
from advisor.profile.voices import HeardQuestion
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Setting:
    """One unit; with `steps` it is explained down to every part of every expression and formula."""

    known: Dependencies
    unit: Unit
    document: UnitAdvice
    voices: Mapping[str, HeardQuestion]
    currency: str | None
    steps: bool

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that the advice was made with."""
        return self.known.rulebook

    @property
    def say(self) -> Phrases:
        """The phrases of its language."""
        return phrases_in(self.rulebook.spoken)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """All names with their values."""
        return self.known.evaluation.facts

    def shown(self, name: str) -> str:
        """The value of a name in words."""
        return shown(name, self.rulebook, self.facts, self.currency)

    def valued(self, name: str) -> str:
        """The same; of a computed figure as every other form of the result writes it, and beside that unrounded."""
        exact = self.shown(name)
        if name not in self.rulebook.measures:
            return exact
        written = self.figures.value(name)
        return written if exact in written else self.say("explain.unrounded", value=written, exact=exact)

    @property
    def figures(self) -> Figures:
        """Writes its figures."""
        return Figures(self.known, self.unit, self.currency)

    def filled(self, text: str) -> str:
        """A text of the rulebook with its values."""
        return self.figures.filled(text)

    def is_known(self, name: str) -> bool:
        """Whether a name has a value."""
        return name in self.rulebook.parameters or is_known_fact(self.facts[name])

    def applies(self, name: str) -> bool:
        """Whether a name is not marked not applicable."""
        return name in self.rulebook.parameters or not is_inapplicable_fact(self.facts[name])

    def points(self, term: TermResult) -> str:
        """What a term of a score carries."""
        if term.low is None:
            return self.say("explain.term_does_not_apply")
        points, weight = span(term.low, term.high, self.say), figure(term.weight, self.say)
        return self.say("explain.points_of", points=points, weight=weight)
