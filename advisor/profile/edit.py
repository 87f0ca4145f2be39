"""Changing one answer in the text of a profile, or the version it is written for, and nothing else in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from advisor.profile.model import Answer
from advisor.profile.render import answer_as_rows, answer_as_yaml
from advisor.profile.texts import one_line

_LOADER: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_GAP = re.compile(r"(?:\s|#[^\n]*\n)*")
Entry = tuple[yaml.Node, yaml.Node]


class NotEditable(Exception):
    """The text is laid out in a way that this module does not know."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """The answers of one unit in a text."""

    text: str
    unit: yaml.MappingNode
    key: yaml.Node | None
    answers: yaml.Node | None

    @property
    def entries(self) -> list[Entry]:
        return _entries(self.answers) if isinstance(self.answers, yaml.MappingNode) else []

    @property
    def in_flow(self) -> bool:
        return bool(self.unit.flow_style or getattr(self.answers, "flow_style", False))


def set_version(text: str, version: str) -> str:
    """Say for which version of the questionnaire the profile is written."""
    root = yaml.compose(text, Loader=_LOADER)
    marker = _get(root, "advisor_profile")
    if not isinstance(root, yaml.MappingNode) or marker is None:
        raise NotEditable
    before = _get(root, "questionnaire")
    if before is not None:
        start, end = _start(before), _end(text, before)
        return f"{text[:start].rstrip(' ')} {version}{text[end:]}"
    if root.flow_style:
        at = _end(text, marker)
        return f"{text[:at]}, questionnaire: {version}{text[at:]}"
    line = f"{' ' * _column(root.value[0][0])}questionnaire: {version}{_newline(text)}"
    return _add_line(text, _end(text, marker), line)


def set_answer(text: str, unit: str, names: Sequence[str], answer: Answer, *, at_placeholder: bool) -> str:
    """Put an answer into the text: over the old one, at its commented placeholder, or after the last answer.

    `names` are those that the question has had, the one of today first: under that one the answer stands then.
    """
    spot, name = _find(text, unit), names[0]
    entry = next((entry for entry in spot.entries if entry[0].value in names), None)
    if entry:
        return _named(_replace(spot, entry, answer), entry[0], name)
    if isinstance(spot.answers, yaml.MappingNode) and spot.answers.flow_style:
        return _insert_in_flow(text, spot.answers, f"{name}: {answer_as_yaml(answer)}")
    if spot.entries:
        return _insert_line(spot, _column(spot.entries[0][0]), names, answer, at_placeholder)
    return _begin(spot, names, answer, at_placeholder)


def remove_answer(text: str, unit: str, names: Sequence[str]) -> str:
    """Take an answer out of the text, with the lines on which it stands; `names` are those of its question."""
    spot = _find(text, unit)
    found = next((number for number, (key, _) in enumerate(spot.entries) if key.value in names), None)
    if found is None:
        return text
    key, value = spot.entries[found]
    if spot.in_flow:
        return _remove_from_flow(spot, found)
    return text[: _line_start(text, _start(key))] + text[_next_line(text, _end(text, value)) :]


def _find(text: str, unit: str) -> _Spot:
    root = yaml.compose(text, Loader=_LOADER)
    units = _get(root, "units")
    for node in units.value if isinstance(units, yaml.SequenceNode) else []:
        name = _get(node, "name")
        if isinstance(name, yaml.ScalarNode) and one_line(name.value) == unit:
            key = next((key for key, _ in _entries(node) if key.value == "answers"), None)
            return _Spot(text, node, key, _get(node, "answers"))
    raise NotEditable


def _entries(node: yaml.MappingNode) -> list[Entry]:
    return list(node.value)


def _get(node: object, name: str) -> yaml.Node | None:
    entries = _entries(node) if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in entries if key.value == name), None)


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.index) if node.start_mark else 0


def _column(node: yaml.Node) -> int:
    return int(node.start_mark.column) if node.start_mark else 0


def _end(text: str, node: yaml.Node) -> int:
    """Give where a value ends; the parser's own mark lies beyond the comments that follow a block."""
    mark = int(node.end_mark.index) if node.end_mark else 0
    if isinstance(node, yaml.ScalarNode):
        return len(text[:mark].rstrip()) if node.style in ("|", ">") else mark
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return mark
    last = node.value[-1]
    return _end(text, last[1] if isinstance(last, tuple) else last)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _next_line(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _rendered(spot: _Spot, answer: Answer, column: int) -> str:
    rows = None if spot.in_flow else answer_as_rows(answer, column + 2)
    return rows.replace("\n", _newline(spot.text)) if rows else " " + answer_as_yaml(answer)


def _replace(spot: _Spot, entry: Entry, answer: Answer) -> str:
    key, value = entry
    text, start, end = spot.text, _start(value), _end(spot.text, value)
    new = _rendered(spot, answer, _column(key))
    if spot.in_flow or "\n" not in text[_start(key) : start]:
        return text[:start].rstrip(" ") + new + text[end:]
    colon = text.index(":", int(key.end_mark.index)) + 1
    kept = text[colon : _line_start(text, start)]
    if "\n" in new:
        return text[:colon] + kept + new.lstrip("\r\n") + _newline(text) + text[_next_line(text, end) :]
    return text[:colon] + new + kept + text[_next_line(text, end) :]


def _named(text: str, key: yaml.Node, name: str) -> str:
    """The text with another name in the place of a key, whose value stands behind it."""
    end = int(key.end_mark.index) if key.end_mark else 0
    return text if key.value == name else text[: _start(key)] + name + text[end:]


def _insert_in_flow(text: str, answers: yaml.MappingNode, entry: str) -> str:
    if answers.value:
        at = _end(text, answers.value[-1][1])
        return f"{text[:at]}, {entry}{text[at:]}"
    at = _start(answers) + 1
    return text[:at] + entry + text[at:]


def _insert_line(spot: _Spot, column: int, names: Sequence[str], answer: Answer, at_placeholder: bool) -> str:
    text, newline = spot.text, _newline(spot.text)
    line = f"{' ' * column}{names[0]}:{_rendered(spot, answer, column)}{newline}"
    found = _placeholder(spot, names) if at_placeholder else None
    if found:
        return text[: found.start()] + line + text[_next_line(text, found.end()) :]
    after = spot.entries[-1][1] if spot.entries else spot.answers
    return _add_line(text, _end(text, after) if after else _end(text, spot.unit), line)


def _add_line(text: str, after: int, line: str) -> str:
    at = _next_line(text, after)
    head = text[:at] if text[:at].endswith("\n") else text[:at] + _newline(text)
    return head + line + text[at:]


def _placeholder(spot: _Spot, names: Sequence[str]) -> re.Match[str] | None:
    """Find the line ``# name:`` of a blank profile between this unit's answers and the next unit."""
    named = "|".join(map(re.escape, names))
    end = int(spot.unit.end_mark.index) if spot.unit.end_mark else len(spot.text)
    begin = _start(spot.key) if spot.key else end
    return re.compile(rf"^[ ]*#[ ]?(?:{named}):[ \t]*\r?$", re.MULTILINE).search(spot.text, begin, end)


def _begin(spot: _Spot, names: Sequence[str], answer: Answer, at_placeholder: bool) -> str:
    """Write the first answer of a unit."""
    text, name = spot.text, names[0]
    flow = f"{{{name}: {answer_as_yaml(answer)}}}"
    if spot.key is None or spot.answers is None:
        at = _end(text, spot.unit.value[-1][1])
        if spot.unit.flow_style:
            return f"{text[:at]}, answers: {flow}{text[at:]}"
        column, newline = _column(spot.unit.value[0][0]), _newline(text)
        entry = f"{name}:{_rendered(spot, answer, column + 2)}"
        return _add_line(text, at, f"{' ' * column}answers:{newline}{' ' * (column + 2)}{entry}{newline}")
    start, end = _start(spot.answers), _end(text, spot.answers)
    if spot.in_flow or start != end:
        return f"{text[:start].rstrip(' ')} {flow}{text[end:]}"
    return _insert_line(spot, _column(spot.key) + 2, names, answer, at_placeholder)


def _remove_from_flow(spot: _Spot, index: int) -> str:
    text, (key, value) = spot.text, spot.entries[index]
    start, end = _start(key), _end(text, value)
    comma = _after_gap(text, end)
    if text[comma] == ",":
        end = comma + 1
        end += len(text[end:]) - len(text[end:].lstrip(" "))
    elif index:
        start = _after_gap(text, _end(text, spot.entries[index - 1][1]))
    return text[:start] + text[end:]


def _after_gap(text: str, index: int) -> int:
    found = _GAP.match(text, index)
    return found.end() if found else index
