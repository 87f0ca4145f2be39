"""From answers to facts and back: every value as the integers, words and intervals that all engines compare."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from advisor.language import Fact, Signature
from advisor.language.values import Row, inapplicable_fact, is_inapplicable_fact, unknown_fact
from advisor.profile.model import Answer, Cell, Frozen, Unit
from advisor.profile.voices import hear
from advisor.rulebook import Rulebook


def facts_of(unit: Unit, rulebook: Rulebook) -> dict[str, Fact]:
    """The facts of one unit: one for every question of the rulebook, answered or not.

    Of what respondents say those answers are taken that count.
    """
    answers = hear(unit, rulebook).unit.answers
    facts = {name: fact_of(answers.get(name), rulebook.scope[name]) for name in rulebook.questions}
    if rulebook.drawn and rulebook.drawn.name not in answers:
        facts[rulebook.drawn.name] = ()
    return facts


def fact_of(answer: Answer | None, signature: Signature) -> Fact:
    """The fact that an answer stands for; None is no answer."""
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


def answer_of(fact: Fact, signature: Signature) -> Answer | None:
    """The answer that a fact stands for; None for an unknown one."""
    if fact == unknown_fact(signature.kind):
        return None
    if is_inapplicable_fact(fact):
        return Answer("not_applicable", reason="does not apply")
    match signature.kind:
        case "number" if fact[0] != fact[1]:
            return Answer("answered", low=_unscaled(fact[0], signature), high=_unscaled(fact[1], signature))
        case "number":
            return Answer("answered", _unscaled(fact[0], signature))
        case "choices":
            return Answer("answered", tuple(sorted(fact)))
        case "table":
            return Answer("answered", tuple(_row_of(row, signature) for row in fact))
        case _:
            return Answer("answered", fact)


def _row_of(row: Row, signature: Signature) -> Frozen[Cell]:
    cells = {name: answer_of(row[name], column) for name, column in signature.columns.items()}
    return Frozen({name: None if cell is None else cast(Cell, cell.value) for name, cell in cells.items()})


def _unscaled(end: int, signature: Signature) -> Decimal:
    return Decimal(end) / signature.scale
