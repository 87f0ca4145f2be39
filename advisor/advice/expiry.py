"""When an advice expires: the engagement's date plus the days that the rulebook gives it."""

from __future__ import annotations

from datetime import date, timedelta

from advisor.rulebook import Rulebook


def expiry(day: date | None, rulebook: Rulebook) -> date | None:
    """The last day on which the advice stands; none without a date of the engagement, or with a silent rulebook."""
    name = rulebook.frame.memo.valid_for
    if day is None or name is None:
        return None
    return day + timedelta(days=int(rulebook.parameters[name].value))
