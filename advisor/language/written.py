"""A checked expression as text again, for explanations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from advisor.language import nodes
from advisor.language.nodes import Node


def written(node: Node) -> str:
    """The expression as an author would write it."""
    return _WRITERS[type(node)](node)


def plain_number(value: Fraction) -> str:
    """An exact number in as few digits as it takes, a fraction where decimals do not end."""
    if value.denominator == 1:
        return str(value.numerator)
    reduced = value.denominator
    for prime in (2, 5):
        while reduced % prime == 0:
            reduced //= prime
    if reduced != 1:
        return f"{value.numerator}/{value.denominator}"
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def _joined(parts: tuple[Node, ...], word: str) -> str:
    return f" {word} ".join(_bracketed(part) for part in parts)


def _bracketed(node: Node) -> str:
    text = written(node)
    return f"({text})" if isinstance(node, nodes.All | nodes.Some | nodes.Arithmetic | nodes.If) else text


def _call(function: str, *parts: Node) -> str:
    return f"{function}({', '.join(written(part) for part in parts)})"


def _choice_in(node: nodes.ChoiceIn) -> str:
    words = sorted(node.choices)
    test = f"== {words[0]}" if len(words) == 1 else f"in ({', '.join(words)})"
    return f"{written(node.operand)} {test}"


def _aggregate(node: nodes.Aggregate) -> str:
    column = f"{written(node.column)} of " if node.column else ""
    by = f" by {written(node.by)}" if node.by else ""
    where = f" where {written(node.where)}" if node.where else ""
    return f"{node.function}({column}{node.table.signature.name}{by}{where})"


_WRITERS: dict[type, Callable[[Any], str]] = {
    nodes.Number: lambda n: plain_number(n.value),
    nodes.Parameter: lambda n: n.signature.name,
    nodes.Truth: lambda n: str(n.value).lower(),
    nodes.Text: lambda n: n.value,
    nodes.Nothing: lambda n: "unknown" if n.applicable else "not_applicable",
    nodes.Points: lambda n: f"points({n.name.signature.name}, {', '.join(f'{w}, {written(x)}' for w, x in n.points)})",
    nodes.Name: lambda n: n.signature.name,
    nodes.TruthIs: lambda n: f"{n.name.signature.name} == {str(n.value).lower()}",
    nodes.ChoiceIn: _choice_in,
    nodes.Contains: lambda n: f"{n.choice} {'not in' if n.negated else 'in'} {n.name.signature.name}",
    nodes.Not: lambda n: f"not {_bracketed(n.operand)}",
    nodes.All: lambda n: _joined(n.operands, "and"),
    nodes.Some: lambda n: _joined(n.operands, "or"),
    nodes.Compare: lambda n: f"{_bracketed(n.left)} {n.op} {_bracketed(n.right)}",
    nodes.Arithmetic: lambda n: f"{_bracketed(n.left)} {n.op} {_bracketed(n.right)}",
    nodes.If: lambda n: f"{_bracketed(n.then)} if {_bracketed(n.condition)} else {_bracketed(n.other)}",
    nodes.Known: lambda n: _call("known", n.name),
    nodes.Applicable: lambda n: _call("applicable", n.name),
    nodes.Default: lambda n: _call("default", n.operand, n.fallback),
    nodes.Ramp: lambda n: _call("ramp", n.operand, n.start, n.end),
    nodes.Extreme: lambda n: _call(n.which, *n.operands),
    nodes.Clamp: lambda n: _call("clamp", n.operand, n.low, n.high),
    nodes.MeanOfKnown: lambda n: f"mean_of_known({n.at_least}, {', '.join(map(written, n.operands))})",
    nodes.FirstKnown: lambda n: _call("first_known", *n.operands),
    nodes.Count: lambda n: _call("count", *n.conditions),
    nodes.Aggregate: _aggregate,
}
