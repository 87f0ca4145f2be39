"""Lines in and out: works in a terminal, in a pipe, without any terminal and with a screen reader.

Plain text from top to bottom, no cursor movement, no colour. What cannot be encoded is replaced, never refused.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import textwrap
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO

_WIDEST = 100
_LONGEST_LINE = 10_000


class Ended(Exception):
    """There is no further line: the pipe is empty, or somebody typed the end-of-file key."""


@dataclass(slots=True)
class Lines:
    """A dialogue over two streams; by default those of the process."""

    source: BinaryIO | None = None
    sink: TextIO | None = None
    width: int = 0
    """In characters; without one that of the terminal, also after its window was resized."""
    is_terminal: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Find the streams; a closed standard input is an empty one."""
        if self.source is None and sys.stdin is not None:
            self.source = sys.stdin.buffer
        self.sink = self.sink or sys.stdout
        self.is_terminal = bool(self.source and self.source.isatty())
        reconfigure = getattr(self.sink, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")

    def say(self, text: str = "", indent: str = "", hanging: str = "") -> None:
        """Write a paragraph, wrapped to the width of the terminal; an empty one is an empty line."""
        self._write("\n".join(self._wrapped(text, indent, hanging)) + "\n")

    def _wrapped(self, text: str, indent: str = "", hanging: str = "") -> list[str]:
        return textwrap.wrap(
            text,
            self.width or max(20, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns - 1)),
            initial_indent=indent,
            subsequent_indent=indent + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def ask(self, prompt: str) -> str:
        """Ask for a line; raises `Ended` where there is none. What a pipe answers is shown as a person's typing is."""
        self._write("\n".join(self._wrapped(prompt)) + prompt[len(prompt.rstrip()) :])
        line = self._line()
        if not line:
            self._write("\n")
            raise Ended
        text = line.decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r\n")
        if not self.is_terminal:
            self._write("".join(char if char.isprintable() else "?" for char in text) + "\n")
        return text.strip()

    def _line(self) -> bytes:
        """The next line; what is beyond the longest one is read and dropped."""
        if self.source is None:
            return b""
        try:
            line = part = self.source.readline(_LONGEST_LINE)
            while len(part) == _LONGEST_LINE and not part.endswith(b"\n"):
                part = self.source.readline(_LONGEST_LINE)
        except OSError:  # the terminal has gone
            return b""
        return line

    def _write(self, text: str) -> None:
        assert self.sink is not None
        try:
            self.sink.write(text)
            self.sink.flush()
        except OSError as error:
            if error.errno not in (errno.EIO, errno.EPIPE):
                raise
            _let_go(self.sink)


def _let_go(sink: TextIO) -> None:
    """The terminal or the other end of the pipe has gone, nobody reads any more: what is written goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sink.fileno())
