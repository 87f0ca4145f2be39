"""zen-engine (Rust): one expression node, a line per rule and finding; `$` reads lines above, which is the chaining.

Measured slower: a decision table in `collect` mode per layer, a node per layer (each copies the whole context), a context given as JSON
text, and compiled expressions one by one.
"""

from __future__ import annotations

import json
from typing import Any

import zen

from advisor.engines.rete.conditions import Derived, Test
from benchmarks.logic import Decision, Finding, Group, Logic, Lowered, Record, Tree

name = "zen-engine"
_SIGNS = {"$lt": "<", "$lte": "<=", "$gt": ">", "$gte": ">=", "$eq": "=="}


class Engine:
    """The whole rulebook as one decision."""

    def __init__(self, logic: Logic) -> None:
        lines: list[dict[str, str]] = []
        self._keys: list[str] = []
        for step in logic.steps:
            key = f"r{len(self._keys)}" if isinstance(step, Decision) else _finding(step.name, step.firm)
            if isinstance(step, Decision):
                self._keys.append(key)
                value = f"{_source(step.true)} ? 1 : {_source(step.false)} ? 0 : 2"
            else:
                value = _concluded(step)
            lines.append({"id": key, "key": key, "value": value})
        self._decision = zen.ZenEngine().create_decision(json.dumps(_graph(lines)))

    def prepare(self, lowered: Lowered) -> Any:
        return lowered

    def decide(self, lowered: Any) -> Record:
        result = self._decision.evaluate(lowered)["result"]
        return tuple([result[key] for key in self._keys])


def _graph(lines: list[dict[str, str]]) -> dict[str, Any]:
    node = {"id": "n", "name": "rules", "type": "expressionNode", "content": {"expressions": lines}}
    ends = [{"id": end, "name": end, "type": f"{end}Node"} for end in ("input", "output")]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "input", "targetId": "n"},
        {"id": "b", "type": "edge", "sourceId": "n", "targetId": "output"},
    ]
    return {"nodes": [ends[0], node, ends[1]], "edges": edges}


def _finding(finding: str, firm: bool) -> str:
    return f"{finding}_firm" if firm else finding


def _concluded(step: Finding) -> str:
    true = " or ".join(f"$.r{number} == 1" for number in step.decisions)
    false = " and ".join(f"$.r{number} == 0" for number in step.decisions)
    return f"{true} ? 1 : {false} ? 0 : 2"


def _source(tree: Tree) -> str:
    match tree:
        case Test():
            return f"{tree.field} {_SIGNS[tree.operator]} {tree.value}"
        case Derived():
            return f"$.{_finding(tree.name, tree.firm)} == {int(tree.truth)}"
        case Group(how, ()):
            return "true" if how == "all" else "false"
        case Group():
            return f"({(' and ' if tree.how == 'all' else ' or ').join(map(_source, tree.parts))})"
