"""An expression evaluated part by part, for explanations, and the questions that an open part waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisor.language import intervals, nodes
from advisor.language.lower import lower
from advisor.language.nodes import Node, children
from advisor.language.values import Fact, ValueAlgebra


@dataclass(frozen=True, slots=True)
class Trace:
    """One part of an expression: its node, its value and the questions that it waits for."""

    node: Node
    value: Fact
    waits: frozenset[str]
    parts: tuple[Trace, ...]


def is_settled(value: Fact) -> bool:
    """Whether no answer could still change a value by narrowing it."""
    if isinstance(value, tuple) and len(value) == 2 and not isinstance(value[0], Mapping):
        return intervals.is_not_applicable(value) or value[0] == value[1]
    return value is not None


def trace(
    node: Node, facts: Mapping[str, Fact], waits_of: Callable[[str], frozenset[str]], firm: bool = False
) -> Trace:
    """Evaluate `node` and each of its parts; `waits_of` tells what an unsettled name waits for."""
    value = lower(node, ValueAlgebra(facts, firm))
    below = [node.table] if isinstance(node, nodes.Aggregate) else children(node)
    parts = tuple(trace(child, facts, waits_of, firm) for child in below if not isinstance(child, nodes.Text))
    return Trace(node, value, _waits(node, value, parts, waits_of), parts)


def _waits(
    node: Node, value: Fact, parts: tuple[Trace, ...], waits_of: Callable[[str], frozenset[str]]
) -> frozenset[str]:
    if is_settled(value):
        return frozenset()
    if isinstance(node, nodes.Name):
        return waits_of(node.signature.name)
    if isinstance(node, nodes.If) and parts[0].value is not None:
        return parts[1 if parts[0].value else 2].waits
    return frozenset().union(*(part.waits for part in parts))
