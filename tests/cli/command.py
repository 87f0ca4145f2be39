"""The real command, run as a person runs it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

PROFILES = Path(__file__).parents[2] / "profiles"


def run(
    *arguments: object, stdin: bytes | str | None = None, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``advisor`` with these arguments; standard input is empty unless given."""
    text = stdin.encode() if isinstance(stdin, str) else stdin or b""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "advisor", *map(str, arguments)],
        input=text,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(PROFILES.parent), **environment},
        timeout=600,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def at_terminal(*arguments: object, **environment: str) -> str:
    """What ``advisor`` shows on a pseudo-terminal."""
    ours, theirs = pty.openpty()
    base = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", *map(str, arguments)],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env={**base, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(PROFILES.parent), **environment},
    )
    os.close(theirs)
    shown = bytearray()
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the last writer has gone
            break
        if not part:
            break
        shown += part
    process.wait(timeout=600)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")
