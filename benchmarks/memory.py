"""Resident memory over many evaluations in one process, a fresh process for each engine."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

POINTS = 10
ENGINES = ("rete", "plain")


def main(evaluations: int) -> None:
    step = max(1, evaluations // POINTS)
    print("resident memory in MB, whole evaluations")
    print(f"{'evaluations':>12}{''.join(f'{step * point:>9,}' for point in range(1, POINTS + 1))}{'growth':>9}")
    for name in ENGINES:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", name, str(step)], capture_output=True, text=True, check=True
        )
        curve = [int(kilobytes) / 1024 for kilobytes in done.stdout.split()]
        print(f"{name:>12}{''.join(f'{megabytes:9.1f}' for megabytes in curve)}{curve[-1] - curve[0]:+9.1f}")


def _measure(name: str, step: int) -> None:
    from advisor.engines.plain import PlainEngine
    from advisor.engines.rete import ReteEngine
    from advisor.rulebook import Rulebook
    from benchmarks.cases import random_units

    rulebook = Rulebook.load()
    units = random_units(rulebook, 200)
    engine = ReteEngine(rulebook) if name == "rete" else PlainEngine(rulebook)
    for point in range(POINTS):
        for number in range(step):
            engine.evaluate(units[(point * step + number) % len(units)])
        gc.collect()
        print(_resident(), flush=True)


def _resident() -> int:
    """In kB, as the system's own `ps` says on Linux and macOS."""
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())]))


if __name__ == "__main__":
    _measure(sys.argv[1], int(sys.argv[2]))
