"""From an expression's text to its typed tree; everything that can be wrong with it is said here."""

from __future__ import annotations

import ast
from difflib import get_close_matches
from fractions import Fraction
from typing import NoReturn

from advisor.language import aggregates, nodes
from advisor.language.constants import constant
from advisor.language.kinds import Typed, as_condition, as_number, numbers_alike
from advisor.language.nodes import Node
from advisor.language.scope import Kind, Scope, Signature
from advisor.language.syntax import ExpressionError, parse
from advisor.language.units import ANY, DIMENSIONLESS, Dimension, fits, product, spelled

_COMPARISONS: dict[type[ast.cmpop], nodes.Comparison] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_OPERATORS: dict[type[ast.operator], nodes.Operator] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def check(text: str, scope: Scope, kind: Kind, dimension: Dimension = ANY) -> Node:
    """The typed tree of `text`, which must be of `kind` (and, for a number, have `dimension`).

    Raises `ExpressionError` for unknown names, wrong types, units that do not fit, choices that no question offers
    and a division by a constant zero.
    """
    typed = Checker(scope).typed(parse(text))
    if kind == "truth":
        return as_condition(typed, text)
    if typed.kind != kind:
        raise ExpressionError("E010", f"is a {typed.kind}, but a {kind} is wanted here", text)
    if kind == "number" and not fits(typed.dimension, dimension):
        raise ExpressionError(
            "E020", f"has the unit {spelled(typed.dimension)}, but {spelled(dimension)} is declared", text
        )
    return typed.node


class Checker:
    """Types a Python syntax tree; one method for each construct of the language."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def typed(self, tree: ast.expr) -> Typed:
        """The typed form of one syntax node."""
        method = getattr(self, f"_{type(tree).__name__.lower()}", None)
        if method is None:
            self._refuse(tree)
        typed: Typed = method(tree)
        return typed

    def condition(self, tree: ast.expr) -> Node:
        """A part that must be true, false or unknown."""
        return as_condition(self.typed(tree), _source(tree))

    def number(self, tree: ast.expr) -> Typed:
        """A part that must be a number."""
        return as_number(self.typed(tree), _source(tree))

    def name(self, tree: ast.expr) -> nodes.Name:
        """A part that must be the name of a question, measure or finding."""
        if isinstance(tree, ast.Name):
            typed = self._name(tree)
            if isinstance(typed.node, nodes.Name):
                return typed.node
        raise ExpressionError("E012", f"«{_source(tree)}» must be the name of a question, measure or finding")

    def signature(self, word: str) -> Signature:
        """What a name stands for."""
        found = self.scope.get(word)
        if found is None:
            close = get_close_matches(word, self.scope, n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            raise ExpressionError("E011", f"unknown name «{word}»{hint}", word)
        return found

    def _refuse(self, tree: ast.expr) -> NoReturn:
        raise ExpressionError("E004", f"«{_source(tree)}» is not part of the rulebook language")

    def _constant(self, tree: ast.Constant) -> Typed:
        if isinstance(tree.value, bool):
            return Typed("truth", nodes.Truth(tree.value))
        if isinstance(tree.value, int | float):
            return Typed("number", nodes.Number(Fraction(str(tree.value))), ANY)
        if isinstance(tree.value, str):
            return Typed("text", nodes.Text(tree.value))
        return self._refuse(tree)

    def _name(self, tree: ast.Name) -> Typed:
        if tree.id in ("true", "false"):
            return Typed("truth", nodes.Truth(tree.id == "true"))
        if tree.id in ("unknown", "not_applicable"):
            return Typed("number", nodes.Nothing(tree.id == "unknown"), ANY)
        signature = self.signature(tree.id)
        if signature.origin == "parameter":
            return Typed("number", nodes.Parameter(signature), signature.dimension)
        return Typed(signature.kind, nodes.Name(signature), signature.dimension)

    def _boolop(self, tree: ast.BoolOp) -> Typed:
        operands = tuple(self.condition(value) for value in tree.values)
        return Typed("truth", nodes.All(operands) if isinstance(tree.op, ast.And) else nodes.Some(operands))

    def _unaryop(self, tree: ast.UnaryOp) -> Typed:
        if isinstance(tree.op, ast.Not):
            return Typed("truth", nodes.Not(self.condition(tree.operand)))
        if not isinstance(tree.op, ast.USub):
            self._refuse(tree)
        operand = self.number(tree.operand)
        if isinstance(operand.node, nodes.Number):
            return Typed("number", nodes.Number(-operand.node.value), operand.dimension)
        return Typed("number", nodes.Arithmetic("*", nodes.Number(Fraction(-1)), operand.node), operand.dimension)

    def _binop(self, tree: ast.BinOp) -> Typed:
        op = _OPERATORS.get(type(tree.op))
        if op is None:
            self._refuse(tree)
        left, right = self.number(tree.left), self.number(tree.right)
        if op in ("+", "-"):
            dimension = numbers_alike((left, right), _source(tree))
        else:
            dimension = product(left.dimension, right.dimension, 1 if op == "*" else -1)
        if op == "/" and constant(right.node) == 0:
            raise ExpressionError("E030", f"«{_source(tree)}» divides by zero")
        return Typed("number", nodes.Arithmetic(op, left.node, right.node), dimension)

    def _ifexp(self, tree: ast.IfExp) -> Typed:
        condition = self.condition(tree.test)
        then, other = self.typed(tree.body), self.typed(tree.orelse)
        if then.kind == "truth":
            otherwise = as_condition(other, _source(tree.orelse))
            either = (nodes.All((condition, then.node)), nodes.All((nodes.Not(condition), otherwise)))
            return Typed("truth", nodes.Some(either))
        then, other = as_number(then, _source(tree.body)), as_number(other, _source(tree.orelse))
        dimension = numbers_alike((then, other), _source(tree))
        return Typed("number", nodes.If(condition, then.node, other.node), dimension)

    def _compare(self, tree: ast.Compare) -> Typed:
        sides = [tree.left, *tree.comparators]
        parts = tuple(self._pair(op, left, right) for op, left, right in zip(tree.ops, sides, sides[1:], strict=False))
        return Typed("truth", parts[0] if len(parts) == 1 else nodes.All(parts))

    def _pair(self, op: ast.cmpop, left: ast.expr, right: ast.expr) -> Node:
        if isinstance(op, ast.In | ast.NotIn):
            return self._membership(left, right, isinstance(op, ast.NotIn))
        comparison = _COMPARISONS.get(type(op))
        if comparison is None:
            raise ExpressionError("E004", f"«{_source(left)} … {_source(right)}» is not part of the rulebook language")
        if (choice := self._choice_operand(left)) is not None:
            return self._choice_test(choice, [right], comparison == "!=", comparison in ("==", "!="))
        first = self.typed(left)
        if first.kind == "truth":
            return self._truth_test(first, comparison, right)
        second = self.number(right)
        numbers_alike((as_number(first, _source(left)), second), f"{_source(left)} {comparison} {_source(right)}")
        return nodes.Compare(comparison, first.node, second.node)

    def _truth_test(self, left: Typed, comparison: str, right: ast.expr) -> Node:
        wanted = self.typed(right).node
        if comparison not in ("==", "!=") or not isinstance(wanted, nodes.Truth):
            raise ExpressionError("E010", f"compare a yes/no with == true or == false, not with «{_source(right)}»")
        value = wanted.value == (comparison == "==")
        if isinstance(left.node, nodes.Name):
            return nodes.TruthIs(left.node, value)
        return left.node if value else nodes.Not(left.node)

    def _choice_operand(self, tree: ast.expr) -> Typed | None:
        """A choice question, or `default(question, choice)`."""
        if isinstance(tree, ast.Name) and tree.id in self.scope and self.scope[tree.id].kind == "choice":
            return self._name(tree)
        if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id == "default":
            typed = self.typed(tree)
            return typed if typed.kind == "choice" else None
        return None

    def _choice_test(self, left: Typed, wanted: list[ast.expr], negated: bool, comparable: bool = True) -> Node:
        name = left.node.operand if isinstance(left.node, nodes.Default) else left.node
        assert isinstance(name, nodes.Name)
        if not comparable:
            raise ExpressionError("E010", f"the choices of «{name.signature.name}» have no order; use == or in")
        words = frozenset(choice_word(tree, name.signature) for tree in wanted)
        return nodes.ChoiceIn(left.node, frozenset(name.signature.choices) - words if negated else words)

    def _membership(self, left: ast.expr, right: ast.expr, negated: bool) -> Node:
        items = right.elts if isinstance(right, ast.Tuple | ast.List | ast.Set) else [right]
        if isinstance(right, ast.Name) and right.id in self.scope and self.scope[right.id].kind == "choices":
            name = self.name(right)
            return nodes.Contains(name, choice_word(left, name.signature), negated)
        if (choice := self._choice_operand(left)) is not None:
            return self._choice_test(choice, items, negated)
        operand = self.number(left)
        others = [self.number(item) for item in items]
        numbers_alike((operand, *others), f"{_source(left)} in {_source(right)}")
        tests = tuple(nodes.Compare("!=" if negated else "==", operand.node, other.node) for other in others)
        return nodes.All(tests) if negated else nodes.Some(tests)

    def _call(self, tree: ast.Call) -> Typed:
        if not isinstance(tree.func, ast.Name) or tree.keywords:
            self._refuse(tree)
        if len(tree.args) == 1 and isinstance(tree.args[0], ast.GeneratorExp):
            return aggregates.aggregate(self, tree.func.id, tree.args[0])
        function = tree.func.id
        if function in _OVER_TABLES:
            raise ExpressionError("E017", f"{function} works over a table: {_OVER_TABLES[function]}")
        if function not in _FUNCTIONS:
            known = (*_FUNCTIONS, *_OVER_TABLES)
            close = get_close_matches(function, known, n=1)
            hint = f" (did you mean {close[0]}?)" if close else f"; there are {', '.join(known)}"
            raise ExpressionError("E013", f"unknown function «{function}»{hint}")
        least, most = _FUNCTIONS[function]
        if not least <= len(tree.args) <= (most or len(tree.args)):
            wanted = f"{least}" if most == least else f"at least {least}"
            raise ExpressionError(
                "E014", f"{function} takes {wanted} argument{'s' * (least > 1)}, not {len(tree.args)}"
            )
        method = getattr(self, f"_call_{function}")
        typed: Typed = method(tree.args)
        return typed

    def _call_known(self, args: list[ast.expr]) -> Typed:
        return Typed("truth", nodes.Known(self.name(args[0])))

    def _call_applicable(self, args: list[ast.expr]) -> Typed:
        return Typed("truth", nodes.Applicable(self.name(args[0])))

    def _call_default(self, args: list[ast.expr]) -> Typed:
        name = self.name(args[0])
        kind = name.signature.kind
        fallback: Node
        if kind == "choice":
            fallback = nodes.Text(choice_word(args[1], name.signature))
        elif kind == "truth":
            fallback = self.condition(args[1])
        else:
            other = self.number(args[1])
            numbers_alike((as_number(Typed(kind, name, name.signature.dimension), ""), other), _source(args[0]))
            fallback = other.node
        return Typed(kind, nodes.Default(name, fallback), name.signature.dimension)

    def _call_points(self, args: list[ast.expr]) -> Typed:
        name = self.name(args[0])
        if name.signature.kind != "choice":
            raise ExpressionError("E010", f"«{_source(args[0])}» must be a question with choices")
        words = [choice_word(arg, name.signature) for arg in args[1::2]]
        numbers = [self.number(arg) for arg in args[2::2]]
        if sorted(words) != sorted(name.signature.choices) or len(words) != len(numbers):
            raise ExpressionError(
                "E018",
                f"points gives each choice of «{name.signature.name}» a number, once: "
                f"{', '.join(f'{choice}, …' for choice in name.signature.choices)}",
            )
        dimension = numbers_alike(numbers, "points")
        pairs = tuple((word, number.node) for word, number in zip(words, numbers, strict=True))
        return Typed("number", nodes.Points(name, pairs), dimension)

    def _call_ramp(self, args: list[ast.expr]) -> Typed:
        operand, start, end = (self.number(arg) for arg in args)
        numbers_alike((operand, start, end), f"ramp({', '.join(map(_source, args))})")
        first, last = constant(start.node), constant(end.node)
        if first is None or last is None or first >= last:
            raise ExpressionError(
                "E031", f"ramp needs constants with start below end, not {_source(args[1])} to {_source(args[2])}"
            )
        return Typed("number", nodes.Ramp(operand.node, start.node, end.node), DIMENSIONLESS)

    def _call_clamp(self, args: list[ast.expr]) -> Typed:
        operand, low, high = (self.number(arg) for arg in args)
        dimension = numbers_alike((operand, low, high), "clamp")
        return Typed("number", nodes.Clamp(operand.node, low.node, high.node), dimension)

    def _call_lowest(self, args: list[ast.expr]) -> Typed:
        operands = tuple(self.number(arg) for arg in args)
        return Typed("number", nodes.Extreme("lowest", _nodes(operands)), numbers_alike(operands, "lowest"))

    def _call_highest(self, args: list[ast.expr]) -> Typed:
        operands = tuple(self.number(arg) for arg in args)
        return Typed("number", nodes.Extreme("highest", _nodes(operands)), numbers_alike(operands, "highest"))

    def _call_first_known(self, args: list[ast.expr]) -> Typed:
        operands = tuple(self.number(arg) for arg in args)
        return Typed("number", nodes.FirstKnown(_nodes(operands)), numbers_alike(operands, "first_known"))

    def _call_mean_of_known(self, args: list[ast.expr]) -> Typed:
        at_least = constant(self.number(args[0]).node)
        if at_least is None or at_least.denominator != 1 or not 1 <= at_least < len(args):
            raise ExpressionError("E015", "mean_of_known takes first how many must be known, then the values")
        operands = tuple(self.number(arg) for arg in args[1:])
        dimension = numbers_alike(operands, "mean_of_known")
        return Typed("number", nodes.MeanOfKnown(int(at_least), _nodes(operands)), dimension)

    def _call_count(self, args: list[ast.expr]) -> Typed:
        if len(args) == 1 and isinstance(args[0], ast.Name):
            only = self.name(args[0])
            if only.signature.kind == "table":
                return Typed("number", nodes.Aggregate("count", only, None, None), ANY)
        return Typed("number", nodes.Count(tuple(self.condition(arg) for arg in args)), ANY)


_FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "known": (1, 1),
    "applicable": (1, 1),
    "default": (2, 2),
    "points": (3, None),
    "ramp": (3, 3),
    "clamp": (3, 3),
    "lowest": (2, None),
    "highest": (2, None),
    "first_known": (2, None),
    "mean_of_known": (2, None),
    "count": (1, None),
}
"""How many arguments each function takes, at least and at most."""
_OVER_TABLES = {
    "sum": "sum(number column of table where …)",
    "largest": "largest(number column of table where …)",
    "leader": "leader(text column of table by number column where …)",
}


def choice_word(tree: ast.expr, of: Signature) -> str:
    """A choice, written bare or quoted, that the question offers."""
    word = tree.id if isinstance(tree, ast.Name) else tree.value if isinstance(tree, ast.Constant) else None
    if word in of.choices:
        return str(word)
    close = get_close_matches(str(word), of.choices, n=1)
    hint = f" (did you mean {close[0]}?)" if close else f"; it offers {', '.join(of.choices)}"
    raise ExpressionError("E016", f"«{of.name}» has no choice «{_source(tree)}»{hint}", _source(tree))


def _nodes(typed: tuple[Typed, ...]) -> tuple[Node, ...]:
    return tuple(part.node for part in typed)


def _source(tree: ast.expr) -> str:
    return ast.unparse(tree)
