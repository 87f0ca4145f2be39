"""The result of a backtest as data: what `--format json` prints, by contract. What cannot be said is null."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import TypeAdapter

from advisor.advice.model import RulebookUsed
from advisor.rulebook import Severity
from advisor.rulebook.field_types import part


@part
class Share:
    """`count` of `of` units; `pct` with the bounds of its Wilson interval, null where the units are too few."""

    count: int
    of: int
    pct: float | None
    low_pct: float | None
    high_pct: float | None


@part
class LeadTime:
    """Days from the first warning in time to the outcome, over the hits; the interval is that of the median."""

    hits: int
    median_days: float | None
    low_days: int | None
    high_days: int | None
    shortest_days: int | None
    longest_days: int | None


@part
class Misses:
    """Why units with the outcome were missed; each counts once, under the first that holds.

    The warning came only before the horizon, only too late to act or afterwards, was open for want of answers, or was
    certainly false.
    """

    too_early: int
    too_late: int
    open: int
    silent: int


@part
class WarningResult:
    """One warning: the two-by-two table in units, and what follows from it.

    `quiet_open` are correct rejections in which the warning was open for want of answers.
    """

    warning: str
    code: str
    title: str
    severity: Severity
    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int
    missed: Misses
    quiet_open: int
    sensitivity: Share
    specificity: Share
    false_alarm_rate: Share
    precision: Share
    lead_time: LeadTime


@part
class Units:
    """All units: judged with and without the outcome, and left out because of what."""

    all: int
    with_outcome: int
    without_outcome: int
    unknown: int
    observed_too_short: int
    not_assessed_in_time: int


@part
class Assessments:
    """Rows that were read: rejected, or of a unit that is counted."""

    read: int
    rejected: int
    used: int


@part
class Asked:
    """What counted as in time, and how figures were made."""

    outcome: str
    horizon_days: int | None
    least_lead_days: int
    confidence_pct: float
    fewest_units: int
    rates: Literal["Wilson score interval"] = "Wilson score interval"
    lead_times: Literal["distribution-free interval of the median"] = "distribution-free interval of the median"
    comparison: Literal["exact McNemar test, two-sided"] = "exact McNemar test, two-sided"


@part
class Paired:
    """Units warned by both rulebooks, by one of them, by neither; `p_value` is null where the units are too few."""

    both: int
    only_rules: int
    only_against: int
    neither: int
    p_value: float | None


@part
class UnitNamed:
    """A unit, and whether the outcome came."""

    organisation: str
    unit: str
    outcome: Literal["yes", "no"]


@part
class Compared:
    """One warning that both rulebooks have: units with the outcome, units without it, and who is warned by one only."""

    warning: str
    with_outcome: Paired
    without_outcome: Paired
    only_rules: list[UnitNamed]
    only_against: list[UnitNamed]


@part
class Comparison:
    """The other rulebook on the same assessments: its own figures, and both beside each other."""

    rulebook: RulebookUsed
    warnings: list[WarningResult]
    compared: list[Compared]
    only_in_rules: list[str]
    only_in_against: list[str]


@part
class BacktestDocument:
    """The whole result."""

    advisor_backtest: Literal[1] = 1
    advisor: str
    language: str
    rulebook: RulebookUsed
    asked: Asked
    assessments: Assessments
    units: Units
    warnings: list[WarningResult]
    against: Comparison | None = None


_ADAPTER = TypeAdapter(BacktestDocument)


def as_json(document: BacktestDocument) -> dict[str, Any]:
    """The result as JSON has it."""
    found: dict[str, Any] = _ADAPTER.dump_python(document, mode="json")
    return found


def backtest_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the result."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_ADAPTER.json_schema(mode="serialization"),
    }
