"""A condition as two rails of positive tests, each in disjunctive form.

A rail is a set of ways in which the condition is certainly true (or certainly false); each way is a set of tests that
must all hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Literal

from advisor.engines.plain.compiled import FARTHEST, End
from advisor.language import Node, Signature, nodes
from advisor.language.constants import constant

Operator = Literal["$lt", "$lte", "$gt", "$gte", "$eq"]


@dataclass(frozen=True, slots=True, order=True)
class Test:
    """A field of a fact against an integer."""

    field: str
    operator: Operator
    value: int


@dataclass(frozen=True, slots=True, order=True)
class Derived:
    """A result that the engine derived itself: a rule is certainly true or certainly false."""

    name: str
    truth: bool


Way = frozenset[Test | Derived]
Rail = frozenset[Way]
NEVER: Rail = frozenset()
ALWAYS: Rail = frozenset([frozenset()])


@dataclass(frozen=True, slots=True)
class Rails:
    """The ways in which a condition is certainly true, and those in which it is certainly false."""

    true: Rail
    false: Rail


class TooManyWays(Exception):
    """A condition with more ways to be true or false than are worth spelling out."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Who provides the fields: `number` names the four ends of a number, `symbol` the truth of any other condition."""

    number: Callable[[Signature, End], str]
    symbol: Callable[[Node], str]


_MOST_WAYS = 40
_MIRRORED: dict[str, nodes.Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def rails(node: Node, fields: Fields) -> Rails:
    """The two rails of a condition: the same in both readings, which differ in what the fields hold."""
    match node:
        case nodes.Truth():
            return Rails(ALWAYS, NEVER) if node.value else Rails(NEVER, ALWAYS)
        case nodes.Not():
            inner = rails(node.operand, fields)
            return Rails(inner.false, inner.true)
        case nodes.All():
            parts = [rails(part, fields) for part in node.operands]
            return Rails(_conjunction([p.true for p in parts]), _disjunction([p.false for p in parts]))
        case nodes.Some():
            parts = [rails(part, fields) for part in node.operands]
            return Rails(_disjunction([p.true for p in parts]), _conjunction([p.false for p in parts]))
        case nodes.Name() if node.signature.origin == "finding":
            return Rails(*(_one(Derived(node.signature.name, truth)) for truth in (True, False)))
        case nodes.TruthIs() if node.name.signature.origin == "finding":
            inner = rails(node.name, fields)
            return inner if node.value else Rails(inner.false, inner.true)
        case nodes.Compare():
            return _comparison(node, fields) or _symbol(node, fields)
        case _:
            return _symbol(node, fields)


def _symbol(node: Node, fields: Fields) -> Rails:
    field = fields.symbol(node)
    return Rails(_one(Test(field, "$eq", 1)), _one(Test(field, "$eq", 0)))


def _comparison(node: nodes.Compare, fields: Fields) -> Rails | None:
    """A number against a constant as tests on its ends, or None if it is something else."""
    op, left, right = node.op, node.left, node.right
    if isinstance(right, nodes.Name):
        op, left, right = _MIRRORED[op], right, left
    limit = constant(right)
    if not isinstance(left, nodes.Name) or limit is None or op in ("==", "!="):
        return None
    scaled = limit * left.signature.scale
    if abs(scaled) >= FARTHEST:
        return None

    def end(which: End) -> str:
        return fields.number(left.signature, which)

    if op in (">", ">="):
        return Rails(_one(_above(end("low"), op, scaled)), _one(_below(end("top"), "<=" if op == ">" else "<", scaled)))
    return Rails(_one(_below(end("high"), op, scaled)), _one(_above(end("bottom"), ">=" if op == "<" else ">", scaled)))


def _above(field: str, op: str, limit: Fraction) -> Test:
    return Test(field, "$gt", floor(limit)) if op == ">" else Test(field, "$gte", ceil(limit))


def _below(field: str, op: str, limit: Fraction) -> Test:
    return Test(field, "$lt", ceil(limit)) if op == "<" else Test(field, "$lte", floor(limit))


def _one(test: Test | Derived) -> Rail:
    return frozenset([frozenset([test])])


def _disjunction(rail_parts: list[Rail]) -> Rail:
    return _minimal(frozenset().union(*rail_parts))


def _conjunction(rail_parts: list[Rail]) -> Rail:
    ways = 1
    for part in rail_parts:
        ways *= len(part)
    if ways > _MOST_WAYS * 50:
        raise TooManyWays
    return _minimal(frozenset(frozenset().union(*combination) for combination in product(*rail_parts)))


def _minimal(rail: Rail) -> Rail:
    """Without the ways that ask for more than another one does."""
    kept = frozenset(way for way in rail if not any(other < way for other in rail))
    if len(kept) > _MOST_WAYS:
        raise TooManyWays
    return kept
