"""From an expression's text to its typed tree; everything that can be wrong with it is said here."""

from __future__ import annotations

import ast
from difflib import get_close_matches
from fractions import Fraction
from typing import NoReturn

from advisor.language import aggregates, nodes
from advisor.language.constants import constant
from advisor.language.functions import call
from advisor.language.kinds import Typed, as_condition, as_number, choice_word, numbers_alike
from advisor.language.nodes import Node
from advisor.language.scope import Kind, Scope, Signature
from advisor.language.syntax import ExpressionError, parse
from advisor.language.units import ANY, Dimension, fits, product, spelled

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
        return call(self, tree.func.id, tree.args)


def _source(tree: ast.expr) -> str:
    return ast.unparse(tree)
