"""The answers that lie one step away from given ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from advisor.language import NOT_APPLICABLE, UNKNOWN, Fact, Signature
from advisor.language.intervals import Interval, is_known
from advisor.language.values import Row
from advisor.rulebook import Rulebook

CELL_STEP = Fraction(1)
"""A column has no step of its own: a cell moves by one."""


def neighbours(facts: Mapping[str, Fact], rulebook: Rulebook) -> Iterator[dict[str, Fact]]:
    """The facts with one known number, or one cell of a table, moved by one step within its bounds, up and down."""
    for name, question in rulebook.questions.items():
        signature = rulebook.scope[name]
        if signature.kind == "number":
            step = Fraction(1, signature.scale) if question.step is None else Fraction(question.step)
            yield from ({**facts, name: moved} for moved in _moved(facts[name], step, signature))
        elif signature.kind == "table" and facts[name] not in (UNKNOWN, NOT_APPLICABLE):
            yield from ({**facts, name: rows} for rows in _moved_rows(facts[name], signature))


def _moved_rows(rows: tuple[Row, ...], signature: Signature) -> Iterator[tuple[Row, ...]]:
    for place, row in enumerate(rows):
        for name, column in signature.columns.items():
            if column.kind == "number":
                for cell in _moved(row[name], CELL_STEP, column):
                    yield (*rows[:place], {**row, name: cell}, *rows[place + 1 :])


def _moved(number: Interval, step: Fraction, signature: Signature) -> Iterator[Interval]:
    if not is_known(number):
        return
    for by in (step * signature.scale, -step * signature.scale):
        moved = _held(number[0] + by, signature), _held(number[1] + by, signature)
        if moved != number:
            yield moved


def _held(end: float | Fraction, signature: Signature) -> int:
    if signature.low is not None:
        end = max(end, signature.low * signature.scale)
    if signature.high is not None:
        end = min(end, signature.high * signature.scale)
    return int(end)
