"""Expressions over columns, as the rulebook is lowered to them once; each target writes them in its own language.

A row has a value or null. A condition is three-valued: null is open, and `&`, `|` and `~` are Kleene's. Numbers are
whole. Every other operation with a null is null, where nothing else is said. Polars and SQL both mean just this, so a
writer (`in_polars`, `advisor.engines.sql.expressions`) has a line or two for each operation and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

Operation = Literal[
    "column",
    "literal",
    "not",
    "and",
    "or",
    "equal",
    "less",
    "at_most",
    "one_of",
    "is_null",
    "is_not_null",
    "sure",
    "beyond",
    "odd",
    "add",
    "subtract",
    "multiply",
    "quotient",
    "cast",
    "count",
    "cases",
    "first",
    "least",
    "greatest",
    "unless",
]


class Kind(Enum):
    """What a column holds; whole numbers are in 64 bits or in 128, and a float tells about how large one is."""

    TRUTH = "truth"
    NARROW = "narrow"
    WIDE = "wide"
    FLOAT = "float"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Words:
    """A column that holds one of a few words."""

    words: tuple[str, ...]


Type = Kind | Words


class Expression:
    """One operation on its `parts`; `detail` is what else it needs, such as a name. Equal if written alike."""

    __slots__ = ("_hash", "detail", "operation", "parts", "reads")
    reads: frozenset[str]
    """The names of the columns in it."""
    _hash: int

    def __init__(self, operation: Operation, parts: tuple[Expression, ...] = (), detail: Any = None) -> None:
        self.operation, self.parts, self.detail = operation, parts, detail
        reads: frozenset[str] = frozenset((detail,) if operation == "column" else ())
        for part in parts:
            reads = reads | part.reads if reads else part.reads
        self.reads = reads
        self._hash = hash((operation, detail, *[part._hash for part in parts]))

    def __hash__(self) -> int:
        """As everything equal to it."""
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Whether both are written alike; `equals` compares what they hold."""
        if self is other:
            return True
        if not isinstance(other, Expression) or self._hash != other._hash:
            return False
        return (self.operation, self.detail, self.parts) == (other.operation, other.detail, other.parts)

    def __invert__(self) -> Expression:
        """Not."""
        return Expression("not", (self,))

    def __and__(self, other: Expression) -> Expression:
        """And."""
        return Expression("and", (self, other))

    def __or__(self, other: Expression) -> Expression:
        """Or."""
        return Expression("or", (self, other))

    def equals(self, other: Expression) -> Expression:
        """Whether both are the same."""
        return Expression("equal", (self, other))

    def __lt__(self, other: Expression) -> Expression:
        """Whether it is smaller."""
        return Expression("less", (self, other))

    def __le__(self, other: Expression) -> Expression:
        """Whether it is not larger."""
        return Expression("at_most", (self, other))

    def __add__(self, other: Expression) -> Expression:
        """A sum."""
        return Expression("add", (self, other))

    def __sub__(self, other: Expression) -> Expression:
        """A difference."""
        return Expression("subtract", (self, other))

    def __mul__(self, other: Expression) -> Expression:
        """A product."""
        return Expression("multiply", (self, other))

    def quotient(self, other: Expression, kind: Kind) -> Expression:
        """A quotient by a number above zero, rounded down; `kind` is that of both."""
        return Expression("quotient", (self, other), kind)

    def is_word(self, word: str) -> Expression:
        """Whether it is a word."""
        return self.equals(literal(word, Kind.TEXT))

    def is_in(self, words: Sequence[str]) -> Expression:
        """Whether it is one of some words."""
        return Expression("one_of", (self,), tuple(words))

    def is_null(self) -> Expression:
        """Whether it is null; never null."""
        return Expression("is_null", (self,))

    def is_not_null(self) -> Expression:
        """Whether it is not null; never null."""
        return Expression("is_not_null", (self,))

    def fill_null(self, value: bool) -> Expression:
        """A condition with what is null taken as `value`."""
        return Expression("sure", (self,), value)

    def is_beyond(self, most: int | float) -> Expression:
        """Whether a number is farther from zero than `most`."""
        return Expression("beyond", (self,), most)

    def is_odd(self, kind: Kind) -> Expression:
        """Whether a number of this kind is odd."""
        return Expression("odd", (self,), kind)

    def cast(self, kind: Type, most: int | None = None) -> Expression:
        """The same as another type; null where it does not fit. Any that fits is at most `most` from zero."""
        return Expression("cast", (self,), (kind, most))

    def count(self) -> Expression:
        """1 or 0 in 64 bits, for a condition that is never null."""
        return Expression("count", (self,))


def column(name: str) -> Expression:
    """A column by its name."""
    return Expression("column", (), name)


def literal(value: bool | int | str | None, kind: Type) -> Expression:
    """The same in every row."""
    return Expression("literal", (), (kind, value))


def by_case(pairs: Sequence[tuple[Expression, Expression]], otherwise: Expression) -> Expression:
    """The value of the first condition that is true, a null is not; `otherwise` where none is."""
    return Expression("cases", (*(part for pair in pairs for part in pair), otherwise))


def coalesced(values: Iterable[Expression]) -> Expression:
    """The first value that is not null."""
    return Expression("first", tuple(values))


def least(left: Expression, right: Expression) -> Expression:
    """The smaller of two numbers, or the other one where one is null."""
    return Expression("least", (left, right))


def greatest(left: Expression, right: Expression) -> Expression:
    """The larger of two numbers, or the other one where one is null."""
    return Expression("greatest", (left, right))


def unless(beyond: Expression, value: Expression) -> Expression:
    """`value`, and where `beyond` is true anything: there it is too large to be held, and may not be computed."""
    return Expression("unless", (beyond, value))
