"""How long settled outcomes, flips and the proofs over all profiles take as a rulebook grows."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from advisor.advice.flips import Flipper
from advisor.advice.outlook import Forecaster
from advisor.assurance import read_cases
from advisor.assurance.verify import verify
from advisor.engines.checked import CheckedEngine
from advisor.engines.completions import open_questions
from advisor.engines.plain import PlainEngine
from advisor.profile import read_profile
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook, shipped_folder
from benchmarks.cases import SAMPLES
from benchmarks.grown import rulebook_of

SIZES = (100, 200, 500)
UNITS = ("healthy-insurer", "ikea")
Task = Callable[[Rulebook, Path], float]


def main(sizes: tuple[int, ...] = SIZES) -> None:
    print("seconds of CPU time; the shipped rulebook without idle rules, or with more")
    print(f"{'rules':>8}" + "".join(f"{name:>34}" for name in TASKS) + f"{'verify':>12}  statements that hold")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rulebook = rulebook_of(size, Path(folder))
            cells = []
            for task in TASKS.values():
                cells += [task(rulebook, SAMPLES / f"{name}.yaml") for name in UNITS]
            seconds, holding, stated = _verified(rulebook)
            print(
                f"{len(rulebook.rules):>8}{''.join(f'{cell:>17.2f}' for cell in cells)}{seconds:>12.1f}"
                f"  {holding} of {stated}",
                flush=True,
            )
    opened = [_open(SAMPLES / f"{name}.yaml") for name in UNITS]
    print(f"each for {UNITS[0]} ({opened[0]} open answers) and {UNITS[1]} ({opened[1]})")


def _open(path: Path) -> int:
    rulebook = Rulebook.load()
    raw = facts_of(read_profile(path, rulebook.questions).units[0], rulebook)
    return len(open_questions(rulebook, raw, PlainEngine(rulebook).evaluate(raw).facts))


def _settled(rulebook: Rulebook, path: Path, *, brief: bool = False) -> float:
    raw = facts_of(read_profile(path, rulebook.questions).units[0], rulebook)
    forecaster = Forecaster(rulebook, CheckedEngine(rulebook))
    return _seconds(lambda: forecaster.outlook(raw, brief=brief))


def _flips(rulebook: Rulebook, path: Path) -> float:
    raw = facts_of(read_profile(path, rulebook.questions).units[0], rulebook)
    flipper = Flipper(rulebook, CheckedEngine(rulebook))
    return _seconds(lambda: flipper.of_outcomes(raw))


def _verified(rulebook: Rulebook) -> tuple[float, int, int]:
    """CPU time of all proofs, once, how many statements hold, and how many there are."""
    started = _cpu()
    report = verify(rulebook, read_cases([shipped_folder()], Rulebook.load()))
    return _cpu() - started, sum(each.says == "holds" for each in report.results), len(report.results)


def _seconds(run: Callable[[], object], rounds: int = 3) -> float:
    """CPU time of this process and of those it started, median of the rounds after one that warms up."""
    found = []
    for _ in range(rounds + 1):
        started = _cpu()
        run()
        found.append(_cpu() - started)
    return median(found[1:])


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


TASKS: dict[str, Task] = {
    "settled, as assess says it": partial(_settled, brief=True),
    "settled (outlook)": _settled,
    "flips of every outcome": _flips,
}
"""What is measured: each takes a rulebook and the file of a profile, and gives seconds."""
