"""Filled-in rows as answers in the form of a profile, so that the reader of profiles checks them as any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.intake.content import Cell
from advisor.intake.texts import Texts
from advisor.intake.typed_cells import CellReader
from advisor.intake.workbook.layout import FIELDS, FIRST_CELL, At, Key
from advisor.intake.workbook.rows import Row
from advisor.intake.workbook.tree import Parts, mapping
from advisor.profile.values import UNKNOWN
from advisor.reading import Collector, Node, Scalar
from advisor.reading import Mapping as MappingNode
from advisor.reading import Sequence as SequenceNode
from advisor.rulebook import Column, Question


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Reads the answers of one workbook.

    `rows` are those of the questions; `parts` those of their choices and tables in which something is filled in.
    """

    cells: CellReader
    rows: Mapping[Key, Row]
    parts: Mapping[Key, Mapping[str, Row]]

    @property
    def problems(self) -> Collector:
        """Where problems are noted."""
        return self.cells.problems

    @property
    def texts(self) -> Texts:
        """The texts of the workbook's own."""
        return self.cells.asked.texts

    def answer(self, key: Key, question: Question) -> Node | None:
        """The answer of a unit to a question in which something is filled in; None where it was reported."""
        row, before = self.rows[key], len(self.problems)
        value, beside = self._value(key, row, question), self._beside(row, question)
        for name in value.keys() & beside.keys():
            message = f"{question.name}: a range stands here and at {value[name].place}; empty one of the two"
            self.problems.add(beside[name].place, "W016", message)
        if len(self.problems) > before:
            return None
        parts = {**value, **beside}
        if not parts.keys() & {"value", "low", "high", "not_applicable"}:
            self._note_missing(row, question)
            return None
        return mapping(parts, row.place(At.ANSWER))

    def is_filled(self, key: Key) -> bool:
        """Whether anything is filled in for a question."""
        return bool(self.rows[key].cells or self.parts.get(key))

    def _value(self, key: Key, row: Row, question: Question) -> Parts:
        cell, reader = row.cells.get(At.ANSWER), self.cells
        if cell is not None and reader.says(cell, "not_applicable"):
            if At.REASON not in row.cells:
                message = f"{question.name} does not apply: say why in the column for that, and leave the answer empty"
                self.problems.add(row.place(At.REASON), "W015", message)
            cell = None
        if question.type == "choices":
            return self._choices(key, cell, question)
        if question.type == "table":
            return self._table(key, cell, question)
        if cell is None:
            return {}
        if reader.says(cell, "unknown"):
            return _value(Scalar(UNKNOWN, False, cell.place))
        if question.type == "number":
            return {**reader.number_or_range(cell, question)}
        return _value(self._single(cell, question))

    def _single(self, cell: Cell, asked: Question | Column) -> Scalar | None:
        if asked.type == "number":
            return self.cells.number(cell, asked)
        if asked.type == "yes_no":
            return self.cells.yes_no(cell, asked.name)
        if asked.type == "choice":
            return self.cells.choice(cell, asked)
        return self.cells.text(cell)

    # ------------------------------------------------------------------ several choices, and tables

    def _choices(self, key: Key, cell: Cell | None, question: Question) -> Parts:
        filled = self.parts.get(key, {})
        said = {part: self.cells.yes_no(row.cells[At.ANSWER], question.name) for part, row in filled.items()}
        chosen = [Scalar(part, False, yes.place) for part, yes in said.items() if yes and yes.text == "true"]
        if cell is not None:
            return self._instead(cell, self.texts.none_of_these, chosen, question)
        if chosen or len(said) == len(question.choices):
            return _value(SequenceNode(tuple(chosen), self.rows[key].place(At.ANSWER)))
        if said:
            message = f"{question.name}: choose yes for one of these at least, or '{self.texts.none_of_these}' here"
            self.problems.add(self.rows[key].place(At.ANSWER), "W015", message)
        return {}

    def _table(self, key: Key, cell: Cell | None, question: Question) -> Parts:
        rows = [self._table_row(row, question) for row in self.parts.get(key, {}).values()]
        if cell is not None:
            return self._instead(cell, self.texts.no_rows, rows, question)
        return _value(SequenceNode(tuple(rows), rows[0].place)) if rows else {}

    def _table_row(self, row: Row, question: Question) -> MappingNode:
        parts: Parts = {}
        for place, column in enumerate(question.columns, FIRST_CELL):
            cell = row.cells.get(place)
            if cell is not None and self.cells.says(cell, "unknown"):
                parts[column.name] = Scalar(UNKNOWN, False, cell.place)
            elif cell is not None and (read := self._single(cell, column)) is not None:
                parts[column.name] = read
        return mapping(parts, row.place(FIRST_CELL))

    def _instead(self, cell: Cell, none: str, filled: Sequence[Node], question: Question) -> Parts:
        """That nobody knows, or that there is nothing to choose or to list, where nothing else is filled in."""
        read: Node | None
        if self.cells.says(cell, "unknown"):
            read = Scalar(UNKNOWN, False, cell.place)
        else:
            understood = dict.fromkeys(self.cells.asked.wording.none_of_them, "")
            found = self.cells.one_of(cell, {none: ""}, question.name, understood)
            read = found and SequenceNode((), cell.place)
        if read is not None and filled:
            message = f"{question.name}: this and {filled[0].place} exclude each other; empty one of the two"
            self.problems.add(cell.place, "W016", message)
        return _value(read)

    # ------------------------------------------------------------------ what stands beside an answer

    def _beside(self, row: Row, question: Question) -> Parts:
        beside = {At(column): cell for column, cell in row.cells.items() if column != At.ANSWER}
        parts = {FIELDS[column]: self._field(column, cell, question) for column, cell in beside.items()}
        return {name: read for name, read in parts.items() if read is not None}

    def _field(self, column: At, cell: Cell, question: Question) -> Scalar | None:
        if column in (At.LOW, At.HIGH):
            return self.cells.number(cell, question) if question.type == "number" else self.cells.text(cell)
        if column == At.EVIDENCE:
            return self.cells.evidence(cell, question.name)
        return self.cells.date(cell, question.name) if column == At.AS_OF else self.cells.text(cell)

    def _note_missing(self, row: Row, question: Question) -> None:
        message = f"{question.name} has something beside its answer, but the answer is missing; fill it in, or unknown"
        self.problems.add(row.place(At.ANSWER), "W015", message)


def _value(node: Node | None) -> Parts:
    return {} if node is None else {"value": node}
