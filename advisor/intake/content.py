"""What a cell of a workbook or of a form tool's export holds: a text, a number, a date, or something broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from advisor.reading import Place


@dataclass(frozen=True, slots=True)
class Number:
    """A number; `percent` is how often it is shown times a hundred, once for 0.03 that is shown as 3 %."""

    value: Decimal
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """A formula without a value, or an error; `says` what it is."""

    says: str


Content: TypeAlias = str | Number | bool | date | time | timedelta | Broken


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something: its place, and its content."""

    place: Place
    content: Content


_UNSHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Parts of a number format that are shown as they are or say something else: quoted, escaped, coloured."""
_OLD_NEWLINE = "_x000D_\n"
"""How some programs write the end of a line within a cell."""
_SAFE_DIGITS = 15
"""As many digits Excel keeps; what a calculation leaves behind them is noise."""


def content_of(formula: Any, value: Any) -> Content | None:
    """The content of a cell of openpyxl, read once with formulas and once with their values; None where it is empty."""
    if formula.data_type == "f":
        if value.value is None:
            return Broken("a formula without a value; open the workbook in Excel, save it, and try again")
        return _content(value)
    return _content(formula)


def _content(cell: Any) -> Content | None:
    value = cell.value
    match value:
        case None:
            return None
        case _ if cell.data_type == "e":
            return Broken(f"the error {value}; correct the formula, or type the value")
        case bool():
            return value
        case int() | float():
            return Number(_exact(value), _percent(cell.number_format))
        case datetime():
            return value.date() if value.time() == time() else Broken("a date with a time; type the date alone")
        case date() | time() | timedelta():
            return value
        case _:
            text = str(value).replace(_OLD_NEWLINE, "\n").replace("\r\n", "\n")
            return text if text.strip() else None


def _exact(value: float) -> Decimal:
    """The number that somebody typed, without what binary arithmetic adds to it."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SAFE_DIGITS}g}")


def _percent(number_format: str) -> int:
    return _UNSHOWN.sub("", number_format.partition(";")[0]).count("%")
