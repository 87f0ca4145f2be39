"""Some rows of a source, and what they become: answers in columns, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import polars as pl

from advisor.engines.columns.answers import ChecksOfAnswers
from advisor.engines.columns.frames import frame_of
from advisor.engines.columns.layout import BeyondLimits, Layout
from advisor.language import Fact
from advisor.language.values import unknown_fact
from advisor.portfolio.rejects import Reject
from advisor.portfolio.sources.cells import CellReader
from advisor.portfolio.sources.heads import CODES, ORGANISATION, TEXTS, UNIT
from advisor.profile import unit_errors
from advisor.profile.facts import facts_of
from advisor.profile.model import UNNAMED_ORGANISATION, UNNAMED_UNIT, Organisation, Unit
from advisor.reading import Problem
from advisor.rulebook import Rulebook

FILE, ROW, HINTS, BROKEN = "file", "row", "hints", "…broken"
WHERE = (FILE, ROW)
"""Where a unit stands: the file, and in it the row as a spreadsheet counts, the record or the unit, from 1."""


class Found(NamedTuple):
    """A unit that was read by itself, and where."""

    file: str
    row: int
    organisation: Organisation
    unit: Unit


Rejecting = Callable[[Found, Sequence[Problem]], Reject]
"""What makes a reject of a unit and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The units of a part: `frame` has `WHERE`, the texts about a unit, what is kept, `HINTS` and the answers.

    `too_large` holds the facts of units, by their place in the frame, whose numbers no column holds; there the frame
    says that nothing is answered.
    """

    frame: pl.DataFrame
    rejects: list[Reject] = field(default_factory=list)
    too_large: Mapping[int, Mapping[str, Fact]] = field(default_factory=dict)


class Part(Protocol):
    """Some rows of a source. Nothing is read of it before it is asked for."""

    @property
    def share(self) -> float:
        """How much of the source has been gone through at its end."""
        ...

    def take(self, intake: Intake) -> Taken:
        """Read the rows."""
        ...

    def unit(self, file: str, row: int, rulebook: Rulebook) -> tuple[Organisation, Unit] | None:
        """The unit in a row, with all that is said about its answers; None where it is not in this part."""
        ...


class Source(Protocol):
    """A file with units, or several profiles."""

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    def parts(self) -> Iterator[Part]:
        """All its rows, always in the same parts."""
        ...


class Intake:
    """What all parts are read with."""

    def __init__(self, layout: Layout, keep: tuple[str, ...] = ()) -> None:
        self.layout, self.rulebook, self.keep = layout, layout.rulebook, keep
        self.readers: dict[Hashable, CellReader] = {}
        self._checks = ChecksOfAnswers(layout)
        self._nothing = {name: unknown_fact(layout.rulebook.scope[name].kind) for name in self.rulebook.questions}

    def of_units(self, found: Sequence[Found], reject: Rejecting) -> Taken:
        """Units that were read one by one, without those that say what cannot be true together."""
        facts = [facts_of(each.unit, self.rulebook) for each in found]
        answers, too_large = self._answers(facts)
        texts = [
            (each.file, each.row, said.name, each.unit.name, said.sector, said.country, said.currency)
            for each in found
            for said in [each.organisation]
        ]
        schema = {FILE: pl.String(), ROW: pl.Int64()} | dict.fromkeys((*TEXTS, *CODES), pl.String())
        checked = self.checked(pl.DataFrame(texts, schema=schema, orient="row").hstack(answers))
        doubtful = {place for place, broken in enumerate(checked[BROKEN]) if broken} | too_large.keys()
        errors = {place: unit_errors(found[place].unit, self.rulebook) for place in sorted(doubtful)}
        rejects = [reject(found[place], problems) for place, problems in errors.items() if problems]
        good = [place for place in range(len(found)) if not errors.get(place)]
        left = {new: too_large[old] for new, old in enumerate(good) if old in too_large}
        return Taken(checked.drop(BROKEN)[good], rejects, left)

    def _answers(self, facts: Sequence[Mapping[str, Fact]]) -> tuple[pl.DataFrame, dict[int, Mapping[str, Fact]]]:
        """The columns of answers, and by place the facts that do not fit into them."""
        try:
            return frame_of(self.layout, facts), {}
        except BeyondLimits:
            too_large: dict[int, Mapping[str, Fact]] = {
                place: each for place, each in enumerate(facts) if not self._fits(each)
            }
        fitting = [self._nothing if place in too_large else each for place, each in enumerate(facts)]
        return frame_of(self.layout, fitting), too_large

    def arranged(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The columns of `Taken`, in the same order for every source; what is kept and not there is empty."""
        nothing = [pl.lit(None, dtype=pl.String).alias(name) for name in self.keep if name not in frame.columns]
        own = [name for name in self.keep if name not in (*TEXTS, *CODES)]
        return frame.with_columns(nothing).select(*WHERE, *TEXTS, *CODES, *own, HINTS, *self.layout.answers)

    def _fits(self, facts: Mapping[str, Fact]) -> bool:
        try:
            frame_of(self.layout, [facts])
        except BeyondLimits:
            return False
        return True

    def checked(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A frame of answers with `HINTS`, what looks mistaken in the answers and the names, and `BROKEN`.

        `BROKEN` is true where answers cannot be true together, or a number is too large to tell.
        """
        checks = self._checks
        found = checks.evaluate(frame.select(*self.layout.answers).lazy()).collect()
        stated = list(zip(checks.columns, self.rulebook.constraints, strict=True))
        errors = [column for column, each in stated if each.check.severity == "error"]
        hints = [
            pl.when(pl.col(column)).then(pl.lit(f"{each.check.id} ({', '.join(each.questions)})"))
            for column, each in stated
            if each.check.severity == "hint"
        ]
        hints += [
            pl.when(pl.col(column) == blank).then(pl.lit(f"P063 ({column})"))
            for column, blank in ((ORGANISATION, UNNAMED_ORGANISATION), (UNIT, UNNAMED_UNIT))
        ]
        told = pl.concat_str(hints, separator="; ", ignore_nulls=True)
        return frame.hstack(
            found.hstack(frame.select(ORGANISATION, UNIT)).select(
                told.replace("", None).alias(HINTS),
                pl.any_horizontal(checks.UNSURE, *errors).alias(BROKEN),
            )
        )
