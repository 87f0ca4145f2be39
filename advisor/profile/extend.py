"""Adding what is new to the text of a profile: respondents, steps, units, its head; the rest stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import yaml

from advisor.profile import layout
from advisor.profile.layout import NotEditable
from advisor.profile.model import Frozen, StepReport, Unit, Voice
from advisor.profile.read import read_profile
from advisor.profile.render import text_as_yaml
from advisor.profile.steps import steps_as_yaml
from advisor.profile.write import unit_as_yaml, up_to_date, voice_as_yaml, voice_in_line
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook.questionnaire import Questionnaire


def add_respondents(text: str, unit: str, voices: Sequence[Voice]) -> str:
    """Put voices behind the respondents that a unit has; `NotEditable` in a layout that is not known."""
    node = layout.unit_node(text, unit)
    there = layout.get(node, "respondents")
    in_line = ", ".join(map(voice_in_line, voices))
    if isinstance(there, yaml.SequenceNode) and there.flow_style:
        return layout.insert_in_flow(text, there, in_line)
    if there is None and node.flow_style:
        return layout.insert_in_flow(text, node, f"respondents: [{in_line}]")
    if there is not None and _in_lines(there):
        indent = " " * layout.column(there)
        lines = [line for voice in voices for line in voice_as_yaml(voice, indent)]
        return layout.add_line(text, layout.end(text, there), _joined(lines, text))
    column = layout.column(node.value[0][0])
    lines = [line for voice in voices for line in voice_as_yaml(voice, " " * (column + 2))]
    if there is None:
        return _insert(text, node, column, [f"{' ' * column}respondents:", *lines])
    if node.flow_style or layout.start(there) != layout.end(text, there):
        raise NotEditable
    return layout.add_line(text, layout.start(there), _joined(lines, text))


def write_voice(text: str, unit: str, voice: Voice, questions: Questionnaire, file: str = "<text>") -> str:
    """Put a voice behind the respondents of a unit; the rest stays as it is, byte by byte.

    The text says from then on that it is written for this questionnaire. The result is read again: it says what the
    text said before plus the voice, or nothing is returned.
    """
    before = read_profile(text, questions, file)
    there = before.unit(unit)
    try:
        if there is None:
            raise NotEditable
        heard = replace(there, respondents=(*there.respondents, voice))
        units = tuple(heard if each is there else each for each in before.units)
        dated, wanted = up_to_date(text, replace(before, units=units), questions)
        added = add_respondents(dated, unit, [voice])
        if read_profile(added, questions) == wanted:
            return added
    except (NotEditable, yaml.YAMLError, InvalidInput):
        pass
    message = "the file is laid out in a way that cannot be added to; write to a new file, and merge the two"
    raise InvalidInput([Problem(Place(file), "P050", message)])


def add_steps(text: str, unit: str, steps: Frozen[StepReport]) -> str:
    """Put reports on steps behind those that a unit has; `NotEditable` in a layout that is not known."""
    node = layout.unit_node(text, unit)
    there = layout.get(node, "steps")
    if node.flow_style or not (there is None or (isinstance(there, yaml.MappingNode) and not there.flow_style)):
        raise NotEditable
    if there is not None:
        lines = [" " * layout.column(there) + line for line in steps_as_yaml(steps)]
        return layout.add_line(text, layout.end(text, there), _joined(lines, text))
    column = layout.column(node.value[0][0])
    lines = [" " * (column + 2) + line for line in steps_as_yaml(steps)]
    return _insert(text, node, column, [f"{' ' * column}steps:", *lines])


def add_units(text: str, units: Sequence[Unit]) -> str:
    """Put units behind the others; `NotEditable` in a layout that is not known."""
    there = layout.get(_root(text), "units")
    if there is None or not _in_lines(there):
        raise NotEditable
    indent = " " * layout.column(there)
    lines = [indent + line.removeprefix("  ") for unit in units for line in unit_as_yaml(unit)]
    return _insert(text, there, len(indent) + 1, lines)


def add_field(text: str, part: str | None, name: str, value: str) -> str:
    """Put a text into the head: into `part` (organisation or engagement), or at the top of the profile (None)."""
    root, entry = _root(text), f"{name}: {text_as_yaml(value)}"
    node = root if part is None else layout.get(root, part)
    if node is None:
        return _append(text, [f"{part}:", f"  {entry}"])
    if part is None:
        return _append(text, [entry])
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise NotEditable
    if node.flow_style:
        return layout.insert_in_flow(text, node, entry)
    line = " " * layout.column(node.value[0][0]) + entry
    return layout.add_line(text, layout.end(text, node), line + layout.newline(text))


def add_about(text: str, unit: str, value: str) -> str:
    """Put what a unit is about behind its name."""
    node = layout.unit_node(text, unit)
    entry = f"about: {text_as_yaml(value)}"
    if node.flow_style:
        return layout.insert_in_flow(text, node, entry)
    name = layout.get(node, "name")
    assert name is not None
    line = " " * layout.column(node.value[0][0]) + entry
    return layout.add_line(text, layout.end(text, name), line + layout.newline(text))


def add_comments(text: str, comments: Sequence[str]) -> str:
    """Put comments at the end."""
    return _append(text, [f"# {comment}" for comment in comments]) if comments else text


def _root(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=layout.LOADER)


def _in_lines(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and not node.flow_style and bool(node.value)


def _joined(lines: Sequence[str], text: str) -> str:
    end = layout.newline(text)
    return end.join(lines) + end


def _append(text: str, lines: Sequence[str]) -> str:
    head = text if text.endswith("\n") or not text else text + layout.newline(text)
    return head + _joined(lines, text)


def _insert(text: str, block: yaml.Node, column: int, lines: Sequence[str]) -> str:
    """Put lines at the end of a block: behind its comments, indented like it, and before those of what follows."""
    at = layout.line_start(text, layout.mark_after(block)) if layout.mark_after(block) < len(text) else len(text)
    while at and _belongs_elsewhere(text[(before := layout.line_start(text, at - 1)) : at], column):
        at = before
    head = text[:at] if not at or text[:at].endswith("\n") else text[:at] + layout.newline(text)
    return head + _joined(lines, text) + text[at:]


def _belongs_elsewhere(line: str, column: int) -> bool:
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip(" ")) < column)
