"""Comparisons whose result no answer can change: a slip of the author, never a condition."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from advisor.language import Node, nodes
from advisor.language.constants import constant
from advisor.language.intervals import UNKNOWN_NUMBER, Interval
from advisor.language.nodes import names_in, walk
from advisor.language.values import compared
from advisor.language.written import written


def settled_parts(condition: Node) -> Iterator[str]:
    """What is always true or always false in a condition, each in words."""
    if not names_in(condition):
        yield f"«{written(condition)}» looks at no answer"
    for part in walk(condition):
        if isinstance(part, nodes.Compare):
            truth = compared(part.op, _bounds(part.left), _bounds(part.right))
            if truth is not None:
                yield f"«{written(part)}» is always {str(truth).lower()}{_why(part)}"


def _bounds(node: Node) -> Interval:
    """Between which values a constant or an answer lies; of anything else nothing is said."""
    value = constant(node)
    if value is not None:
        return value, value
    if isinstance(node, nodes.Name) and node.signature.origin == "question":
        low, high = node.signature.low, node.signature.high
        return UNKNOWN_NUMBER if low is None or high is None else (low, high)
    return UNKNOWN_NUMBER


def _why(comparison: nodes.Compare) -> str:
    for side in (comparison.left, comparison.right):
        if isinstance(side, nodes.Name):
            low, high = (written(nodes.Number(Fraction(end or 0))) for end in (side.signature.low, side.signature.high))
            return f": {side.signature.name} lies between {low} and {high}"
    return ""
