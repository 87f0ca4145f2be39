"""Values as the question's type says; the raw text decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from advisor.profile.earlier import in_todays_names
from advisor.profile.model import Cell, Frozen, Row, Value
from advisor.profile.texts import one_line, read_fields, read_items, read_scalar, read_text_field
from advisor.reading import Collector, Mapping, Node, Scalar, did_you_mean, quote
from advisor.reading.numbers import Ambiguous
from advisor.reading.numbers import read_number as read_typed
from advisor.rulebook.model import Column, Question
from advisor.rulebook.questionnaire import old_names

Asked: TypeAlias = Question | Column
MOST_ROWS = 500
UNKNOWN = "unknown"
_MEANT = dict.fromkeys(("yes", "y", "on", "true"), "true") | dict.fromkeys(("no", "n", "off", "false"), "false")
"""What is meant by words that one reader of YAML takes for true or false and another one for a text."""
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""A number that may have a separator between thousands, or one before decimals."""
_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:-|–|\.\.|to)\s*([0-9]+(?:\.[0-9]+)?)")


def is_unknown(node: Node) -> bool:
    """Whether somebody wrote that nobody knows."""
    return isinstance(node, Scalar) and node.text.strip() == UNKNOWN


def read_value(node: Node, question: Question, problems: Collector) -> Value | None:
    """Read a value of the question's type; None where it was reported."""
    if question.type == "choices":
        return _read_choices(node, question, problems)
    if question.type == "table":
        return _read_rows(node, question, problems)
    return _read_single(node, question, problems)


def _read_single(node: Node, asked: Asked, problems: Collector) -> Decimal | bool | str | None:
    scalar = read_scalar(node, asked.name, problems)
    if scalar is None:
        return None
    if asked.type == "number":
        return read_number(scalar, asked, problems)
    if asked.type == "yes_no":
        return _read_yes_no(scalar, asked, problems)
    if asked.type == "choice":
        return _read_choice(scalar, asked, problems)
    return read_text_field(scalar, asked.name, problems)


def read_number(node: Node, asked: Asked, problems: Collector) -> Decimal | None:
    """Read a plain decimal number within the bounds."""
    scalar = read_scalar(node, asked.name, problems)
    if scalar is None:
        return None
    text = scalar.text.strip()
    if either := two_readings(text, asked):
        problems.add(scalar.place, "P045", which_of(text, either, asked))
        return None
    if scalar.quoted or not _NUMBER.fullmatch(text):
        message = f"{asked.name}: {quote(text)} is not a plain number; {_how_to_write(scalar, asked)}"
        problems.add(scalar.place, "P022", message)
        return None
    return _within_bounds(scalar, exact(text), asked, problems)


def read_word(node: Node, question: Question, problems: Collector) -> str | None:
    """Read one of the words that a question offers, yes/no as ``true`` and ``false``; None where it was reported."""
    scalar = read_scalar(node, question.name, problems)
    if scalar is None or question.type != "yes_no":
        return _read_choice(scalar, question, problems) if scalar else None
    said = _read_yes_no(scalar, question, problems)
    return None if said is None else str(said).lower()


def exact(text: str) -> Decimal:
    """Give the number of a plain decimal text; equal numbers become equal texts."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal(text) if Decimal(text) else Decimal(0)


def two_readings(text: str, asked: Asked) -> Ambiguous | None:
    """Both numbers that a text such as ``1.200`` or ``1,200`` may mean; None where the question allows but one.

    A language would tell which; a profile and a table have none.
    """
    either = _grouped(text, asked)
    # What has more decimals than the question keeps is refused anyway.
    if not either or either.decimals * 1000 != either.thousands:
        return None
    return either if all(_is_within(each, asked) for each in (either.thousands, either.decimals)) else None


def which_of(text: str, either: Ambiguous, asked: Asked, mark: str = ".") -> str:
    """Ask which of two readings is meant, with what to write for each; `mark` stands before decimals there."""
    both = " or ".join(str(exact(f"{number:f}")) for number in (either.thousands, either.decimals))
    return f"{asked.name}: {quote(text)} could be {both}; write {both.replace('.', mark)}, whichever is meant"


def may_have_thousands(asked: Asked) -> bool:
    """Whether some answer is so large that its text can have a separator between thousands (cf. `two_readings`)."""
    low, high = asked.minimum, asked.maximum
    return high is None or high >= 1000 or low is None or low <= -1000


def _grouped(text: str, asked: Asked) -> Ambiguous | None:
    if not GROUP.fullmatch(text):
        return None
    try:
        read_typed(text, decimal_comma="," in text, decimals=asked.decimals)
    except Ambiguous as either:
        return either
    return None


def _how_to_write(scalar: Scalar, asked: Asked) -> str:
    text = scalar.text.strip()
    if scalar.quoted and _NUMBER.fullmatch(text):
        return "write it without quotes"
    if re.fullmatch(r"[+-]?[1-9][0-9]*(?:[.,_' ][0-9]+)+|[+-]?0[,_' ][0-9]+", text):
        return "write a point before decimals, and nothing between thousands"
    if ends := _RANGE.fullmatch(text):
        return f"write {{low: {ends[1]}, high: {ends[2]}}} for a range"
    if re.match(r"[+-]?0[0-9]", text):
        return "write it without leading zeros"
    if re.fullmatch(r"[+-]?[0-9.]+\s*(?:%|[^\W\d]\S*)", text) and not re.fullmatch(r"[+-]?[0-9.]+[eE][0-9]+", text):
        return "write the number alone" + (f", counted in {asked.unit}" if asked.unit else "")
    return "write digits with a point before decimals, such as 12.5, or unknown"


def _within_bounds(scalar: Scalar, number: Decimal, asked: Asked, problems: Collector) -> Decimal | None:
    decimals = max(0, -int(number.as_tuple().exponent))
    if decimals > asked.decimals:
        allowed = f"at most {asked.decimals} are kept" if asked.decimals else "whole numbers only"
        message = f"{asked.name}: {quote(scalar.text)} has {decimals} decimals; {allowed}, round it"
        problems.add(scalar.place, "P023", message + _meant_instead(number, asked))
        return None
    if not _is_within(number, asked):
        problems.add(scalar.place, "P024", f"{asked.name}: {quote(scalar.text)} is out of bounds; {bounds(asked)}")
        return None
    return number


def _meant_instead(number: Decimal, asked: Asked) -> str:
    """What somebody may have meant by a number with too many decimals."""
    if asked.unit == "%" and abs(number) < 1:
        return f"; {exact(f'{100 * number:f}')} if it is a part of 1"
    either = _grouped(f"{number:.3f}", asked) if number == round(number, 3) else None
    return f"; {either.thousands:f} if thousands are meant" if either and _is_within(either.thousands, asked) else ""


def _is_within(number: Decimal, asked: Asked) -> bool:
    low, high = asked.minimum, asked.maximum
    return (low is None or number >= low) and (high is None or number <= high)


@dataclass(frozen=True, slots=True)
class Span:
    """How the bounds of a number are said."""

    allowed: str = "allowed is"
    both: str = "{low} to {high}"
    from_low: str = "at least {low}"
    to_high: str = "at most {high}"
    neither: str = "any number"


def bounds(asked: Asked, span: Span = Span()) -> str:
    """Say which numbers are allowed, with the unit."""
    low, high = (None if end is None else f"{end:f}" for end in (asked.minimum, asked.maximum))
    said = (span.both if low and high else span.from_low if low else span.to_high if high else span.neither).format(
        low=low, high=high
    )
    return f"{span.allowed} {said} {asked.unit}".rstrip()


def _read_yes_no(scalar: Scalar, asked: Asked, problems: Collector) -> bool | None:
    if scalar.text in ("true", "false") and not scalar.quoted:
        return scalar.text == "true"
    meant = _MEANT.get(scalar.text.strip().lower())
    remedy = f"write {meant or 'true, false or unknown'}" + (" without quotes" if scalar.quoted else "")
    problems.add(
        scalar.place, "P021", f"{asked.name}: {quote(scalar.text)} does not answer a yes/no question; {remedy}"
    )
    return None


def _read_choice(scalar: Scalar, asked: Asked, problems: Collector) -> str | None:
    word = one_line(scalar.text)
    known = [choice.value for choice in asked.choices]
    if word in known:
        return word
    renamed = old_names(asked.choices)
    if word in renamed:
        message = f"{asked.name}: the choice '{word}' is called '{renamed[word]}' today; the answer is carried over"
        problems.note(scalar.place, "P070", message)
        return renamed[word]
    hint = f"{did_you_mean(word, known)}; choices are {', '.join(known)}"
    problems.add(scalar.place, "P027", f"{asked.name} has no choice {quote(word)}{hint}")
    return None


def _read_choices(node: Node, question: Question, problems: Collector) -> tuple[str, ...] | None:
    chosen: list[str] = []
    for item in read_items(node, question.name, problems):
        scalar = read_scalar(item, question.name, problems)
        word = _read_choice(scalar, question, problems) if scalar else None
        if word in chosen:
            problems.add(item.place, "P028", f"{question.name}: {quote(str(word))} is listed twice; remove one")
        elif word:
            chosen.append(word)
    return tuple(chosen)


def _read_rows(node: Node, question: Question, problems: Collector) -> tuple[Row, ...] | None:
    items = read_items(node, question.name, problems)
    if len(items) > MOST_ROWS:
        problems.add(
            items[MOST_ROWS].place, "P032", f"{question.name} has {len(items)} rows; at most {MOST_ROWS} are read"
        )
    return tuple(_read_row(item, question, problems) for item in items[:MOST_ROWS])


def _read_row(node: Node, question: Question, problems: Collector) -> Row:
    columns = {column.name: column for column in question.columns}
    renamed = old_names(question.columns)
    node = in_todays_names(node, renamed, problems) if renamed and isinstance(node, Mapping) else node
    cells = read_fields(node, columns, f"a row of {question.name}", problems)
    row: dict[str, Cell] = dict.fromkeys(columns)
    for name, cell in cells.items():
        if not is_unknown(cell):
            row[name] = _read_single(cell, columns[name], problems)
    return Frozen(row)
