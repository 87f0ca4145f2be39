"""Jumps between the calls of notes and the notes, put into a PDF that Typst has written.

Typst finds out where a note stands by laying out everything once more, which takes a fifth longer. So the template has
each jump lead to a place that only names its note: x is the number, y tells a call from the note itself. Where both
really stand is known once the file is there, and is added to it as an incremental update (ISO 32000-1, 7.5.6). Objects
are looked up in the file's own table, so that no text of a client can be taken for one.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_END = re.compile(rb"trailer\s+<</Size (?P<size>\d+)(?P<trailer>[^\n]*)>>\s+startxref\s+(?P<table>\d+)\s+%%EOF\s*\Z")
_LONGEST_END = 1_000
_ENTRY = re.compile(rb"(\d{10}) \d{5} [nf]")
_PAGE = re.compile(rb"\d+ 0 obj\n<</Type/Page/[^\n]*?/Annots\[(?P<annotations>[^\]]*)\]")
_LINK = re.compile(
    rb"\d+ 0 obj\n(?P<before><</Type/Annot/Subtype/Link/Rect\[(?P<area>[-\d. ]+)\][^\n]*?/Dest )(?P<place>\d+) 0 R"
    rb"(?P<between>[^\n]*?/Contents)[(<][^\n]*?[)>](?P<after>[^\n]*>>)\nendobj"
)
_PLACE = re.compile(rb"\d+ 0 obj\n\[\d+ 0 R/XYZ (?P<x>[\d.]+) (?P<y>[\d.]+) 0\]\nendobj")
_REFERENCE = re.compile(rb"(\d+) 0 R")


@dataclass(frozen=True, slots=True)
class _Link:
    """One jump: where it stands, which note it is of, and what of its object stays as it is."""

    number: int
    page: int
    corner: tuple[bytes, bytes]
    note: int
    y: float
    parts: tuple[bytes, bytes, bytes]


def with_jumps(pdf: bytes, call: str, back: str) -> bytes:
    """The file with every jump leading from a call to its note, and from a note back to its first call.

    `call` and `back` say to who does not see them where the two lead, with the place ``{number}`` for that of the note.
    A file that is not as Typst 0.15 writes it raises `ValueError`.
    """
    end = _matched(_END, pdf, len(pdf) - min(len(pdf), _LONGEST_END), search=True)
    offsets = [int(each) for each in _ENTRY.findall(pdf, int(end["table"]))]
    links = list(_links(pdf, offsets))
    if not links:
        return pdf
    highest = max(each.y for each in links)
    calls = [each for each in links if each.y == highest]
    notes = {each.note: each for each in links if each.y < highest}
    first_calls = {each.note: each for each in reversed(calls)}
    changed = {each.number: _leading(each, notes[each.note], call) for each in calls}
    changed |= {each.number: _leading(each, first_calls[each.note], back) for each in notes.values()}
    return pdf + _update(changed, len(pdf), end)


def _links(pdf: bytes, offsets: Sequence[int]) -> Iterator[_Link]:
    """The jumps in the order of the pages, which Typst numbers as they follow each other."""
    for page, offset in enumerate(offsets):
        if found := _PAGE.match(pdf, offset):
            for each in _REFERENCE.findall(found["annotations"]):
                yield _link(pdf, offsets, int(each), page)


def _link(pdf: bytes, offsets: Sequence[int], number: int, page: int) -> _Link:
    found = _matched(_LINK, pdf, offsets[number])
    left, _, _, top = found["area"].split()
    place = _matched(_PLACE, pdf, offsets[int(found["place"])])
    parts = (found["before"], found["between"], found["after"])
    return _Link(number, page, (left, top), round(float(place["x"])), float(place["y"]), parts)


def _leading(link: _Link, target: _Link, words: str) -> bytes:
    before, between, after = link.parts
    place = b"[%d 0 R/XYZ %b %b 0]" % (target.page, *target.corner)
    said = (BOM_UTF16_BE + words.format(number=link.note).encode("utf-16-be")).hex().upper().encode("ascii")
    return before + place + between + b"<" + said + b">" + after


def _update(changed: Mapping[int, bytes], length: int, end: re.Match[bytes]) -> bytes:
    """What goes to the end of the file: the objects, where they are, and where the table before is."""
    written = bytearray(b"\n")
    entries = bytearray()
    for number, body in sorted(changed.items()):
        entries += b"%d 1\n%010d 00000 n\r\n" % (number, length + len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = length + len(written)
    trailer = b"<</Size %b%b/Prev %b>>" % (end["size"], end["trailer"], end["table"])
    return bytes(written + b"xref\n" + entries + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % table)


def _matched(pattern: re.Pattern[bytes], pdf: bytes, start: int, *, search: bool = False) -> re.Match[bytes]:
    found = pattern.search(pdf, start) if search else pattern.match(pdf, start)
    if found is None:
        raise ValueError(f"this PDF is not as Typst 0.15 writes it, at byte {start}")
    return found
