"""Files that people hand in, as bytes."""

from __future__ import annotations

import sys
from pathlib import Path

from advisor.reading.text_file import read_bytes


def bytes_of(path: Path, limit: int) -> tuple[bytes, str]:
    """The bytes of a file and what it is called; of a too large one as many bytes as show that it is.

    ``Path("-")`` is standard input. Raises `InvalidInput` where it cannot be read.
    """
    if str(path) == "-":
        return sys.stdin.buffer.read(limit + 1), "<stdin>"
    return read_bytes(path, limit), str(path)
