"""The whole comparison of two rulebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.assurance.diff.causes import Causes, CausesOf
from advisor.assurance.diff.everywhere import Everywhere, compared_everywhere
from advisor.assurance.diff.revision import Edit, Revision, edits_between, read_revision
from advisor.assurance.diff.units import UnitDifference, compared_units, read_units
from advisor.profile.facts import facts_of


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that is known of the difference of two rulebooks; `compared` is how many units were looked at."""

    old: Revision
    new: Revision
    edits: Sequence[Edit]
    compared: int
    units: Sequence[UnitDifference]
    everywhere: Everywhere
    example_causes: CausesOf

    @property
    def is_none(self) -> bool:
        """Whether no difference is known, of advice, of what is asked or of what is refused."""
        found = self.everywhere
        return not (self.units or found.apart or found.checks) and found.says != "different"


def compare(old: str, new: str, folders: Iterable[str] = ()) -> Diff:
    """Compare two rulebooks (see `read_revision`), on the profiles in `folders` and on all profiles.

    Raises `InvalidInput` with every problem of a rulebook, or of the profiles.
    """
    first, second = read_revision(old), read_revision(new)
    units = read_units(folders, first.rulebook, second.rulebook)
    edits = edits_between(first.rulebook, second.rulebook)
    causes = Causes(first, second, edits)
    changed = compared_units(first.rulebook, second.rulebook, causes, units)
    everywhere = compared_everywhere(first.rulebook, second.rulebook)
    example_causes: CausesOf = {}
    if everywhere.example:
        facts = facts_of(everywhere.example.units[0], first.rulebook)
        example_causes = causes.of(facts, everywhere.changes)
    return Diff(first, second, edits, len(units), changed, everywhere, example_causes)
