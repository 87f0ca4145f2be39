"""A memo of any format: which one it is, its record, its passages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from advisor.memo.record import Record, read_record
from advisor.reading import InvalidInput, Place, Problem, decode
from advisor.reading.text_file import check_size, read_bytes
from advisor.reread.passages import Passage
from advisor.reread.refusals import Harmful

LARGEST_MEMO = 50_000_000
_BEGINNING = 4096
_OTHER_TEXT = (b"\xff\xfe", b"\xfe\xff")
"""How text in another encoding begins, which is refused with what to do about it."""
_SLIDES = b"ppt/presentation.xml"
"""A name that an archive of slides holds, and none of a Word file does."""
_NO_RECORD = "it carries no record; was it written with --no-embed, by another program, or saved as something else?"
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Found:
    """A memo as it was found: its file and bytes, the ending of its format, its record as text and as read."""

    file: str
    data: bytes
    ending: str
    written: str
    record: Record

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What it says, read when it is asked for; what cannot be read raises `InvalidInput`."""
        return tuple(passages_of(self.data, self.ending, self.file)[1])


def read_memo(path: Path) -> Found:
    """Read a memo back, whatever its name; what is no memo, or carries no record, raises `InvalidInput`."""
    file = str(path)
    data = read_bytes(path, LARGEST_MEMO)
    check_size(data, file, LARGEST_MEMO)
    ending = _ending(data, file)
    written = _record_of(data, ending, file)
    if written is None:
        _refuse(file, "M012", _NO_RECORD)
    return Found(file, data, ending, written, read_record(written, file))


def passages_of(data: bytes, ending: str, file: str) -> tuple[str | None, list[Passage]]:
    """The record as text and the passages of a memo in the format of that ending."""
    found: tuple[str | None, list[Passage]] = _read(_READERS[ending], data, ending, file)
    return found


def _record_of(data: bytes, ending: str, file: str) -> str | None:
    if ending not in _RECORDS:
        return passages_of(data, ending, file)[0]
    record: str | None = _read(_RECORDS[ending], data, ending, file)
    return record


def _read(reader: tuple[str, str], data: bytes, ending: str, file: str) -> Any:
    read = _loaded(*reader, ending, file)
    try:
        return read(decode(data, file, LARGEST_MEMO) if ending in (".md", ".html") else data)
    except Harmful as harm:
        _refuse(file, "M011", f"{harm}; ask for the memo as it was sent")


def _ending(data: bytes, file: str) -> str:
    """The ending that names the format, by what the file begins with."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".pptx" if _SLIDES in data else ".docx"
    if b"\0" in data[:_BEGINNING] and not data.startswith(_OTHER_TEXT):
        _refuse(file, "M010", "it is none of the formats of a memo, which are Word, PDF, HTML, Markdown and slides")
    return ".html" if _HTML.match(decode(data, file, LARGEST_MEMO)) else ".md"


_READERS = {
    ".md": ("advisor.reread.markdown", "read_markdown"),
    ".html": ("advisor.reread.html", "read_html"),
    ".docx": ("advisor.reread.word", "read_word"),
    ".pptx": ("advisor.reread.slides", "read_slides"),
    ".pdf": ("advisor.reread.pdf", "read_pdf"),
}


_RECORDS = {".pdf": ("advisor.reread.pdf", "read_pdf_record")}
"""Where the record alone is read much faster than all words."""


def _loaded(module: str, function: str, ending: str, file: str) -> Callable[[Any], Any]:
    try:
        found: Callable[[Any], Any] = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        needs = f"to read a memo as {ending} a package is missing here ({error.name})"
        _refuse(file, "M014", f"{needs}; install the extra 'documents' of advisor")
    return found


def _refuse(file: str, code: str, message: str) -> NoReturn:
    raise InvalidInput([Problem(Place(file), code, message)])
