"""Values as a person writes them: with units, signs and no more digits than they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor

from advisor.language import Fact, Signature, intervals
from advisor.language.intervals import Exact
from advisor.language.values import NOT_APPLICABLE, UNKNOWN, is_known_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.model import PLACEHOLDER

NOT_KNOWN = "not known"
DOES_NOT_APPLY = "not applicable"
AT_LEAST, AT_MOST = "at least", "at most"


def filled(text: str, rulebook: Rulebook, facts: Mapping[str, Fact], currency: str | None) -> str:
    """A rulebook text with its `{names}` replaced by values with their units."""
    return filled_with(text, lambda name: shown(name, rulebook, facts, currency))


def filled_with(text: str, value: Callable[[str], str]) -> str:
    """A text with its `{names}` replaced by what `value` says of them.

    A later sentence that says nothing is left out: its value nobody knows, or its range is one number. So is a value
    that nobody knows in a list in brackets.
    """
    first, *others = (_put_in(sentence, value) for sentence in SENTENCE.split(text))
    return " ".join([first, *(each for each in others if not says_nothing(each))])


def _put_in(sentence: str, value: Callable[[str], str]) -> str:
    words = PLACEHOLDER.sub(lambda match: value(match.group(1)), sentence)
    words = _BRACKETS.sub(_without_unknown, words)
    return words[:1].upper() + words[1:] if sentence.startswith("{") else words


def says_nothing(sentence: str) -> bool:
    """Whether nobody knows a value in a sentence, or its range is one number."""
    return NOT_KNOWN in sentence.lower() or bool(_POINT.search(sentence))


SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z{])")
_POINT = re.compile(r"\bbetween (\S.*) and \1(?!\w)")
_BRACKETS = re.compile(r" \(([^()]*)\)")


def _without_unknown(match: re.Match[str]) -> str:
    """A list in brackets without the items that nobody knows, and no brackets where nothing is left."""
    items = [item for item in match.group(1).split(", ") if NOT_KNOWN not in item and DOES_NOT_APPLY not in item]
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


def rounded(name: str, digits: int, rulebook: Rulebook, facts: Mapping[str, Fact], currency: str | None) -> str:
    """The same with so many significant digits."""
    signature, fact = rulebook.scope[name], facts[name]
    if signature.kind != "number" or not is_known_fact(fact):
        return shown(name, rulebook, facts, currency)
    low, high = (significant(Fraction(end, signature.scale), digits) * signature.scale for end in fact)
    return _number_in_words((low, high), signature, rulebook, currency)


def significant(value: Fraction, digits: int) -> Fraction:
    """A number with so many significant digits, as a person rounds; below 1 with so many decimals."""
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return rounded_off(value, digits - whole)


def rounded_off(value: Fraction, decimals: int) -> Fraction:
    """A number to so many decimals, a half away from zero."""
    unit = Fraction(10) ** -decimals
    size = floor(abs(value) / unit + Fraction(1, 2)) * unit
    return -size if value < 0 else size


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
    if not isinstance(fact, str):
        return f"{len(fact)} rows"
    return labels.get(fact) or _spoken(fact, rulebook)


def _spoken(text: str, rulebook: Rulebook) -> str:
    """A text as it is; of names of questions their labels, of ``question.value`` the values, each once."""
    parts = text.split(", ")
    if any(part.partition(".")[0] not in rulebook.questions for part in parts):
        return text
    return ", ".join(dict.fromkeys(_label_or_value(part, rulebook) for part in parts))


def _label_or_value(text: str, rulebook: Rulebook) -> str:
    name, dot, said = text.partition(".")
    question = rulebook.questions[name]
    if not dot:
        return question.label or question.ask
    if said == "not_applicable":
        return DOES_NOT_APPLY
    if question.type == "number":
        ends = " to ".join(
            decimal(Fraction(end), question.decimals, signed=question.signed) for end in said.split("..")
        )
        return with_unit(ends, question.unit, rulebook, None)
    labels = {"true": "yes", "false": "no"} | {choice.value: choice.label for choice in question.choices}
    return ", ".join(labels.get(word, word) for word in said.split("+") if word) or "none"


def _number_in_words(fact: intervals.Interval, signature: Signature, rulebook: Rulebook, currency: str | None) -> str:
    low, high = fact
    if intervals.is_not_applicable(fact):
        return DOES_NOT_APPLY
    if not intervals.is_known(fact):
        return NOT_KNOWN
    unit, signed = _unit_and_sign(signature.name, rulebook)
    ends = [_scaled_down(end, signature, signed=signed) for end in (low, high)]
    if low == high:
        return with_unit(ends[0], unit, rulebook, currency)
    lowest, highest = _bounds(signature, rulebook)
    if high == highest and low != lowest:
        return f"{AT_LEAST} {with_unit(ends[0], unit, rulebook, currency)}"
    if low == lowest and high != highest:
        return f"{AT_MOST} {with_unit(ends[1], unit, rulebook, currency)}"
    return with_unit(f"{ends[0]} to {ends[1]}", unit, rulebook, currency)


def _bounds(signature: Signature, rulebook: Rulebook) -> tuple[Fraction | None, Fraction | None]:
    """The ends that a number cannot pass, scaled: those of the question, or none and all of a group of rules."""
    group = rulebook.groups.get(signature.name.removesuffix("_count"))
    if group is not None:
        return Fraction(0), Fraction(len(group.rules))
    low, high = (None if end is None else end * signature.scale for end in (signature.low, signature.high))
    return low, high


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
