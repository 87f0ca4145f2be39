"""Checking a call of a function; those over the rows of a table are in `aggregates`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from advisor.language import nodes
from advisor.language.constants import constant
from advisor.language.kinds import Typed, as_number, choice_word, numbers_alike
from advisor.language.nodes import Node
from advisor.language.syntax import ExpressionError
from advisor.language.units import ANY, DIMENSIONLESS

if TYPE_CHECKING:
    from advisor.language.check import Checker


def call(checker: Checker, function: str, args: list[ast.expr]) -> Typed:
    """The typed form of `function(args)`; raises `ExpressionError` for a function that there is not."""
    if function in _OVER_TABLES:
        raise ExpressionError("E017", f"{function} works over a table: {_OVER_TABLES[function]}")
    if function not in _FUNCTIONS:
        known = (*_FUNCTIONS, *_OVER_TABLES)
        close = get_close_matches(function, known, n=1)
        hint = f" (did you mean {close[0]}?)" if close else f"; there are {', '.join(known)}"
        raise ExpressionError("E013", f"unknown function «{function}»{hint}")
    least, most, typed = _FUNCTIONS[function]
    if not least <= len(args) <= (most or len(args)):
        wanted = f"{least}" if most == least else f"at least {least}"
        raise ExpressionError("E014", f"{function} takes {wanted} argument{'s' * (least > 1)}, not {len(args)}")
    return typed(checker, args)


def _known(checker: Checker, args: list[ast.expr]) -> Typed:
    return Typed("truth", nodes.Known(checker.name(args[0])))


def _applicable(checker: Checker, args: list[ast.expr]) -> Typed:
    return Typed("truth", nodes.Applicable(checker.name(args[0])))


def _default(checker: Checker, args: list[ast.expr]) -> Typed:
    name = checker.name(args[0])
    kind = name.signature.kind
    fallback: Node
    if kind == "choice":
        fallback = nodes.Text(choice_word(args[1], name.signature))
    elif kind == "truth":
        fallback = checker.condition(args[1])
    else:
        other = checker.number(args[1])
        numbers_alike((as_number(Typed(kind, name, name.signature.dimension), ""), other), ast.unparse(args[0]))
        fallback = other.node
    return Typed(kind, nodes.Default(name, fallback), name.signature.dimension)


def _points(checker: Checker, args: list[ast.expr]) -> Typed:
    name = checker.name(args[0])
    if name.signature.kind != "choice":
        raise ExpressionError("E010", f"«{ast.unparse(args[0])}» must be a question with choices")
    words = [choice_word(arg, name.signature) for arg in args[1::2]]
    numbers = [checker.number(arg) for arg in args[2::2]]
    if sorted(words) != sorted(name.signature.choices) or len(words) != len(numbers):
        raise ExpressionError(
            "E018",
            f"points gives each choice of «{name.signature.name}» a number, once: "
            f"{', '.join(f'{choice}, …' for choice in name.signature.choices)}",
        )
    dimension = numbers_alike(numbers, "points")
    pairs = tuple((word, number.node) for word, number in zip(words, numbers, strict=True))
    return Typed("number", nodes.Points(name, pairs), dimension)


def _ramp(checker: Checker, args: list[ast.expr]) -> Typed:
    operand, start, end = (checker.number(arg) for arg in args)
    numbers_alike((operand, start, end), f"ramp({', '.join(map(ast.unparse, args))})")
    first, last = constant(start.node), constant(end.node)
    if first is None or last is None or first >= last:
        raise ExpressionError(
            "E031", f"ramp needs constants with start below end, not {ast.unparse(args[1])} to {ast.unparse(args[2])}"
        )
    return Typed("number", nodes.Ramp(operand.node, start.node, end.node), DIMENSIONLESS)


def _clamp(checker: Checker, args: list[ast.expr]) -> Typed:
    operand, low, high = (checker.number(arg) for arg in args)
    dimension = numbers_alike((operand, low, high), "clamp")
    return Typed("number", nodes.Clamp(operand.node, low.node, high.node), dimension)


def _lowest(checker: Checker, args: list[ast.expr]) -> Typed:
    operands = tuple(checker.number(arg) for arg in args)
    return Typed("number", nodes.Extreme("lowest", _nodes(operands)), numbers_alike(operands, "lowest"))


def _highest(checker: Checker, args: list[ast.expr]) -> Typed:
    operands = tuple(checker.number(arg) for arg in args)
    return Typed("number", nodes.Extreme("highest", _nodes(operands)), numbers_alike(operands, "highest"))


def _first_known(checker: Checker, args: list[ast.expr]) -> Typed:
    operands = tuple(checker.number(arg) for arg in args)
    return Typed("number", nodes.FirstKnown(_nodes(operands)), numbers_alike(operands, "first_known"))


def _mean_of_known(checker: Checker, args: list[ast.expr]) -> Typed:
    at_least = constant(checker.number(args[0]).node)
    if at_least is None or at_least.denominator != 1 or not 1 <= at_least < len(args):
        raise ExpressionError("E015", "mean_of_known takes first how many must be known, then the values")
    operands = tuple(checker.number(arg) for arg in args[1:])
    dimension = numbers_alike(operands, "mean_of_known")
    return Typed("number", nodes.MeanOfKnown(int(at_least), _nodes(operands)), dimension)


def _count(checker: Checker, args: list[ast.expr]) -> Typed:
    if len(args) == 1 and isinstance(args[0], ast.Name):
        only = checker.name(args[0])
        if only.signature.kind == "table":
            return Typed("number", nodes.Aggregate("count", only, None, None), ANY)
    return Typed("number", nodes.Count(tuple(checker.condition(arg) for arg in args)), ANY)


def _nodes(typed: tuple[Typed, ...]) -> tuple[Node, ...]:
    return tuple(part.node for part in typed)


_FUNCTIONS: dict[str, tuple[int, int | None, Callable[[Checker, list[ast.expr]], Typed]]] = {
    "known": (1, 1, _known),
    "applicable": (1, 1, _applicable),
    "default": (2, 2, _default),
    "points": (3, None, _points),
    "ramp": (3, 3, _ramp),
    "clamp": (3, 3, _clamp),
    "lowest": (2, None, _lowest),
    "highest": (2, None, _highest),
    "first_known": (2, None, _first_known),
    "mean_of_known": (2, None, _mean_of_known),
    "count": (1, None, _count),
}
"""For each function how many arguments it takes, at least and at most, and what types a call of it."""
_OVER_TABLES = {
    "sum": "sum(number column of table where …)",
    "largest": "largest(number column of table where …)",
    "leader": "leader(text column of table by number column where …)",
}
