"""The looks of a workbook: its cell formats, the colours of the memo."""

from __future__ import annotations

from functools import cache
from typing import Any

FONT = "Calibri"
INK, QUIET, ACCENT, LINE = "#1B2430", "#55606E", "#0B6E69", "#C9D1D9"
PALE, TO_FILL, FILLED = "#F1F4F7", "#FFF8DC", "#E8F3F2"
_BASE = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"}
_ANSWER = {"locked": False, "text_wrap": True, "border": 1, "border_color": LINE, "bg_color": TO_FILL, "indent": 1}
_FORMATS: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"font_size": 20, "bold": True, "font_color": ACCENT},
    "subtitle": {"font_color": QUIET},
    "heading": {"font_size": 13, "bold": True, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "indent": 1},
    "band": {"bold": True, "font_size": 12, "bg_color": PALE, "bottom": 1, "bottom_color": LINE},
    "question": {"text_wrap": True, "bottom": 1, "bottom_color": LINE, "indent": 1},
    "choice": {"text_wrap": True, "font_color": QUIET, "bottom": 1, "bottom_color": LINE, "indent": 3},
    "unit": {"font_color": QUIET, "bottom": 1, "bottom_color": LINE, "indent": 1},
    "done": {"font_color": ACCENT, "bold": True, "align": "center"},
    "link": {"font_color": ACCENT, "underline": 1, "indent": 1},
    "label": {"font_color": QUIET, "text_wrap": True},
    "ink": {"text_wrap": True},
    "grey": {"font_color": QUIET, "font_size": 9, "indent": 1},
    "number": {**_ANSWER, "align": "left"},
    "text": {**_ANSWER, "num_format": "@"},
    "date": {**_ANSWER, "num_format": "yyyy-mm-dd", "align": "left"},
    "optional": {**_ANSWER, "bg_color": "#FFFFFF", "num_format": "@"},
    "optional number": {**_ANSWER, "bg_color": "#FFFFFF", "align": "left"},
    "optional date": {**_ANSWER, "bg_color": "#FFFFFF", "num_format": "yyyy-mm-dd", "align": "left"},
    "no entry": {"bg_color": PALE, "border": 1, "border_color": LINE},
    "filled": {"bg_color": FILLED},
    "contradiction": {"bg_color": "#FDECEB", "font_color": "#B3261E"},
}


_LAID_OVER = ("filled", "contradiction")
"""What a condition lays over a cell; the rest of its looks stays."""


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        """Make formats in an `xlsxwriter.Workbook`."""
        self._book = book
        self.of = cache(self._made)

    def _made(self, name: str) -> Any:
        own = _FORMATS[name]
        return self._book.add_format(own if name in _LAID_OVER else {**_BASE, **own})


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of `width` characters."""
    return sum(max(1, -(-len(part) // max(1, int(width)))) for part in text.split("\n"))
