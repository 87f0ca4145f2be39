"""The outlook of one unit: what is settled, what is still possible, which questions decide.

Possible is only what a completion led to that the default engine confirmed. Settled is only what the solver has
proven. What is neither shown nor excluded within the solver's limit is undecided, and said to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

from advisor.advice.deciding import deciding_questions
from advisor.advice.leading import Guide
from advisor.advice.model import AdviceDocument
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.completions import Completions, open_questions
from advisor.engines.exploration import Exploration
from advisor.engines.outcomes import FIRST, NO_PATTERN, NOT_RECOMMENDED, PATTERN, RECOMMENDED, Outcomes
from advisor.engines.proof import WITHOUT_Z3, is_available
from advisor.engines.quick import QuickEngine
from advisor.language import Fact
from advisor.rulebook import Rulebook

if TYPE_CHECKING:
    from advisor.engines.proof.prover import Found, Wanted

DRAWS = 200
"""So many completions are tried at a time."""
_EASY, _HARD = 2_000_000, 8_000_000
_MANY = 60
"""With more open answers than these completions are led, and much is ruled out while measures and scores are free."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What open answers can still do. Outcomes are called as in `advisor.engines.outcomes`.

    `possible` has every word that some completion leads to, `settled` the outcomes with one proven word, `undecided`
    the words of which nobody knows; `deciding` the questions for each outcome that is not settled, the most telling
    first. `examples` are complete answers for each possible word. `note` says why nothing could be proven.
    """

    open_questions: tuple[str, ...]
    settled: Mapping[str, str]
    possible: Mapping[str, tuple[str, ...]]
    undecided: Mapping[str, tuple[str, ...]]
    deciding: Mapping[str, tuple[str, ...]]
    examples: Mapping[tuple[str, str], Mapping[str, Fact]] = field(repr=False, default_factory=dict)
    note: str | None = None


class Forecaster:
    """Gives outlooks, the same for the same unit; what depends on the rulebook alone is done once."""

    def __init__(self, rulebook: Rulebook, engine: CheckedEngine) -> None:
        self.rulebook = rulebook
        self.outcomes = Outcomes(rulebook)
        self._engine = engine
        self._quick = QuickEngine(rulebook, self.outcomes)
        self._guide = Guide(rulebook, self.outcomes)

    def outlook(self, raw: Mapping[str, Fact]) -> Outlook:
        """The outlook of a unit, by its facts as `advisor.profile.facts` gives them."""
        evaluation = self._engine.evaluate(raw)
        names = tuple(open_questions(self.rulebook, raw, evaluation.facts))
        if not names:
            found = self.outcomes.of(evaluation)
            return Outlook((), found, {name: (word,) for name, word in found.items()}, {}, {})
        exploration = Exploration(Completions(self.rulebook, raw, names), self._quick, self.outcomes, Random(1))
        _explore(exploration)
        impossible = self._decided(raw, exploration) if is_available() else set()
        return self._result(exploration, impossible)

    def _lead(self, exploration: Exploration, impossible: set[Wanted]) -> None:
        for name, word in self._missing(exploration, impossible):
            self._guide.lead(exploration, name, word)

    def _decided(self, raw: Mapping[str, Fact], exploration: Exploration) -> set[Wanted]:
        """Search with the solver and try beside what it finds; gives what cannot come out.

        Which pattern is first is asked last: part of it follows from which can be recommended at all.
        """
        from advisor.engines.proof.prover import Prover

        names = exploration.completions.open_names
        impossible: set[Wanted] = set()
        if many := len(names) > _MANY:
            self._lead(exploration, impossible)
            quick = Prover(self.rulebook, self.outcomes, _EASY)
            impossible |= {*quick.ruled_out(raw, names, self._missing(exploration, impossible))}
            self._lead(exploration, impossible)
        for work in (_HARD,) if many else (_EASY, _HARD):
            prover = Prover(self.rulebook, self.outcomes, work)
            for last in (False, True):
                missing = [each for each in self._missing(exploration, impossible) if (each[0] == FIRST) is last]
                self._note(prover.looked_for(raw, names, missing), exploration, impossible)
        return impossible

    def _note(self, results: Mapping[Wanted, Found], exploration: Exploration, impossible: set[Wanted]) -> None:
        for (name, word), found in results.items():
            if found.says == "impossible":
                impossible.add((name, word))
            elif found.facts is not None:
                self._take(found.facts, exploration, name, word)
        for pattern in self.outcomes.patterns:
            if (PATTERN + pattern, RECOMMENDED) in impossible:
                impossible.add((FIRST, pattern))
            if (PATTERN + pattern, NOT_RECOMMENDED) in impossible:
                impossible.add((FIRST, NO_PATTERN))

    def _take(self, facts: Mapping[str, Fact], exploration: Exploration, name: str, word: str) -> None:
        completed = exploration.completions.draw(exploration.random, exploration.answers_of(facts))
        if exploration.take(completed).found[name] != word:
            raise Disagreement(f"the solver says that {name} can be {word}, but with its answers it is not")

    def _missing(self, exploration: Exploration, impossible: set[Wanted]) -> list[Wanted]:
        """The outcomes and words that were neither seen nor ruled out."""
        every = ((name, word) for name, words in self.outcomes.words().items() for word in words)
        return [each for each in every if each not in exploration.led_to and each not in impossible]

    def _result(self, exploration: Exploration, impossible: set[Wanted]) -> Outlook:
        names = exploration.completions.open_names
        possible, undecided, settled = {}, {}, {}
        for name, words in self.outcomes.words().items():
            possible[name] = tuple(word for word in words if (name, word) in exploration.led_to)
            doubtful = tuple(word for word in words if word not in possible[name] and (name, word) not in impossible)
            if doubtful:
                undecided[name] = doubtful
            elif len(possible[name]) == 1:
                settled[name] = possible[name][0]
        deciding = deciding_questions(self.rulebook, exploration, [name for name in possible if name not in settled])
        examples = {outcome: tried.raw for outcome, tried in exploration.led_to.items()}
        self._confirm(examples)
        note = None if is_available() else WITHOUT_Z3
        return Outlook(names, settled, possible, undecided, deciding, examples, note)

    def _confirm(self, examples: Mapping[tuple[str, str], Mapping[str, Fact]]) -> None:
        """Run every example through the engine whose results are shown."""
        seen: dict[int, Mapping[str, str]] = {}
        for (name, word), raw in examples.items():
            if id(raw) not in seen:
                seen[id(raw)] = self.outcomes.of(self._engine.evaluate(raw))
            if seen[id(raw)][name] != word:
                raise Disagreement(
                    f"{name} was to be {word}, but with these answers {self._engine.name} says otherwise"
                )


def _explore(exploration: Exploration) -> None:
    """Try completions until a number of them brings nothing new."""
    known = -1
    while len(exploration.led_to) > known:
        known = len(exploration.led_to)
        exploration.run(DRAWS)


def with_outlooks(document: AdviceDocument, outlooks: Sequence[Outlook]) -> AdviceDocument:
    """The document with the outlook of each unit."""
    units = [
        replace(
            unit,
            settled=dict(each.settled),
            possible={name: list(words) for name, words in each.possible.items()},
            undecided={name: list(words) for name, words in each.undecided.items()},
            deciding_questions={name: list(questions) for name, questions in each.deciding.items()},
        )
        for unit, each in zip(document.units, outlooks, strict=True)
    ]
    return replace(document, units=units)
