"""Whether open answers can still change the headline of the advice, and how many questions are left until they cannot.

The headline is the verdict and, where it shares out hours, the first pattern. Three-valued logic settles most of it;
where that leaves something open and no sampled completion leads elsewhere, the solver is asked, if it is installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from advisor.engines.checked import Disagreement
from advisor.engines.completions import Completions
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import FIRST, VERDICT, Outcomes
from advisor.engines.proof import is_available
from advisor.engines.quick import QuickEngine, keys_behind
from advisor.interview.targets import Part, Target, Targets
from advisor.language import Fact
from advisor.rulebook import Rulebook

DRAWN, LED = 40, 120
SAMPLED = DRAWN + LED
WORK = 300_000
"""How much the solver may do for one result (its `rlimit`): a person is waiting."""
_ASK_AGAIN_AFTER = 4
_LOOKED_AHEAD = 4
_MOST_LEFT_OUT = 12


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict and the first pattern as far as they are settled, by proof or by sampling alone."""

    verdict: str | None = None
    first: str | None = None
    by: Literal["logic", "solver", "sampling"] | None = None
    draws: int = SAMPLED

    def is_proven(self) -> bool:
        """Whether the verdict cannot change any more."""
        return self.by in ("logic", "solver")


class Foresight:
    """Looks at what open answers can still do to the headline."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes, targets: Targets) -> None:
        self.rulebook = rulebook
        self.outcomes = outcomes
        self.targets = targets
        self._quick = QuickEngine(rulebook, outcomes)
        self._undecided_at: int | None = None
        self._led_to: dict[str, Mapping[str, Fact]] = {}

    def headline(
        self,
        facts: Mapping[str, Fact],
        evaluation: Evaluation,
        open_names: Sequence[str],
        targets: Sequence[Target],
    ) -> Headline:
        """What of the headline is settled; `targets` are what is open about it."""
        bearing = {target.part for target in targets if not target.waits.isdisjoint(open_names)}
        if Part.VERDICT in bearing:
            headline = self._sampled(facts, open_names)
        else:
            headline = Headline(self.outcomes.of(evaluation)[VERDICT], by="logic")
        if headline.is_proven() and Part.FIRST_PATTERN not in bearing:
            return replace(headline, first=self.outcomes.of(evaluation)[FIRST])
        return headline

    def is_settled(self, headline: Headline) -> bool:
        """Whether the whole headline is proven."""
        return headline.is_proven() and (headline.verdict not in self.targets.shared_out or headline.first is not None)

    def _sampled(self, facts: Mapping[str, Fact], open_names: Sequence[str]) -> Headline:
        """Try completions until two verdicts have been seen; where there is only one, ask the solver."""
        completions, random = Completions(self.rulebook, facts, open_names), Random(1)
        seen: set[str] = set()
        for completed, verdict in self._tried(completions, random):
            if verdict not in seen:
                self._led_to[verdict] = completions.answers_in(completed)
            seen.add(verdict)
            if len(seen) > 1:
                return Headline()
        (verdict,) = seen
        if not is_available():
            return Headline(verdict, by="sampling")
        if self._is_proven(verdict, completions, random):
            return Headline(verdict, by="solver")
        return Headline()

    def _tried(self, completions: Completions, random: Random) -> Iterator[tuple[Mapping[str, Fact], str]]:
        """Completions with their verdicts: those that led elsewhere before, then random ones, then led ones.

        Answers drawn independently nearly always hold something that makes a high verdict true. So a completion is
        led away from it: a few answers are drawn anew again and again, and kept where no more of the rules behind the
        verdict are true than before.
        """
        for given in (*self._led_to.values(), *[None] * DRAWN):
            completed = completions.draw(random, given)
            evaluation = self._quick.evaluate(completed)
            verdict = self.outcomes.of(evaluation)[VERDICT]
            yield completed, verdict
        behind = self._behind(verdict)
        rules = [key.removeprefix("rule:") for key in behind if key.startswith("rule:")]
        fewest = sum(evaluation.truth[rule] is True for rule in rules)
        for _ in range(LED):
            answers = completions.answers_in(completed)
            changeable = [name for name in answers if name in behind]
            for name in random.sample(changeable, min(len(changeable), 1 + random.randrange(2))):
                del answers[name]
            candidate = completions.draw(random, answers)
            evaluation = self._quick.evaluate(candidate)
            yield candidate, self.outcomes.of(evaluation)[VERDICT]
            number = sum(evaluation.truth[rule] is True for rule in rules)
            if number <= fewest:
                completed, fewest = candidate, number

    def _behind(self, verdict: str) -> set[str]:
        """The keys of what makes a verdict true, directly or through others."""
        steps = dict(self.outcomes.ladders[VERDICT].steps)
        return keys_behind(self.rulebook, [f"rule:{rule}" for rule in steps.get(verdict, ())])

    def _confirm(self, verdict: str, completed: Mapping[str, Fact]) -> None:
        if self.outcomes.of(self._quick.evaluate(completed))[VERDICT] != verdict:
            raise Disagreement(f"the solver says that the verdict can be {verdict}, but with its answers it is not")

    def _is_proven(self, verdict: str, completions: Completions, random: Random) -> bool:
        """Whether the solver says that no other verdict is possible; not asked again soon where it could not say."""
        from advisor.engines.proof.prover import Prover

        number = len(completions.open_names)
        if self._undecided_at is not None and 0 <= self._undecided_at - number < _ASK_AGAIN_AFTER:
            return False
        prover = Prover(self.rulebook, self.outcomes, WORK)
        for other in self.outcomes.words()[VERDICT]:
            if other != verdict:
                (found,) = prover.possible(completions.raw, completions.open_names, VERDICT, [other]).values()
                if found.says == "possible" and found.facts is not None:
                    self._led_to[other] = completions.answers_in(found.facts)
                    self._confirm(other, completions.draw(random, self._led_to[other]))
                    return False
                if found.says == "undecided":
                    self._undecided_at = number
                    return False
        return True

    def left(
        self,
        facts: Mapping[str, Fact],
        open_names: Sequence[str],
        targets: Iterable[Target],
        first: str,
    ) -> tuple[int, int]:
        """How many questions a settled headline takes: the least over a few completions, and all that bear on it.

        The completions are revealed in the order of the targets, beginning with the question `first`.
        """
        waiting = dict.fromkeys([first])
        for target in targets:
            waiting |= dict.fromkeys(name for name in open_names if name in target.waits)
        order = list(waiting)
        completions, random = Completions(self.rulebook, facts, open_names), Random(2)
        least = min(self._needed(completions.draw(random), facts, order) for _ in range(_LOOKED_AHEAD))
        return least, len(order)

    def _needed(self, drawn: Mapping[str, Fact], facts: Mapping[str, Fact], order: Sequence[str]) -> int:
        """How many answers of a completion settle the headline, the first left out that are not needed for it."""
        low, high = 1, len(order)
        while low < high:
            middle = (low + high) // 2
            if self._settles(facts, drawn, order[:middle]):
                high = middle
            else:
                low = middle + 1
        needed = list(order[:low])
        for name in order[: min(low, _MOST_LEFT_OUT)]:
            without = [other for other in needed if other != name]
            if self._settles(facts, drawn, without):
                needed = without
        return max(1, len(needed))

    def _settles(self, facts: Mapping[str, Fact], drawn: Mapping[str, Fact], names: Iterable[str]) -> bool:
        evaluation = self._quick.evaluate({**facts, **{name: drawn[name] for name in names}})
        verdict = self.targets.settled(VERDICT, evaluation)
        shared_out = verdict in self.targets.shared_out
        return verdict is not None and (evaluation.selection.firm or not shared_out)
