"""Rows that cannot be advised on: where they stand and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from advisor.reading import Place, Problem

FIELDS = ("file", "row", "unit", "column", "code", "reason")


@dataclass(frozen=True, slots=True)
class Reject:
    """One row, or one whole file that is no profile (then `row` is 0).

    What is wrong with several of its columns stands in one text each, in the same order, separated by semicolons.
    """

    file: str
    row: int
    unit: str
    column: str
    code: str
    reason: str


def rejected(
    file: str, row: int, unit: str, problems: Iterable[Problem], column: Callable[[Place], str] = lambda place: ""
) -> Reject:
    """A row with all its problems; `column` says to which column a place belongs."""
    found = list(dict.fromkeys(problems))
    columns = dict.fromkeys(name for each in found if (name := column(each.place)))
    codes = dict.fromkeys(each.code for each in found)
    return Reject(file, row, unit, "; ".join(columns), "; ".join(codes), "; ".join(each.message for each in found))
