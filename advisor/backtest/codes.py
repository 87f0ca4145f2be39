"""The codes of problems with a backtest, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "B001": "The date of an assessment is missing or is no date.",
    "B002": "An outcome is neither yes, no nor unknown.",
    "B003": "The date of an outcome, or the end of the observation, is missing, no date, or contradicts the outcome.",
    "B004": "Rows of one unit say different things about its outcome.",
    "B005": "A table lacks a column that the backtest needs.",
    "B006": "There is no warning of that name.",
    "B007": "Several organisations have a unit of that name, and the outcome does not say whose it is.",
}
