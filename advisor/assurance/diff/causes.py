"""Which edits bring a change of advice: the smallest sets of them that bring it alone, laid on the old rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, islice
from typing import TypeAlias

from advisor.assurance.diff.revision import Edit, Revision, with_edits
from advisor.assurance.diff.traits import Change, Reader, Traits
from advisor.engines.plain import PlainEngine
from advisor.language import Fact

CausesOf: TypeAlias = Mapping[str, tuple[tuple[Edit, ...], ...]]
"""By trait every smallest set of edits that brings the change."""
LARGEST_SET = 3
MOST_SETS = 300
"""How many sets of two, and of three, edits are tried."""


class Causes:
    """Tries edits; a rulebook with some of them is made once for all units."""

    def __init__(self, old: Revision, new: Revision, edits: Sequence[Edit]) -> None:
        self._old, self._new = old, new
        self._deciding = tuple(edit for edit in edits if edit.may_decide) or tuple(edits)
        self._readers: dict[tuple[Edit, ...], Reader | None] = {}

    def of(self, facts: Mapping[str, Fact], changes: Sequence[Change]) -> CausesOf:
        """For each changed trait every smallest set of edits that gives it its new value.

        Where no set of up to three does, all edits together are the cause.
        """
        causes: dict[str, list[tuple[Edit, ...]]] = {change.trait: [] for change in changes}
        for size in range(1, min(LARGEST_SET, len(self._deciding) - 1) + 1):
            unexplained = [change for change in changes if not causes[change.trait]]
            if not unexplained:
                break
            for edits in islice(combinations(self._deciding, size), MOST_SETS):
                traits = self._traits(edits, facts)
                for change in unexplained:
                    if traits is not None and traits.get(change.trait) == change.after:
                        causes[change.trait].append(edits)
        return {trait: tuple(found) or (self._deciding,) for trait, found in causes.items()}

    def _traits(self, edits: tuple[Edit, ...], facts: Mapping[str, Fact]) -> Traits | None:
        if edits not in self._readers:
            rulebook = with_edits(self._old, self._new, edits)
            self._readers[edits] = Reader(rulebook, PlainEngine(rulebook)) if rulebook else None
        reader = self._readers[edits]
        return reader.traits(facts) if reader else None
