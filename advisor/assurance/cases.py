"""Cases of a rulebook: given answers, expected advice; only what is named is checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from advisor.profile import Answer, Frozen, Organisation, Profile, Unit
from advisor.reading import Place

CASE_UNIT = "case"
About = Literal["finding", "verdict", "also", "recommended", "excluded", "preparation", "erosion", "pattern", "measure"]
ABSENT, OPEN, PRESENT = "absent", "open", "present"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number that lies between two ends; `None` for an end that nobody named."""

    low: Decimal | None
    high: Decimal | None


Wanted: TypeAlias = str | bool | Decimal | Bounds | tuple[str, ...] | None
"""What is expected: a word, a yes/no, a number, its two ends, a list of names, or None for 'unknown'."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that a case expects: `name` of a finding, preparation, pattern or measure is `wanted`."""

    about: About
    name: str
    wanted: Wanted
    place: Place


@dataclass(frozen=True, slots=True)
class Case:
    """One case with the place where it stands."""

    name: str
    answers: Frozen[Answer]
    expected: tuple[Expected, ...]
    place: Place
    about: str | None = None

    def profile(self) -> Profile:
        """The answers as the profile of one unit."""
        return Profile(Organisation(self.name), (Unit(CASE_UNIT, self.answers),))


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the advice is not what a case expects: `decided` are the rules and facts behind it, indented lines."""

    expected: Expected
    said: str
    came: str
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case and everything in which the advice differs from it."""

    case: Case
    differences: tuple[Difference, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether everything that the case names came out."""
        return not self.differences
