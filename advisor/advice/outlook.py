"""The outlook of one unit: what is settled, what is still possible, which questions decide.

Possible is only what a completion led to that the default engine confirmed. Settled is only what the solver has
proven. What is neither shown nor excluded within the solver's limit is undecided, and said to be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

from advisor.advice.deciding import FEW_TRIED, MOST_TRIED, deciding_questions
from advisor.advice.leading import BRIEF_PATIENCE, PATIENCE, Guide
from advisor.advice.model import AdviceDocument, UnitAdvice
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.completions import Completions, open_questions
from advisor.engines.evaluation import Evaluation
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
"""With more open answers than these completions are led to what drawing has not come to."""
_BRIEF_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Outlook:
    """What open answers can still do. Outcomes are called as in `advisor.engines.outcomes`.

    `possible` has every word that some completion leads to, `settled` the outcomes with one proven word, `undecided`
    the words of which nobody knows; `deciding` the questions for each outcome that is not settled, the most telling
    first. `examples` are complete answers for each possible word. `note` says why nothing could be proven. In a `brief`
    outlook `undecided` is also what was not worked out.
    """

    open_questions: tuple[str, ...]
    settled: Mapping[str, str]
    possible: Mapping[str, tuple[str, ...]]
    undecided: Mapping[str, tuple[str, ...]]
    deciding: Mapping[str, tuple[str, ...]]
    examples: Mapping[tuple[str, str], Mapping[str, Fact]] = field(repr=False, default_factory=dict)
    note: str | None = None
    brief: bool = False

    @property
    def is_worked_out(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.possible)


NOT_WORKED_OUT = Outlook((), {}, {}, {}, {}, brief=True)
BRIEFLY_AT_MOST, _EACH_UNIT = 150, 10
"""So much may be open in all units of one call for brief outlooks; each unit counts as some open answers more."""


class Allowance:
    """What is left of the work that one call may do for brief outlooks: the same on every machine, about a second."""

    def __init__(self) -> None:
        self.left = BRIEFLY_AT_MOST

    def takes(self, open_answers: int) -> bool:
        """Whether a unit still fits in; then it is taken off."""
        fits = open_answers + _EACH_UNIT <= self.left
        self.left -= open_answers + _EACH_UNIT if fits else 0
        return fits


class Forecaster:
    """Gives outlooks, the same for the same unit; what depends on the rulebook alone is done once."""

    def __init__(self, rulebook: Rulebook, engine: CheckedEngine) -> None:
        self.rulebook = rulebook
        self.outcomes = Outcomes(rulebook)
        self._engine = engine
        self._quick = QuickEngine(rulebook, self.outcomes)
        self._guide = Guide(rulebook, self.outcomes)

    def brief_outlook(
        self, raw: Mapping[str, Fact], evaluation: Evaluation, allowance: Allowance, unknown: Collection[str] = ()
    ) -> Outlook:
        """A brief outlook of an evaluated unit, where it is within the allowance."""
        fits = allowance.takes(len(open_questions(self.rulebook, raw, evaluation.facts)))
        return self.outlook(raw, unknown, brief=True) if fits else NOT_WORKED_OUT

    def outlook(self, raw: Mapping[str, Fact], unknown: Collection[str] = (), *, brief: bool = False) -> Outlook:
        """The outlook of a unit, by its facts as `advisor.profile.facts` gives them; a `brief` one leaves more open.

        Of the `unknown` questions nobody knows the answer today.
        """
        evaluation = self._engine.evaluate(raw)
        names = tuple(open_questions(self.rulebook, raw, evaluation.facts))
        if not names:
            found = self.outcomes.of(evaluation)
            return Outlook((), found, {name: (word,) for name, word in found.items()}, {}, {}, brief=brief)
        exploration = Exploration(Completions(self.rulebook, raw, names), self._quick, self.outcomes, Random(1))
        _explore(exploration, _BRIEF_ROUNDS if brief else None)
        impossible = self._decided(raw, exploration, brief=brief) if is_available() else set()
        return self._result(exploration, impossible, unknown, brief=brief)

    def _decided(self, raw: Mapping[str, Fact], exploration: Exploration, *, brief: bool) -> set[Wanted]:
        """Search with the solver and try beside what it finds; gives what cannot come out.

        From loose to exact. Which pattern is first is asked last: part of it follows from which can be recommended.
        """
        from advisor.engines.proof.prover import Prover

        names = exploration.completions.open_names
        impossible: set[Wanted] = set()
        many = len(names) > _MANY
        loose = Prover(self.rulebook, self.outcomes, _EASY)
        for scores in (True,) if brief and many else (True, False):
            missing = self._missing(exploration, impossible)
            found = loose.loosely(raw, names, missing, scores=scores, models=many and not scores)
            self._rule_out(found, impossible)
            if many:
                self._lead_beside(found, exploration, impossible, BRIEF_PATIENCE if brief else PATIENCE)
        for work in () if brief and many else (_EASY,) if brief else (_HARD,) if many else (_EASY, _HARD):
            prover = Prover(self.rulebook, self.outcomes, work)
            for last in (False, True):
                missing = [each for each in self._missing(exploration, impossible) if (each[0] == FIRST) is last]
                self._note(prover.looked_for(raw, names, missing), exploration, impossible)
        return impossible

    def _lead_beside(
        self, found: Mapping[Wanted, Found], exploration: Exploration, impossible: set[Wanted], patience: int
    ) -> None:
        """Lead completions to what is missing, beginning with the answers that were found loosely."""
        for name, word in self._missing(exploration, impossible):
            answers = found[name, word].facts if (name, word) in found else None
            if answers is not None:
                given = exploration.answers_of(answers).items()
                told = {each: answer for each, answer in given if not _is_rows(answer)}
                start = exploration.take(exploration.completions.draw(exploration.random, told))
                self._guide.lead(exploration, name, word, patience, start)
            if (name, word) not in exploration.led_to:
                self._guide.lead(exploration, name, word, patience)

    def _note(self, results: Mapping[Wanted, Found], exploration: Exploration, impossible: set[Wanted]) -> None:
        for (name, word), found in results.items():
            if found.facts is not None:
                self._take(found.facts, exploration, name, word)
        self._rule_out(results, impossible)

    def _rule_out(self, results: Mapping[Wanted, Found], impossible: set[Wanted]) -> None:
        impossible |= {wanted for wanted, found in results.items() if found.says == "impossible"}
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

    def _result(
        self, exploration: Exploration, impossible: set[Wanted], unknown: Collection[str], *, brief: bool
    ) -> Outlook:
        names = exploration.completions.open_names
        possible, undecided, settled = {}, {}, {}
        for name, words in self.outcomes.words().items():
            possible[name] = tuple(word for word in words if (name, word) in exploration.led_to)
            doubtful = tuple(word for word in words if word not in possible[name] and (name, word) not in impossible)
            if doubtful:
                undecided[name] = doubtful
            elif len(possible[name]) == 1:
                settled[name] = possible[name][0]
        still_open = [name for name in possible if name not in settled]
        tried = FEW_TRIED if brief else MOST_TRIED
        deciding = deciding_questions(self.rulebook, exploration, still_open, tried, unknown)
        examples = {outcome: tried.raw for outcome, tried in exploration.led_to.items()}
        self._confirm(examples)
        note = None if is_available() else WITHOUT_Z3
        return Outlook(names, settled, possible, undecided, deciding, examples, note, brief)

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


def _explore(exploration: Exploration, rounds: int | None) -> None:
    """Try completions until a number of them brings nothing new, or as many rounds as are given."""
    known, done = -1, 0
    while len(exploration.led_to) > known and done != rounds:
        known, done = len(exploration.led_to), done + 1
        exploration.run(DRAWS)


def _is_rows(answer: Fact) -> bool:
    """Whether an answer is a table: found loosely, its rows were not looked at."""
    return isinstance(answer, tuple) and (not answer or isinstance(answer[0], Mapping))


def with_outlooks(document: AdviceDocument, outlooks: Sequence[Outlook]) -> AdviceDocument:
    """The document with the outlook of each unit."""
    pairs = zip(document.units, outlooks, strict=True)
    units = [_with_outlook(unit, each) if each.is_worked_out else unit for unit, each in pairs]
    return replace(document, units=units)


def _with_outlook(unit: UnitAdvice, outlook: Outlook) -> UnitAdvice:
    return replace(
        unit,
        outlook="brief" if outlook.brief else "full",
        settled=dict(outlook.settled),
        possible={name: list(words) for name, words in outlook.possible.items()},
        undecided={name: list(words) for name, words in outlook.undecided.items()},
        deciding_questions={name: list(questions) for name, questions in outlook.deciding.items()},
    )
