"""A Word memo read back: paragraphs, cells, notes, what stands on every page, and the figures of charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from advisor.reread.package import Parts, read_parts
from advisor.reread.passages import ALTERNATIVE, Passage, Spot, settled

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_MAIN, _NOTES = "word/document.xml", "word/footnotes.xml"
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")
_CHARTS = re.compile(r"word/charts/chart\d*\.xml")
_COMMENTS = re.compile(r"word/comments\.xml")
_SPACES = (f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}p")
_COMPUTED = re.compile(r"\s*(?:PAGE|NUMPAGES|NOTEREF)\b")
"""Fields that Word fills in."""


def read_word(data: bytes) -> tuple[str | None, list[Passage]]:
    """The record, if there is one, and the passages; a file that is broken or could do harm raises `Harmful`."""
    return read_parts(data, _passages, "Word file")


def _passages(parts: Parts) -> Iterator[Passage]:
    """The body, the notes in the order of their calls, what stands on every page, comments, the charts."""
    body = parts.xml(_MAIN)
    yield from _paragraphs(body)
    calls = [each.get(f"{_W}id") for each in body.iter(f"{_W}footnoteReference")]
    if calls:
        notes = {each.get(f"{_W}id"): each for each in parts.xml(_NOTES).iter(f"{_W}footnote")}
        for number, call in enumerate(calls, 1):
            yield Passage(Spot("note", number), _words(notes[call]))
    around = (settled(_words(parts.xml(name))) for name in parts.named(_AROUND))
    yield from (Passage(Spot("everywhere"), words) for words in sorted(around) if words)
    yield from parts.comments(_COMMENTS)
    yield from parts.figures(_CHARTS)
    described = (settled(each.get("descr") or "") for each in body.iter(_DESCRIPTION))
    yield from (Passage(ALTERNATIVE, words) for words in described if words)


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
