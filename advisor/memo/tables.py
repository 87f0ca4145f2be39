"""Cells of an answer that is a table, in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from advisor.advice.wording import NOT_KNOWN, decimal
from advisor.memo.phrases import Phrases
from advisor.profile import Row
from advisor.rulebook.model import Column, Question


def cells(row: Row, question: Question, say: Phrases) -> Iterator[str]:
    """The cells of a row with the names of their columns, a name or text alone."""
    for column in question.columns:
        value = row[column.name]
        if isinstance(value, str) and column.type == "text":
            yield value
        else:
            yield say("answers.cell", label=column.label, value=_cell(value, column, say))


def _cell(value: Decimal | bool | str | None, column: Column, say: Phrases) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return say("word.yes" if value else "word.no")
    if isinstance(value, Decimal):
        return (
            f"{number(value, column)}{column.unit}"
            if column.unit == "%"
            else f"{number(value, column)} {column.unit}".rstrip()
        )
    return next((choice.label for choice in column.choices if choice.value == value), value)


def number(value: Decimal, asked: Column | Question) -> str:
    """A number as a person writes it."""
    return decimal(Fraction(value), asked.decimals, signed=isinstance(asked, Question) and asked.signed)
