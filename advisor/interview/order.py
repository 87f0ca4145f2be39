"""Which question comes next: the one that tells most about the most important thing that is open.

Within a section the order of the rulebook is kept while that costs little: questions that belong together stay
together. Only what still waits for an answer is asked for; what is settled by three-valued logic never is.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.engines.outcomes import FIRST, NO_PATTERN, VERDICT
from advisor.interview.sampling import Sampler
from advisor.interview.targets import Part, Target
from advisor.language import Fact
from advisor.rulebook import Rulebook

NATURAL = 0.5
"""A question of the section at hand is preferred while it tells at least this share of what the best one tells."""
_SAMPLED = (Part.VERDICT, Part.FIRST_PATTERN, Part.PREPARATIONS_AND_EROSION)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The question to ask and what it is asked for; `between` are the results that it decides between, if known."""

    question: str
    target: Target | None = None
    between: tuple[str, ...] = ()


class Order:
    """Proposes questions; the same for the same answers."""

    def __init__(self, rulebook: Rulebook, sampler: Sampler | None = None) -> None:
        self.rulebook = rulebook
        self._sampler = sampler or Sampler(rulebook)
        self._place = {name: place for place, name in enumerate(rulebook.questions)}

    def propose(
        self,
        facts: Mapping[str, Fact],
        targets: Iterable[Target],
        open_names: Sequence[str],
        askable: Collection[str],
        last: str | None,
    ) -> Proposal | None:
        """The next of the `askable` questions, or None where none of them can change a target.

        `open_names` are all questions without an answer, whoever is asked for them; `last` is the question before.
        """
        for target in targets:
            candidates = sorted(target.waits.intersection(askable), key=self._place.__getitem__)
            if candidates:
                told, between = self._told(target, facts, open_names, candidates)
                return Proposal(self._natural(candidates, told, last), target, between)
        return None

    def _told(
        self, target: Target, facts: Mapping[str, Fact], open_names: Sequence[str], candidates: Sequence[str]
    ) -> tuple[Mapping[str, float], tuple[str, ...]]:
        if target.part not in _SAMPLED:
            return dict.fromkeys(candidates, 0.0), ()
        told, results = self._sampler.information(target, facts, open_names, candidates)
        return told, _between(target, [result for result, _ in results.most_common()])

    def _natural(self, candidates: Iterable[str], told: Mapping[str, float], last: str | None) -> str:
        """The first in order of those that tell enough, of the section at hand if there are any."""
        most = max(told.values())
        enough = [name for name in candidates if told[name] >= NATURAL * most]
        best = next(name for name in enough if told[name] == most)
        section = self._section(last) if any(self._section(name) == self._section(last) for name in enough) else None
        here = [name for name in enough if self._section(name) == (section or self._section(best))]
        return here[0]

    def _section(self, name: str | None) -> str | None:
        return None if name is None else self.rulebook.questions[name].section


def _between(target: Target, results: Sequence[Hashable]) -> tuple[str, ...]:
    """The results that came up, most often first; only patterns have several."""
    if target.outcome == FIRST:
        return tuple(str(result) for result in results if result != NO_PATTERN)
    return (target.word,) if target.outcome == VERDICT else ()
