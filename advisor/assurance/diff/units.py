"""Whose advice changes between two rulebooks, from what to what, and by which edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.assurance.diff.causes import Causes, CausesOf
from advisor.assurance.diff.traits import Change, Reader, changes
from advisor.assurance.units import profile_units
from advisor.engines.checked import CheckedEngine
from advisor.language import Fact
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class GivenUnit:
    """A unit of a profile by its facts under each of the rulebooks: what is withheld may differ."""

    profile: str
    unit: str
    old: Mapping[str, Fact]
    new: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """A unit whose advice changes: what changes, and for each trait the smallest sets of edits that bring it."""

    profile: str
    unit: str
    changes: tuple[Change, ...]
    causes: CausesOf


def read_units(folders: Iterable[str], old: Rulebook, new: Rulebook) -> list[GivenUnit]:
    """Every unit of the profiles in the folders (or of the files named).

    Raises `InvalidInput` where a profile is not valid under both rulebooks.
    """
    folders = list(folders)
    pairs = zip(profile_units(folders, old), profile_units(folders, new), strict=True)
    return [GivenUnit(path, name, facts, other) for (path, name, facts), (_, _, other) in pairs]


def compared_units(old: Rulebook, new: Rulebook, causes: Causes, units: Iterable[GivenUnit]) -> list[UnitDifference]:
    """The units whose advice is not the same, by the engine whose results are shown."""
    before, after = (Reader(rulebook, CheckedEngine(rulebook)) for rulebook in (old, new))
    found = []
    for unit in units:
        changed = changes(before.traits(unit.old), after.traits(unit.new))
        if changed:
            found.append(UnitDifference(unit.profile, unit.unit, tuple(changed), causes.of(unit.old, changed)))
    return found
