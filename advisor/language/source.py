"""Expressions as Python source: the fast form of `advisor.language.values`.

A number becomes two operands, its low and its high end, scaled by a constant integer; a condition becomes two tests,
*certainly true* and *certainly false* (dual rails), so that nothing is ever negated but by swapping them. Only what
needs more than one step becomes a statement of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Literal

from advisor.language import nodes
from advisor.language.constants import fixed
from advisor.language.intervals import Interval
from advisor.language.nodes import Node
from advisor.language.runtime import OverRows
from advisor.language.scope import Signature
from advisor.language.written import written


@dataclass(frozen=True, slots=True)
class Ends:
    """A number in source: its two ends, each `scale` times the real value; `value` where it is constant."""

    low: str
    high: str
    scale: int
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rails:
    """A condition in source: the test for certainly true and the one for certainly false."""

    true: str
    false: str


class SourceAlgebra:
    """Writes Python. `variable` tells how a name is called; `statements` and `constants` collect what it needs."""

    def __init__(self, variable: Callable[[Signature], str], firm: bool = False) -> None:
        self.variable = variable
        self.firm = firm
        self.statements: list[str] = []
        self.constants: dict[str, Any] = {}
        self._named: dict[Any, str] = {}

    def share(self, other: SourceAlgebra) -> None:
        """Go on in the function that `other` writes: what it worked out already is not worked out again."""
        self.statements, self.constants, self._named = other.statements, other.constants, other._named

    def number(self, value: Fraction) -> Ends:
        return Ends(f"{value.numerator}", f"{value.numerator}", value.denominator, value)

    def parameter(self, signature: Signature) -> Ends:
        assert signature.value is not None
        return self.number(signature.value)

    def truth(self, value: bool) -> Rails:
        return Rails(str(value), str(not value))

    def number_name(self, signature: Signature) -> Ends:
        name = self.variable(signature)
        return Ends(f"{name}_l", f"{name}_h", signature.scale)

    def truth_name(self, signature: Signature) -> Rails:
        return self.truth_is(signature, True)

    def truth_is(self, signature: Signature, value: bool) -> Rails:
        name = self.variable(signature)
        inapplicable = f" or {name} == 'n/a'" if signature.origin in ("question", "column") else ""
        return Rails(f"{name} is {value}", f"({name} is {not value}{inapplicable})")

    def choice_name(self, signature: Signature) -> str:
        return self.variable(signature)

    def nothing(self, applicable: bool) -> Ends:
        return Ends("-INF", "INF", 1) if applicable else Ends("NAN", "NAN", 1)

    def points(self, signature: Signature, points: Sequence[tuple[str, Ends]]) -> Ends:
        pairs, scale = _pairs([ends for _, ends in points])
        words = ", ".join(repr(word) for word, _ in points)
        return self._pair(f"points({self.variable(signature)}, dict(zip(({words},), ({pairs},))))", scale)

    def choice_in(self, choice: str, choices: frozenset[str]) -> Rails:
        words = self._constant(choices, choices)
        return Rails(f"{choice} in {words}", f"({choice} is not None and {choice} not in {words})")

    def contains(self, signature: Signature, choice: str, negated: bool) -> Rails:
        name = self.variable(signature)
        there, absent = f"{choice!r} in {name}", f"{choice!r} not in {name}"
        applies = f"{name} is not None and {name} != 'n/a'"
        holds, fails = (absent, there) if negated else (there, absent)
        return Rails(f"({applies} and {holds})", f"({name} is not None and ({name} == 'n/a' or {fails}))")

    def negation(self, operand: Rails) -> Rails:
        return Rails(operand.false, operand.true)

    def all_of(self, operands: Sequence[Rails]) -> Rails:
        return Rails(
            _joined(" and ", [part.true for part in operands]), _joined(" or ", [part.false for part in operands])
        )

    def some_of(self, operands: Sequence[Rails]) -> Rails:
        return Rails(
            _joined(" or ", [part.true for part in operands]), _joined(" and ", [part.false for part in operands])
        )

    def compare(self, op: nodes.Comparison, left: Ends, right: Ends) -> Rails:
        if op in (">", ">="):
            return self.compare("<" if op == ">" else "<=", right, left)
        (a, b, c, d), _ = _aligned(left, right)
        if op in ("<", "<="):
            return Rails(f"{b} {op} {c}", f"(not {a} {op} {d})")
        if op == "==":
            return Rails(f"{a} == {b} == {c} == {d}", f"(not ({a} <= {d} and {c} <= {b}))")
        return Rails(f"({b} < {c} or {d} < {a})", f"({a} == {b} == {c} == {d} or {a} != {a} or {c} != {c})")

    def arithmetic(self, op: nodes.Operator, left: Ends, right: Ends) -> Ends:
        if left.value is not None and right.value is not None:
            return self.number(_computed(op, left.value, right.value))
        if op in ("+", "-"):
            (a, b, c, d), scale = _aligned(left, right)
            return Ends(f"({a} {op} {c if op == '+' else d})", f"({b} {op} {d if op == '+' else c})", scale)
        if op == "*":
            return self._product(left, right)
        if right.value is not None:
            return self._scaled(left, 1 / right.value)
        (a, b, c, d), _ = _aligned(left, right)
        return self._pair(f"divide(({a}, {b}), ({c}, {d}))", 1)

    def _product(self, left: Ends, right: Ends) -> Ends:
        if left.value is not None:
            left, right = right, left
        if right.value:
            return self._scaled(left, right.value)
        return self._pair(f"multiply({_tuple(left)}, {_tuple(right)})", left.scale * right.scale)

    def _scaled(self, ends: Ends, factor: Fraction) -> Ends:
        """`ends` times a constant that is not zero."""
        low, high = (ends.low, ends.high) if factor > 0 else (ends.high, ends.low)
        by = factor.numerator
        return Ends(_times(low, by), _times(high, by), ends.scale * factor.denominator)

    def either(self, condition: Rails, then: Ends, other: Ends) -> Ends:
        (a, b, c, d), scale = _aligned(then, other)
        test = f"True if {condition.true} else False if {condition.false} else None"
        return self._pair(f"choose({test}, ({a}, {b}), ({c}, {d}))", scale)

    def known(self, signature: Signature) -> Rails:
        name = self.variable(signature)
        if signature.kind == "number":
            # an end that is a float is an infinity or nan; asking for the class is three times as fast
            known = f"({name}_l.__class__ is not float is not {name}_h.__class__)"
            inapplicable = f"{name}_l != {name}_l"
        else:
            known, inapplicable = f"({name} is not None and {name} != 'n/a')", f"{name} == 'n/a'"
        return Rails(known, f"({inapplicable})" if self.firm else f"(not {known})")

    def applicable(self, signature: Signature) -> Rails:
        name = self.variable(signature)
        inapplicable = f"{name}_l != {name}_l" if signature.kind == "number" else f"{name} == 'n/a'"
        return Rails(self.known(signature).true if self.firm else f"(not {inapplicable})", f"({inapplicable})")

    def _falls_back(self, signature: Signature) -> str:
        return f"({self.applicable(signature).false})" if self.firm else f"(not {self.known(signature).true})"

    def default_number(self, signature: Signature, operand: Ends, fallback: Ends) -> Ends:
        (a, b, c, d), scale = _aligned(operand, fallback)
        return self._pair(f"({c}, {d}) if {self._falls_back(signature)} else ({a}, {b})", scale)

    def default_truth(self, signature: Signature, operand: Rails, fallback: Rails) -> Rails:
        falls_back = self._falls_back(signature)
        return Rails(
            f"({fallback.true} if {falls_back} else {operand.true})",
            f"({fallback.false} if {falls_back} else {operand.false})",
        )

    def default_choice(self, signature: Signature, operand: str, fallback: str) -> str:
        return self._single(f"{fallback!r} if {self._falls_back(signature)} else {operand}")

    def ramp(self, operand: Ends, start: Node, end: Node) -> Ends:
        ends = fixed(start), fixed(end)
        scale = lcm(operand.scale, *(each.denominator for each in ends))
        first, last = (int(each * scale) for each in ends)
        low, high = (_times(part, scale // operand.scale) for part in (operand.low, operand.high))
        bound = f"bounded({{}}, {first}, {last}) - {first}"
        return self._pair(f"{bound.format(low)}, {bound.format(high)}", last - first)

    def extreme(self, which: Literal["lowest", "highest"], operands: Sequence[Ends]) -> Ends:
        pairs, scale = _pairs(operands)
        return self._pair(f"{which}({pairs})", scale)

    def clamp(self, operand: Ends, low: Ends, high: Ends) -> Ends:
        pairs, scale = _pairs((operand, low, high))
        return self._pair(f"clamp({pairs})", scale)

    def mean_of_known(self, at_least: int, span: Interval, operands: Sequence[Ends]) -> Ends:
        pairs, scale = _pairs(operands)
        scaled = self._constant((span, scale), (span[0] * scale, span[1] * scale))
        return self._pair(f"mean_of_known({self.firm}, {at_least}, {scaled}, {pairs})", scale)

    def first_known(self, operands: Sequence[Ends]) -> Ends:
        pairs, scale = _pairs(operands)
        return self._pair(f"first_known({pairs})", scale)

    def count(self, conditions: Sequence[Rails]) -> Ends:
        true, false = (
            " + ".join(f"({test})" for test in tests)
            for tests in ([part.true for part in conditions], [part.false for part in conditions])
        )
        return self._pair(f"({true}), {len(conditions)} - ({false})", 1)

    def aggregate(self, node: nodes.Aggregate) -> Ends:
        return self._pair(self._over_rows(node, "aggregate"), 1)

    def leader(self, node: nodes.Aggregate) -> str:
        return self._single(self._over_rows(node, "leader"))

    def _over_rows(self, node: nodes.Aggregate, function: str) -> str:
        signature = node.table.signature
        over = self._constant((function, written(node)), OverRows(node, function))
        return f"{over}({self.variable(signature)})"

    def _constant(self, key: Any, value: Any) -> str:
        if key not in self._named:
            self._named[key] = f"c{len(self._named)}"
            self.constants[self._named[key]] = value
        return self._named[key]

    def _single(self, source: str) -> str:
        if source not in self._named:
            self._named[source] = f"t{len(self._named)}"
            self.statements.append(f"{self._named[source]} = {source}")
        return self._named[source]

    def _pair(self, source: str, scale: int) -> Ends:
        if source not in self._named:
            name = self._named[source] = f"t{len(self._named)}"
            self.statements.append(f"{name}_l, {name}_h = {source}")
        name = self._named[source]
        return Ends(f"{name}_l", f"{name}_h", scale)


def _joined(word: str, tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else f"({word.join(tests)})"


def _computed(op: nodes.Operator, left: Fraction, right: Fraction) -> Fraction:
    return left / right if op == "/" else {"+": left + right, "-": left - right, "*": left * right}[op]


def _times(source: str, factor: int) -> str:
    if factor == 1:
        return source
    return str(int(source) * factor) if source.lstrip("-").isdigit() else f"{source} * {factor}"


def _tuple(ends: Ends) -> str:
    return f"({ends.low}, {ends.high})"


def _aligned(left: Ends, right: Ends) -> tuple[tuple[str, str, str, str], int]:
    scale = lcm(left.scale, right.scale)
    first, second = scale // left.scale, scale // right.scale
    ends = (_times(left.low, first), _times(left.high, first), _times(right.low, second), _times(right.high, second))
    return ends, scale


def _pairs(operands: Sequence[Ends]) -> tuple[str, int]:
    scale = lcm(*(part.scale for part in operands))
    pairs = [
        f"({_times(part.low, scale // part.scale)}, {_times(part.high, scale // part.scale)})" for part in operands
    ]
    return ", ".join(pairs), scale
