"""What a client said: an immutable profile of units and their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar, get_args

from advisor.reading import Place, Problem
from advisor.rulebook.model import Evidence

if TYPE_CHECKING:
    from advisor.rulebook import Rulebook
    from advisor.rulebook.model import Respondent

T = TypeVar("T")
State = Literal["answered", "unknown", "not_applicable"]
EVIDENCES: tuple[Evidence, ...] = get_args(Evidence)
"""From the strongest to the weakest."""
StepState = Literal["started", "done", "dropped"]
STEP_STATES: tuple[StepState, ...] = get_args(StepState)


class Frozen(Mapping[str, T], Generic[T]):
    """A mapping that cannot change; unlike a mapping proxy it can be pickled."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, T] = MappingProxyType({})) -> None:
        """Copy the entries."""
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> T:
        """Give the value of a key."""
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        """Go through the keys in the order of the file."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def __hash__(self) -> int:
        """Allow profiles in sets; equal mappings have equal hashes."""
        return hash(frozenset(self._entries.items()))

    def __repr__(self) -> str:
        """Show the entries."""
        return f"Frozen({self._entries!r})"


Cell: TypeAlias = Decimal | bool | str | None
"""A cell of a table; None is unknown."""
Row: TypeAlias = Frozen[Cell]
"""A row of a table; every column of the question has its cell."""
Value: TypeAlias = Decimal | bool | str | tuple[str, ...] | tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with its state; a question that is absent from a unit was not asked.

    An answered number has a value, or a range ``low`` to ``high``, or both; low and high come together. ``people`` and
    ``tally`` are of a `Voice` only: how many people the answer is of, where not as many as speak in the voice, and how
    many of them said what (then there is no value).
    """

    state: State
    value: Value | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    evidence: Evidence = "stated"
    source: str | None = None
    as_of: date | None = None
    note: str | None = None
    reason: str | None = None
    people: int | None = None
    tally: Frozen[int] | None = None
    tried: str | None = None
    """As it was given to `with_answers`, where it is on trial and no answer of the client."""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class StepReport:
    """What has become of a step that an earlier advice asked for; a step is called by the rule that asks for it."""

    state: StepState
    date: date | None = None
    note: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who the client is."""

    name: str
    sector: str | None = None
    country: str | None = None
    currency: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """For whom and by whom the advice is prepared."""

    prepared_for: str | None = None
    prepared_by: str | None = None
    date: date | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """What people of one role say; who they are is not kept. ``people`` is how many of them speak here.

    ``kept`` are answers to questions that are not asked any more, as YAML on one line; nothing counts them.
    """

    role: Respondent
    people: int = 1
    date: date | None = None
    note: str | None = None
    answers: Frozen[Answer] = field(default_factory=Frozen)
    kept: Frozen[str] = field(default_factory=Frozen)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Unit:
    """A team, department or channel: what advice is given for.

    ``answers`` are what the consultant recorded; they prevail over the ``respondents``. ``kept`` are answers to
    questions that are not asked any more, as YAML on one line; nothing counts them. ``steps`` reports on those of an
    earlier advice by the id or code of a rule; None where nothing is reported.
    """

    name: str
    answers: Frozen[Answer] = field(default_factory=Frozen)
    about: str | None = None
    kept: Frozen[str] = field(default_factory=Frozen)
    respondents: tuple[Voice, ...] = ()
    steps: Frozen[StepReport] | None = None

    @property
    def unknown(self) -> frozenset[str]:
        """The questions to which the answer is that nobody knows."""
        return frozenset(name for name, answer in self.answers.items() if answer.state == "unknown")

    def said_by(self, voice: int | None) -> Frozen[Answer]:
        """The answers of the respondent at a place; without one those that were recorded."""
        return self.answers if voice is None else self.respondents[voice].answers

    def with_answers(self, answers: Frozen[Answer], voice: int | None = None) -> Unit:
        """The unit with these as all answers of the respondent at a place; without one, as those recorded."""
        if voice is None:
            return replace(self, answers=answers)
        changed = replace(self.respondents[voice], answers=answers)
        return replace(self, respondents=(*self.respondents[:voice], changed, *self.respondents[voice + 1 :]))


UNNAMED_ORGANISATION, UNNAMED_UNIT = "Name of the client", "Name of the team"
"""What stands in a new profile until somebody says what they are called."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything a client said.

    `questionnaire` is the version of the rulebook for which it was written, where it says so; `notes` tell, each with
    its place, what was carried over from an earlier one, `unnamed` what still has the name of a new profile.
    `dated` is the place of the engagement's date.
    """

    organisation: Organisation
    units: tuple[Unit, ...]
    engagement: Engagement = field(default_factory=Engagement)
    about: str | None = None
    questionnaire: str | None = None
    notes: tuple[Problem, ...] = field(default=(), compare=False)
    unnamed: tuple[Problem, ...] = field(default=(), compare=False)
    dated: Place | None = field(default=None, compare=False)

    @classmethod
    def load(cls, path: Path, rulebook: Rulebook | None = None) -> Profile:
        """Read the profile in `path` with the questions of `rulebook` (the shipped one if None).

        Raises `InvalidInput` with every problem that was found.
        """
        from advisor.profile.check import check_profile
        from advisor.profile.read import read_profile
        from advisor.rulebook import Rulebook

        rulebook = rulebook or Rulebook.load()
        profile = read_profile(path, rulebook.questions)
        check_profile(profile, rulebook)
        return profile

    def unit(self, name: str) -> Unit | None:
        """Give the unit of that name, or None."""
        return next((unit for unit in self.units if unit.name == name), None)
