"""Profiles as a source: every unit of every file; a unit that cannot be read costs only itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from advisor.portfolio.rejects import Reject, rejected
from advisor.portfolio.sources.part import FILE, Found, Intake, Taken
from advisor.profile.model import Engagement, Organisation, Unit
from advisor.profile.read import ENGAGEMENT, read_units
from advisor.reading import InvalidInput, read_text
from advisor.rulebook import Rulebook

PART_FILES = 500


@dataclass(frozen=True, slots=True)
class Profiles:
    """Profiles, one file after the other: the path of each and what it is called in messages."""

    files: tuple[tuple[Path, str], ...]
    size: int
    part_files: int = PART_FILES

    def parts(self) -> Iterator[ProfilesPart]:
        """All files, always in the same parts."""
        for start in range(0, len(self.files), self.part_files):
            files = self.files[start : start + self.part_files]
            yield ProfilesPart(files, (start + len(files)) / len(self.files))


@dataclass(frozen=True, slots=True)
class ProfilesPart:
    """Some profiles."""

    files: tuple[tuple[Path, str], ...]
    share: float

    def take(self, intake: Intake) -> Taken:
        """Read the units; a file that is no profile is one reject."""
        found, rejects, said = list[Found](), list[Reject](), dict[str, Engagement]()
        for path, file in self.files:
            try:
                organisation, engagement, units = read_units(read_text(path), intake.rulebook.questions, file)
            except InvalidInput as error:
                rejects.append(rejected(file, 0, "", error.problems))
                continue
            said[file] = engagement
            for number, unit in enumerate(units, 1):
                if isinstance(unit, InvalidInput):
                    rejects.append(rejected(file, number, "", unit.problems))
                else:
                    found.append(Found(file, number, organisation, unit))
        taken = intake.of_units(found, lambda each, problems: rejected(each.file, each.row, each.unit.name, problems))
        order = {file: place for place, (_, file) in enumerate(self.files)}
        every = sorted([*rejects, *taken.rejects], key=lambda each: (order[each.file], each.row))
        return Taken(intake.arranged(_with_engagements(taken.frame, said, intake)), every, taken.too_large)

    def unit(self, file: str, row: int, rulebook: Rulebook) -> tuple[Organisation, Unit] | None:
        """A unit by its number, with all that is said about its answers; None where it is not in this part."""
        for path, name in self.files:
            if name == file:
                organisation, _, units = read_units(read_text(path), rulebook.questions, file)
                unit = units[row - 1]
                assert isinstance(unit, Unit)
                return organisation, unit
        return None


def _with_engagements(frame: pl.DataFrame, said: Mapping[str, Engagement], intake: Intake) -> pl.DataFrame:
    """The rows with what is to be kept of the engagement of their file, as text."""
    names = [name for name in ENGAGEMENT if name in intake.keep]
    rows = [(file, *(_text(getattr(each, name)) for name in names)) for file, each in said.items()]
    kept = pl.DataFrame(rows, schema=dict.fromkeys((FILE, *names), pl.String()), orient="row")
    return frame.join(kept, on=FILE, how="left", maintain_order="left")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
