"""Our own engines on the same decisions: what decides rules and chains findings, no arithmetic, no selection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.engines.evaluation import Evaluation, Working
from advisor.engines.plain import PlainEngine
from advisor.engines.plain.program import compile_steps
from advisor.engines.rete import ReteEngine
from advisor.language import Fact
from advisor.rulebook.plan import FindingStep, RuleStep
from benchmarks.logic import Logic, Record


class Rete:
    """The parts of the rete engine, given the integers of their fields."""

    name = "rete"
    is_peer = False

    def __init__(self, logic: Logic) -> None:
        self._logic = logic
        self._engine = ReteEngine(logic.rulebook)

    def prepare(self, facts: Mapping[str, Fact], evaluation: Evaluation) -> Any:
        """The field values of every stage, as they are in a whole evaluation."""
        working = self._engine.working(facts)
        halves = (self._engine.before, self._engine.after)
        case = []
        for half, selected in zip(halves, (None, evaluation.selection), strict=True):
            if selected:
                working.facts.update(selected.facts())
                working.firm.update(selected.firm_facts())
            case.append((half, [self._stage(half, place, working) for place in range(len(half.stages))]))
        return case

    @staticmethod
    def _stage(half: Any, place: int, working: Working) -> Any:
        values = half.stages[place][0].program.run(working)
        half.decide(place, values, working, {})
        return values

    def decide(self, case: Any) -> tuple[dict[str, bool | None], dict[str, bool | None]]:
        working = self._engine.working({})
        order: dict[str, None] = {}
        for half, stages in case:
            for place, values in enumerate(stages):
                half.decide(place, values, working, order)
        return working.truth, working.firm_truth

    def record(self, decided: tuple[dict[str, bool | None], dict[str, bool | None]]) -> Record:
        return self._logic.record_of(*decided)


class Plain:
    """The compiled conditions of the plain engine, given answers and measures: compound conditions are its own work."""

    name = "plain"
    is_peer = False

    def __init__(self, logic: Logic) -> None:
        self._logic = logic
        steps = [step for step in logic.rulebook.steps if isinstance(step, RuleStep | FindingStep)]
        self._program = compile_steps(logic.rulebook, steps)

    def prepare(self, facts: Mapping[str, Fact], evaluation: Evaluation) -> Any:
        return dict(evaluation.facts), dict(evaluation.firm)

    def decide(self, case: Any) -> Working:
        working = Working(*case)
        self._program.run(working)
        return working

    def record(self, decided: Working) -> Record:
        return self._logic.record_of(decided.truth, decided.firm_truth)


class Whole:
    """A whole evaluation: arithmetic, rules, choice of patterns."""

    is_peer = False

    def __init__(self, logic: Logic, engine: type[ReteEngine | PlainEngine]) -> None:
        self._logic = logic
        self._engine = engine(logic.rulebook)
        self.name = f"{self._engine.name}, whole"

    def prepare(self, facts: Mapping[str, Fact], evaluation: Evaluation) -> Any:
        return facts

    def decide(self, case: Any) -> Evaluation:
        return self._engine.evaluate(case)

    def record(self, decided: Evaluation) -> Record:
        return self._logic.record_of(dict(decided.truth), dict(decided.firm_truth))
