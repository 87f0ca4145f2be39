"""business-rules (Python): a pair of rules for each decision, the second not tried once the first was triggered.

Symbols are boolean variables, one for each rail, which is faster than comparing numbers; a finding becomes a variable
for later rules.
"""

from __future__ import annotations

from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_NUMERIC
from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable

from benchmarks.logic import Decision, FindingTest, Group, Logic, Lowered, Record, Tree

_OPERATORS = {
    "$lt": "less_than",
    "$lte": "less_than_or_equal_to",
    "$gt": "greater_than",
    "$gte": "greater_than_or_equal_to",
    "$eq": "equal_to",
}


class _Actions(BaseActions):  # type: ignore[misc]
    def __init__(self, record: list[int]) -> None:
        self.record = record

    @rule_action(params={"number": FIELD_NUMERIC, "value": FIELD_NUMERIC})
    def decide(self, number: int, value: int) -> None:
        self.record[number] = value


class Engine:
    """The rules as its JSON-like lists, the variables as a class with a method for each."""

    name = "business-rules"
    is_peer = True

    def __init__(self, logic: Logic) -> None:
        self._size = len(logic.decisions)
        self._symbols = logic.symbols
        self._variables: dict[str, Any] = {}
        self._steps: list[Any] = []
        number = 0
        for step in logic.steps:
            if isinstance(step, Decision):
                pair = [self._rule(step.true, number, 1), self._rule(step.false, number, 0)]
                self._steps.append(([rule for rule in pair if rule], None, ()))
                number += 1
            else:
                self._steps.append(([], _finding(step.name, step.firm), step.decisions))
        for field in logic.fields:
            if field not in logic.symbols:
                self._variables[field] = numeric_rule_variable(lambda case, field=field: case.facts[field])
        self._class: Any = type("Variables", (BaseVariables,), self._variables)

    def prepare(self, lowered: Lowered) -> Lowered:
        return lowered

    def decide(self, lowered: Lowered) -> list[int]:
        record = [2] * self._size
        case = self._class()
        case.facts = facts = dict(lowered)
        actions = _Actions(record)
        for rules, finding, decisions in self._steps:
            if finding is None:
                run_all(rules, case, actions, stop_on_first_trigger=True)
            else:
                values = [record[number] for number in decisions]
                facts[finding] = 1 if 1 in values else 2 if 2 in values else 0
        return record

    def record(self, decided: list[int]) -> Record:
        return tuple(decided)

    def _rule(self, tree: Tree, number: int, value: int) -> dict[str, Any] | None:
        if tree == Group("any", ()):
            return None
        params = {"number": number, "value": value}
        return {"conditions": self._conditions(tree), "actions": [{"name": "decide", "params": params}]}

    def _conditions(self, tree: Tree) -> dict[str, Any]:
        if isinstance(tree, Group):
            return {tree.how: [self._conditions(part) for part in tree.parts]}
        if isinstance(tree, FindingTest):
            return self._is(_finding(tree.name, tree.firm), int(tree.truth))
        if tree.field in self._symbols:
            return self._is(tree.field, tree.value)
        return {"name": tree.field, "operator": _OPERATORS[tree.operator], "value": tree.value}

    def _is(self, field: str, value: int) -> dict[str, Any]:
        variable = f"{field}_is_{value}"
        self._variables[variable] = boolean_rule_variable(lambda case: case.facts[field] == value)
        return {"name": variable, "operator": "is_true", "value": True}


def _finding(finding: str, firm: bool) -> str:
    return f"{finding}_firm" if firm else finding
