"""The answers that an advice as JSON tells, as facts."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import Any

from advisor.advice.model import UnitAdvice
from advisor.language import Fact, Signature
from advisor.language.values import NOT_APPLICABLE, inapplicable_fact, unknown_fact
from advisor.reading import quote
from advisor.rulebook import Rulebook


def facts_told(unit: UnitAdvice, rulebook: Rulebook) -> dict[str, Fact]:
    """The answers; without a list of them, those that findings name. Rows of tables are told by neither.

    Raises `ValueError` for what is no answer to its question.
    """
    named = {name: value for each in unit.findings for name, value in each.facts.items()}
    given = named if unit.answers is None else unit.answers
    told = {name: value for name, value in given.items() if name in rulebook.questions}
    facts = {name: fact_told(value, rulebook.scope[name]) for name, value in told.items()}
    nothing = {name: unknown_fact(rulebook.scope[name].kind) for name in rulebook.asked if name not in told}
    known = {name: fact for name, fact in facts.items() if fact is not None}
    return known if unit.answers is None else {**nothing, **known}


def fact_told(value: Any, signature: Signature) -> Fact | None:
    """What an answer of the JSON stands for; None for what it does not tell, such as the rows of a table.

    Raises `ValueError` for what is no answer to its question.
    """
    if value == NOT_APPLICABLE:
        return inapplicable_fact(signature.kind)
    if value is None or signature.kind == "table":
        return None
    match signature.kind:
        case "number":
            return _number(value, signature)
        case "choices" if isinstance(value, list) and all(each in signature.choices for each in value):
            return frozenset(value)
        case "choice" if value in signature.choices:
            return str(value)
        case "truth" if isinstance(value, bool):
            return value
        case "text" if isinstance(value, str):
            return value
    raise _no_answer(value, signature)


def _number(value: Any, signature: Signature) -> Fact | None:
    """A number, or one from low to high; None where one end is open."""
    ends: list[Any] = [value.get("low"), value.get("high")] if isinstance(value, dict) else [value, value]
    if None in ends:
        return None
    if not all(type(end) in (int, float) and isfinite(end) for end in ends):
        raise _no_answer(value, signature)
    low, high = (Fraction(str(end)) for end in ends)
    if (
        low > high
        or (signature.low is not None and low < signature.low)
        or (signature.high is not None and high > signature.high)
    ):
        raise _no_answer(value, signature)
    return round(low * signature.scale), round(high * signature.scale)


def _no_answer(value: Any, signature: Signature) -> ValueError:
    return ValueError(f"{quote(str(value))} is no answer to {signature.name}")
