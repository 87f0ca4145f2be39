"""When an advice expires: the engagement's date plus the days that the rulebook gives it."""

from __future__ import annotations

from datetime import date, timedelta

from advisor.rulebook import Rulebook


def expiry(day: date | None, rulebook: Rulebook) -> date | None:
    """The last day on which the advice stands; none without a date of the engagement, or with a silent rulebook."""
    name = rulebook.frame.memo.valid_for
    if day is None or name is None:
        return None
    return days_after(day, int(rulebook.parameters[name].value))


def days_after(day: date, days: int) -> date:
    """The day so many days later, but none beyond the calendar, which ends with the year 9999."""
    return day + timedelta(days=min(max(days, 0), (date.max - day).days))
