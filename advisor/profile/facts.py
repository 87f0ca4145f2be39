"""From answers to facts: every value as the integers, words and intervals that all engines compare."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from advisor.language import Fact, Signature
from advisor.language.values import inapplicable_fact, unknown_fact
from advisor.profile.model import Answer, Unit
from advisor.rulebook import Rulebook


def facts_of(unit: Unit, rulebook: Rulebook) -> dict[str, Fact]:
    """The facts of one unit: one for every question of the rulebook, answered or not."""
    return {name: _fact(unit.answers.get(name), rulebook.scope[name]) for name in rulebook.questions}


def _fact(answer: Answer | None, signature: Signature) -> Fact:
    if answer is None or answer.state == "unknown":
        return unknown_fact(signature.kind)
    if answer.state == "not_applicable":
        return inapplicable_fact(signature.kind)
    if signature.kind == "number" and answer.value is None:
        assert answer.low is not None and answer.high is not None
        return scaled(answer.low, signature), scaled(answer.high, signature)
    return _value(answer.value, signature)


def _value(value: Any, signature: Signature) -> Fact:
    match signature.kind:
        case "number":
            number = scaled(value, signature)
            return number, number
        case "choices":
            return frozenset(value)
        case "table":
            return tuple(
                {name: _cell(row[name], column) for name, column in signature.columns.items()} for row in value
            )
        case _:
            return value


def _cell(value: Any, signature: Signature) -> Fact:
    return unknown_fact(signature.kind) if value is None else _value(value, signature)


def scaled(value: Decimal, signature: Signature) -> int:
    """A decimal as the integer that stands for it; the reader has seen to it that it is one."""
    exact = Fraction(value) * signature.scale
    assert exact.denominator == 1, f"{signature.name} has more decimals than declared"
    return exact.numerator
