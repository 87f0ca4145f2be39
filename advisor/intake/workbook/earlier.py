"""A workbook of an earlier questionnaire: its rows in the names of today, and what nobody asks for any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.intake.content import Cell, Number
from advisor.intake.typed_cells import CellReader
from advisor.intake.workbook.layout import FIELDS, HEAD, At, Key
from advisor.intake.workbook.open import Sheet
from advisor.intake.workbook.rows import Row
from advisor.intake.workbook.tree import Parts, mapping
from advisor.reading import Mapping as MappingNode
from advisor.reading import Node, Place, Scalar, compose
from advisor.reading import Sequence as SequenceNode
from advisor.rulebook.questionnaire import Questionnaire, old_names


def todays(key: Key, asked: Questionnaire) -> Key:
    """The key under the names that its question and its choice have today."""
    name = asked.renamed.get(key.question, key.question)
    choices = asked[name].choices if name in asked else ()
    return replace(key, question=name, part=old_names(choices).get(key.part, key.part))


def headings(sheet: Sheet, first: int) -> Iterator[str]:
    """The headings of a sheet from a column on, up to one that is empty."""
    while (HEAD, first) in sheet.cells:
        yield str(sheet.cells[HEAD, first].content)
        first += 1


def kept_with(kept: Mapping[str, str], place: Place) -> Parts:
    """What the profile kept with which a workbook was made: YAML on one line, by the name of its question."""
    read = {name: compose(f"{name}: {said}", place.file) for name, said in kept.items()}
    return {name: node.entries[0][1] for name, node in read.items() if isinstance(node, MappingNode)}


def as_it_stands(row: Row, parts: Mapping[str, Row], form: str, cells: CellReader) -> Node | None:
    """An answer to a question that is not asked any more, as it stands in the cells; None where it was reported."""
    said = {FIELDS.get(At(column), "value"): _plain(cell, cells) for column, cell in row.cells.items()}
    if form.startswith("table") and parts:
        said["value"] = SequenceNode(tuple(_table_row(each, cells) for each in parts.values()), row.place(At.ANSWER))
    elif parts:
        ticked = {name: cells.yes_no(each.cells[At.ANSWER], name) for name, each in parts.items()}
        chosen = [Scalar(name, False, yes.place) for name, yes in ticked.items() if yes and yes.text == "true"]
        said["value"] = SequenceNode(tuple(chosen), row.place(At.ANSWER))
    found: Parts = {name: node for name, node in said.items() if node is not None}
    return mapping(found, row.place(At.ANSWER)) if len(found) == len(said) else None


def _table_row(row: Row, cells: CellReader) -> MappingNode:
    said = {str(row.sheet.cells[HEAD, column].content): _plain(cell, cells) for column, cell in row.cells.items()}
    entries = ((Scalar(head, True, node.place), node) for head, node in said.items() if node is not None)
    return MappingNode(tuple(entries), row.place(min(row.cells)))


def _plain(cell: Cell, cells: CellReader) -> Node | None:
    read = cells.text(cell)
    return read and read._replace(quoted=not isinstance(cell.content, Number))
