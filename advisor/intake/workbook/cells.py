"""Values as a workbook shows them, and the drop-downs that offer them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from advisor.intake.questionnaire import Questionnaire
from advisor.profile import Answer, Cell
from advisor.rulebook import Column, Question

Shown: TypeAlias = "str | float | date | None"
"""What is written into a cell; nothing for None."""
_FIRST_YEAR = 1900
"""Excel knows no dates before it; they are written as texts."""


def items_of(asked: Question | Column, words: Questionnaire) -> list[str]:
    """What the drop-down of an answer offers; nothing where something is typed."""
    wording, texts = words.wording, words.texts
    match asked.type:
        case "yes_no":
            items = [wording.yes_word, wording.no_word]
        case "choice":
            items = [choice.label for choice in asked.choices]
        case "choices":
            items = [texts.none_of_these]
        case "table":
            items = [texts.no_rows]
        case _:
            return []
    return [*items, wording.unknown_word]


def shown_answer(answer: Answer | None, question: Question, words: Questionnaire) -> Shown:
    """What stands in the answer cell; choices and rows of a table stand elsewhere, unless there are none."""
    if answer is None or answer.state == "not_applicable":
        return None
    if answer.state == "unknown":
        return words.wording.unknown_word
    if isinstance(answer.value, tuple):
        none = words.texts.none_of_these if question.type == "choices" else words.texts.no_rows
        return None if answer.value else none
    return None if answer.value is None else shown_cell(answer.value, question, words)


def shown_cell(value: Cell, asked: Question | Column, words: Questionnaire) -> Shown:
    """A single value; in a table nobody may know it."""
    if value is None:
        return words.wording.unknown_word
    return shown_number(value) if isinstance(value, Decimal) else words.titles.cell(value, asked)


def shown_number(number: Decimal) -> Shown:
    """A number, as a text where Excel would lose digits of it."""
    as_float = float(number)
    return as_float if Decimal(f"{as_float:.15g}") == number else f"{number:f}"


def shown_date(day: date) -> Shown:
    """A date, as a text where Excel knows none."""
    return day if day.year >= _FIRST_YEAR else day.isoformat()


def head_of(column: Column, words: Questionnaire) -> str:
    """The heading of a column of a table, with its unit."""
    unit = words.general_unit(column) if column.type == "number" else ""
    return f"{column.label} ({unit})" if unit else column.label


def table_heads(question: Question, words: Questionnaire) -> list[str]:
    """The headings of a table."""
    return [head_of(column, words) for column in question.columns]


def put(sheet: Any, row: int, column: int, value: Shown, look: Any) -> None:
    """Write a value into a cell of an XlsxWriter worksheet; a text stays one, whatever it begins with."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def quoted_name(sheet: str) -> str:
    """The name of a sheet as references and messages have it: in quotes unless it is a plain word."""
    plain = sheet.isidentifier() and sheet.isascii()
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


def longest(texts: Sequence[str]) -> int:
    """The length of the longest text."""
    return max(map(len, texts), default=0)
