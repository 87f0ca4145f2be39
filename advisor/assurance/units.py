"""The units of the profiles in folders, as they are advised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from advisor.advice.withheld import shareable
from advisor.language import Fact
from advisor.profile import read_profile
from advisor.profile.facts import facts_of
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Rulebook


def profile_units(folders: Iterable[str], rulebook: Rulebook) -> list[tuple[str, str, Mapping[str, Fact]]]:
    """For every unit its file, its name and its facts, without what is withheld.

    Raises `InvalidInput` with the problems of all files.
    """
    problems: list[Problem] = []
    units: list[tuple[str, str, Mapping[str, Fact]]] = []
    for path in profile_files(folders):
        try:
            profile = shareable(read_profile(path, rulebook.questions), rulebook).profile
            units += [(str(path), unit.name, facts_of(unit, rulebook)) for unit in profile.units]
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    return units


def profile_files(folders: Iterable[str]) -> Iterator[Path]:
    """The profiles in the folders (`*.yaml`), or the files themselves."""
    for folder in map(Path, folders):
        found = sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder]
        if not found:
            raise InvalidInput([Problem(Place(str(folder)), "P001", "holds no profile (*.yaml)")])
        yield from found
