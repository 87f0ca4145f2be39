"""Verifying a rulebook: profiles are tried first, what they leave is proven, what comes out is confirmed and shrunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random
from typing import Literal

from advisor.advice import Adviser
from advisor.assurance.cases import Case
from advisor.assurance.verify.counterexample import Counterexample, counterexample, smallest
from advisor.assurance.verify.obligations import Growth, Move, Obligation, Situation, obligations
from advisor.assurance.verify.pool import Draw
from advisor.assurance.verify.proof import Decision
from advisor.assurance.verify.trial import Trial
from advisor.assurance.verify.valid import without_traceable_facts
from advisor.assurance.verify.workers import Workers
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.evaluation import Evaluation
from advisor.engines.plain import PlainEngine
from advisor.language import Fact
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook

POOL = 1500
MOST_TRIES = 40
MOST_NEAR = 600
_MOST_FOUND = 3
WORK = 60_000_000
"""How much the solver may do for one question (its `rlimit`), the same on every machine."""
SECONDS = 60.0
"""After so long the process that decides an obligation is killed, whatever the machine."""

Facts = Mapping[str, Fact]
Profiles = Sequence[Facts]
Says = Literal["holds", "violated", "undecided"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of one obligation; `how` says how it was shown, or why it was not."""

    obligation: Obligation
    says: Says
    how: str
    counterexample: Counterexample | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All results, in the order of the obligations."""

    results: tuple[Result, ...]

    @property
    def passed(self) -> bool:
        """Whether everything holds."""
        return all(result.says == "holds" for result in self.results)


def verify(
    rulebook: Rulebook,
    cases: Iterable[Case] = (),
    *,
    work: int = WORK,
    seconds: float = SECONDS,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Decide every obligation of a rulebook; `cases` are profiles that lie at its thresholds."""
    wanted = obligations(rulebook)
    tried = Search(rulebook, cases)
    results: dict[int, Result] = {}
    for place, obligation in enumerate(wanted):
        found = tried.found(obligation)
        if found:
            results[place] = tried.result(obligation, found)
    progress(len(results), len(wanted))
    left = [place for place in range(len(wanted)) if place not in results]
    with closing(Workers(rulebook, work, seconds).decide([wanted[place] for place in left])) as decisions:
        for number, decision in decisions:
            results[left[number]] = tried.decided(wanted[left[number]], decision)
            progress(len(results), len(wanted))
    return Report(tuple(results[place] for place in range(len(wanted))))


class Search:
    """Profiles that are tried with the engines, and what they show."""

    def __init__(self, rulebook: Rulebook, cases: Iterable[Case]) -> None:
        self.rulebook = rulebook
        self.adviser = Adviser(rulebook)
        self._draw = Draw(rulebook)
        plain, checked = PlainEngine(rulebook), CheckedEngine(rulebook)
        self.plain = Trial(rulebook, lambda raw: plain.evaluate(without_traceable_facts(raw, rulebook)))
        self.checked = Trial(rulebook, lambda raw: checked.evaluate(without_traceable_facts(raw, rulebook)))
        given = [facts_of(unit, rulebook) for case in cases for unit in case.profile().units]
        self.pool = [without_traceable_facts(facts, rulebook) for facts in self._draw.pool(given, POOL, Random(1))]
        self._evaluations: list[Evaluation] = [plain.evaluate(facts) for facts in self.pool]

    def found(self, obligation: Obligation) -> list[Profiles]:
        """Profiles of the pool that are as the obligation describes, a few of them."""
        found: list[Profiles] = []
        for profiles in self._candidates(obligation):
            found.append(profiles)
            if len(found) == (1 if obligation.exists else _MOST_FOUND):
                break
        return found

    def _candidates(self, obligation: Obligation) -> Iterator[Profiles]:
        match obligation.about:
            case Situation() as situation:
                pairs = zip(self.pool, self._evaluations, strict=True)
                yield from ([facts] for facts, found in pairs if self.plain.meets(situation, found))
            case Move() as move:
                pairs_of_two = self._moved(move)
                yield from (pair for pair in pairs_of_two if self.plain.falls(move, *pair))
            case Growth():
                return

    def _moved(self, move: Move) -> Iterator[Profiles]:
        random = Random(move.question)
        for _ in range(MOST_TRIES):
            before = dict(random.choice(self.pool))
            after = dict(before)
            for facts in (before, after):
                facts[move.question] = self._draw.value(move.question, random)
            yield [before, after]
            yield [after, before]

    def decided(self, obligation: Obligation, decision: Decision) -> Result:
        """The result of what the solver says; the profiles that it found are tried with the engines first."""
        match decision.says:
            case "undecided":
                found = self._near(obligation, decision.profiles)
                return self.result(obligation, [found]) if found else Result(obligation, "undecided", decision.how)
            case "impossible" if obligation.exists:
                return Result(obligation, "violated", f"proven impossible, {decision.how}")
            case "impossible":
                return Result(obligation, "holds", f"proven, {decision.how}")
            case _:
                return self.result(obligation, [decision.profiles])

    def _near(self, obligation: Obligation, loosely: Profiles) -> Profiles | None:
        """Profiles with the answers of those that were found loosely, and drawn ones to all other questions."""
        answers = [self._draw.known(facts) for facts in loosely]
        random = Random(obligation.says)
        for _ in range(MOST_NEAR if answers else 0):
            drawn = self._draw.profile(random)
            profiles = [{**drawn, **each} for each in answers]
            if self._is_so(self.plain, obligation, profiles):
                return profiles
        return None

    def result(self, obligation: Obligation, found: Sequence[Profiles]) -> Result:
        """The result where profiles were found: a witness, or a counterexample."""
        if not all(self._is_so(self.plain, obligation, profiles) for profiles in found):
            raise Disagreement(f"the solver finds a profile against «{obligation.says}», but with it that holds")
        if obligation.exists:
            return Result(obligation, "holds", "shown by an example")
        kept = obligation.about.question if isinstance(obligation.about, Move) else None
        least = smallest(self.rulebook, found, lambda each: self._is_so(self.plain, obligation, each), kept)
        if not self._is_so(self.checked, obligation, least):
            raise Disagreement(f"the counterexample to «{obligation.says}» is none for the default engine")
        shown = counterexample(obligation, least, self.adviser)
        return Result(obligation, "violated", "a counterexample was found", shown)

    @staticmethod
    def _is_so(trial: Trial, obligation: Obligation, profiles: Profiles) -> bool:
        match obligation.about:
            case Situation() as situation:
                return trial.is_met(situation, profiles[0])
            case Move() as move:
                return trial.falls(move, profiles[0], profiles[1])
            case Growth() as growth:
                return trial.contradicts(growth, profiles)
