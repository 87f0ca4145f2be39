"""From judged units to the figures of each warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from advisor.backtest.alarms import Alarm
from advisor.backtest.judging import (
    EARLY,
    FALSE_ALARM,
    HIT,
    LATE,
    MISS,
    NOT_IN_TIME,
    OPEN,
    QUIET,
    STATE,
    TOO_SHORT,
    UNKNOWN,
    WITH,
    WITHOUT,
    lead_days,
    result,
)
from advisor.backtest.result import LeadTime, Misses, Share, Units, WarningResult
from advisor.backtest.statistics import FEWEST, median_bounds, middle, wilson


def counted_units(units: pl.DataFrame) -> Units:
    """How many units are judged, and how many are left out because of what."""
    states = Counter(units[STATE].to_list())
    return Units(
        all=units.height,
        with_outcome=states[WITH],
        without_outcome=states[WITHOUT],
        unknown=states[UNKNOWN],
        observed_too_short=states[TOO_SHORT],
        not_assessed_in_time=states[NOT_IN_TIME],
    )


def results_of(units: pl.DataFrame, alarms: Sequence[Alarm], level: float) -> list[WarningResult]:
    """The figures of every warning, with intervals at the confidence `level`."""
    return [_result(units, alarm, level) for alarm in alarms]


def _result(units: pl.DataFrame, alarm: Alarm, level: float) -> WarningResult:
    name = alarm.name
    did = units.select(
        result(name).alias("was"),
        lead_days(name).alias("lead"),
        pl.col(EARLY + name).alias("early"),
        pl.col(LATE + name).alias("late"),
        pl.col(OPEN + name).alias("open"),
    )
    counts = Counter(did["was"].to_list())
    hits, misses, alarms, quiet = (counts[word] for word in (HIT, MISS, FALSE_ALARM, QUIET))
    return WarningResult(
        warning=name,
        code=alarm.code,
        title=alarm.title,
        severity=alarm.severity,
        hits=hits,
        misses=misses,
        false_alarms=alarms,
        correct_rejections=quiet,
        missed=_misses(did.filter(pl.col("was") == MISS)),
        quiet_open=did.filter(pl.col("was") == QUIET, "open").height,
        sensitivity=share(hits, hits + misses, level),
        specificity=share(quiet, alarms + quiet, level),
        false_alarm_rate=share(alarms, alarms + quiet, level),
        precision=share(hits, hits + alarms, level),
        lead_time=_lead_time(did["lead"].drop_nulls().to_list(), level),
    )


def _misses(missed: pl.DataFrame) -> Misses:
    early, late, unsettled = (pl.col(name) for name in ("early", "late", "open"))
    those = (early, ~early & late, ~early & ~late & unsettled, ~early & ~late & ~unsettled)
    too_early, too_late, left_open, silent = missed.select(
        each.sum().alias(str(place)) for place, each in enumerate(those)
    ).row(0)
    return Misses(too_early=too_early, too_late=too_late, open=left_open, silent=silent)


def share(count: int, of: int, level: float) -> Share:
    """A share with its interval; without figures where the units are too few."""
    if of < FEWEST:
        return Share(count=count, of=of, pct=None, low_pct=None, high_pct=None)
    found = (round(100 * value, 2) for value in wilson(count, of, level))
    value, low, high = found
    return Share(count=count, of=of, pct=value, low_pct=low, high_pct=high)


def _lead_time(days: Sequence[int], level: float) -> LeadTime:
    enough = len(days) >= FEWEST
    bounds = median_bounds(days, level) if enough else None
    return LeadTime(
        hits=len(days),
        median_days=middle(days) if enough else None,
        low_days=bounds[0] if bounds else None,
        high_days=bounds[1] if bounds else None,
        shortest_days=min(days, default=None),
        longest_days=max(days, default=None),
    )
