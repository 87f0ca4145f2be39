"""The real command on a real pseudo-terminal, driven as a person drives it."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0
"""For a machine that is busy; whatever goes wrong is seen at once."""


class Terminal:
    """One run of ``advisor`` on a terminal of its own."""

    def __init__(
        self,
        *arguments: object,
        before: Callable[[], None] | None = None,
        hang_up: signal.Handlers = signal.SIG_DFL,
        **environment: str,
    ) -> None:
        """Begin; `hang_up` is what the process does when the terminal goes, whatever the tests themselves do."""
        self._decoder, self._half = codecs.getincrementaldecoder("utf-8")("replace"), ""
        self._master, slave = pty.openpty()

        def own_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGHUP, hang_up)
            if before:
                before()

        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "advisor", *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=own_terminal,  # noqa: PLW1509 - the test process has one thread
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT), **environment},
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        self.process.kill()
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)

    def wait_for(self, text: str) -> str:
        """Read until the text stands at the end of what is new; gives what was read."""
        read, until = "", time.monotonic() + PATIENCE
        while not read.endswith(text):
            if time.monotonic() > until:
                raise AssertionError(f"waited for {text!r}, saw:\n{read}")
            more = self._read()
            if more is None:
                raise AssertionError(f"ended before {text!r}:\n{read}")
            read += more
        return read

    def type(self, line: str) -> None:
        os.write(self._master, (line + "\n").encode())

    def press(self, key: str) -> None:
        os.write(self._master, key.encode())

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def end(self) -> tuple[int, str]:
        """Wait for the end; gives the exit code and what was still written."""
        read, until = "", time.monotonic() + PATIENCE
        while (more := self._read()) is not None:
            read += more
            assert time.monotonic() < until, read
        return self.process.wait(), read

    def kill(self) -> None:
        """As a crash or a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def hang_up(self) -> int:
        """As a closed window does; gives the exit code."""
        os.close(self._master)
        self._master = -1
        return self.process.wait(PATIENCE)

    def _read(self) -> str | None:
        """What has come, in whole characters and lines; None at the end."""
        has_ended = self.process.poll() is not None  # asked first: what it wrote last is there to be read then
        if not select.select([self._master], [], [], 0 if has_ended else 0.2)[0]:
            return None if has_ended else ""
        try:
            data = os.read(self._master, 4096)
        except OSError:  # Linux says so when the other end has gone
            return None
        text = self._half + self._decoder.decode(data)
        self._half = "\r" if text.endswith("\r") else ""
        return text.removesuffix("\r").replace("\r\n", "\n") if data else None
