"""File names from names that people gave: safe on every system, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 80
"""Bytes of a name; file systems take 255, of which the ending and a number need some."""
_UNSAFE = re.compile(r"[^\w.\-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_NAMELESS = "unit"


def file_names(names: Iterable[str]) -> list[str]:
    """A file name without ending for each name, in order.

    Letters and figures of every script stay, all else becomes a hyphen. Names that a system could take for one another,
    as where it does not tell capitals apart, get a number.
    """
    given: set[str] = set()
    found = []
    for name in names:
        base, number = _safe(name), 1
        unique = base
        while unicodedata.normalize("NFC", unique.casefold()) in given:
            number += 1
            unique = f"{base}-{number}"
        given.add(unicodedata.normalize("NFC", unique.casefold()))
        found.append(unique)
    return found


def _safe(name: str) -> str:
    words = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-._")
    short = words.encode()[:_LONGEST].decode(errors="ignore").strip("-._") or _NAMELESS
    return f"{_NAMELESS}-{short}" if _RESERVED.fullmatch(short) else short
