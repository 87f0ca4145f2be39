"""clipspy (CLIPS, C): a rule for each rail, a fact for each field, loaded as one text; derived findings are facts."""

from __future__ import annotations

from typing import Any

import clips

from advisor.engines.rete.conditions import Derived, Test
from benchmarks.logic import Decision, Group, Logic, Lowered, Record, Tree

_SIGNS = {"$lt": "<", "$lte": "<=", "$gt": ">", "$gte": ">="}
_RENEWED_AFTER = 500
"""Python callbacks make an environment slower with every call; a new one from time to time is its fastest form."""


class Engine:
    """One environment, reset for each case."""

    name = "clipspy"
    is_peer = True

    def __init__(self, logic: Logic) -> None:
        self._constructs: list[str] = []
        self._size = len(logic.decisions)
        self._template = "".join(f"({field} %d)" for field in logic.fields)
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

    def prepare(self, lowered: Lowered) -> tuple[int, ...]:
        return tuple(lowered.values())

    def decide(self, lowered: Any) -> list[int]:
        if self._left == 0:
            self._renew()
        self._left -= 1
        self._record = [2] * self._size
        self._environment.reset()
        self._environment.load_facts(self._template % lowered)
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
            if tree.operator == "$eq":
                return f"({tree.field} {tree.value})"
            variable = f"?{tree.field}"
            return f"({tree.field} {variable}&:({_SIGNS[tree.operator]} {variable} {tree.value}))"
        case Derived():
            return f"({_finding(tree.name, tree.firm)} {int(tree.truth)})"
        case Group(_, ()):
            return ""
        case Group():
            return f"({'and' if tree.how == 'all' else 'or'} {' '.join(map(_pattern, tree.parts))})"
