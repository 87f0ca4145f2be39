"""Text from a file: size, encoding and characters are checked once, here."""

from __future__ import annotations

import re
from pathlib import Path

from advisor.reading.problems import Collector, InvalidInput, Place, Problem

LARGEST_FILE = 5_000_000
# Controls, line separators, marks that reorder or hide text, halves of characters, and what is no character.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_TEXT_CODED_OTHERWISE = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, limit: int = LARGEST_FILE) -> str:
    """Read a UTF-8 text file; everything that could be wrong with it raises `InvalidInput`."""
    return decode(read_bytes(path, limit), str(path), limit)


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a file that may have `limit` bytes, one more at most; what cannot be read raises `InvalidInput`."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except FileNotFoundError:
        raise _refusal(file, "Y001", "there is no such file; check the path") from None
    except IsADirectoryError:
        raise _refusal(file, "Y002", "this is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        raise _refusal(file, "Y003", _unreadable(path, error)) from None


def _unreadable(path: Path, error: Exception) -> str:
    if isinstance(error, PermissionError):
        # Windows reports a folder as missing permission.
        return "this is a folder; name a file in it" if path.is_dir() else "no permission to read it; ask its owner"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"it cannot be read ({reason})"


def decode(data: bytes, file: str, limit: int = LARGEST_FILE) -> str:
    """Turn bytes (of a file, or of standard input) into checked text."""
    check_size(data, file, limit)
    if data.startswith(_TEXT_CODED_OTHERWISE):
        raise _refusal(file, "Y006", "it is UTF-16; save it as UTF-8")
    if b"\0" in data:
        raise _refusal(file, "Y005", "it is not a text file (it holds NUL bytes); is it the right file?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(error.object, error.start, file) from None
    check_characters(text, file)
    return text


def check_size(data: bytes, file: str, limit: int) -> None:
    """Refuse what is longer than `limit` bytes."""
    if len(data) > limit:
        raise _refusal(file, "Y004", f"it is larger than {limit:,} bytes; is it the right file?")


def _not_utf8(data: bytes, start: int, file: str) -> InvalidInput:
    before = data[:start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    message = f"byte 0x{data[start]:02X} is not UTF-8; save the file as UTF-8"
    return InvalidInput([Problem(Place(file, line, column), "Y006", message)])


def check_characters(text: str, file: str) -> None:
    """Refuse characters that could deceive a reader or a terminal; every place is named."""
    found = Collector()
    line, line_start, seen = 1, 0, 0
    for match in _UNWANTED.finditer(text):
        line += text.count("\n", seen, match.start())
        line_start, seen = text.rfind("\n", 0, match.start()) + 1, match.start()
        found.add(Place(file, line, match.start() - line_start + 1), "Y007", _unwanted(match[0]))
    found.stop_if_any()


def unwanted_character(text: str) -> str | None:
    """Say which unwanted character a text holds (an escape in quotes can make one), if any."""
    match = _UNWANTED.search(text)
    if match:
        return _unwanted(match[0])
    return _unwanted("\r") if "\r" in text else None


def _unwanted(char: str) -> str:
    return f"the character U+{ord(char):04X} {_NAMES.get(char) or _kind(char)} is not allowed here; remove it"


def _kind(char: str) -> str:
    return "(a control character)" if ord(char) < 0xA0 else "(an invisible or reserved character)"


_NAMES = {
    "\x1b": "ESCAPE",
    "\u061c": "ARABIC LETTER MARK",
    "\u200b": "ZERO WIDTH SPACE",
    "\u200e": "LEFT-TO-RIGHT MARK",
    "\u200f": "RIGHT-TO-LEFT MARK",
    "\u2028": "LINE SEPARATOR",
    "\u2029": "PARAGRAPH SEPARATOR",
    "\u202a": "LEFT-TO-RIGHT EMBEDDING",
    "\u202b": "RIGHT-TO-LEFT EMBEDDING",
    "\u202c": "POP DIRECTIONAL FORMATTING",
    "\u202d": "LEFT-TO-RIGHT OVERRIDE",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE",
    "\u2060": "WORD JOINER",
    "\u2066": "LEFT-TO-RIGHT ISOLATE",
    "\u2067": "RIGHT-TO-LEFT ISOLATE",
    "\u2068": "FIRST STRONG ISOLATE",
    "\u2069": "POP DIRECTIONAL ISOLATE",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
}


def _refusal(file: str, code: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(file), code, message)])
