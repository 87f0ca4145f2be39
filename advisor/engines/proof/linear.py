"""What makes a question hard for the solver: measures that multiply or divide what may both be open."""

from __future__ import annotations

from advisor.language import Node, nodes
from advisor.language.nodes import walk
from advisor.rulebook import Rulebook


def nonlinear_measures(rulebook: Rulebook) -> frozenset[str]:
    """The measures with a product of two names, or a name as divisor."""
    return frozenset(name for name, formula in rulebook.formulas.items() if any(map(_is_nonlinear, walk(formula))))


def _is_nonlinear(node: Node) -> bool:
    if not isinstance(node, nodes.Arithmetic) or node.op not in ("*", "/"):
        return False
    return _has_name(node.right) and (node.op == "/" or _has_name(node.left))


def _has_name(node: Node) -> bool:
    return any(isinstance(part, nodes.Name) for part in walk(node))
