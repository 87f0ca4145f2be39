"""Opening a Word file that a client sent: what is none, or could do harm, is refused before it is parsed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document

from advisor.reading import InvalidInput, Place, Problem, quote
from advisor.reading.text_file import read_bytes

LARGEST_FILE = 10_000_000
LARGEST_UNPACKED = 60_000_000
MOST_PARTS = 1_000
_TYPES = "[Content_Types].xml"
_MAIN = "word/document.xml"
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_DOCTYPES = tuple(
    word.encode(coding) for word in ("<!DOCTYPE", "<!ENTITY") for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
_MACROS = re.compile(rb"macroEnabled|vbaProject|vbaData|ms-word\.attachedToolbars|keyMapCustomizations", re.IGNORECASE)
_AS_TEMPLATE, _AS_DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_SAVE_AS = "save it as a Word document (.docx)"


def open_package(path: Path) -> Document:
    """The document, or template (.dotx), in a file; raises `InvalidInput` where it cannot be used."""
    file, data = str(path), read_bytes(path, LARGEST_FILE)
    if len(data) > LARGEST_FILE:
        _refuse(file, "D002", f"it is larger than {LARGEST_FILE:,} bytes; is it the right file?")
    if data.startswith(_OLD_OFFICE):
        _refuse(
            file, "D001", f"it is protected by a password, or a file of an older Office; {_SAVE_AS} without password"
        )
    parts = _parts(data, file)
    _check(parts, file)
    parts[_TYPES] = parts[_TYPES].replace(_AS_TEMPLATE, _AS_DOCUMENT)
    try:
        document = docx.Document(_packed(parts))
        _ = document.styles, document.element.body, document.settings
    except Exception as error:
        # The parser raises errors of every kind on what it does not expect.
        _refuse(
            file, "D001", f"it is damaged, or no Word document ({type(error).__name__}); open it in Word and {_SAVE_AS}"
        )
    return document


def _parts(data: bytes, file: str) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > LARGEST_UNPACKED or len(entries) > MOST_PARTS:
                said = f"it unpacks to {unpacked:,} bytes in {len(entries):,} parts"
                _refuse(file, "D002", f"{said}; is it the right file?")
            return {entry.filename: package.read(entry) for entry in entries}
    except InvalidInput:
        raise
    except Exception as error:
        # Damaged streams, unknown compressions and encrypted parts raise errors of many kinds.
        _refuse(file, "D001", f"it is no Word document, or is damaged ({error}); {_SAVE_AS}")


def _check(parts: dict[str, bytes], file: str) -> None:
    if _TYPES not in parts or _MAIN not in parts:
        _refuse(file, "D001", f"it is a package, but no Word document; {_SAVE_AS}")
    if _MACROS.search(parts[_TYPES]) or any(_MACROS.search(name.encode()) for name in parts):
        _refuse(file, "D003", "it holds macros; save it in Word as a document without macros (.docx)")
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml", ".svg")) and any(word in content for word in _DOCTYPES):
            _refuse(file, "D004", f"its part {quote(name)} declares a document type, as no Word document does")


def _packed(parts: dict[str, bytes]) -> BytesIO:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file


def _refuse(file: str, code: str, message: str) -> NoReturn:
    raise InvalidInput([Problem(Place(file), code, message)])
