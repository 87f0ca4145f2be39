"""How a text file of a table is written: its encoding, what separates its columns, what stands before decimals.

Each is guessed only where one reading makes sense; otherwise a problem says what to do.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from advisor.reading import InvalidInput, Place, Problem

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BLOCK = 1 << 20
_WESTERN = re.compile("[\x00-\x7fÄÖÜäöüßÀÂÇÈÉÊËÎÏÔÙÛàâçèéêëîïôùûÿœŒæÆÁÍÓÚÑáíóúñÌÒìòÅåØøÃãÕõ€§°²³µ–—‘’‚“”„«»‹›…·\xa0]*")
"""What Western European names and texts are made of: bytes that give only these are Windows-1252."""
_DECIMALS = {
    mark: re.compile(rf"[+-]?(?:\d+[{mark}](?:\d{{1,2}}|\d{{4,}})|(?:0|\d{{4,}})[{mark}]\d+)") for mark in ",."
}
_GROUPS = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:[{mark}]\d{{3}})+(?:[{mark}]\d{{3}}|[.,]\d+)") for mark in ",."}
"""Numbers that can be read in one way only: 1,234 may have thousands."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    delimiter: str
    comma: bool
    three: tuple[str, ...] = ()
    """Columns in which a number such as 1.200 was taken for one with three decimals, by others in its column."""

    def told(self) -> str:
        """What a reader has to know of it; nothing where it is as usual."""
        unusual = [
            self.encoding not in ("utf-8", "utf-8-sig")
            and {"cp1252": "Windows-1252", "utf-16": "UTF-16"}[self.encoding],
            self.delimiter != "," and f"columns separated by {DELIMITERS[self.delimiter]}",
            self.comma and "comma before decimals",
            self.three and f"three decimals in {' and '.join(self.three)}",
        ]
        return ", ".join(each for each in unusual if each)


def encoding_of(path: Path, file: str) -> str:
    """The encoding of a whole file; raises `InvalidInput` where it cannot be told."""
    with path.open("rb") as stream:
        begin = stream.read(4)
    marked = next((encoding for mark, encoding in _MARKS.items() if begin.startswith(mark)), None)
    if marked is None and b"\0" in begin:
        raise _refusal(file, "T006", "it is neither UTF-8 nor marked as UTF-16; save it as UTF-8")
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        if _fault(path, encoding) is None:
            return encoding
    raise _refusal(file, "T006", "it is neither UTF-8 nor plainly Windows-1252; save it as UTF-8")


def _fault(path: Path, encoding: str) -> str | None:
    """What keeps a file from having an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        try:
            while block := stream.read(_BLOCK):
                text = decoder.decode(block)
                if encoding == "cp1252" and not _WESTERN.fullmatch(text):
                    return "other characters"
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return error.reason
    return None


def delimiter_of(line: str, known: Collection[str], file: str) -> str:
    """What separates the columns, by the first line: what gives the most columns that are known."""

    def names(delimiter: str) -> list[str]:
        try:
            return [each.strip() for each in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:
            return []

    counts = {delimiter: sum(name in known for name in names(delimiter)) for delimiter in DELIMITERS}
    best = max(counts.values())
    found = [delimiter for delimiter, count in counts.items() if count == best]
    if best == 0:
        said = "no column of the first line is known, whether separated by comma, semicolon, tab or bar"
        raise _refusal(file, "T008", f"{said}; name the columns in the first line: unit and the names of questions")
    return found[0]


def comma_before_decimals(cells: Iterable[str]) -> bool:
    """Whether numbers have a comma before decimals, by cells of numbers: some can be read in no other way.

    Where some are written with a point too, the answer is no.
    """
    commas = points = False
    for cell in cells:
        commas = commas or _DECIMALS[","].fullmatch(cell.strip()) is not None
        points = points or _DECIMALS["."].fullmatch(cell.strip()) is not None
    return commas and not points


def is_before_decimals(mark: str, cells: Iterable[str]) -> bool:
    """Whether a comma or a point in a column of numbers is before decimals: in some it can be nothing else.

    Where it also stands between thousands, or the other one before decimals, the answer is no.
    """
    (other,) = {*",."} - {mark}
    found = False
    for cell in map(str.strip, cells):
        if _GROUPS[mark].fullmatch(cell) or _DECIMALS[other].fullmatch(cell):
            return False
        found = found or _DECIMALS[mark].fullmatch(cell) is not None
    return found


def _refusal(file: str, code: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(file), code, message)])
