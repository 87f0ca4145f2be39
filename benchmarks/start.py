"""How long a command takes to start, against the imports that it cannot do without.

Python may keep bytecode, as it does for every installed package: otherwise our modules would be compiled from source at
each start and those of the libraries not.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

SAMPLE = Path(__file__).resolve().parent.parent / "profiles" / "ikea.yaml"
PAIRS = (
    ("advisor --help", ["-m", "advisor", "--help"], "import click", 2.5),
    (
        "advisor assess, one unit",
        ["-m", "advisor", "assess", str(SAMPLE), "--no-outlook"],
        "import click, pydantic, yaml, durable.engine",
        2.0,
    ),
)


def main(rounds: int) -> None:
    if importlib.util.find_spec("advisor.cli") is None:
        print("the command line is not there yet")
        return
    for name, arguments, imports, target in PAIRS:
        ours, base = _interleaved([sys.executable, *arguments], [sys.executable, "-c", imports], rounds)
        verdict = "reached" if ours <= target * base else "not reached"
        print(f'{name}: {1000 * ours:.0f} ms, {ours / base:.2f} times `python -c "{imports}"` ({1000 * base:.0f} ms)')
        print(f"  the target of {target} is {verdict}\n")
    with tempfile.TemporaryDirectory() as nothing_kept:
        first = _seconds(
            [sys.executable, "-m", "advisor", "assess", str(SAMPLE), "--no-outlook"], {"XDG_CACHE_HOME": nothing_kept}
        )
    print(f"the first assessment after an installation, with nothing kept from an earlier one: {1000 * first:.0f} ms")


def _interleaved(ours: list[str], base: list[str], rounds: int) -> tuple[float, float]:
    """The medians of both, after one run of each that only warms up."""
    pairs = [(_seconds(ours), _seconds(base)) for _ in range(rounds + 1)][1:]
    return median(first for first, _ in pairs), median(second for _, second in pairs)


def _seconds(command: list[str], environment: dict[str, str] | None = None) -> float:
    variables = {**os.environ, **(environment or {})}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    seconds = time.perf_counter() - started
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    return seconds
