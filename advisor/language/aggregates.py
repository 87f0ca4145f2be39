"""Checking `sum`, `largest`, `count` and `leader` over the rows of a table."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from advisor.language import nodes
from advisor.language.kinds import Typed
from advisor.language.nodes import Node
from advisor.language.scope import Signature
from advisor.language.syntax import TABLE, ExpressionError
from advisor.language.units import ANY

if TYPE_CHECKING:
    from advisor.language.check import Checker


def aggregate(checker: Checker, function: str, generator: ast.GeneratorExp) -> Typed:
    """The typed form of `function(column of table by number where condition)`."""
    if function not in ("sum", "largest", "count", "leader"):
        raise ExpressionError("E013", f"«{function}» does not work over a table; sum, largest, count and leader do")
    clause = generator.generators[0]
    if len(generator.generators) > 1 or not isinstance(clause.target, ast.Name) or clause.target.id != TABLE:
        raise ExpressionError(
            "E004", f"write {function}(… of table where …); a loop is not part of the rulebook language"
        )
    table = checker.name(clause.iter)
    if table.signature.kind != "table":
        raise ExpressionError("E010", f"«{table.signature.name}» is not a table")
    rows = type(checker)({**_parameters(checker), **table.signature.columns})
    by, where = _conditions(rows, clause.ifs)
    if (by is None) == (function == "leader"):
        raise ExpressionError(
            "E017", "write leader(text column of table by number column where …); only leader takes «by»"
        )
    if function == "count":
        if not isinstance(generator.elt, ast.Name) or generator.elt.id != "_":
            raise ExpressionError("E017", "write count(table where …); it counts rows, not a column")
        return Typed("number", nodes.Aggregate("count", table, None, where), ANY)
    if function == "leader":
        column = rows.name(generator.elt)
        if column.signature.kind != "text":
            raise ExpressionError("E017", f"leader gives a text, and «{column.signature.name}» is none")
        return Typed("text", nodes.Aggregate("leader", table, column, where, by))
    number = rows.number(generator.elt)
    which: nodes.Aggregate = nodes.Aggregate("sum" if function == "sum" else "largest", table, number.node, where)
    return Typed("number", which, number.dimension)


def _parameters(checker: Checker) -> dict[str, Signature]:
    return {name: known for name, known in checker.scope.items() if known.origin == "parameter"}


def _conditions(rows: Checker, conditions: list[ast.expr]) -> tuple[Node | None, Node | None]:
    by = where = None
    for tree in conditions:
        if isinstance(tree, ast.Compare) and isinstance(tree.left, ast.Name) and tree.left.id == "_by_":
            by = rows.number(tree.comparators[0]).node
        elif where is None:
            where = rows.condition(tree)
        else:
            raise ExpressionError("E017", "write «where» once and join the conditions by «and»")
    return by, where
