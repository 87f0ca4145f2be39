"""What is asked of a backtest: where rows say what they say, and which warnings are in time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """The columns with the date of an assessment, the outcome, its date and the end of the observation; and the rules.

    A warning is in time from `horizon` days (None: however long) to `least_lead` days before the outcome; `level` is
    the confidence of the intervals, such as 0.95.
    """

    date: str = "date"
    outcome: str = "outcome"
    outcome_date: str = "outcome_date"
    observed_until: str = "observed_until"
    horizon: int | None = None
    least_lead: int = 1
    level: float = 0.95

    @property
    def about_outcome(self) -> tuple[str, str, str]:
        """The columns that speak of the outcome."""
        return self.outcome, self.outcome_date, self.observed_until

    @property
    def columns(self) -> tuple[str, str, str, str]:
        """All columns that a backtest reads besides those of a portfolio."""
        return self.date, *self.about_outcome
