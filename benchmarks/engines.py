"""Profiles per second of CPU time: our engines and three others on the same rules, facts and chaining."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from advisor.engines.plain import PlainEngine
from advisor.engines.rete import ReteEngine
from advisor.rulebook import Rulebook
from benchmarks.cases import random_units
from benchmarks.logic import Logic, Record
from benchmarks.ours import Plain, Rete, Whole
from benchmarks.peers import peers

TARGETS = {"rete": 1.5, "plain": 5.0}


class Contestant:
    """One engine with its prepared cases."""

    def __init__(self, name: str, engine: Any, cases: list[Any]) -> None:
        self.name = name
        self.engine = engine
        self.cases = cases
        self.seconds: list[float] = []

    def check(self, wanted: list[Record], logic: Logic) -> None:
        """Compare every decision before anything is timed."""
        for number, (case, want) in enumerate(zip(self.cases, wanted, strict=True)):
            got = self.engine.record(self.engine.decide(case))
            for decision, mine, right in zip(logic.decisions, got, want, strict=True):
                if mine != right:
                    raise SystemExit(f"{self.name} decides {decision.rule} of case {number} as {mine}, not {right}")

    def run(self) -> None:
        decide: Callable[[Any], Any] = self.engine.decide
        started = time.process_time()
        for case in self.cases:
            decide(case)
        self.seconds.append((time.process_time() - started) / len(self.cases))

    @property
    def rate(self) -> float:
        return 1 / median(self.seconds)


def contestants(logic: Logic, units: list[dict[str, Any]]) -> tuple[list[Contestant], list[Record]]:
    """Every engine with the units, after all their decisions were compared with those of plain; and these."""
    plain = PlainEngine(logic.rulebook)
    evaluations = [plain.evaluate(unit) for unit in units]
    wanted = [logic.record(evaluation) for evaluation in evaluations]
    lowered = [logic.lowered(evaluation) for evaluation in evaluations]
    found = []
    for ours in (Rete(logic), Plain(logic), Whole(logic, ReteEngine), Whole(logic, PlainEngine)):
        cases = [ours.prepare(*each) for each in zip(units, evaluations, strict=True)]
        found.append(Contestant(ours.name, ours, cases))
    for peer in peers():
        engine = peer(logic)
        found.append(Contestant(engine.name, engine, [engine.prepare(case) for case in lowered]))
    for each in found:
        each.check(wanted, logic)
    gc.collect()
    gc.freeze()  # the prepared cases are no engine's garbage
    return found, wanted


def main(profiles: int, rounds: int) -> None:
    rulebook = Rulebook.load()
    logic = Logic(rulebook)
    found, wanted = contestants(logic, random_units(rulebook, profiles))
    for _ in range(rounds):
        for each in found:
            each.run()
    _report(logic, wanted, found, rounds)


def _report(logic: Logic, wanted: list[Record], contestants: list[Contestant], rounds: int) -> None:
    true, false, is_open = (
        100 * sum(record.count(value) for record in wanted) / (len(wanted) * len(logic.decisions))
        for value in (1, 0, 2)
    )
    print(f"{len(logic.rulebook.rules)} rules, {len(logic.decisions)} decisions: two readings where they can differ")
    print(f"{len(wanted)} profiles, {len(logic.fields)} fields each; every engine decided every one of them alike:")
    print(f"{true:.0f} % certainly true, {false:.0f} % certainly false, {is_open:.0f} % open")
    print(f"CPU time of one process, median of {rounds} interleaved rounds")
    print()
    fastest = max(
        (each for each in contestants if each.engine.is_peer), key=lambda each: each.rate, default=contestants[0]
    )
    print(f"{'':22}{'profiles/s':>12}{'× ' + fastest.name:>16}{'spread':>10}")
    for each in sorted(contestants, key=lambda each: -each.rate):
        spread = (max(each.seconds) - min(each.seconds)) / median(each.seconds)
        print(f"{each.name:22}{each.rate:12,.0f}{each.rate / fastest.rate:16.2f}{spread:10.0%}")
    print()
    for each in contestants:
        if target := TARGETS.get(each.name):
            reached = each.rate / fastest.rate
            verdict = "reached" if reached >= target else "not reached"
            print(f"{each.name}: {reached:.2f} times {fastest.name}; the target of {target} is {verdict}")
