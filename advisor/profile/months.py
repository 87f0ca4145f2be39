"""How months are counted on the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS_OF_YEAR = 12


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has none; none beyond the calendar."""
    years, month = divmod(day.month - 1 + months, MONTHS_OF_YEAR)
    if day.year + years > date.max.year:
        return date.max
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def whole_months(start: date, day: date) -> int:
    """How many months have passed from one day to another in full; none where that lies before."""
    months = (day.year - start.year) * MONTHS_OF_YEAR + day.month - start.month
    return max(0, months if months_after(start, months) <= day else months - 1)
