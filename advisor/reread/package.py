"""The parts of an Office file, read so that none of them can do harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from advisor.memo.custom_part import NAMESPACE
from advisor.reread.passages import Passage, Spot, settled
from advisor.reread.refusals import Harmful

MOST_PARTS = 2_000
MOST_BYTES = 30_000_000
"""Of one part, unpacked."""
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CUSTOM = re.compile(r"customXml/item\d*\.xml")


class Parts:
    """The parts of a file, each parsed when it is asked for."""

    def __init__(self, package: ZipFile) -> None:
        """Keep the names of all parts; too many of them raise `Harmful`."""
        if len(package.infolist()) > MOST_PARTS:
            raise Harmful(f"it has more than {MOST_PARTS} parts")
        self._package = package
        self._names = sorted(package.namelist())

    def xml(self, name: str) -> Element:
        """A part as a tree; one that is too large, declares a document type or is no XML raises `Harmful`."""
        with self._package.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Harmful(f"its part {name} is larger than {MOST_BYTES:,} bytes")
        try:
            _refuse_document_types(data, name)
            return fromstring(data)
        except (expat.ExpatError, ParseError) as error:
            raise Harmful(f"its part {name} is no XML ({error})") from error

    def named(self, pattern: re.Pattern[str]) -> list[str]:
        """The names that a pattern fits, by the number in them."""
        return sorted(filter(pattern.fullmatch, self._names), key=number_of)

    def record(self) -> str | None:
        """The text of the custom part that holds a record."""
        roots = map(self.xml, self.named(_CUSTOM))
        return next((root.text for root in roots if root.tag == f"{{{NAMESPACE}}}record"), None)

    def comments(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        """What readers wrote at the margin, in parts of these names."""
        said = (settled(" ".join(each.itertext())) for name in self.named(pattern) for each in self.xml(name))
        yield from (Passage(Spot("comment"), words) for words in said if words)

    def figures(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        """The labels and figures that the charts of these names draw."""
        for name in self.named(pattern):
            for series in self.xml(name).iter(f"{_C}ser"):
                values = [_same_number(each.text or "") for each in series.iter(f"{_C}v")]
                yield Passage(Spot("chart", number_of(name)), settled(" | ".join(values)))


def read_parts(
    data: bytes, passages: Callable[[Parts], Iterator[Passage]], what: str
) -> tuple[str | None, list[Passage]]:
    """The record, if there is one, and the passages; a file that is broken or could do harm raises `Harmful`."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = Parts(package)
            return parts.record(), list(passages(parts))
    except Harmful:
        raise
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError) as error:
        raise Harmful(f"it is no sound {what} ({error})") from error


def number_of(name: str) -> int:
    """The number in the name of a part; 0 without one."""
    return int("".join(filter(str.isdigit, name)) or 0)


def _refuse_document_types(data: bytes, name: str) -> None:
    """A document type could name other files or entities that grow without end; no Office file has one."""

    def refuse(*_: object) -> NoReturn:
        raise Harmful(f"its part {name} declares a document type, which no Office file does")

    scanner = expat.ParserCreate()
    scanner.StartDoctypeDeclHandler = refuse
    scanner.Parse(data, True)


def _same_number(text: str) -> str:
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text
