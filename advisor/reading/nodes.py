"""A small tree of what a YAML file says: raw texts with their places, no types."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from advisor.reading.problems import Place

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | None"


class Scalar(NamedTuple):
    """A text as it was written; ``quoted`` also for block texts (``|`` and ``>``)."""

    text: str
    quoted: bool
    place: Place

    @property
    def empty(self) -> bool:
        """Whether nothing was written: no text, ``~`` or ``null`` without quotes."""
        return not self.quoted and self.text in ("", "~", "null")


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Mapping(NamedTuple):
    """Keys and values in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """Give the value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """Give dicts, lists, texts and None, for a schema to decide the types."""
    match node:
        case Scalar():
            return None if node.empty else node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


def place_of(node: Node, loc: tuple[int | str, ...], *, of_key: bool = False) -> Place:
    """Find the place that a pydantic error location names.

    A part that the file does not have (a missing key, the name of a union's member) is passed over, so that missing
    keys point at their parent. With ``of_key``, or where pydantic says ``[key]``, the place is that of the key.
    """
    key_place = node.place
    for part in loc:
        if part == "[key]":
            return key_place
        step = _step(node, part)
        if step is not None:
            key_place, node = step
    return key_place if of_key else node.place


def _step(node: Node, part: int | str) -> tuple[Place, Node] | None:
    if isinstance(node, Mapping):
        return next(((key.place, value) for key, value in node.entries if key.text == str(part)), None)
    if isinstance(node, Sequence) and isinstance(part, int) and 0 <= part < len(node.items):
        return node.items[part].place, node.items[part]
    return None
