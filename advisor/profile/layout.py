"""Where the parts of a YAML text begin and end, so that one of them can be changed and nothing else."""

from __future__ import annotations

import yaml

from advisor.profile.texts import one_line

LOADER: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
Entry = tuple[yaml.Node, yaml.Node]


class NotEditable(Exception):
    """The text is laid out in a way that this program does not know."""


def unit_node(text: str, unit: str) -> yaml.MappingNode:
    """The unit of that name in the text of a profile; `NotEditable` where it is not found."""
    units = get(yaml.compose(text, Loader=LOADER), "units")
    for node in units.value if isinstance(units, yaml.SequenceNode) else []:
        name = get(node, "name")
        if isinstance(node, yaml.MappingNode) and isinstance(name, yaml.ScalarNode) and one_line(name.value) == unit:
            return node
    raise NotEditable


def voice_node(text: str, unit: str, place: int) -> yaml.MappingNode:
    """The entry of a respondent of a unit, by its place; `NotEditable` where there is none."""
    voices = get(unit_node(text, unit), "respondents")
    items = voices.value if isinstance(voices, yaml.SequenceNode) else []
    if place >= len(items) or not isinstance(items[place], yaml.MappingNode):
        raise NotEditable
    found: yaml.MappingNode = items[place]
    return found


def entries(node: yaml.Node | None) -> list[Entry]:
    """The keys and values of a mapping; none of anything else."""
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def get(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """The value of a key, or None."""
    return next((value for key, value in entries(node) if key.value == name), None)


def start(node: yaml.Node) -> int:
    """Where a node begins."""
    return int(node.start_mark.index) if node.start_mark else 0


def column(node: yaml.Node) -> int:
    """In which column a node begins; the dash of a list in lines is its column."""
    return int(node.start_mark.column) if node.start_mark else 0


def mark_after(node: yaml.Node) -> int:
    """The parser's own mark of a node's end, which lies beyond the comments that follow a block."""
    return int(node.end_mark.index) if node.end_mark else 0


def end(text: str, node: yaml.Node) -> int:
    """Give where a value ends, without the comments that follow a block."""
    mark = mark_after(node)
    if isinstance(node, yaml.ScalarNode):
        return len(text[:mark].rstrip()) if node.style in ("|", ">") else mark
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return mark
    last = node.value[-1]
    return end(text, last[1] if isinstance(last, tuple) else last)


def line_start(text: str, index: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, index) + 1


def next_line(text: str, index: int) -> int:
    """Where the line after a place begins."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def newline(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def add_line(text: str, after: int, line: str) -> str:
    """Put a line, with its end, behind the line of a place."""
    at = next_line(text, after)
    head = text[:at] if text[:at].endswith("\n") else text[:at] + newline(text)
    return head + line + text[at:]


def insert_in_flow(text: str, collection: yaml.CollectionNode, entry: str) -> str:
    """Put an entry at the end of a mapping in braces, or of a list in brackets."""
    if collection.value:
        last = collection.value[-1]
        at = end(text, last[1] if isinstance(last, tuple) else last)
        return f"{text[:at]}, {entry}{text[at:]}"
    at = start(collection) + 1
    return text[:at] + entry + text[at:]
