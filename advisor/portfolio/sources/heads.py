"""The columns of a table of units: what each of them says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.profile.texts import one_line
from advisor.reading import Collector, InvalidInput, Place, Problem, did_you_mean, quote
from advisor.rulebook.model import Question

UNIT, ORGANISATION = "unit", "organisation"
CODES = ("country", "currency")
TEXTS = (ORGANISATION, UNIT, "sector")
PARTS = ("low", "high", "evidence", "source", "as_of", "note")
"""What may stand about an answer in a column of its own, called `question.part`."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of one table, in its order. `asked` has for each question its columns by part, the value's by ""."""

    columns: tuple[str, ...]
    keep: tuple[str, ...]
    asked: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def has(self, column: str) -> bool:
        """Whether the table has a column."""
        return column in self.columns

    def number(self, column: str) -> int:
        """The place of a column, from 1."""
        return self.columns.index(column) + 1

    def at(self, place: Place) -> str:
        """The column of a place."""
        return self.columns[place.column - 1] if 0 < place.column <= len(self.columns) else ""


def read_heads(
    columns: Sequence[str], where: Place, questions: Mapping[str, Question], keep: Collection[str] = ()
) -> Heads:
    """Say what the columns are; raises `InvalidInput` with everything that is wrong with them.

    `keep` names columns that are carried along; those that this table does not have are passed over.
    """
    problems = Collector()
    known = {*TEXTS, *CODES, *keep}
    asked: dict[str, dict[str, str]] = {}
    for number, column in enumerate(columns, 1):
        place = Place(where.file, where.line, number)
        question, part = _split(column, questions)
        if not column or column in columns[: number - 1]:
            said = f"the column {quote(column)} is there twice; keep one" if column else "a column has no name; name it"
            problems.add(place, "T003", said)
        elif column in known:
            continue
        elif question is None:
            problems.add(place, "T002", _unknown(column, [*questions, *TEXTS, *CODES]))
        elif part in ("low", "high") and questions[question].type != "number":
            problems.add(place, "P026", f"{question} is not a number, so it can have no {part}; remove the column")
        else:
            asked.setdefault(question, {})[part] = column
    if UNIT not in columns:
        problems.add(where, "T004", f"there is no column '{UNIT}' with the names of the units; add it")
    _ranges(asked, columns, where, problems)
    problems.stop_if_any()
    return Heads(tuple(columns), tuple(column for column in keep if column in columns), asked)


def _split(column: str, questions: Mapping[str, Question]) -> tuple[str | None, str]:
    if column in questions:
        return column, ""
    question, _, part = column.rpartition(".")
    return (question, part) if question in questions and part in PARTS else (None, "")


def _unknown(column: str, known: Sequence[str]) -> str:
    question, point, _ = column.partition(".")
    hint = did_you_mean(question, known)
    if point and question in known:
        hint = f"; behind a question may stand: {', '.join(f'.{each}' for each in PARTS)}"
    remedy = hint or "; 'advisor rules list questions' lists all questions"
    return f"there is no question {quote(column)}{remedy}; to carry the column along, say --keep {quote(column)}"


def _ranges(asked: Mapping[str, Mapping[str, str]], columns: Sequence[str], where: Place, problems: Collector) -> None:
    for question, parts in asked.items():
        alone = [part for part in ("low", "high") if part in parts]
        if len(alone) == 1:
            place = Place(where.file, where.line, columns.index(parts[alone[0]]) + 1)
            problems.add(place, "P026", f"{question} has {alone[0]} alone; low and high come together")


def header_of(cells: Sequence[object], where: Place) -> tuple[str, ...]:
    """The names in a first row, without spaces around them and without empty cells at its end."""
    names = ["" if cell is None else one_line(str(cell)) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise InvalidInput([Problem(where, "Y008", "there are no names of columns in the first row; add them")])
    return tuple(names)
