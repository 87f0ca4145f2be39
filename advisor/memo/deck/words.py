"""Words that fit their place on a slide; what is cut there stands whole in the notes of the speaker."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil

SIZES = (20, 18, 16, 14, 13, 12)
"""Points of letters, from what is read at the back of a room down to what is still read."""
_CAPS = (700, 420, 260, 170, 110, 70, 45, 25)
BOLD = 0.55
_LINE, _LETTER = 1.22, 0.5
"""The height of a line and the width of a letter, as parts of the size."""


def shown(words: str, most: int = 0) -> str:
    """Words as a slide takes them: characters that steer nothing, in one line, at most so many."""
    plain = "".join(_visible(char) for char in words)
    plain = " ".join(plain.split())
    return plain if not most or len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def _visible(char: str) -> str:
    """A control character by its number; white space stays, since it only parts words."""
    steers = unicodedata.category(char) in ("Cc", "Cs") or ord(char) & 0xFFFE == 0xFFFE
    return f"[U+{ord(char):04X}]" if steers and not char.isspace() else char


def is_from_right(words: str) -> bool:
    """Whether the first letter that has a direction is read from the right."""
    directions = (unicodedata.bidirectional(char) for char in words)
    return next((each in ("R", "AL") for each in directions if each in ("L", "R", "AL")), False)


def height(words: str, size: float, width: float, letter: float = _LETTER) -> float:
    """About how high words stand in a width, in points, rather too high than too low; a letter has a part of a size."""
    return max(ceil(len(words) * size * letter / width), 1) * size * _LINE


def fitting(lines: Sequence[tuple[str, str]], width: float, room: float, gap: float) -> tuple[int, int]:
    """The size of letters and the most characters of each part with which all lines fit into a room, in points."""
    for size in SIZES:
        if total(lines, size, width, gap, _CAPS[0]) <= room:
            return size, _CAPS[0]
    fits = (cap for cap in _CAPS if total(lines, SIZES[-1], width, gap, cap) <= room)
    return SIZES[-1], next(fits, _CAPS[-1])


def total(lines: Sequence[tuple[str, str]], size: float, width: float, gap: float, most: int) -> float:
    """How high lines stand together, each with what is bold in it first, and a gap below each."""
    return sum(height(f"{shown(lead, most)} {shown(words, most)}", size, width) + gap for lead, words in lines)
