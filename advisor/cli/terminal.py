"""How wide texts may be on the terminal."""

from __future__ import annotations

import shutil
import sys

NARROW = 80
_WIDE = 120


def width(least: int = NARROW) -> int:
    """The columns of the terminal between 80, or `least`, and 120; 80 where it goes elsewhere: the same bytes."""
    if not sys.stdout.isatty():
        return NARROW
    return min(max(shutil.get_terminal_size().columns, least), _WIDE)
