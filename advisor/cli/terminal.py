"""How wide texts may be on the terminal."""

from __future__ import annotations

import shutil
import sys

NARROW = 80
_WIDE = 120


def width() -> int:
    """The columns of the terminal between 80 and 120; 80 where the output goes anywhere else, for the same bytes."""
    if not sys.stdout.isatty():
        return NARROW
    return min(max(shutil.get_terminal_size().columns, NARROW), _WIDE)
