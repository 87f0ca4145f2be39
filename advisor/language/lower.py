"""The lowering of an expression, written once: a fold over an algebra.

An engine supplies the `Algebra`: how a number, a condition and each operation look to it. The fold decides what is
asked of the algebra and in what order, so that all engines read the same expression.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal, Protocol, TypeVar

from advisor.language import nodes
from advisor.language.intervals import Interval
from advisor.language.nodes import Node
from advisor.language.scope import Signature

N = TypeVar("N")
B = TypeVar("B")
C = TypeVar("C")


class Algebra(Protocol[N, B, C]):
    """The operations of the language. `N` is a number, `B` a condition, `C` a choice, a list of choices or a text."""

    def number(self, value: Fraction) -> N:
        """A literal number."""
        ...

    def parameter(self, signature: Signature) -> N:
        """A parameter of the rulebook."""
        ...

    def truth(self, value: bool) -> B:
        """A literal true or false."""
        ...

    def number_name(self, signature: Signature) -> N:
        """A number by its name."""
        ...

    def truth_name(self, signature: Signature) -> B:
        """A yes/no or a finding by its name."""
        ...

    def choice_name(self, signature: Signature) -> C:
        """A choice, a list of choices or a text by its name."""
        ...

    def truth_is(self, signature: Signature, value: bool) -> B:
        """A yes/no compared with `value`; false where it does not apply."""
        ...

    def nothing(self, applicable: bool) -> N:
        """No value: unknown if it is `applicable`, else not applicable."""
        ...

    def points(self, signature: Signature, points: Sequence[tuple[str, N]]) -> N:
        """The number given to a choice."""
        ...

    def choice_in(self, choice: C, choices: frozenset[str]) -> B:
        """Whether a choice is among `choices`."""
        ...

    def contains(self, signature: Signature, choice: str, negated: bool) -> B:
        """Whether a list of choices holds `choice` (or does not)."""
        ...

    def negation(self, operand: B) -> B:
        """Not."""
        ...

    def all_of(self, operands: Sequence[B]) -> B:
        """And."""
        ...

    def some_of(self, operands: Sequence[B]) -> B:
        """Or."""
        ...

    def compare(self, op: nodes.Comparison, left: N, right: N) -> B:
        """A comparison of numbers."""
        ...

    def arithmetic(self, op: nodes.Operator, left: N, right: N) -> N:
        """A sum, difference, product or quotient."""
        ...

    def either(self, condition: B, then: N, other: N) -> N:
        """`then` or `other`, both while the condition is open."""
        ...

    def known(self, signature: Signature) -> B:
        """Whether a name has a value."""
        ...

    def applicable(self, signature: Signature) -> B:
        """Whether a name is not marked not applicable."""
        ...

    def default_number(self, signature: Signature, operand: N, fallback: N) -> N:
        """The number, or the fallback where it is not known."""
        ...

    def default_truth(self, signature: Signature, operand: B, fallback: B) -> B:
        """The yes/no, or the fallback where it is not known."""
        ...

    def default_choice(self, signature: Signature, operand: C, fallback: str) -> C:
        """The choice, or the fallback where it is not known."""
        ...

    def ramp(self, operand: N, start: Node, end: Node) -> N:
        """0 below `start`, 1 above `end`, linear between; both hold numbers and parameters only."""
        ...

    def extreme(self, which: Literal["lowest", "highest"], operands: Sequence[N]) -> N:
        """The lowest or highest of the operands that apply."""
        ...

    def clamp(self, operand: N, low: N, high: N) -> N:
        """The number held between two others."""
        ...

    def mean_of_known(self, at_least: int, span: Interval, operands: Sequence[N]) -> N:
        """The mean of the operands that are known, once enough are; what may be all of `span` is not."""
        ...

    def first_known(self, operands: Sequence[N]) -> N:
        """The first operand that is known."""
        ...

    def count(self, conditions: Sequence[B]) -> N:
        """How many conditions are true."""
        ...

    def aggregate(self, node: nodes.Aggregate) -> N:
        """A sum, count or largest over the rows of a table."""
        ...

    def leader(self, node: nodes.Aggregate) -> C:
        """The text in the row with the largest number."""
        ...


def lower(node: Node, algebra: Algebra[N, B, C]) -> Any:
    """What `node` is in `algebra`: an `N`, a `B` or a `C`, by the kind of the expression."""
    return _FOLDS[type(node)](node, algebra)


def _name(node: nodes.Name, algebra: Algebra[N, B, C]) -> N | B | C:
    signature = node.signature
    if signature.kind == "number":
        return algebra.number_name(signature)
    return algebra.truth_name(signature) if signature.kind == "truth" else algebra.choice_name(signature)


def _default(node: nodes.Default, algebra: Algebra[N, B, C]) -> N | B | C:
    signature = node.operand.signature
    operand = lower(node.operand, algebra)
    if isinstance(node.fallback, nodes.Text):
        return algebra.default_choice(signature, operand, node.fallback.value)
    fallback = lower(node.fallback, algebra)
    if signature.kind == "truth":
        return algebra.default_truth(signature, operand, fallback)
    return algebra.default_number(signature, operand, fallback)


def _each(parts: Sequence[Node], algebra: Algebra[N, B, C]) -> list[Any]:
    return [lower(part, algebra) for part in parts]


def _aggregate(node: nodes.Aggregate, algebra: Algebra[N, B, C]) -> N | C:
    return algebra.leader(node) if node.function == "leader" else algebra.aggregate(node)


_FOLDS: dict[type, Any] = {
    nodes.Number: lambda n, a: a.number(n.value),
    nodes.Parameter: lambda n, a: a.parameter(n.signature),
    nodes.Truth: lambda n, a: a.truth(n.value),
    nodes.Nothing: lambda n, a: a.nothing(n.applicable),
    nodes.Points: lambda n, a: a.points(n.name.signature, [(word, lower(number, a)) for word, number in n.points]),
    nodes.Name: _name,
    nodes.TruthIs: lambda n, a: a.truth_is(n.name.signature, n.value),
    nodes.ChoiceIn: lambda n, a: a.choice_in(lower(n.operand, a), n.choices),
    nodes.Contains: lambda n, a: a.contains(n.name.signature, n.choice, n.negated),
    nodes.Not: lambda n, a: a.negation(lower(n.operand, a)),
    nodes.All: lambda n, a: a.all_of(_each(n.operands, a)),
    nodes.Some: lambda n, a: a.some_of(_each(n.operands, a)),
    nodes.Compare: lambda n, a: a.compare(n.op, lower(n.left, a), lower(n.right, a)),
    nodes.Arithmetic: lambda n, a: a.arithmetic(n.op, lower(n.left, a), lower(n.right, a)),
    nodes.If: lambda n, a: a.either(lower(n.condition, a), lower(n.then, a), lower(n.other, a)),
    nodes.Known: lambda n, a: a.known(n.name.signature),
    nodes.Applicable: lambda n, a: a.applicable(n.name.signature),
    nodes.Default: _default,
    nodes.Ramp: lambda n, a: a.ramp(lower(n.operand, a), n.start, n.end),
    nodes.Extreme: lambda n, a: a.extreme(n.which, _each(n.operands, a)),
    nodes.Clamp: lambda n, a: a.clamp(lower(n.operand, a), lower(n.low, a), lower(n.high, a)),
    nodes.MeanOfKnown: lambda n, a: a.mean_of_known(n.at_least, n.span, _each(n.operands, a)),
    nodes.FirstKnown: lambda n, a: a.first_known(_each(n.operands, a)),
    nodes.Count: lambda n, a: a.count(_each(n.conditions, a)),
    nodes.Aggregate: _aggregate,
}
