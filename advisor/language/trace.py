"""An expression evaluated part by part, for explanations, and the questions that an open one waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from advisor.language import intervals, nodes
from advisor.language.lower import lower
from advisor.language.nodes import Node, children
from advisor.language.values import Fact, ValueAlgebra, is_number_fact


class Trace(NamedTuple):
    """One part of an expression: its node, its value and its own parts."""

    node: Node
    value: Fact
    parts: tuple[Trace, ...]


def is_settled(value: Fact) -> bool:
    """Whether no answer could still change a value by narrowing it."""
    if is_number_fact(value):
        return intervals.is_not_applicable(value) or value[0] == value[1]
    return value is not None


def trace(node: Node, facts: Mapping[str, Fact], firm: bool = False) -> Trace:
    """Evaluate `node` and each of its parts."""
    value = lower(node, ValueAlgebra(facts, firm))
    return Trace(node, value, tuple(trace(part, facts, firm) for part in _parts(node)))


def waits(
    node: Node, facts: Mapping[str, Fact], waits_of: Callable[[str], frozenset[str]], firm: bool = False
) -> frozenset[str]:
    """The questions behind the unsettled parts of `node`; `waits_of` tells those behind a name."""
    if isinstance(node, nodes.Name):
        return waits_of(node.signature.name)
    algebra = ValueAlgebra(facts, firm)
    if is_settled(lower(node, algebra)):
        return frozenset()
    parts = _parts(node)
    if isinstance(node, nodes.If):
        condition = lower(node.condition, algebra)
        if condition is not None:
            parts = [node.then if condition else node.other]
    return frozenset().union(*(waits(part, facts, waits_of, firm) for part in parts))


def _parts(node: Node) -> Iterable[Node]:
    """The parts that have a value of their own: of a table that is added up, the table itself."""
    if isinstance(node, nodes.Aggregate):
        return [node.table]
    return [part for part in children(node) if not isinstance(part, nodes.Text)]
