"""YAML without its surprises: raw texts in a small tree, every construct that could surprise refused."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

import yaml

from advisor.reading.nodes import Mapping, Node, Scalar, Sequence, place_of, plain
from advisor.reading.problems import Collector, Place, quote
from advisor.reading.text_file import check_characters, read_text, unwanted_character

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "compose", "place_of", "plain", "read_text"]

DEEPEST = 20
LONGEST_TEXT = 10_000
_LOADER: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_HINTS = {
    "mapping values are not allowed": "put a text that holds ': ' in quotes, or check the indentation",
    "cannot start any token": "indent with spaces, and put a text that begins with a special character in quotes",
    "unknown escape character": "use single quotes for a text with backslashes",
    "expected <block end>": "check the indentation of this line and of those before it",
    "did not find expected key": "check the indentation of this line and of those before it",
    "did not find expected '-' indicator": "check the indentation of this list",
    "could not find expected ':'": "a key needs ': ' after it",
    "unexpected end of stream": "a quote or bracket is not closed",
}


def compose(text: str, file: str) -> Node:
    """Read one YAML document into a tree of raw texts, or raise `InvalidInput` with all that is wrong."""
    check_characters(text, file)
    composer = _Composer(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except _Enough:
        pass
    except yaml.MarkedYAMLError as error:
        composer.syntax_error(error)
    except yaml.YAMLError as error:
        composer.problems.add(Place(file), "Y009", f"this is not valid YAML ({error})")
    return composer.result()


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
        return Mapping(tuple(zip(keys, self.parts[1::2], strict=True)), self.place)


class _Composer:
    """Builds the tree from events; a stack of its own, so depth cannot exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = Collector()
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
            self.problems.add(node.place, "Y012", said)
        mapping.lines.setdefault(name, node.place.line)
        return Scalar(name, node.quoted, node.place)

    def syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        if "maximum nesting depth" in said:  # the parser's own limit, met before the events of the outer levels arrive
            self.problems.add(place, "Y015", _TOO_DEEP)
            return
        hint = next((f"; {hint}" for pattern, hint in _HINTS.items() if pattern in said), "")
        self.problems.add(place, "Y009", f"this is not valid YAML ({said}){hint}")

    def result(self) -> Node:
        self.problems.stop_if_any()
        if self.root is None or (isinstance(self.root, Scalar) and not self.root.quoted and not self.root.text):
            self.problems.add(Place(self.file), "Y008", "the file is empty; is it the right one?")
            self.problems.stop_if_any()
        assert self.root is not None  # an empty file was refused just above
        return self.root


_WRITE_OUT = "write the value out where it is used"
_TOO_DEEP = f"nested more than {DEEPEST} levels deep; is a bracket left open?"
