"""Where things stand in a workbook: sheets, rows and columns, the same for who writes it and who reads it.

Every row that holds an answer has a key in the hidden first column, so that it is found wherever it has moved to.
Rows and columns count from 0, as in XlsxWriter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from advisor.intake.questionnaire import Questionnaire
from advisor.profile import Profile
from advisor.profile.read import ENGAGEMENT, ORGANISATION
from advisor.profile.values import MOST_ROWS
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Question
from advisor.rulebook.model import Choice, Section

FORMAT = "1"
"""The version of the layout; another one is not read."""
HIDDEN_SHEET = "advisor"
FIRST_LIST = 6
"""The column of the hidden sheet from which on the items of drop-downs stand; before it stand facts."""
PULSE = "advisor_pulse"
"""The first word of the hidden sheet of a staff pulse."""
ANSWERS_NAMED_AT = (1, 1)
"""Where the hidden sheet of a staff pulse names the sheet with the answers, by row and column."""
HEAD = 3
"""The row of the headings, on every sheet with questions."""
FREE_ROWS = 12
"""How many rows of a table are there to be filled in, beyond those that are."""
MOST_UNITS = 20
_LONGEST_NAME = 31
_RESERVED = {HIDDEN_SHEET, "history"}


class At(IntEnum):
    """The columns of a sheet with questions."""

    KEY = 0
    DONE = 1
    QUESTION = 2
    ANSWER = 3
    UNIT = 4
    LOW = 5
    HIGH = 6
    EVIDENCE = 7
    SOURCE = 8
    AS_OF = 9
    NOTE = 10
    REASON = 11


FIELDS = {
    At.LOW: "low",
    At.HIGH: "high",
    At.EVIDENCE: "evidence",
    At.SOURCE: "source",
    At.AS_OF: "as_of",
    At.NOTE: "note",
    At.REASON: "not_applicable",
}
"""The columns beside the answer, by what they are called in a profile."""
TABLE_NUMBER, FIRST_CELL = 1, 2
"""The columns of a sheet with a table: the number of the row, and the first cell."""
COVER_LABEL, COVER_FIELD = 2, 3
"""The columns of the first sheet."""
CONTENTS = 10
"""The row of the first sheet below which the topics are listed."""
COVER_FIELDS = (
    *(f"organisation {name}" for name in ORGANISATION),
    *(f"engagement {name}" for name in ENGAGEMENT),
    "profile about",
)


@dataclass(frozen=True, slots=True)
class Key:
    """What a row is about: a unit by its number from 1, a question, and a choice or a row of a table."""

    unit: int
    question: str
    part: str = ""

    def __str__(self) -> str:
        """As it stands in the hidden column."""
        return f"{self.unit} {self.question} {self.part}".rstrip()


COVER = "cover"
"""What the first sheet is, as its name differs by language."""
STATIC = "."
"""Stands in the hidden column of a row that holds nothing but texts of the workbook itself; in the first row of a sheet
what the sheet is follows."""
_KEY = re.compile(r"([1-9][0-9]{0,3}) ([a-z][a-z0-9_]*)(?: ([a-z0-9_]+))?")


def read_key(text: str) -> Key | None:
    """The key that a text of the hidden column gives; None where it is none."""
    found = _KEY.fullmatch(text)
    return Key(int(found[1]), found[2], found[3] or "") if found else None


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a question, one of its choices, or the name of a unit above its questions (without a question)."""

    row: int
    unit: int
    question: Question | None = None
    choice: Choice | None = None

    @property
    def key(self) -> Key:
        """The key of a question or choice."""
        assert self.question is not None
        return Key(self.unit, self.question.name, self.choice.value if self.choice else "")


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """A sheet with the questions of one section."""

    name: str
    section: Section
    lines: tuple[Line, ...]

    @property
    def role(self) -> str:
        """What the sheet is, whatever it is called."""
        return f"section {self.section.name}"


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet with the rows of one table; `lines` are rows as (row of the sheet, unit, number from 1 or 0: a name)."""

    name: str
    question: Question
    lines: tuple[tuple[int, int, int], ...]

    @property
    def role(self) -> str:
        """What the sheet is, whatever it is called."""
        return f"table {self.question.name}"

    def rows_of(self, unit: int) -> list[int]:
        """The rows of the sheet that a unit has."""
        return [row for row, each, number in self.lines if each == unit and number]


@dataclass(frozen=True, slots=True)
class Layout:
    """All sheets of a workbook for one profile."""

    cover: str
    sections: tuple[SectionSheet, ...]
    tables: tuple[TableSheet, ...]

    @property
    def sheets(self) -> dict[str, str]:
        """The names of all sheets for people by what they are, in their order."""
        sections = {sheet.role: sheet.name for sheet in self.sections}
        return {COVER: self.cover, **sections, **{sheet.role: sheet.name for sheet in self.tables}}

    def table(self, question: Question) -> TableSheet:
        """The sheet of a table."""
        return next(sheet for sheet in self.tables if sheet.question.name == question.name)

    @property
    def fields_row(self) -> int:
        """The row of the first sheet below which the organisation is described."""
        return CONTENTS + len(self.sections) + 2

    def unit_row(self, unit: int) -> int:
        """The row of the first sheet on which a unit has its name; below it stands what it is."""
        return self.fields_row + len(COVER_FIELDS) + 3 + 2 * (unit - 1)


def lay_out(asked: Questionnaire, profile: Profile) -> Layout:
    """Lay out a workbook for the units of a profile, with room for the rows that its tables have.

    Raises `InvalidInput` for more units than people like to fill in at once.
    """
    if len(profile.units) > MOST_UNITS:
        message = f"it has {len(profile.units)} units, a workbook takes {MOST_UNITS}; make several, each with --unit"
        raise InvalidInput([Problem(Place(profile.organisation.name), "W017", message)])
    names = _Names()
    cover = names.take(asked.texts.cover)
    sections, tables = [], []
    for section, questions in asked.sections():
        sections.append(SectionSheet(names.take(section.title), section, tuple(_lines(questions, profile))))
        for question in questions:
            if question.type == "table":
                lines = tuple(_table_lines(question, profile))
                tables.append(TableSheet(names.take(question.label or question.ask), question, lines))
    return Layout(cover, tuple(sections), tuple(tables))


def _lines(questions: Sequence[Question], profile: Profile) -> Iterator[Line]:
    row = HEAD + 1
    for unit in range(1, len(profile.units) + 1):
        if len(profile.units) > 1:
            yield Line(row, unit)
            row += 1
        for question in questions:
            choices = question.choices if question.type == "choices" else ()
            for choice in (None, *choices):
                yield Line(row, unit, question, choice)
                row += 1


def _table_lines(question: Question, profile: Profile) -> Iterator[tuple[int, int, int]]:
    row = HEAD + 1
    for number, unit in enumerate(profile.units, 1):
        if len(profile.units) > 1:
            yield row, number, 0
            row += 1
        answer = unit.answers.get(question.name)
        filled = len(answer.value) if answer and isinstance(answer.value, tuple) else 0
        for each in range(1, min(filled + FREE_ROWS, MOST_ROWS) + 1):
            yield row, number, each
            row += 1


class _Names:
    """Gives names that Excel accepts for sheets, each once."""

    def __init__(self) -> None:
        self._taken = {*_RESERVED}

    def take(self, title: str) -> str:
        """A name made of the title up to a colon."""
        whole = " ".join(re.sub(r"[\[\]:*?/\\']", " ", title.partition(":")[0]).split()) or "…"
        name, number = _shortened(whole, _LONGEST_NAME), 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{_shortened(whole, _LONGEST_NAME - 4)} {number}"
        self._taken.add(name.casefold())
        return name


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return (text[: most - 1].rpartition(" ")[0] or text[: most - 1]).rstrip(" ,;–-") + "…"
