"""Until when an advice stands, by the days that the rulebook gives it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from advisor.rulebook import Rulebook


def valid_days(rulebook: Rulebook) -> int | None:
    """For how many days an advice stands; none with a silent rulebook."""
    name = rulebook.frame.memo.valid_for
    return None if name is None else int(rulebook.parameters[name].value)


def expiry(day: date | None, rulebook: Rulebook) -> date | None:
    """The last day on which the advice stands; none without a date of the engagement, or with a silent rulebook."""
    days = valid_days(rulebook)
    return None if day is None or days is None else days_after(day, days)


def days_after(day: date, days: int) -> date:
    """The day so many days later, but none beyond the calendar, which ends with the year 9999."""
    return day + timedelta(days=min(max(days, 0), (date.max - day).days))


def day_before(day: date) -> date:
    """The day before, but none before the calendar, which begins with the year 1."""
    return max(day, date.min + timedelta(days=1)) - timedelta(days=1)


def last_day(general: date | None, ends: Iterable[date | None]) -> date | None:
    """The last day on which an advice stands: the day before time ends any of it, at the latest the general one."""
    days = [day_before(day) for day in ends if day is not None]
    return min((day for day in (general, *days) if day is not None), default=None)
