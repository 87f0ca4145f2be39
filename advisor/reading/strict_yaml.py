"""YAML without its surprises: raw texts in a small tree, every construct that could surprise refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import yaml

from advisor.reading.nodes import Mapping, Node, Scalar, Sequence, place_of, plain
from advisor.reading.problems import Collector, Place, Problem, quote
from advisor.reading.text_file import check_characters, read_text, unwanted_character

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "compose", "place_of", "plain", "read_text"]

DEEPEST = 20
LONGEST_TEXT = 10_000
_LOADER: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_HINTS = {
    "mapping values are not allowed": "put a text that holds ': ' in quotes, or check the indentation",
    "cannot start any token": "put a text that begins with a special character in quotes",
    "unknown escape character": "use single quotes for a text with backslashes",
    "expected <block end>": "check the indentation of this line and of those before it",
    "did not find expected key": "check the indentation of this line and of those before it",
    "did not find expected '-' indicator": "check the indentation of this list",
    "could not find expected ':'": "a key needs ': ' after it",
    "unexpected end of stream": "a quote or bracket is not closed",
}


def compose(text: str, file: str, problems: Collector | None = None) -> Node:
    """Read one YAML document into a tree of raw texts, or raise `InvalidInput` with all that is wrong.

    Where nothing is wrong but keys that appear twice, and there is a place for `problems`, they are put there and the
    tree is given all the same, for whatever else there is to say about it; lists and mappings under one key are joined.
    """
    check_characters(text, file)
    composer = _Composer(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except _Enough:
        pass
    except yaml.MarkedYAMLError as error:
        composer.syntax_error(error, text)
    except yaml.YAMLError as error:
        composer.problems.add(Place(file), "Y009", f"this is not valid YAML ({error})")
    return composer.result(problems)


class _Enough(Exception):
    """Reading on would not help."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; in a mapping, keys and values alternate."""

    place: Place
    is_mapping: bool
    parts: list[Node] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def expects_key(self) -> bool:
        return self.is_mapping and len(self.parts) % 2 == 0

    def close(self) -> Node:
        if not self.is_mapping:
            return Sequence(tuple(self.parts), self.place)
        keys = [key for key in self.parts[::2] if isinstance(key, Scalar)]
        entries = tuple(zip(keys, self.parts[1::2], strict=True))
        return Mapping(entries if len(self.lines) == len(keys) else _joined(entries), self.place)


def _joined(entries: tuple[tuple[Scalar, Node], ...]) -> tuple[tuple[Scalar, Node], ...]:
    """The entries with each key once: the first value, and of lists and mappings what stands in any of them."""
    kept: dict[str, tuple[Scalar, Node]] = {}
    for key, value in entries:
        first, before = kept.setdefault(key.text, (key, value))
        if before is value:
            continue
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            kept[key.text] = first, Mapping(_joined(before.entries + value.entries), before.place)
        elif isinstance(before, Sequence) and isinstance(value, Sequence):
            kept[key.text] = first, Sequence(before.items + value.items, before.place)
    return tuple(kept.values())


class _Composer:
    """Builds the tree from events; a stack of its own, so depth cannot exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = Collector()
        self.doubled: list[Problem] = []
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self.check_node(event)
                self.put(self.scalar(event))
            case yaml.CollectionStartEvent():
                self.check_node(event)
                self.open(event)
            case yaml.CollectionEndEvent():
                self.put(self.stack.pop().close())
            case yaml.AliasEvent():
                self.problems.add(self.place(event), "Y010", f"the alias *{event.anchor} is not allowed; {_WRITE_OUT}")
                self.put(Scalar("", False, self.place(event)))
            case yaml.DocumentStartEvent():
                self.count_document(event)

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)

    def count_document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self.problems.add(self.place(event), "Y013", "a second document begins here; use one file for each")
            raise _Enough

    def check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self.problems.add(self.place(event), "Y010", f"the anchor &{event.anchor} is not allowed; {_WRITE_OUT}")
        if event.tag is not None:
            self.problems.add(self.place(event), "Y011", f"the tag {quote(event.tag)} is not allowed; remove it")

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place = self.place(event)
        if len(event.value) > LONGEST_TEXT:
            said = f"the text has {len(event.value):,} characters; at most {LONGEST_TEXT:,} are allowed"
            self.problems.add(place, "Y016", said)
        unwanted = unwanted_character(event.value) if event.style == '"' else None
        if unwanted:
            self.problems.add(place, "Y007", unwanted)
        return Scalar(event.value, bool(event.style), place)

    def open(self, event: yaml.CollectionStartEvent) -> None:
        place = self.place(event)
        if len(self.stack) == DEEPEST:
            self.problems.add(place, "Y015", _TOO_DEEP)
            raise _Enough
        self.stack.append(_Open(place, isinstance(event, yaml.MappingStartEvent)))

    def put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        top.parts.append(self.key(node, top) if top.expects_key else node)

    def key(self, node: Node, mapping: _Open) -> Scalar:
        if not isinstance(node, Scalar):
            self.problems.add(node.place, "Y014", "a key must be a simple text; put a text with brackets in quotes")
            return Scalar("", True, node.place)
        name = unicodedata.normalize("NFC", node.text)
        if name in mapping.lines:
            said = f"the key {quote(name)} stands already in line {mapping.lines[name]}; keep one of the two"
            self.doubled.append(Problem(node.place, "Y012", said))
        mapping.lines.setdefault(name, node.place.line)
        return Scalar(name, node.quoted, node.place)

    def syntax_error(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark = error.problem_mark or error.context_mark
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        if "maximum nesting depth" in said:  # the parser's own limit, met before the events of the outer levels arrive
            self.problems.add(place, "Y015", _TOO_DEEP)
            return
        more = _further_tabs(text, mark.line, mark.column) if mark else None
        if more is not None:
            self.problems.add(place, "Y018", f"a tab stands here, and only spaces may indent; put spaces instead{more}")
            return
        hint = next((f"; {hint}" for pattern, hint in _HINTS.items() if pattern in said), "")
        self.problems.add(place, "Y009", f"this is not valid YAML ({said}){hint}")

    def result(self, problems: Collector | None) -> Node:
        found = self.problems if problems is None or len(self.problems) else problems
        for each in self.doubled:
            found.add(*each)
        self.problems.stop_if_any()
        if self.root is None or (isinstance(self.root, Scalar) and not self.root.quoted and not self.root.text):
            self.problems.add(Place(self.file), "Y008", "the file is empty; is it the right one?")
            self.problems.stop_if_any()
        assert self.root is not None  # an empty file was refused just above
        return self.root


_WRITE_OUT = "write the value out where it is used"
_TOO_DEEP = f"nested more than {DEEPEST} levels deep; is a bracket left open?"
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_INDENTED_BY_TAB = re.compile("[ -]*\t")
_MOST_LINES = 5


def _further_tabs(text: str, line: int, column: int) -> str | None:
    """Which later lines begin with a tab, too, in words; None where there is no tab at this place (from 0)."""
    lines = _BREAK.split(text)
    if not "".join(lines[line : line + 1]).startswith("\t", column):
        return None
    more = [str(number) for number, each in enumerate(lines, 1) if number > line + 1 and _INDENTED_BY_TAB.match(each)]
    if not more:
        return ""
    others = f" and {len(more) - _MOST_LINES:,} more" if len(more) > _MOST_LINES else ""
    return f" (also in line {', '.join(more[:_MOST_LINES])}{others})"
