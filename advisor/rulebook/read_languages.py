"""Reading the texts in other languages, and whether what they translate exists and shows the same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from advisor.reading import Collector, Node, Scalar, Sequence, did_you_mean, place_of
from advisor.reading import Mapping as YamlMapping
from advisor.rulebook.field_types import Text, Word, part
from advisor.rulebook.files import WrittenLanguage
from advisor.rulebook.languages import Language, UnitWords
from advisor.rulebook.model import PLACEHOLDER
from advisor.rulebook.sheet import Sheet
from advisor.rulebook.texts import LISTS, Path, texts_of
from advisor.rulebook.typing_parts import typed

_HEAD = ("code", "name", "units")
_NO_BREAK = "\u00a0"
"""Keeps a number and the sign for per cent on one line."""
_NAMED_ENTRIES = (*LISTS, "patterns", "preparations", "verdicts", "choices", "columns")


@part
class _Head:
    """What a file says of a language besides its texts."""

    code: Word
    name: Text
    units: dict[str, UnitWords] = field(default_factory=dict)


def languages_of(
    written: Mapping[str, list[WrittenLanguage]],
    restated: Mapping[tuple[str, str], int],
    sheet: Sheet,
    problems: Collector,
) -> dict[str, Language]:
    """The languages by code; of the same text in two folders the later one holds.

    `restated` are the fields of parameters that an overlay gave anew, with the number of its folder: what folders
    before it say is no translation of that.
    """
    reader = _Reader(dict(texts_of(sheet)), problems)
    found = {}
    for code, files in written.items():
        heads = [head for file in files if (head := _head(file.node, problems)) is not None]
        texts = {
            path: text
            for file in files
            for path, text in reader.texts(file.node)
            if path[0] != "parameters" or restated.get((path[1], path[2]), 0) <= file.folder
        }
        if heads:
            units = {unit: words for head in heads for unit, words in head.units.items()}
            found[code] = Language(code, heads[0].name, units, texts)
    return found


def _head(node: YamlMapping, problems: Collector) -> _Head | None:
    return typed(_Head, YamlMapping(tuple(e for e in node.entries if e[0].text in _HEAD), node.place), problems)


class _Reader:
    """Reads texts against the texts of the rulebook, by path."""

    def __init__(self, originals: Mapping[Path, str], problems: Collector) -> None:
        self._originals = originals
        self._problems = problems
        self._below: dict[Path, list[str]] = {}
        for path in originals:
            for depth in range(len(path)):
                known = self._below.setdefault(path[:depth], [])
                if path[depth] not in known:
                    known.append(path[depth])

    def texts(self, node: YamlMapping) -> Iterator[tuple[Path, str]]:
        """Every text of a file that translates one of the rulebook; notes the others."""
        for key, below in node.entries:
            if key.text not in _HEAD:
                yield from self._at((key.text,), below, node)

    def _at(self, path: Path, node: Node, root: YamlMapping) -> Iterator[tuple[Path, str]]:
        if path not in self._originals and path not in self._below:
            self._unknown(path, root)
        elif isinstance(node, Scalar):
            yield from self._text(path, node)
        elif path in self._originals:
            self._problems.add(node.place, "R003", f"'{path[-1]}' is one text")
        else:
            for name, below in _named(node):
                yield from self._at((*path, name), below, root)

    def _text(self, path: Path, node: Scalar) -> Iterator[tuple[Path, str]]:
        """A text; where several are wanted, a single one is the first of them."""
        first = path if path in self._originals else (*path, self._below[path][0])
        text = " ".join(node.text.split()).replace(" %", f"{_NO_BREAK}%")
        if first not in self._originals or not text:
            holds = "several texts, each under its name" if text else "a text"
            self._problems.add(node.place, "R003", f"'{path[-1]}' holds {holds}")
            return
        shown, wanted = (set(PLACEHOLDER.findall(each)) for each in (text, self._originals[first]))
        if shown != wanted:
            differs = ", ".join(f"{{{name}}}" for name in sorted(shown ^ wanted))
            message = f"a translation shows the same values as the text that it translates; look at {differs}"
            self._problems.add(node.place, "R014", message)
        yield first, text

    def _unknown(self, path: Path, root: YamlMapping) -> None:
        *above, name = path
        known = self._below[tuple(above)]
        what = above[-1].removesuffix("s") if above and above[-1] in _NAMED_ENTRIES else "text"
        loc = tuple(int(each) - 1 if each.isdecimal() else each for each in path)
        hint = did_you_mean(name, known)
        self._problems.add(place_of(root, loc, of_key=True), "R005", f"there is no {what} '{name}'{hint}")


def _named(node: Node) -> Iterator[tuple[str, Node]]:
    """The entries of a mapping, or those of a list by their places from 1."""
    if isinstance(node, Sequence):
        yield from ((str(place), item) for place, item in enumerate(node.items, 1))
    elif isinstance(node, YamlMapping):
        yield from ((key.text, value) for key, value in node.entries)
