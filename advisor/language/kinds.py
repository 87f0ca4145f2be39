"""Types while an expression is checked."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from advisor.language.nodes import Node
from advisor.language.scope import Kind, Signature
from advisor.language.syntax import ExpressionError
from advisor.language.units import ANY, Dimension, fits, spelled

_IN_WORDS: dict[Kind, str] = {
    "number": "a number",
    "truth": "a condition",
    "choice": "a choice",
    "choices": "a list of choices",
    "table": "a table",
    "text": "a text",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A part of an expression with its type; `dimension` matters for numbers only."""

    kind: Kind
    node: Node
    dimension: Dimension = ANY


def as_condition(typed: Typed, source: str = "") -> Node:
    """The node of a condition; anything else is an error."""
    if typed.kind != "truth":
        raise ExpressionError("E010", f"«{source}» is {_IN_WORDS[typed.kind]}, but a condition is wanted here", source)
    return typed.node


def as_number(typed: Typed, source: str) -> Typed:
    """The same, when it is a number; anything else is an error."""
    if typed.kind != "number":
        raise ExpressionError("E010", f"«{source}» is {_IN_WORDS[typed.kind]}, but a number is wanted here", source)
    return typed


def numbers_alike(parts: Sequence[Typed], source: str) -> Dimension:
    """The common dimension of numbers that are added or compared."""
    common: Dimension = ANY
    for part in parts:
        if not fits(common, part.dimension):
            raise ExpressionError(
                "E021", f"«{source}» mixes units: {spelled(common)} and {spelled(part.dimension)}", source
            )
        common = part.dimension if common is ANY else common
    return common


def choice_word(tree: ast.expr, of: Signature) -> str:
    """A choice, written bare or quoted, that the question offers."""
    word = tree.id if isinstance(tree, ast.Name) else tree.value if isinstance(tree, ast.Constant) else None
    if word in of.choices:
        return str(word)
    close = get_close_matches(str(word), of.choices, n=1)
    hint = f" (did you mean {close[0]}?)" if close else f"; it offers {', '.join(of.choices)}"
    raise ExpressionError("E016", f"«{of.name}» has no choice «{ast.unparse(tree)}»{hint}", ast.unparse(tree))
