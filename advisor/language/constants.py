"""Parts of expressions that hold numbers and parameters only."""

from __future__ import annotations

from fractions import Fraction

from advisor.language import nodes
from advisor.language.nodes import Node


def constant(node: Node) -> Fraction | None:
    """The value of a part that holds numbers and parameters only, else None."""
    if isinstance(node, nodes.Number | nodes.Parameter):
        return node.value
    if not isinstance(node, nodes.Arithmetic):
        return None
    left, right = constant(node.left), constant(node.right)
    if left is None or right is None or (node.op == "/" and right == 0):
        return None
    return {"+": left + right, "-": left - right, "*": left * right}[node.op] if node.op != "/" else left / right


def fixed(node: Node) -> Fraction:
    """The value of a part that the checker lets hold nothing but numbers and parameters."""
    value = constant(node)
    assert value is not None, "the checker lets only constants through"
    return value
