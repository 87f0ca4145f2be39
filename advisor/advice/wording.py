"""Values as a person writes them: with units, signs and no more digits than they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from advisor.language import Fact, Signature, intervals
from advisor.language.intervals import Exact
from advisor.language.values import NOT_APPLICABLE, UNKNOWN, is_known_fact
from advisor.phrases import Phrases, phrases_in
from advisor.phrases.writing import MINUS
from advisor.rulebook import Rulebook
from advisor.rulebook.model import PLACEHOLDER, Parameter

_UNKNOWN = "\0"
"""Stands for a value that nobody knows while a sentence is put together; no text can hold it."""
_NO_USE = "\1"
"""The same for a value that does not apply."""


def filled(text: str, rulebook: Rulebook, facts: Mapping[str, Fact], currency: str | None) -> str:
    """A rulebook text with its `{names}` replaced by values with their units."""
    return filled_with(text, lambda name: shown(name, rulebook, facts, currency), phrases_in(rulebook.spoken))


def filled_with(text: str, value: Callable[[str], str], say: Phrases, *, first: bool = True) -> str:
    """A text with its `{names}` replaced by what `value` says of them.

    A later sentence that says nothing is left out: its value nobody knows, or its range is one number. So is a value
    that nobody knows in a list in brackets. With `first` false the first sentence may be left out too, if others stay.
    """
    sentences = [(each, _put_in(each, value, say)) for each in SENTENCE.split(text)]
    kept = [
        words
        for place, (sentence, words) in enumerate(sentences)
        if (first and place == 0) or not (_UNKNOWN in words or _is_point(sentence, value, say))
    ]
    told = " ".join(kept) if kept else sentences[0][1]
    return told.replace(_UNKNOWN, say("word.not_known")).replace(_NO_USE, say("word.not_applicable"))


def _put_in(sentence: str, value: Callable[[str], str], say: Phrases) -> str:
    """A sentence with its values; what nobody knows or what does not apply is marked."""
    if "{" not in sentence:
        return sentence
    unsaid = {say("word.not_known"): _UNKNOWN, say("word.not_applicable"): _NO_USE}

    def marked(match: re.Match[str]) -> str:
        words = value(match[1])
        return unsaid.get(words, words)

    words = _BRACKETS.sub(_without_unknown, PLACEHOLDER.sub(marked, sentence))
    return words[:1].upper() + words[1:] if sentence.startswith("{") else words


def _is_point(sentence: str, value: Callable[[str], str], say: Phrases) -> bool:
    """Whether a sentence gives a range that is one number."""
    ends = _between(say).search(sentence)
    return ends is not None and value(ends[1]) == value(ends[2])


@lru_cache(maxsize=8)
def _between(say: Phrases) -> re.Pattern[str]:
    """How a language gives a range by the names of its ends."""
    return say.matching("word.between", low=r"\{(\w+)\}", high=r"\{(\w+)\}")


SENTENCE = re.compile(r"\s(?<=[.!?]\s)(?<!\b\d\.\s)(?<!\b\d\d\.\s)\s*(?=[^a-z\s])")
"""Between two sentences; a number with a full stop behind it is an ordinal, as in a German date.

It begins with the space, for which a text is searched fastest, and looks back from there.
"""
_SCORE = "points"
"""The unit of support and of a preparation: points of 100."""
_BRACKETS = re.compile(r" \(([^()]*)\)")


def _without_unknown(match: re.Match[str]) -> str:
    """A list in brackets without the items that nobody knows, and no brackets where nothing is left."""
    items = [item for item in match.group(1).split(", ") if _UNKNOWN not in item and _NO_USE not in item]
    return f" ({', '.join(items)})" if items else ""


def label_of(name: str, rulebook: Rulebook) -> str:
    """What a reader calls a question, measure or parameter; without a label the question as asked, or the name."""
    if name in rulebook.questions:
        question = rulebook.questions[name]
        return question.label or question.ask
    part = rulebook.measures.get(name) or rulebook.parameters.get(name)
    return (part.label if part else None) or name


def label_and_name(name: str, rulebook: Rulebook) -> str:
    """The same with the name behind it, under which it stands in the rulebook."""
    label = label_of(name, rulebook)
    return name if label == name else phrases_in(rulebook.spoken)("word.with_name", label=label, name=name)


def shown(name: str, rulebook: Rulebook, facts: Mapping[str, Fact], currency: str | None) -> str:
    """The value of a name in words."""
    parameter = rulebook.parameters.get(name)
    if parameter is not None:
        return _parameter(parameter, rulebook, currency)
    signature, fact = rulebook.scope[name], facts[name]
    if signature.kind == "number":
        return _number_in_words(fact, signature, rulebook, currency)
    return in_words(fact, name, rulebook)


def overridden(name: str, rulebook: Rulebook, currency: str | None) -> str:
    """A parameter that an overlay changed, with its value and the one that it had."""
    say, before, now = phrases_in(rulebook.spoken), rulebook.replaced.get(name), rulebook.parameters[name]
    label, value = label_and_name(name, rulebook), _parameter(now, rulebook, currency)
    if before is None or before.value == now.value:
        return say("table.figure", label=label, value=value)
    return say("table.override", label=label, now=value, before=_parameter(before, rulebook, currency))


def _parameter(parameter: Parameter, rulebook: Rulebook, currency: str | None) -> str:
    value = phrases_in(rulebook.spoken).decimal(Fraction(parameter.value), 2)
    return with_unit(value, parameter.unit, rulebook, currency)


def rounded(name: str, digits: int, rulebook: Rulebook, facts: Mapping[str, Fact], currency: str | None) -> str:
    """The same with so many significant digits."""
    signature, fact = rulebook.scope[name], facts[name]
    if signature.kind != "number" or not is_known_fact(fact) or is_score(name, rulebook):
        return shown(name, rulebook, facts, currency)
    low, high = (significant(Fraction(end, signature.scale), digits) * signature.scale for end in fact)
    return _number_in_words((low, high), signature, rulebook, currency)


def score_between(low: Fraction, high: Fraction) -> tuple[int, int]:
    """A score in whole points: never more than is certain, and where it is a range never less than is possible.

    One score meets a threshold of whole points, as it is written, exactly where it does itself.
    """
    return floor(low), floor(low) if low == high else ceil(high)


def is_score(name: str, rulebook: Rulebook) -> bool:
    """Whether a name is a measure in points of 100."""
    return name in rulebook.measures and rulebook.measures[name].unit == _SCORE


def significant(value: Fraction, digits: int) -> Fraction:
    """A number with so many significant digits, as a person rounds; below 1 with so many decimals."""
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return rounded_off(value, digits - whole)


def rounded_off(value: Fraction, decimals: int) -> Fraction:
    """A number to so many decimals, a half away from zero; reckoned in whole numbers, as fractions are slow."""
    up, down = (10**decimals, 1) if decimals > 0 else (1, 10**-decimals)
    unit = value.denominator * down
    size = (2 * abs(value.numerator) * up + unit) // (2 * unit) * down
    return Fraction(-size if value < 0 else size, up)


def in_words(fact: Fact, name: str, rulebook: Rulebook) -> str:
    """A yes/no, a choice or several in words."""
    say = phrases_in(rulebook.spoken)
    if fact is UNKNOWN:
        return say("word.not_known")
    if fact == NOT_APPLICABLE:
        return say("word.not_applicable")
    if isinstance(fact, bool):
        return say("word.yes" if fact else "word.no")
    question = rulebook.questions.get(name)
    labels = {choice.value: choice.label for choice in question.choices} if question else {}
    if isinstance(fact, frozenset):
        return say("list.comma").join(labels.get(word, word) for word in labels if word in fact) or say("word.none")
    if not isinstance(fact, str):
        return say.count("word.rows", len(fact))
    return labels.get(fact) or _spoken(fact, rulebook)


def _spoken(text: str, rulebook: Rulebook) -> str:
    """A text as it is; of names of questions their labels, of ``question.value`` the values, each once."""
    parts = text.split(", ")
    if any(part.partition(".")[0] not in rulebook.questions for part in parts):
        return text
    return ", ".join(dict.fromkeys(_label_or_value(part, rulebook) for part in parts))


def _label_or_value(text: str, rulebook: Rulebook) -> str:
    name, dot, said = text.partition(".")
    question, say = rulebook.questions[name], phrases_in(rulebook.spoken)
    if not dot:
        return label_of(name, rulebook)
    if said == "not_applicable":
        return say("word.not_applicable")
    if question.type == "number":
        ends = [say.decimal(Fraction(end), question.decimals, signed=question.signed) for end in said.split("..")]
        number = ends[0] if len(ends) == 1 else say("word.range", low=ends[0], high=ends[1])
        return with_unit(number, question.unit, rulebook, None)
    labels = {"true": say("word.yes"), "false": say("word.no")}
    labels |= {choice.value: choice.label for choice in question.choices}
    return say("list.comma").join(labels.get(word, word) for word in said.split("+") if word) or say("word.none")


def _number_in_words(fact: intervals.Interval, signature: Signature, rulebook: Rulebook, currency: str | None) -> str:
    low, high = fact
    say = phrases_in(rulebook.spoken)
    if intervals.is_not_applicable(fact):
        return say("word.not_applicable")
    if not intervals.is_known(fact):
        return say("word.not_known")
    unit, signed = _unit_and_sign(signature.name, rulebook)
    if is_score(signature.name, rulebook):
        assert not isinstance(low, float) and not isinstance(high, float)
        least, most = score_between(Fraction(low, signature.scale), Fraction(high, signature.scale))
        low, high = least * signature.scale, most * signature.scale

    def written(end: Exact) -> str:
        assert not isinstance(end, float)
        return say.decimal(Fraction(end, signature.scale), signature.decimals, signed=signed)

    if low == high:
        return with_unit(written(low), unit, rulebook, currency)
    lowest, highest = _bounds(signature, rulebook)
    if high == highest and low != lowest:
        return at_least(with_unit(written(low), unit, rulebook, currency), low, say)
    if low == lowest and high != highest:
        return say("word.at_most", value=with_unit(written(high), unit, rulebook, currency))
    return with_unit(say("word.range", low=written(low), high=written(high)), unit, rulebook, currency)


def at_least(words: str, low: Exact, say: Phrases) -> str:
    """A number that may also be higher, in words; of nothing nobody says "at least 0"."""
    return say("word.at_least" if low else "word.or_more", value=words)


def _bounds(signature: Signature, rulebook: Rulebook) -> tuple[Fraction | None, Fraction | None]:
    """The ends that a number cannot pass, scaled: those of the question, or none and all of a group of rules."""
    group = rulebook.groups.get(signature.name.removesuffix("_count"))
    if group is not None:
        return Fraction(0), Fraction(len(group.rules))
    low, high = (None if end is None else end * signature.scale for end in (signature.low, signature.high))
    return low, high


def _unit_and_sign(name: str, rulebook: Rulebook) -> tuple[str, bool]:
    part = rulebook.questions[name] if name in rulebook.questions else rulebook.measures.get(name)
    return (part.unit, part.signed) if part else ("", False)


def with_unit(number: str, unit: str, rulebook: Rulebook, currency: str | None) -> str:
    """A written number with its unit in words."""
    say = phrases_in(rulebook.spoken)
    money = currency or say("unit.money")
    words = rulebook.frame.units.get(unit, unit).replace("{currency}", money)
    one, _, many = words.partition("|")
    words = (one if number in ("1", "+1", f"{MINUS}1") or not many else many).strip()
    if not words:
        return number
    if words == "%":
        return say.percent(number)
    if words.startswith(money) and say.writing.money_first:
        return f"{money} {number}{words.removeprefix(money)}"
    return f"{number} {words}"
