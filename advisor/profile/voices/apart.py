"""Where voices differ, as rows of a table that rules can count and compare like any other.

A row stands for one question and two sides of it: two roles, or what was recorded and a role. Where the people of one
role do not agree among themselves, both sides are that role. Sides that say the same have no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from advisor.profile.digest import plain_number
from advisor.profile.model import Answer, Cell, Frozen, Row
from advisor.profile.values import exact
from advisor.profile.voices.alike import ends, says
from advisor.profile.voices.view import View
from advisor.rulebook.model import Column, Question
from advisor.rulebook.voices import ELSEWHERE, FIGURES, RECORDED, SIDES, WORDS

if TYPE_CHECKING:
    from advisor.profile.voices.hearing import HeardQuestion

WHOLE = Fraction(100)


class Side(NamedTuple):
    """One side of a question: what it says together, and how many people said what."""

    name: str
    answer: Answer | None
    people: int = 0
    tally: Mapping[str, int] | None = None


def rows_of(heard: Iterable[HeardQuestion], table: Question, questions: Mapping[str, Question]) -> tuple[Row, ...]:
    """The rows of the table, in the order of the questions."""
    return tuple(row for each in heard for row in _rows(each, table, questions[each.question]))


def _rows(heard: HeardQuestion, table: Question, question: Question) -> Iterator[Row]:
    settled = heard.counts in ("recorded", "combined")
    for one, other, apart in _differences(_sides(heard), question):
        if settled and not apart:
            continue  # a range that holds the other answer does not contradict it
        cells: dict[str, Cell] = {
            "question": question.name,
            "section": question.section,
            "one": one.name,
            "other": other.name,
            "one_says": _token(one, question),
            "other_says": _token(other, question),
            "kind": FIGURES if question.type == "number" else WORDS,
            "apart_pct": _rounded(apart),
            "settled": settled,
        }
        yield Frozen({column.name: _offered(cells[column.name], column) for column in table.columns})


def _offered(cell: Cell, column: Column) -> Cell:
    words = [choice.value for choice in column.choices]
    return ELSEWHERE if column.name == "section" and cell not in words else cell


def _sides(heard: HeardQuestion) -> list[Side]:
    recorded = [Side(RECORDED, heard.answer)] if heard.counts == "recorded" else []
    views = (_side(view) for view in heard.views if view.standing != "withheld")
    return sorted([*recorded, *views], key=lambda side: SIDES.index(side.name))


def _side(view: View) -> Side:
    return Side(view.role, view.answer, view.people, view.tally)


def _token(side: Side, question: Question) -> str | None:
    """What a side says, to be put into words by whoever shows it: ``question.value``; None where it is divided."""
    answer = side.answer
    if answer is None or answer.state == "unknown":
        return None
    said = str(answer.value).lower() if isinstance(answer.value, bool) else str(answer.value)
    if answer.state == "not_applicable":
        said = "not_applicable"
    elif question.type == "number":
        said = "..".join(dict.fromkeys(map(plain_number, ends(answer))))
    elif isinstance(answer.value, tuple):
        words = [item for item in answer.value if isinstance(item, str)]
        said = "+".join(words) if question.type == "choices" else f"{len(answer.value)} rows"
    return f"{question.name}.{said}"


def _differences(sides: list[Side], question: Question) -> Iterator[tuple[Side, Side, Fraction]]:
    """Two sides that differ, and by how much of 100; people of one role where no other side tells that they differ."""
    told = set[str]()
    for one, other in combinations(sides, 2):
        if one.answer and (other.answer is None or says(one.answer) != says(other.answer)):
            told |= {one.name, other.name}
            yield one, other, _apart(one.answer, other, question)
    yield from ((side, side, _within(side)) for side in sides if side.answer is None and side.name not in told)


def _within(side: Side) -> Fraction:
    """Of 100 people, how many do not say what most of them say; of single people nothing is told."""
    return WHOLE - Fraction(max(side.tally.values()) * 100, side.people) if side.tally else WHOLE


def _apart(answer: Answer, other: Side, question: Question) -> Fraction:
    """Of figures the difference in per cent of the larger; of words how many of 100 people say otherwise."""
    if answer.state != "answered" or (other.answer and other.answer.state != "answered"):
        return WHOLE
    if question.type == "number":
        return _distance(answer, other.answer) if other.answer else WHOLE
    if question.type == "choices" and other.answer:
        one, two = (set(each.value) for each in (answer, other.answer) if isinstance(each.value, tuple))
        return WHOLE * len(one ^ two) / len(one | two)
    if other.tally is None:
        return WHOLE
    word = str(answer.value).lower() if isinstance(answer.value, bool) else str(answer.value)
    return WHOLE * (other.people - other.tally.get(word, 0)) / other.people


def _distance(one: Answer, other: Answer) -> Fraction:
    (low, high), (least, most) = ends(one), ends(other)
    gap = max(least - high, low - most, Decimal(0))
    largest = max(abs(end) for end in (low, high, least, most))
    return min(WHOLE, Fraction(gap) * 100 / Fraction(largest)) if largest else Fraction(0)


def _rounded(number: Fraction) -> Decimal:
    return exact(f"{Decimal(round(number * 100)).scaleb(-2):f}")
