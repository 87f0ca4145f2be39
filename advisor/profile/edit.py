"""Changing one answer in the text of a profile, or the version it is written for, and nothing else in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from advisor.profile import layout
from advisor.profile.layout import Entry
from advisor.profile.model import Answer
from advisor.profile.render import answer_as_rows, answer_as_yaml

Said = Answer | str
"""An answer, or one as YAML on one line."""
_GAP = re.compile(r"(?:\s|#[^\n]*\n)*")


@dataclass(frozen=True, slots=True)
class _Spot:
    """The answers of one unit, or of one of its respondents, in a text."""

    text: str
    holder: yaml.MappingNode
    key: yaml.Node | None
    answers: yaml.Node | None

    @property
    def entries(self) -> list[Entry]:
        return layout.entries(self.answers)

    @property
    def in_flow(self) -> bool:
        return bool(self.holder.flow_style or getattr(self.answers, "flow_style", False))


def set_version(text: str, version: str) -> str:
    """Say for which version of the questionnaire the profile is written."""
    root = yaml.compose(text, Loader=layout.LOADER)
    marker = layout.get(root, "advisor_profile")
    if not isinstance(root, yaml.MappingNode) or marker is None:
        raise layout.NotEditable
    before = layout.get(root, "questionnaire")
    if before is not None:
        start, end = layout.start(before), layout.end(text, before)
        return f"{text[:start].rstrip(' ')} {version}{text[end:]}"
    if root.flow_style:
        at = layout.end(text, marker)
        return f"{text[:at]}, questionnaire: {version}{text[at:]}"
    line = f"{' ' * layout.column(root.value[0][0])}questionnaire: {version}{layout.newline(text)}"
    return layout.add_line(text, layout.end(text, marker), line)


def set_answer(
    text: str, unit: str, names: Sequence[str], answer: Said, voice: int | None = None, *, at_placeholder: bool = False
) -> str:
    """Put an answer into the text: over the old one, at its commented placeholder, or after the last answer.

    `names` are those that the question has had, the one of today first: under that one the answer stands then.
    `voice` is the place of a respondent among those of the unit, if what that one says is meant.
    """
    spot, name = _find(text, unit, voice), names[0]
    entry = next((entry for entry in spot.entries if entry[0].value in names), None)
    if entry:
        return _named(_replace(spot, entry, answer), entry[0], name)
    if isinstance(spot.answers, yaml.MappingNode) and spot.answers.flow_style:
        return layout.insert_in_flow(text, spot.answers, f"{name}: {_in_line(answer)}")
    if spot.entries:
        return _insert_line(spot, layout.column(spot.entries[0][0]), names, answer, at_placeholder)
    return _begin(spot, names, answer, at_placeholder)


def add_kept(text: str, unit: str, name: str, said: str) -> str:
    """Put an answer that is only kept, as YAML on one line, behind the answers of a unit."""
    return set_answer(text, unit, [name], said)


def remove_answer(text: str, unit: str, names: Sequence[str], voice: int | None = None) -> str:
    """Take an answer out of the text, with the lines on which it stands; `names` are those of its question."""
    spot = _find(text, unit, voice)
    found = next((number for number, (key, _) in enumerate(spot.entries) if key.value in names), None)
    if found is None:
        return text
    key, value = spot.entries[found]
    if spot.in_flow:
        return _remove_from_flow(spot, found)
    return text[: layout.line_start(text, layout.start(key))] + text[layout.next_line(text, layout.end(text, value)) :]


def _find(text: str, unit: str, voice: int | None) -> _Spot:
    node = layout.unit_node(text, unit) if voice is None else layout.voice_node(text, unit, voice)
    key = next((key for key, _ in layout.entries(node) if key.value == "answers"), None)
    return _Spot(text, node, key, layout.get(node, "answers"))


def _in_line(answer: Said) -> str:
    return answer if isinstance(answer, str) else answer_as_yaml(answer)


def _rendered(spot: _Spot, answer: Said, column: int) -> str:
    rows = None if spot.in_flow or isinstance(answer, str) else answer_as_rows(answer, column + 2)
    return rows.replace("\n", layout.newline(spot.text)) if rows else " " + _in_line(answer)


def _replace(spot: _Spot, entry: Entry, answer: Said) -> str:
    key, value = entry
    text, start, end = spot.text, layout.start(value), layout.end(spot.text, value)
    new = _rendered(spot, answer, layout.column(key))
    if spot.in_flow or "\n" not in text[layout.start(key) : start]:
        return text[:start].rstrip(" ") + new + text[end:]
    colon = text.index(":", int(key.end_mark.index)) + 1
    kept = text[colon : layout.line_start(text, start)]
    if "\n" in new:
        return text[:colon] + kept + new.lstrip("\r\n") + layout.newline(text) + text[layout.next_line(text, end) :]
    return text[:colon] + new + kept + text[layout.next_line(text, end) :]


def _named(text: str, key: yaml.Node, name: str) -> str:
    """The text with another name in the place of a key, whose value stands behind it."""
    end = int(key.end_mark.index) if key.end_mark else 0
    return text if key.value == name else text[: layout.start(key)] + name + text[end:]


def _insert_line(spot: _Spot, column: int, names: Sequence[str], answer: Said, at_placeholder: bool) -> str:
    text, newline = spot.text, layout.newline(spot.text)
    line = f"{' ' * column}{names[0]}:{_rendered(spot, answer, column)}{newline}"
    found = _placeholder(spot, names) if at_placeholder else None
    if found:
        return text[: found.start()] + line + text[layout.next_line(text, found.end()) :]
    after = spot.entries[-1][1] if spot.entries else spot.answers
    return layout.add_line(text, layout.end(text, after) if after else layout.end(text, spot.holder), line)


def _placeholder(spot: _Spot, names: Sequence[str]) -> re.Match[str] | None:
    """Find the line ``# name:`` of a blank profile between this unit's answers and the next unit."""
    named = "|".join(map(re.escape, names))
    until = layout.mark_after(spot.holder)
    begin = layout.start(spot.key) if spot.key else until
    return re.compile(rf"^[ ]*#[ ]?(?:{named}):[ \t]*\r?$", re.MULTILINE).search(spot.text, begin, until)


def _begin(spot: _Spot, names: Sequence[str], answer: Said, at_placeholder: bool) -> str:
    """Write the first answer of a unit."""
    text, name = spot.text, names[0]
    flow = f"{{{name}: {_in_line(answer)}}}"
    if spot.key is None or spot.answers is None:
        at = layout.end(text, spot.holder.value[-1][1])
        if spot.holder.flow_style:
            return f"{text[:at]}, answers: {flow}{text[at:]}"
        column, newline = layout.column(spot.holder.value[0][0]), layout.newline(text)
        entry = f"{name}:{_rendered(spot, answer, column + 2)}"
        return layout.add_line(text, at, f"{' ' * column}answers:{newline}{' ' * (column + 2)}{entry}{newline}")
    start, end = layout.start(spot.answers), layout.end(text, spot.answers)
    if spot.in_flow or start != end:
        return f"{text[:start].rstrip(' ')} {flow}{text[end:]}"
    return _insert_line(spot, layout.column(spot.key) + 2, names, answer, at_placeholder)


def _remove_from_flow(spot: _Spot, index: int) -> str:
    text, (key, value) = spot.text, spot.entries[index]
    start, end = layout.start(key), layout.end(text, value)
    comma = _after_gap(text, end)
    if text[comma] == ",":
        end = comma + 1
        end += len(text[end:]) - len(text[end:].lstrip(" "))
    elif index:
        start = _after_gap(text, layout.end(text, spot.entries[index - 1][1]))
    return text[:start] + text[end:]


def _after_gap(text: str, index: int) -> int:
    found = _GAP.match(text, index)
    return found.end() if found else index
