"""The outlook of one unit: what is settled, what is still possible, which questions decide.

Possible is only what a completion led to that the default engine confirmed. Settled is only what the solver has
proven. What is neither shown nor excluded within the solver's limit is undecided, and said to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from advisor.advice.deciding import deciding_questions
from advisor.advice.model import AdviceDocument
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.completions import Completions, open_questions
from advisor.engines.exploration import Exploration
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.engines.proof import WITHOUT_Z3, is_available
from advisor.engines.quick import QuickEngine
from advisor.language import Fact
from advisor.rulebook import Rulebook

FIRST_DRAWS, MORE_DRAWS = 150, 700
_EASY, _HARD = 2_000_000, 8_000_000


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

    def outlook(self, raw: Mapping[str, Fact]) -> Outlook:
        """The outlook of a unit, by its facts as `advisor.profile.facts` gives them."""
        evaluation = self._engine.evaluate(raw)
        names = tuple(open_questions(self.rulebook, raw, evaluation.facts))
        if not names:
            found = self.outcomes.of(evaluation)
            return Outlook((), found, {name: (word,) for name, word in found.items()}, {}, {})
        exploration = Exploration(
            Completions(self.rulebook, raw, names), self._quick.evaluate, self.outcomes, Random(1)
        )
        exploration.run(FIRST_DRAWS)
        impossible = self._decided(raw, exploration) if is_available() else set()
        return self._result(exploration, impossible)

    def _decided(self, raw: Mapping[str, Fact], exploration: Exploration) -> set[tuple[str, str]]:
        """Search with the solver and try beside what it finds; gives what cannot come out."""
        from advisor.engines.proof.prover import Prover

        impossible: set[tuple[str, str]] = set()
        for work in (_EASY, _EASY, _HARD):
            prover = Prover(self.rulebook, self.outcomes, work)
            for name in self._easiest_first():
                missing = self._missing(name, exploration, impossible)
                for word, found in prover.possible(raw, exploration.completions.open_names, name, missing).items():
                    if found.says == "impossible":
                        impossible.add((name, word))
                    elif found.facts is not None:
                        self._take(found.facts, exploration, name, word)
            if not any(self._missing(name, exploration, impossible) for name in self.outcomes.words()):
                break
            exploration.run(MORE_DRAWS)
        return impossible

    def _take(self, facts: Mapping[str, Fact], exploration: Exploration, name: str, word: str) -> None:
        completed = exploration.completions.draw(exploration.random, exploration.answers_of(facts))
        if exploration.take(completed).found[name] != word:
            raise Disagreement(f"the solver says that {name} can be {word}, but with its answers it is not")

    def _easiest_first(self) -> list[str]:
        words = self.outcomes.words()
        return [
            *(name for name in words if name in self.outcomes.ladders and name != VERDICT),
            *(name for name in words if name not in self.outcomes.ladders or name == VERDICT),
        ]

    def _missing(self, name: str, exploration: Exploration, impossible: set[tuple[str, str]]) -> list[str]:
        return [word for word in self._unseen(name, exploration) if (name, word) not in impossible]

    def _unseen(self, name: str, exploration: Exploration) -> list[str]:
        return [word for word in self.outcomes.words()[name] if (name, word) not in exploration.led_to]

    def _result(self, exploration: Exploration, impossible: set[tuple[str, str]]) -> Outlook:
        names = exploration.completions.open_names
        possible, undecided, settled = {}, {}, {}
        for name, words in self.outcomes.words().items():
            unseen = self._unseen(name, exploration)
            possible[name] = tuple(word for word in words if word not in unseen)
            doubtful = tuple(word for word in unseen if (name, word) not in impossible)
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
