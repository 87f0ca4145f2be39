"""zen-engine (Rust): an expression node with a line per rule and finding; `$` reads the lines above: the chaining.

The decision comes from a static loader, which keeps it compiled. `Simple` is the same by `create_decision`; a node
for each layer, and `evaluate_batch`, were slower as well.

`Packed` is not how anybody writes rules: all conditions of a layer in one expression that yields a list, so that
there is no line, no name and no result per rule. It shows how fast the expression interpreter is.
"""

from __future__ import annotations

import json
from typing import Any

import zen

from advisor.engines.rete.conditions import Test
from benchmarks.logic import Decision, Finding, FindingTest, Group, Logic, Lowered, Record, Tree

_SIGNS = {"$lt": "<", "$lte": "<=", "$gt": ">", "$gte": ">=", "$eq": "=="}


class Engine:
    """The whole rulebook as one decision."""

    name = "zen-engine"
    is_peer = True

    def __init__(self, logic: Logic) -> None:
        lines: list[dict[str, str]] = []
        self._keys: list[str] = []
        for step in logic.steps:
            if isinstance(step, Decision):
                self._keys.append(f"r{len(self._keys)}")
                lines.append(_line(self._keys[-1], _decided(step)))
            else:
                lines.append(_line(_finding(step.name, step.firm), _concluded(step, self._keys)))
        self._make(lines)

    def _make(self, lines: list[dict[str, str]]) -> None:
        self._engine = _engine(lines)

    def prepare(self, lowered: Lowered) -> Lowered:
        return lowered

    def decide(self, lowered: Lowered) -> Any:
        return self._engine.evaluate("rules", lowered)["result"]

    def record(self, decided: Any) -> Record:
        return tuple(decided[key] for key in self._keys)


class Simple(Engine):
    """The same decision by `create_decision`, as most examples show it: its expressions are compiled at every call."""

    name = "zen-engine, simple"
    is_peer = False

    def _make(self, lines: list[dict[str, str]]) -> None:
        self._decision = zen.ZenEngine().create_decision(json.dumps(_graph(lines)))

    def decide(self, lowered: Lowered) -> Any:
        return self._decision.evaluate(lowered)["result"]


class Packed(Engine):
    """All decisions of a layer as one list."""

    name = "zen-engine, packed"
    is_peer = False

    def __init__(self, logic: Logic) -> None:
        self._layers = [
            [number for number, at in enumerate(logic.layers) if at == layer] for layer in range(max(logic.layers) + 1)
        ]
        places = {
            number: f"L{layer}[{at}]" for layer, numbers in enumerate(self._layers) for at, number in enumerate(numbers)
        }
        lines: list[dict[str, str]] = []
        for layer, numbers in enumerate(self._layers):
            parts = (f"({_decided(logic.decisions[number])})" for number in numbers)
            lines.append(_line(f"L{layer}", f"[{', '.join(parts)}]"))
            lines += [
                _line(_finding(step.name, step.firm), _concluded(step, places))
                for step in logic.steps
                if isinstance(step, Finding) and max(logic.layers[number] for number in step.decisions) == layer
            ]
        self._engine = _engine(lines)

    def record(self, decided: Any) -> Record:
        values = {
            number: value
            for layer, numbers in enumerate(self._layers)
            for number, value in zip(numbers, decided[f"L{layer}"], strict=True)
        }
        return tuple(values[number] for number in range(len(values)))


def _engine(lines: list[dict[str, str]]) -> Any:
    return zen.ZenEngine({"loader": {"type": "static", "content": {"rules": _graph(lines)}}})


def _graph(lines: list[dict[str, str]]) -> dict[str, Any]:
    node = {"id": "n", "name": "rules", "type": "expressionNode", "content": {"expressions": lines}}
    ends = [{"id": end, "name": end, "type": f"{end}Node"} for end in ("input", "output")]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "input", "targetId": "n"},
        {"id": "b", "type": "edge", "sourceId": "n", "targetId": "output"},
    ]
    return {"nodes": [ends[0], node, ends[1]], "edges": edges}


def _line(key: str, value: str) -> dict[str, str]:
    return {"id": key, "key": key, "value": value}


def _finding(finding: str, firm: bool) -> str:
    return f"{finding}_firm" if firm else finding


def _decided(decision: Decision) -> str:
    return f"{_source(decision.true)} ? 1 : {_source(decision.false)} ? 0 : 2"


def _concluded(step: Finding, places: Any) -> str:
    true = " or ".join(f"$.{places[number]} == 1" for number in step.decisions)
    false = " and ".join(f"$.{places[number]} == 0" for number in step.decisions)
    return f"{true} ? 1 : {false} ? 0 : 2"


def _source(tree: Tree) -> str:
    match tree:
        case Test():
            return f"{tree.field} {_SIGNS[tree.operator]} {tree.value}"
        case FindingTest():
            return f"$.{_finding(tree.name, tree.firm)} == {int(tree.truth)}"
        case Group(how, ()):
            return "true" if how == "all" else "false"
        case Group():
            return f"({(' and ' if tree.how == 'all' else ' or ').join(map(_source, tree.parts))})"
