"""How long `--robust` takes for one unit after start-up, beside the default engine on as many draws."""

from __future__ import annotations

import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.profile import Unit, read_profile
from advisor.profile.facts import facts_of
from advisor.robustness.readings import DRAWS, Readings
from advisor.rulebook import Rulebook
from benchmarks.cases import SAMPLES

UNITS = ("octopus-energy-2023", "healthy-insurer")
EVALUATIONS = 2_000
TARGET = 1.0


def main(rounds: int = 5) -> None:
    rulebook = Rulebook.load()
    readings = Readings(rulebook)
    print(f"start-up, once: the engine with a column for each of {len(readings.thresholds)} thresholds", end=" ")
    print(_written(_timed(lambda: readings.engine, 1)))
    plain = PlainEngine(rulebook)
    for name in UNITS:
        unit = read_profile(SAMPLES / f"{name}.yaml", rulebook.questions).units[0]
        _unit(name, unit, readings, plain, rounds)


def _unit(name: str, unit: Unit, readings: Readings, plain: PlainEngine, rounds: int) -> None:
    facts = facts_of(unit, readings.rulebook)
    now = Outcomes(readings.rulebook).of(plain.evaluate(facts))
    readings.of(unit, now)
    robust = _timed(lambda: readings.of(unit, now), rounds)
    evaluated = _timed(lambda: [plain.evaluate(facts) for _ in range(EVALUATIONS)], 1)
    varying = readings.varying(unit)
    print(f"{name}, {DRAWS:,} draws of {len(varying)} answers and thresholds: {_written(robust)}", end="; ")
    print(f"target {TARGET:g} s of clock, {'reached' if robust[0] <= TARGET else 'not reached here'}")
    ratio = evaluated[1] * DRAWS / EVALUATIONS / robust[1]
    print(f"  {ratio:.0f} times plain (by CPU, from {EVALUATIONS:,} evaluations with one rulebook)")


def _timed(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Seconds of the clock and of CPU time, medians."""
    found = []
    for _ in range(rounds):
        clock, cpu = perf_counter(), _cpu()
        run()
        found.append((perf_counter() - clock, _cpu() - cpu))
    return median(each[0] for each in found), median(each[1] for each in found)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system


def _written(seconds: tuple[float, float]) -> str:
    return f"{seconds[0]:.2f} s of clock, {seconds[1]:.2f} s of CPU"
