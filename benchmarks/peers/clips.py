"""clipspy (CLIPS, C): a rule for each rail over one template fact with a slot per field; derived findings are facts.

`assert_fact` with the slots was three times as fast as loading the same fact, or a fact for each field, as text.
"""

from __future__ import annotations

import clips

from advisor.engines.rete.conditions import Test
from benchmarks.logic import Decision, FindingTest, Group, Logic, Lowered, Record, Tree

_SIGNS = {"$lt": "<", "$lte": "<=", "$gt": ">", "$gte": ">="}
_RENEWED_AFTER = 500
"""An environment is said to become slower with every callback to Python, so a new one is made from time to time."""


class Engine:
    """One environment, reset for each case."""

    name = "clipspy"
    is_peer = True

    def __init__(self, logic: Logic) -> None:
        slots = " ".join(f"(slot {field})" for field in logic.fields)
        self._constructs = [f"(deftemplate case {slots})"]
        self._size = len(logic.decisions)
        decision = 0
        for step in logic.steps:
            if isinstance(step, Decision):
                for value, tree in ((1, step.true), (0, step.false)):
                    self._rule(
                        f"r{decision}-{value}",
                        _pattern(tree),
                        f"(decide {decision} {value}) (assert (decided {decision} {value}))",
                    )
                decision += 1
            else:
                word = _finding(step.name, step.firm)
                any_true = " ".join(f"(decided {number} 1)" for number in step.decisions)
                all_false = " ".join(f"(decided {number} 0)" for number in step.decisions)
                self._rule(
                    f"{word}-1", f"(or {any_true})" if len(step.decisions) > 1 else any_true, f"(assert ({word} 1))"
                )
                self._rule(f"{word}-0", all_false, f"(assert ({word} 0))")
        self._record: list[int] = []
        self._renew()

    def prepare(self, lowered: Lowered) -> Lowered:
        return lowered

    def decide(self, lowered: Lowered) -> list[int]:
        if self._left == 0:
            self._renew()
        self._left -= 1
        self._record = [2] * self._size
        self._environment.reset()
        self._case.assert_fact(**lowered)
        self._environment.run()
        return self._record

    def record(self, decided: list[int]) -> Record:
        return tuple(decided)

    def _renew(self) -> None:
        self._left = _RENEWED_AFTER
        self._environment = clips.Environment()
        self._environment.define_function(self._decide, "decide")
        for construct in self._constructs:
            self._environment.build(construct)
        self._case = self._environment.find_template("case")

    def _decide(self, number: int, value: int) -> None:
        self._record[number] = value

    def _rule(self, rule: str, pattern: str, actions: str) -> None:
        if pattern:
            self._constructs.append(f"(defrule {rule} {pattern} => {actions})")


def _finding(finding: str, firm: bool) -> str:
    return f"{finding}-firm" if firm else finding


def _pattern(tree: Tree) -> str:
    match tree:
        case Test():
            return f"(case {_slot(tree)})"
        case FindingTest():
            return f"({_finding(tree.name, tree.firm)} {int(tree.truth)})"
        case Group(_, ()):
            return ""
        case Group():
            tests = [part for part in tree.parts if isinstance(part, Test)]
            together = tree.how == "all" and len({test.field for test in tests}) == len(tests) > 0
            parts = [f"(case {' '.join(map(_slot, tests))})"] if together else []
            parts += [_pattern(part) for part in tree.parts if not (together and isinstance(part, Test))]
            return parts[0] if len(parts) == 1 else f"({'and' if tree.how == 'all' else 'or'} {' '.join(parts)})"


def _slot(test: Test) -> str:
    if test.operator == "$eq":
        return f"({test.field} {test.value})"
    variable = f"?{test.field}"
    return f"({test.field} {variable}&:({_SIGNS[test.operator]} {variable} {test.value}))"
