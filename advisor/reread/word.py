"""A Word memo read back: paragraphs, cells, notes, what stands on every page, and the figures of charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from advisor.memo.word.record import NAMESPACE
from advisor.reread.passages import ALTERNATIVE, Passage, settled
from advisor.reread.refusals import Harmful

MOST_PARTS = 2_000
MOST_BYTES = 30_000_000
"""Of one part, unpacked."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_MAIN, _NOTES = "word/document.xml", "word/footnotes.xml"
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")
_CHARTS = re.compile(r"word/charts/chart\d*\.xml")
_CUSTOM = re.compile(r"customXml/item\d*\.xml")
_SPACES = (f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}p")
_COMPUTED = re.compile(r"\s*(?:PAGE|NUMPAGES|NOTEREF)\b")
"""Fields that Word fills in."""


def read_word(data: bytes) -> tuple[str | None, list[Passage]]:
    """The record, if there is one, and the passages; a file that is broken or could do harm raises `Harmful`."""
    try:
        with ZipFile(BytesIO(data)) as package:
            if len(package.infolist()) > MOST_PARTS:
                raise Harmful(f"it has more than {MOST_PARTS} parts")
            parts = _Parts(package)
            return parts.record(), list(parts.passages())
    except Harmful:
        raise
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError) as error:
        raise Harmful(f"it is no sound Word file ({error})") from error


class _Parts:
    """The parts of a file, each parsed when it is asked for."""

    def __init__(self, package: ZipFile) -> None:
        self._package = package
        self._names = sorted(package.namelist())

    def _xml(self, name: str) -> Element:
        with self._package.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Harmful(f"its part {name} is larger than {MOST_BYTES:,} bytes")
        try:
            _refuse_document_types(data, name)
            return fromstring(data)
        except (expat.ExpatError, ParseError) as error:
            raise Harmful(f"its part {name} is no XML ({error})") from error

    def record(self) -> str | None:
        """The text of the custom part that holds a record."""
        roots = (self._xml(name) for name in self._names if _CUSTOM.fullmatch(name))
        return next((root.text for root in roots if root.tag == f"{{{NAMESPACE}}}record"), None)

    def passages(self) -> Iterator[Passage]:
        """The body, the notes in the order of their calls, what stands on every page, the charts."""
        body = self._xml(_MAIN)
        yield from _paragraphs(body)
        calls = [each.get(f"{_W}id") for each in body.iter(f"{_W}footnoteReference")]
        if calls:
            notes = {each.get(f"{_W}id"): each for each in self._xml(_NOTES).iter(f"{_W}footnote")}
            for number, call in enumerate(calls, 1):
                yield Passage(f"note {number}", _words(notes[call]))
        around = (settled(_words(self._xml(name))) for name in self._names if _AROUND.fullmatch(name))
        yield from (Passage("on every page", words) for words in sorted(around) if words)
        for name in sorted(filter(_CHARTS.fullmatch, self._names), key=_number):
            yield from _figures(self._xml(name), name)
        described = (settled(each.get("descr") or "") for each in body.iter(_DESCRIPTION))
        yield from (Passage(ALTERNATIVE, words) for words in described if words)


def _refuse_document_types(data: bytes, name: str) -> None:
    """A document type could name other files or entities that grow without end; no Word file has one."""

    def refuse(*_: object) -> NoReturn:
        raise Harmful(f"its part {name} declares a document type, which no Word file does")

    scanner = expat.ParserCreate()
    scanner.StartDoctypeDeclHandler = refuse
    scanner.Parse(data, True)


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name)) or 0)


def _paragraphs(body: Element) -> Iterator[Passage]:
    under = ""
    for each in body.iter(f"{_W}p"):
        words = _words(each)
        style = each.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and (style.get(f"{_W}val") or "").startswith("Heading"):
            under = words
        if words:
            yield Passage(under, words)


def _words(part: Element) -> str:
    """The words of a part; what Word fills in and what is deleted but not yet accepted count for nothing."""
    found: list[str] = []
    fields: list[str] = []
    for each in part.iter():
        if each.tag == f"{_W}fldChar":
            kind = each.get(f"{_W}fldCharType")
            fields = [*fields, ""] if kind == "begin" else fields[:-1] if kind == "end" else fields
        elif each.tag == f"{_W}instrText" and fields:
            fields[-1] += each.text or ""
        elif each.tag in _SPACES:
            found.append(" ")
        elif each.tag == f"{_W}t" and not any(_COMPUTED.match(field) for field in fields):
            found.append(each.text or "")
    return settled("".join(found))


def _figures(chart: Element, name: str) -> Iterator[Passage]:
    """The labels and figures that a chart draws."""
    for series in chart.iter(f"{_C}ser"):
        values = [_same_number(each.text or "") for each in series.iter(f"{_C}v")]
        yield Passage(f"chart {_number(name)}", settled(" | ".join(values)))


def _same_number(text: str) -> str:
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text
