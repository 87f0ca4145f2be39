"""Whether two rulebooks advise alike for every profile: an example where they do not, else a proof that they do.

First random units are advised by both. Where none of them differs, what the edits can reach is compared by the solver,
piece by piece: whether a rule fires (and whether provisionally), the scores, the patterns chosen, the capacity figures.
What the edits do not reach is the same by construction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.advice.withheld import shareable
from advisor.assurance.diff.reach import Reach
from advisor.assurance.diff.traits import Change, Reader, changes
from advisor.engines.checked import CheckedEngine, Disagreement
from advisor.engines.plain import PlainEngine
from advisor.engines.proof import WITHOUT_Z3, is_available
from advisor.engines.random_units import random_units
from advisor.language import Fact
from advisor.language.values import unknown_fact
from advisor.profile import Answer, Frozen, Organisation, Profile, Unit
from advisor.profile.facts import answer_of, facts_of
from advisor.rulebook import Rulebook

DRAWS = 400
"""Random units from each of the two rulebooks."""
_NAME = "Example"


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What is known of all profiles at once.

    `different` has an `example` and what changes for it; `equal` is proven; else `undecided`, and `why` says of what.
    `apart` are the questions that the two do not ask alike: the comparison is over profiles that do not answer them.
    `checks` are those that refuse other answers in one than in the other: it is over profiles that both accept.
    """

    says: Literal["equal", "different", "undecided"]
    apart: tuple[str, ...]
    checks: tuple[str, ...]
    example: Profile | None = None
    changes: tuple[Change, ...] = ()
    why: tuple[str, ...] = ()
    proven: int = 0


def compared_everywhere(old: Rulebook, new: Rulebook) -> Everywhere:
    """The comparison over every profile that is valid for both."""
    pair = _Pair(old, new)
    why, proven = list(pair.reach.beyond_proof()), 0
    if is_available():
        from advisor.assurance.diff.proof import Comparison

        comparison = Comparison(old, new, pair.reach)
        proven = comparison.settle()
    if pair.reach.nothing and not why:
        return Everywhere("equal", pair.reach.apart, pair.reach.checks, proven=proven)
    found = next((facts for facts in pair.random() if pair.changes(facts)), None)
    if found is not None:
        return pair.different(found)
    if not is_available():
        return Everywhere("undecided", pair.reach.apart, pair.reach.checks, why=(*why, WITHOUT_Z3))
    for said in comparison.all():
        if said.says == "impossible":
            proven += 1
        elif said.facts is not None:
            if not pair.changes(said.facts):
                raise Disagreement(f"the solver says that {said.what} differs, but with its answers it does not")
            return pair.different(said.facts)
        else:
            why.append(f"{said.what}: {said.why}")
    return Everywhere(
        "undecided" if why else "equal", pair.reach.apart, pair.reach.checks, why=tuple(why), proven=proven
    )


class _Pair:
    """Both rulebooks on the same facts."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self.old, self.new = old, new
        self.reach = Reach(old, new)
        self._readers = [Reader(rulebook, PlainEngine(rulebook)) for rulebook in (old, new)]

    def random(self) -> Iterator[Mapping[str, Fact]]:
        """Random units that are valid for both, those of the two rulebooks in turns."""
        for drawn in zip(random_units(self.old, DRAWS), random_units(self.new, DRAWS), strict=True):
            yield from filter(self._permitted, map(self._shared, drawn))

    def _shared(self, facts: Mapping[str, Fact]) -> dict[str, Fact]:
        return {name: fact for name, fact in facts.items() if name in self.reach.shared}

    def _permitted(self, facts: Mapping[str, Fact]) -> bool:
        return all(reader.permits(facts) for reader in self._readers)

    def changes(self, facts: Mapping[str, Fact]) -> list[Change]:
        """In what the two differ for a unit."""
        before, after = (reader.traits(facts) for reader in self._readers)
        return changes(before, after)

    def different(self, facts: Mapping[str, Fact]) -> Everywhere:
        """The finding that they differ, with as few answers as show it; confirmed as a profile is advised."""
        facts = self._fewest(self._shared(facts))
        answers = ((name, answer_of(fact, self.old.scope[name])) for name, fact in facts.items())
        example = _profile({name: answer for name, answer in answers if answer is not None})
        before, after = (
            Reader(rulebook, CheckedEngine(rulebook)).traits(_facts(example, rulebook))
            for rulebook in (self.old, self.new)
        )
        confirmed = changes(before, after)
        if not confirmed:
            raise Disagreement("an example of a difference does not differ as a profile")
        return Everywhere("different", self.reach.apart, self.reach.checks, example, tuple(confirmed))

    def _fewest(self, facts: dict[str, Fact]) -> dict[str, Fact]:
        """The facts without every answer that the difference does not need, the last ones left out first."""
        for name in reversed(list(facts)):
            without = {**facts, name: unknown_fact(self.old.scope[name].kind)}
            if self._permitted(without) and self.changes(without):
                facts = without
        return facts


def _profile(answers: Mapping[str, Answer]) -> Profile:
    return Profile(Organisation(_NAME), (Unit(_NAME, Frozen(answers)),))


def _facts(profile: Profile, rulebook: Rulebook) -> dict[str, Fact]:
    (unit,) = shareable(profile, rulebook).profile.units
    return facts_of(unit, rulebook)
