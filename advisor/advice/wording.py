"""Values as a person writes them: with units, signs and no more digits than they have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from advisor.language import Fact, Signature, intervals
from advisor.language.intervals import Exact
from advisor.language.values import NOT_APPLICABLE, UNKNOWN
from advisor.rulebook import Rulebook
from advisor.rulebook.model import PLACEHOLDER

NOT_KNOWN = "not known"
DOES_NOT_APPLY = "not applicable"


def filled(text: str, rulebook: Rulebook, facts: Mapping[str, Fact], currency: str | None) -> str:
    """A rulebook text with its `{names}` replaced by values with their units.

    A later sentence whose value nobody knows is left out, and so is such a value in a list in brackets.
    """

    def value(match: re.Match[str]) -> str:
        return shown(match.group(1), rulebook, facts, currency)

    first, *others = (_BRACKETS.sub(_without_unknown, PLACEHOLDER.sub(value, each)) for each in SENTENCE.split(text))
    return " ".join([first, *(each for each in others if NOT_KNOWN not in each)])


SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z{])")
_BRACKETS = re.compile(r" \(([^()]*)\)")


def _without_unknown(match: re.Match[str]) -> str:
    """A list in brackets without the items that nobody knows, and no brackets where nothing is left."""
    items = [item for item in match.group(1).split(", ") if not item.endswith((NOT_KNOWN, DOES_NOT_APPLY))]
    return f" ({', '.join(items)})" if items else ""


def shown(name: str, rulebook: Rulebook, facts: Mapping[str, Fact], currency: str | None) -> str:
    """The value of a name in words."""
    parameter = rulebook.parameters.get(name)
    if parameter is not None:
        return with_unit(decimal(Fraction(parameter.value), 2), parameter.unit, rulebook, currency)
    signature, fact = rulebook.scope[name], facts[name]
    if signature.kind == "number":
        return _number_in_words(fact, signature, rulebook, currency)
    return in_words(fact, name, rulebook)


def in_words(fact: Fact, name: str, rulebook: Rulebook) -> str:
    """A yes/no, a choice or several in words."""
    if fact is UNKNOWN:
        return NOT_KNOWN
    if fact == NOT_APPLICABLE:
        return DOES_NOT_APPLY
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    question = rulebook.questions.get(name)
    labels = {choice.value: choice.label for choice in question.choices} if question else {}
    if isinstance(fact, frozenset):
        return ", ".join(labels.get(word, word) for word in labels if word in fact) or "none"
    return labels.get(fact, str(fact)) if isinstance(fact, str) else f"{len(fact)} rows"


def _number_in_words(fact: intervals.Interval, signature: Signature, rulebook: Rulebook, currency: str | None) -> str:
    low, high = fact
    if intervals.is_not_applicable(fact):
        return DOES_NOT_APPLY
    if not intervals.is_known(fact):
        return NOT_KNOWN
    unit, signed = _unit_and_sign(signature.name, rulebook)
    ends = [_scaled_down(end, signature, signed=signed) for end in (low, high)]
    text = ends[0] if low == high else f"{ends[0]} to {ends[1]}"
    return with_unit(text, unit, rulebook, currency)


def _scaled_down(end: Exact, signature: Signature, *, signed: bool) -> str:
    assert not isinstance(end, float)
    return decimal(Fraction(end, signature.scale), signature.decimals, signed=signed)


def _unit_and_sign(name: str, rulebook: Rulebook) -> tuple[str, bool]:
    part = rulebook.questions.get(name) or rulebook.measures.get(name)
    return (part.unit, part.signed) if part else ("", False)


def decimal(value: Fraction, decimals: int, *, signed: bool = False) -> str:
    """A number with thousands separators, at most `decimals` places, no trailing zeros and a true minus sign."""
    rounded = round(value * 10**decimals)
    whole, rest = divmod(abs(rounded), 10**decimals)
    text = f"{whole:,}"
    if rest:
        text += "." + str(rest).rjust(decimals, "0").rstrip("0")
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def with_unit(number: str, unit: str, rulebook: Rulebook, currency: str | None) -> str:
    """A number with its unit in words."""
    money = currency or "units of money"
    words = rulebook.frame.units.get(unit, unit).replace("{currency}", money)
    one, _, many = words.partition("|")
    words = (one if number in ("1", "+1", "−1") or not many else many).strip()
    if not words:
        return number
    if words.startswith(money):
        return f"{money} {number}{words.removeprefix(money)}"
    return f"{number}{words}" if words == "%" else f"{number} {words}"
