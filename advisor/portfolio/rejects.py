"""Rows that cannot be advised on: where they stand and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from advisor.portfolio.sources.heads import Heads
from advisor.reading import Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a row: in which column of a table, or in which line of a profile (0 in a table).

    `mark` is the sign that stands before decimals in that file.
    """

    column: str
    line: int
    code: str
    message: str
    mark: str = "."


@dataclass(frozen=True, slots=True)
class Reject:
    """One row with all that is wrong with it, or one whole file that is no profile (then `row` is 0)."""

    file: str
    row: int
    unit: str
    faults: tuple[Fault, ...]

    @property
    def codes(self) -> list[str]:
        """What kinds of things are wrong, each once."""
        return list(dict.fromkeys(each.code for each in self.faults))


def rejected(
    file: str, row: int, unit: str, problems: Iterable[Problem], heads: Heads | None = None, *, comma: bool = False
) -> Reject:
    """A row with all its problems; `heads` are the columns of its table, without which it is of a profile.

    `comma` says that a comma stands before decimals in the file.
    """
    found = dict.fromkeys(problems)
    return Reject(file, row, unit, tuple(_fault(each, heads, comma) for each in found))


def _fault(problem: Problem, heads: Heads | None, comma: bool) -> Fault:
    column, line = (heads.at(problem.place), 0) if heads else ("", problem.place.line or 0)
    return Fault(column, line, problem.code, problem.message, "," if comma else ".")


def read_reject(said: dict[str, Any]) -> Reject:
    """The reject that was put down as `dataclasses.asdict` gives it."""
    return Reject(**(said | {"faults": tuple(Fault(**each) for each in said["faults"])}))
