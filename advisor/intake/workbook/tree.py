"""A filled-in workbook as the tree of a profile, so that the reader of profiles checks it as any other."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.intake.typed_cells import CellReader
from advisor.intake.workbook.hidden import Made
from advisor.intake.workbook.layout import COVER_FIELD
from advisor.intake.workbook.rows import Row
from advisor.profile.read import VERSION
from advisor.reading import Mapping as MappingNode
from advisor.reading import Node, Place, Scalar
from advisor.reading import Sequence as SequenceNode

Parts = dict[str, Node]
_DATE = "date"


def mapping(parts: Mapping[str, Node], place: Place) -> MappingNode:
    """Keys with values; each key stands where its value does."""
    return MappingNode(tuple((Scalar(name, False, node.place), node) for name, node in parts.items()), place)


def profile_tree(
    fields: Mapping[str, Row], made: Made, answers: Mapping[int, Parts], cells: CellReader, place: Place
) -> MappingNode:
    """The tree of a whole profile.

    `fields` are the lines of the first sheet by their keys, `answers` those of each unit by its number from 1. A unit
    whose name is not on the first sheet keeps the one with which the workbook was `made`. `place` is that of what
    stands nowhere.
    """
    organisation, engagement = (_fields(f"{part} ", fields, cells) for part in ("organisation", "engagement"))
    listed = []
    for number, name in enumerate(made.units, 1):
        unit = {"name": Scalar(name, True, place), **_fields(f"unit {number} ", fields, cells)}
        listed.append(mapping({**unit, "answers": mapping(answers.get(number, {}), place)}, place))
    top: Parts = {
        "advisor_profile": Scalar(VERSION, False, place),
        "organisation": mapping(organisation, place),
        "engagement": mapping(engagement, place),
        "units": SequenceNode(tuple(listed), place),
    }
    if made.questionnaire is not None:
        top["questionnaire"] = Scalar(made.questionnaire, False, place)
    return mapping({**top, **_fields("profile ", fields, cells)}, place)


def _fields(begins: str, fields: Mapping[str, Row], cells: CellReader) -> Parts:
    """What is filled in on the lines whose keys begin so, by the rest of the key."""
    found: Parts = {}
    for key, row in fields.items():
        name, cell = key.removeprefix(begins), row.cells.get(COVER_FIELD)
        if key.startswith(begins) and cell is not None:
            read = cells.date(cell, name) if name == _DATE else cells.text(cell)
            found |= {name: read} if read else {}
    return found
