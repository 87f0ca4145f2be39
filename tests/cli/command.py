"""The real command, run as a person runs it."""

from __future__ import annotations

import os
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
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
