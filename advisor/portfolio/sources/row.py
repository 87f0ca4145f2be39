"""One row of a table as a unit: the reading of a profile, cell by cell, with all that is wrong.

What `advisor.portfolio.sources.cells` takes at once is what this takes too, and both say the same of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from advisor.portfolio.sources.heads import ORGANISATION, UNIT, Heads
from advisor.portfolio.sources.words import NONE_CHOSEN, NOT_APPLICABLE, SEPARATORS, UNKNOWN, YES_NO
from advisor.profile.answers import read_answer
from advisor.profile.digest import plain_number
from advisor.profile.model import Answer, Frozen, Organisation, Unit
from advisor.profile.read import read_code
from advisor.profile.texts import one_line, read_required_text, read_text_field
from advisor.profile.values import two_readings, which_of
from advisor.reading import Collector, InvalidInput, Node, Place, Problem, Scalar, Sequence, compose, quote
from advisor.reading import Mapping as MappingNode
from advisor.reading.text_file import unwanted_character
from advisor.rulebook.model import Question

NO_REASON = "does not apply"
"""The reason of what a table calls not applicable without a note that says why."""
Cells = Mapping[str, Any]
"""A row by column; None is an empty cell. A text is as it was written, other values have the types of Parquet."""


class RowReader:
    """Reads rows of one table; `comma` and `decimals` as `advisor.portfolio.sources.table.Table` has them."""

    def __init__(
        self,
        heads: Heads,
        questions: Mapping[str, Question],
        file: str,
        organisation: str,
        comma: bool,
        decimals: Collection[str] = (),
    ) -> None:
        self.heads, self.questions, self.file, self.comma = heads, questions, file, comma
        self.organisation, self.decimals = organisation, decimals

    def read(self, row: int, cells: Cells) -> tuple[Organisation, Unit]:
        """The unit in a row; raises `InvalidInput` with everything that is wrong with it."""
        return _Row(self, row, cells).read()


class _Row:
    def __init__(self, reader: RowReader, row: int, cells: Cells) -> None:
        self.reader, self.row, self.heads = reader, row, reader.heads
        self.cells = {column: cell for column, cell in cells.items() if not _is_empty(cell)}
        self.problems = Collector()

    def read(self) -> tuple[Organisation, Unit]:
        organisation = Organisation(
            name=read_text_field(self.text(ORGANISATION), "the organisation's name", self.problems)
            or self.reader.organisation,
            sector=read_text_field(self.text("sector"), "sector", self.problems),
            country=read_code(self.text("country"), "country", self.problems),
            currency=read_code(self.text("currency"), "currency", self.problems),
        )
        name = read_required_text(self.text(UNIT), self.place(UNIT), "the unit's name", self.problems)
        for column in self.heads.keep:
            self.text(column)
        answers = {question: self.answer(question) for question in self.heads.asked}
        self.problems.stop_if_any()
        return organisation, Unit(name, Frozen({name: answer for name, answer in answers.items() if answer}))

    def place(self, column: str) -> Place:
        return Place(self.reader.file, self.row, self.heads.number(column))

    def text(self, column: str) -> Scalar | None:
        """A cell that is text whatever it looks like."""
        cell = self.cells.get(column)
        if cell is None:
            return None
        text = _plain(cell)
        self.look_for_unwanted(text, column)
        return Scalar(text, True, self.place(column))

    def look_for_unwanted(self, text: str, column: str) -> None:
        unwanted = unwanted_character(text.replace("\r", " "))
        if unwanted:
            self.problems.add(self.place(column), "Y007", unwanted)

    def answer(self, name: str) -> Answer | None:
        question, columns = self.reader.questions[name], self.heads.asked[name]
        given = {part: column for part, column in columns.items() if column in self.cells}
        state = self.state(given.get(""), question)
        if state == NOT_APPLICABLE[0] and not {"low", "high"} & given.keys():
            reason = self.text(given["note"]) if "note" in given else None
            return Answer("not_applicable", reason=one_line(reason.text) if reason else NO_REASON)
        if not {"", "low", "high"} & given.keys():
            return None  # what is said about an answer that is not there says nothing
        if state == UNKNOWN and not {"low", "high"} & given.keys():
            given = {part: column for part, column in given.items() if part in ("", "note")}
        before = len(self.problems)
        nodes = {part: self.node(column, part, question) for part, column in given.items()}
        return read_answer(self.form(nodes, given), question, self.problems) if len(self.problems) == before else None

    def state(self, column: str | None, question: Question) -> str:
        """Whether a cell says that the answer is unknown or the question not applicable."""
        cell = self.cells.get(column) if column else None
        word = cell.strip().casefold() if isinstance(cell, str) else ""
        if word in NOT_APPLICABLE and all(choice.value != word for choice in question.choices):
            return NOT_APPLICABLE[0]
        return UNKNOWN if word == UNKNOWN else ""

    def form(self, nodes: Mapping[str, Node], given: Mapping[str, str]) -> Node:
        """The answer as a profile would have it."""
        if nodes.keys() == {""}:
            return nodes[""]
        places = {part: self.place(column) for part, column in given.items()}
        entries = tuple((Scalar(part or "value", False, places[part]), node) for part, node in nodes.items())
        return MappingNode(entries, next(iter(places.values())))

    def node(self, column: str, part: str, question: Question) -> Node:
        """A cell as it would stand in a profile."""
        cell, place = self.cells[column], self.place(column)
        if part in ("evidence", "source", "as_of", "note"):
            self.look_for_unwanted(_plain(cell), column)
            return Scalar(_plain(cell).strip(), True, place)
        if not isinstance(cell, str):
            return _typed(cell, question, place)
        self.look_for_unwanted(cell, column)
        text = cell.strip()
        if text.casefold() == UNKNOWN:
            return Scalar(UNKNOWN, False, place)
        match question.type:
            case "number":
                return Scalar(self.with_point(text, column, question), False, place)
            case "yes_no":
                return _yes_no(text, place)
            case "choices":
                return _choices(text, place)
            case "table":
                return self.rows(text, place)
            case _:
                return Scalar(text, False, place)

    def with_point(self, text: str, column: str, question: Question) -> str:
        """A number with a point before its decimals; one that could also have thousands is a problem."""
        if either := two_readings(text, question):
            mark = "," if self.reader.comma else "."
            if column in self.reader.decimals and mark in text:
                return plain_number(Decimal(text.replace(mark, ".")))
            remedy = f"a whole column with three decimals is exported as ROUND({column}, 2)"
            self.problems.add(self.place(column), "P045", f"{which_of(text, either, question, mark)}; {remedy}")
            return text
        if self.reader.comma and "." in text:
            said = f"{column}: {quote(text)} has a point, but this file writes decimals with a comma"
            remedy = "write a comma before decimals, and nothing between thousands"
            self.problems.add(self.place(column), "T007", f"{said}; {remedy}")
        return text.replace(",", ".") if self.reader.comma else text

    def rows(self, text: str, place: Place) -> Node:
        """The rows of a table, written in one cell as in a profile."""
        try:
            return _moved(compose(text, self.reader.file), place)
        except InvalidInput as error:
            self.problems.add_all(Problem(place, each.code, each.message) for each in error.problems)
            return Scalar(text, False, place)


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(cell: Any) -> str:
    return cell if isinstance(cell, str) else written(cell)


def written(value: Any) -> str:
    """A single value as a profile writes it; what none writes so that it is refused."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if isfinite(value):
            return f"{Decimal(repr(value)):f}".removesuffix(".0")
        case Decimal():
            return plain_number(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _typed(value: Any, question: Question, place: Place) -> Node:
    """A value that has a type already."""
    if isinstance(value, list):
        return Sequence(tuple(_typed(item, question, place) for item in value), place)
    if isinstance(value, dict):
        cells = {name: cell for name, cell in value.items() if cell is not None}
        entries = tuple(
            (Scalar(name, False, place), Scalar(written(cell), False, place)) for name, cell in cells.items()
        )
        return MappingNode(entries, place)
    if question.type == "yes_no":
        return _yes_no(written(value), place)
    return Scalar(written(value), False, place)


def _yes_no(text: str, place: Place) -> Scalar:
    known = YES_NO.get(text.casefold())
    return Scalar(text if known is None else written(known), False, place)


def _choices(text: str, place: Place) -> Node:
    inside = text.removeprefix("[").removesuffix("]")
    words = [
        word.strip() for word in inside.translate(str.maketrans(SEPARATORS, SEPARATORS[0] * 2)).split(SEPARATORS[0])
    ]
    if text == NONE_CHOSEN:
        words = []
    return Sequence(tuple(Scalar(word, False, place) for word in words), place)


def _moved(node: Node, place: Place) -> Node:
    match node:
        case Scalar():
            return node._replace(place=place)
        case Sequence():
            return Sequence(tuple(_moved(item, place) for item in node.items), place)
        case MappingNode():
            return MappingNode(
                tuple((key._replace(place=place), _moved(value, place)) for key, value in node.entries), place
            )
