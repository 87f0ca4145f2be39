"""The typed tree of a checked expression.

A tree holds no text to be parsed again: choices are resolved, comparisons are binary, every name carries its signature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any, Literal, get_args

from advisor.language.intervals import UNKNOWN_NUMBER, Interval
from advisor.language.scope import Signature

Comparison = Literal["<", "<=", ">", ">=", "==", "!="]
Operator = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, a constant with a name."""

    signature: Signature

    @property
    def value(self) -> Fraction:
        """What the rulebook sets it to."""
        assert self.signature.value is not None
        return self.signature.value


@dataclass(frozen=True, slots=True)
class Truth:
    """A literal true or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text."""

    value: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value: not known, or not applicable."""

    applicable: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a question, measure, finding, count or result of the selection."""

    signature: Signature


@dataclass(frozen=True, slots=True)
class TruthIs:
    """A yes/no name compared with true or false: false where it is not applicable."""

    name: Name
    value: bool


@dataclass(frozen=True, slots=True)
class ChoiceIn:
    """A choice is one of `choices`: false where it is not applicable."""

    operand: Node
    choices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Points:
    """A number for each choice; not applicable where the choice is not."""

    name: Name
    points: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """Several choices hold `choice` (or do not): false where they are not applicable."""

    name: Name
    choice: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Not:
    """Not true."""

    operand: Node


@dataclass(frozen=True, slots=True)
class All:
    """All of them."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two numbers."""

    op: Comparison
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """An operation on two numbers."""

    op: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class If:
    """One number or another."""

    condition: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a name has a value."""

    name: Name


@dataclass(frozen=True, slots=True)
class Applicable:
    """Whether a name is not marked not applicable."""

    name: Name


@dataclass(frozen=True, slots=True)
class Default:
    """`operand`, or `fallback` while it is unknown or not applicable: an assumption."""

    operand: Name
    fallback: Node


@dataclass(frozen=True, slots=True)
class Ramp:
    """0 below `start`, 1 above `end`, linear between."""

    operand: Node
    start: Node
    end: Node


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest or the highest of the operands that apply."""

    which: Literal["lowest", "highest"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Clamp:
    """A number held between two others."""

    operand: Node
    low: Node
    high: Node

    @property
    def operands(self) -> tuple[Node, ...]:
        """The parts that its value may be."""
        return self.operand, self.low, self.high


@dataclass(frozen=True, slots=True)
class MeanOfKnown:
    """The mean of the operands that are known, once enough are; what still may be all of `span` is not known."""

    at_least: int
    operands: tuple[Node, ...]
    span: Interval = UNKNOWN_NUMBER


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """The first operand that is known."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many conditions are true."""

    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`sum`, `largest`, `count` or `leader` over the rows of a table; columns are names in `column` and `where`."""

    function: Literal["sum", "largest", "count", "leader"]
    table: Name
    column: Node | None
    where: Node | None
    by: Node | None = None


Node = (
    Number
    | Parameter
    | Truth
    | Text
    | Nothing
    | Name
    | Points
    | TruthIs
    | ChoiceIn
    | Contains
    | Not
    | All
    | Some
    | Compare
    | Arithmetic
    | If
    | Known
    | Applicable
    | Default
    | Ramp
    | Extreme
    | Clamp
    | MeanOfKnown
    | FirstKnown
    | Count
    | Aggregate
)


_KINDS = frozenset(get_args(Node))
"""Asking for a class in a set takes a tenth of the time of asking whether a union has it."""

_LEAVES = frozenset({Number, Parameter, Truth, Text, Nothing, Name})
"""Nodes without parts: most of an expression."""


def children(node: Node) -> Iterator[Node]:
    """The direct parts of a node, in the order in which they are written."""
    if type(node) in _LEAVES:
        return
    for name in node.__slots__:
        value = getattr(node, name)
        if type(value) in _KINDS:
            yield value
        elif isinstance(node, Points) and name == "points":
            yield from (number for _, number in value)
        elif isinstance(value, tuple):
            yield from (item for item in value if type(item) in _KINDS)


def rewritten(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with `change` applied to every part of it, the innermost first."""

    def part(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(part(item) for item in value)
        return rewritten(value, change) if isinstance(value, Node) else value

    parts = {each.name: part(getattr(node, each.name)) for each in fields(node)}
    return change(replace(node, **parts))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def names_in(node: Node) -> dict[str, Signature]:
    """The names that an expression mentions, columns of tables left out, in the order in which they are written."""
    return {
        part.signature.name: part.signature
        for part in walk(node)
        if isinstance(part, Name | Parameter) and part.signature.origin != "column"
    }
