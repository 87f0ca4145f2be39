"""Cells of an answer that is a table, in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from advisor.advice.wording import with_unit
from advisor.memo.view import View
from advisor.profile import Row
from advisor.rulebook.model import Column, Question


def cells(row: Row, question: Question, view: View) -> Iterator[str]:
    """The cells of a row with the names of their columns, a name or text alone."""
    for column in question.columns:
        value = row[column.name]
        if isinstance(value, str) and column.type == "text":
            yield value
        else:
            yield view.say("answers.cell", label=column.label, value=_cell(value, column, view))


def _cell(value: Decimal | bool | str | None, column: Column, view: View) -> str:
    if value is None:
        return view.say("word.not_known")
    if isinstance(value, bool):
        return view.say("word.yes" if value else "word.no")
    if isinstance(value, Decimal):
        return in_unit(value, column, view)
    return next((choice.label for choice in column.choices if choice.value == value), value)


def in_unit(value: Decimal, asked: Column | Question, view: View) -> str:
    """A number as a person writes it, with its unit."""
    signed = isinstance(asked, Question) and asked.signed
    number = view.say.decimal(Fraction(value), asked.decimals, signed=signed)
    return with_unit(number, asked.unit, view.rulebook, view.currency)
