"""Single cells as what a profile would hold: words of a language become stored values, Excel's types the asked ones.

Scalars are given as they would stand in a profile, with the cell as their place; None where a problem was noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from types import MappingProxyType

from advisor.intake.content import Broken, Cell, Content, Number
from advisor.intake.questionnaire import Questionnaire
from advisor.interview.english import ENGLISH
from advisor.interview.typed import DAY_FIRST, NotUnderstood, Reader
from advisor.interview.wording import Command
from advisor.profile import EVIDENCES, Answer
from advisor.profile.digest import plain_number
from advisor.profile.texts import one_line
from advisor.reading import Collector, Scalar, did_you_mean, quote
from advisor.reading.text_file import unwanted_character
from advisor.rulebook import Column, Question

_PERCENT = "%"
_NOT_APPLICABLE = ("n/a", "na", "n.a.", "not applicable")


_Typed = Callable[[Reader, str], Answer]


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads cells in one language; the words of English are understood in every language."""

    asked: Questionnaire
    problems: Collector

    @property
    def _reader(self) -> Reader:
        """Reads what was typed as a text; what it does not understand it says in English, as every command."""
        own = self.asked.titles.reader
        return replace(own, wording=replace(ENGLISH, decimal_comma=own.wording.decimal_comma))

    def says(self, cell: Cell, command: Command) -> bool:
        """Whether a cell holds a word of the interview such as unknown."""
        wording = self.asked.wording
        known = {word for word, meant in wording.commands.items() if meant == command}
        known |= {word for word, meant in ENGLISH.commands.items() if meant == command}
        known |= {wording.unknown_word} if command == "unknown" else {*_NOT_APPLICABLE}
        return isinstance(cell.content, str) and _form(cell.content) in known

    def text(self, cell: Cell) -> Scalar | None:
        """A free text."""
        if isinstance(cell.content, Broken):
            return self._refuse(cell, "W011", f"this is {cell.content.says}")
        return self._checked(cell, as_text(cell.content))

    def number(self, cell: Cell, asked: Question | Column) -> Scalar | None:
        """A single number."""
        found = self._number(cell, asked, lambda reader, text: Answer("answered", reader.cell(text, asked)))
        return found.get("value")

    def number_or_range(self, cell: Cell, question: Question) -> dict[str, Scalar]:
        """A number as `value`, or what a text says of it as `value`, `low` and `high`; nothing where it was refused."""
        return self._number(cell, question, lambda reader, text: reader.answer(text, question))

    def one_of(
        self, cell: Cell, offered: Mapping[str, str], name: str, understood: Mapping[str, str] = MappingProxyType({})
    ) -> Scalar | None:
        """What is stored for one of the texts of a drop-down, or for another word that is understood."""
        if isinstance(cell.content, Broken):
            return self.text(cell)
        text = one_line(as_text(cell.content))
        by_form = {_form(label): value for label, value in {**understood, **offered}.items()}
        if _form(text) in by_form:
            return Scalar(by_form[_form(text)], False, cell.place)
        hint = did_you_mean(text, {**offered, **understood}) or f"; offered are: {'; '.join(offered)}"
        return self._refuse(cell, "W014", f"{name}: {quote(text)} is none of the answers{hint}")

    def choice(self, cell: Cell, asked: Question | Column) -> Scalar | None:
        """One of the choices, by its label, the first words of it, or what is stored."""
        labels = {choice.label: choice.value for choice in asked.choices}
        short = {re.split("[:,]", label)[0]: value for label, value in labels.items()}
        return self.one_of(cell, labels, asked.name, {**short, **{value: value for value in labels.values()}})

    def yes_no(self, cell: Cell, name: str) -> Scalar | None:
        """Yes or no, also Excel's own true and false."""
        if isinstance(cell.content, bool):
            return Scalar(str(cell.content).lower(), False, cell.place)
        wording = self.asked.wording
        words = dict.fromkeys(filter(str.isalpha, wording.yes), "true")
        words |= dict.fromkeys(filter(str.isalpha, wording.no), "false")
        return self.one_of(cell, {wording.yes_word: "true", wording.no_word: "false"}, name, words)

    def evidence(self, cell: Cell, name: str) -> Scalar | None:
        """How well something is known."""
        words = {self.asked.wording.evidence[each]: each for each in EVIDENCES}
        return self.one_of(cell, words, name, {ENGLISH.evidence[each]: each for each in EVIDENCES})

    def date(self, cell: Cell, name: str) -> Scalar | None:
        """A date; a text may hold one as in a profile, or with the day first."""
        match cell.content:
            case date() as day:
                return Scalar(day.isoformat(), True, cell.place)
            case str() as text:
                found = DAY_FIRST.fullmatch(text.strip())
                iso = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text.strip()
                return self._checked(cell, iso) if _is_date(iso) else self._no_date(cell, text, name)
            case Broken():
                return self.text(cell)
            case other:
                return self._no_date(cell, as_text(other), name)

    def _no_date(self, cell: Cell, shown: str, name: str) -> Scalar | None:
        return self._refuse(cell, "W012", f"{name}: {quote(shown)} is not a date; write one, such as 2026-11-22")

    # ------------------------------------------------------------------ numbers

    def _number(self, cell: Cell, asked: Question | Column, typed: _Typed) -> dict[str, Scalar]:
        match cell.content:
            case Number() as number:
                found = {"value": self._shown(cell, number, asked)}
            case str() as text:
                found = self._typed(cell, text, asked, typed)
            case Broken():
                found = {"value": self.text(cell)}
            case other:
                found = {"value": self._of_other_kind(cell, other, asked)}
        return {name: scalar for name, scalar in found.items() if scalar is not None}

    def _typed(self, cell: Cell, text: str, asked: Question | Column, typed: _Typed) -> dict[str, Scalar | None]:
        try:
            answer = typed(self._reader, text)
        except NotUnderstood as error:
            said = f"{asked.name}: {quote(text)} cannot be taken; {self._in_english(text, typed) or error}"
            return {"value": self._refuse(cell, "W013", said)}
        numbers = {"value": answer.value, "low": answer.low, "high": answer.high}
        return {name: _plain(end, cell) for name, end in numbers.items() if isinstance(end, Decimal)}

    def _in_english(self, text: str, typed: _Typed) -> str | None:
        """What is said in English about what was not understood, with English units."""
        try:
            typed(replace(self._reader, language=self.asked.rulebook.languages["en"]), text)
        except NotUnderstood as error:
            return str(error)
        return None

    def _shown(self, cell: Cell, number: Number, asked: Question | Column) -> Scalar | None:
        """A number as it is shown: 0.03 is 3 where it is formatted as 3 %."""
        if number.percent and asked.unit != _PERCENT:
            shown = quote(as_text(number))
            message = f"{asked.name}: {shown} is a percentage, which is not asked for; {self._alone(asked)}"
            return self._refuse(cell, "W013", message)
        return _plain(number.value * 100**number.percent, cell)

    def _of_other_kind(self, cell: Cell, content: Content, asked: Question | Column) -> Scalar | None:
        hint = "; a range goes into its two columns" if isinstance(content, date) else ""
        message = f"{asked.name}: {quote(as_text(content))} is {_KINDS[type(content)]}; {self._alone(asked)}{hint}"
        return self._refuse(cell, "W012", message)

    def _alone(self, asked: Question | Column) -> str:
        unit = self._reader.unit(asked)
        return f"type the number alone, in {unit}" if unit else "type the number alone"

    # ------------------------------------------------------------------ all kinds

    def _checked(self, cell: Cell, text: str) -> Scalar | None:
        unwanted = unwanted_character(text)
        return self._refuse(cell, "Y007", unwanted) if unwanted else Scalar(text, True, cell.place)

    def _refuse(self, cell: Cell, code: str, message: str) -> Scalar | None:
        self.problems.add(cell.place, code, message)
        return None


def as_text(content: Content) -> str:
    """A content as somebody reads it in the cell."""
    match content:
        case Number(value, percent):
            return plain_number(value * 100**percent) + " %" * percent
        case bool():
            return str(content).upper()
        case date():
            return content.isoformat()
        case Broken(says):
            return says
        case _:
            return str(content)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_KINDS = {bool: "no number", date: "a date", time: "a time", timedelta: "a time"}


def _plain(number: Decimal, cell: Cell) -> Scalar:
    return Scalar(plain_number(number), False, cell.place)


def _form(text: str) -> str:
    return one_line(text).casefold()
