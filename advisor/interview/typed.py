"""What a person types as an answer, in the form of the question: numbers with units, ranges, choices, yes and no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from advisor.interview.wording import Wording
from advisor.profile import Answer, Cell
from advisor.profile.texts import LONGEST_TEXT, one_line
from advisor.reading import did_you_mean
from advisor.reading.numbers import NUMBER, Ambiguous, NotANumber, read_number
from advisor.reading.text_file import unwanted_character
from advisor.rulebook import Column, Question
from advisor.rulebook.languages import CURRENCY, Language
from advisor.rulebook.model import Choice

_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_TO = r"(?:\.\.+|…|–|-|\bto\b|\bbis\b|\band\b|\bund\b)"
_RANGE = re.compile(rf"(?:between |zwischen )?({NUMBER})([^\d]*?)\s*{_TO}\s*({NUMBER})(.*)")
_WITH_RANGE = re.compile(rf"({NUMBER})([^\d(]*)\((.+)\)(.*)")
_SHARE = re.compile(r"([\d.,]+) ?(?:in|of|out of|von|aus|/) ?([\d.,]+)(?: (?:cases|Fällen|Faellen))?", re.IGNORECASE)
_PLAIN = re.compile(rf"({NUMBER})(.*)")
_LIST = re.compile(r"[,;]|\s+(?=\d)")
DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_PERCENT = "%"
_UNDECODABLE = "\ufffd"
_WIDE = Context(prec=100)
"""More digits than any share of two numbers has; rounding fails where the context has fewer."""
_FAR = 10**7
"""Bounds that far away only keep the arithmetic safe; nobody has to hear of them before going beyond."""


class NotUnderstood(ValueError):
    """The text is no answer to the question; the message says what would be one."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads answers in one language; `currency` is the profile's, for sums of money."""

    language: Language
    wording: Wording
    currency: str | None = None

    def answer(self, text: str, question: Question) -> Answer:
        """The answer that `text` gives; raises `NotUnderstood`."""
        text = self._checked(text)
        if question.type == "number":
            return self._number(text, question)
        if question.type == "choices":
            return Answer("answered", self._choices(text, question.choices))
        value = self.cell(text, question)
        assert value is not None
        return Answer("answered", value)

    def cell(self, text: str, asked: Question | Column) -> Cell:
        """A single value; in a table also a text."""
        text = self._checked(text)
        if asked.type == "number":
            answer = self._number(text, asked)
            if answer.value is None:
                raise NotUnderstood(self.wording.no_range_here)
            assert isinstance(answer.value, Decimal)
            return answer.value
        if asked.type == "yes_no":
            return self._yes_no(text)
        return self.choice(text, asked.choices) if asked.type == "choice" else text

    def day(self, text: str) -> date:
        """A date as in a profile, or with the day first as in German."""
        found = DAY_FIRST.fullmatch(text)
        try:
            return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
        except ValueError:
            raise NotUnderstood(self.wording.not_a_date) from None

    def text(self, text: str) -> str:
        """A free text, such as a note or a reason."""
        return self._checked(text)

    def _checked(self, text: str) -> str:
        if unwanted_character(text) or _UNDECODABLE in text:
            raise NotUnderstood(self.wording.no_such_characters)
        if len(text) > LONGEST_TEXT:
            raise NotUnderstood(self.wording.too_long.format(most=LONGEST_TEXT))
        return one_line(text)

    def _yes_no(self, text: str) -> bool:
        word = text.casefold().rstrip(".!")
        if word in self.wording.yes:
            return True
        if word in self.wording.no:
            return False
        raise NotUnderstood(self.wording.answer_yes_or_no)

    def choice(self, text: str, choices: Sequence[Choice]) -> str:
        """A choice by its number, its stored value, its label, or the beginning of one label alone."""
        word = text.casefold().rstrip(".")
        if word.isdecimal():
            if 1 <= int(word) <= len(choices):
                return choices[int(word) - 1].value
            raise NotUnderstood(self.wording.number_of_choice.format(most=len(choices)))
        for choice in choices:
            if word in (choice.value, choice.label.casefold()):
                return choice.value
        begun = [choice.value for choice in choices if choice.label.casefold().startswith(word)]
        if len(begun) == 1:
            return begun[0]
        labels = [re.split("[:,]", choice.label)[0] for choice in choices]
        hint = self._did_you_mean(text, [*(choice.value for choice in choices), *labels])
        raise NotUnderstood(self.wording.number_of_choice.format(most=len(choices)) + hint)

    def _choices(self, text: str, choices: Sequence[Choice]) -> tuple[str, ...]:
        if text.casefold() in self.wording.none_of_them:
            return ()
        items = [item.strip() for item in _LIST.split(text.removeprefix("[").removesuffix("]")) if item.strip()]
        chosen = dict.fromkeys(self.choice(item, choices) for item in items)
        return tuple(choice.value for choice in choices if choice.value in chosen)

    def _number(self, text: str, asked: Question | Column) -> Answer:
        if asked.unit == _PERCENT and (share := _SHARE.fullmatch(text)):
            return Answer("answered", self._within(self._share(share[1], share[2], asked), asked))
        if found := _WITH_RANGE.fullmatch(text):
            number, unit, inside, unit_behind = found.groups()
            self._check_unit(unit, asked)
            self._check_unit(unit_behind, asked)
            value, ends = self._one(number, asked), self._number(inside, asked)
            if ends.low is None or ends.high is None or not ends.low <= value <= ends.high:
                raise NotUnderstood(self.wording.value_in_range)
            return Answer("answered", value, ends.low, ends.high)
        if found := _RANGE.fullmatch(text):
            low_text, unit_low, high_text, unit_high = found.groups()
            self._check_unit(unit_low, asked)
            self._check_unit(unit_high, asked)
            return self._range(self._one(low_text, asked), self._one(high_text, asked))
        if found := _PLAIN.fullmatch(text):
            self._check_unit(found[2], asked)
            return Answer("answered", self._one(found[1], asked))
        raise NotUnderstood(self._how(asked))

    def _range(self, low: Decimal, high: Decimal) -> Answer:
        if low > high:
            raise NotUnderstood(self.wording.range_turned.format(low=self.shown(low), high=self.shown(high)))
        return Answer("answered", low) if low == high else Answer("answered", None, low, high)

    def _share(self, part: str, whole: str, asked: Question | Column) -> Decimal:
        given, among = (self._plain(text, asked) for text in (part, whole))
        if among == 0:
            raise NotUnderstood(self._how(asked))
        return (given * 100 / among).quantize(Decimal(1).scaleb(-asked.decimals), context=_WIDE)

    def _one(self, text: str, asked: Question | Column) -> Decimal:
        return self._within(self._plain(text, asked), asked)

    def _plain(self, text: str, asked: Question | Column) -> Decimal:
        try:
            return read_number(text, decimal_comma=self.wording.decimal_comma, decimals=asked.decimals)
        except Ambiguous as either:
            both = {"thousands": self.shown(either.thousands), "decimals": self.shown(either.decimals)}
            raise NotUnderstood(self.wording.ambiguous.format(text=text, **both)) from None
        except NotANumber:
            raise NotUnderstood(self._how(asked)) from None

    def _within(self, number: Decimal, asked: Question | Column) -> Decimal:
        number = _shortest(number)
        if -int(number.as_tuple().exponent) > asked.decimals:
            rounded = self.shown(round(number, asked.decimals))
            raise NotUnderstood(self.wording.too_many_decimals.format(most=asked.decimals, rounded=rounded))
        low, high = asked.minimum, asked.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            allowed = self.allowed(asked, whole=abs(number) >= _FAR)
            raise NotUnderstood(f"{self.shown(number)}: {allowed} {self.unit_after(asked)}".rstrip())
        return number

    def allowed(self, asked: Question | Column, *, whole: bool = False) -> str:
        """Which numbers are allowed, without the unit; those far away only where `whole` says so."""
        ends = (asked.minimum, asked.maximum)
        low, high = (None if end is None or (abs(end) >= _FAR and not whole) else self.shown(end) for end in ends)
        return self.wording.allowed[low is not None, high is not None].format(low=low, high=high)

    def shown(self, number: Decimal) -> str:
        """A number as this language writes it."""
        text = f"{_shortest(number):,f}".replace("-", "−")
        return text.translate({44: ".", 46: ","}) if self.wording.decimal_comma else text

    def unit(self, asked: Question | Column) -> str:
        """How the unit of a number is called; nothing for a number without one."""
        said = self.language.says(asked.unit)
        return self.currency or said if asked.unit.startswith("money") else said

    def unit_after(self, asked: Question | Column) -> str:
        """How the unit is called behind a number; nothing for an amount of money in a currency that nobody named."""
        words = self.language.units.get(asked.unit)
        if asked.unit.startswith("money"):
            return self.currency or ""
        return (words.after if words else None) or self.unit(asked)

    def _how(self, asked: Question | Column) -> str:
        unit = self.unit(asked)
        return self.wording.in_unit.format(unit=unit) if unit else self.wording.a_number

    def _check_unit(self, written: str, asked: Question | Column) -> None:
        word = " ".join(written.split()).casefold().strip(" .")
        if word and word not in self._unit_words(asked):
            raise NotUnderstood(self._how(asked))

    def _unit_words(self, asked: Question | Column) -> set[str]:
        known = self.language.units.get(asked.unit)
        words = {asked.unit, self.unit(asked), self.unit_after(asked), *(known.words if known else ())}
        names = [self.currency, _SYMBOLS.get(self.currency)] if self.currency else []
        with_currency = {word.replace(CURRENCY, name) for word in words for name in names if name}
        return {word.casefold() for word in words | with_currency if word}

    def _did_you_mean(self, text: str, known: Sequence[str]) -> str:
        hint = did_you_mean(text, known)
        return self.wording.did_you_mean.format(word=hint.split("'")[1]) if hint else ""


def _shortest(number: Decimal) -> Decimal:
    """The number without zeros at its end; equal numbers become equal texts."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Decimal(text) if Decimal(text) else Decimal(0)
