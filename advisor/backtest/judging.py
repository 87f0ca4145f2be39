"""Which assessments can judge a warning, and what each warning did in them: one row for each unit.

A unit with the outcome is judged by its assessments from `horizon` to `least_lead` days before it. A unit without it is
judged by a window of the same length, ending with the last assessment after which it was observed for a whole horizon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from advisor.backtest.alarms import Alarm
from advisor.backtest.statements import DATE, KEY, OBSERVED, OCCURRED, YES
from advisor.backtest.terms import Terms
from advisor.portfolio.sources.part import FILE, ROW
from advisor.reading import InvalidInput, Place, Problem

STATE, WITH, WITHOUT = "…state", "yes", "no"
UNKNOWN, TOO_SHORT, NOT_IN_TIME = "unknown", "observed_too_short", "not_assessed_in_time"
STATES = (WITH, WITHOUT, UNKNOWN, TOO_SHORT, NOT_IN_TIME)
"""Judged with and without the outcome; left out, and why."""
FIRED, OPEN, FIRST, EARLY, LATE = "fired.", "open.", "first.", "early.", "late."
"""Before the name of a warning: did it fire in the window, was it open in it, the first date on which it fired there;
did it fire before the window, or so late that nothing could be done, or afterwards."""
HIT, MISS, FALSE_ALARM, QUIET = "hit", "miss", "false_alarm", "correct_rejection"
_OWN = ("judged", "outcome_date", "warning", "result", "first_warned", "lead_days")
_TAKEN = "this is a column of the judgements; rename it in the table"
_WITHIN, _LEAD = "…within", "…lead"


def judged(rows: pl.DataFrame, alarms: Sequence[Alarm], terms: Terms, keep: Sequence[str] = ()) -> pl.DataFrame:
    """A row for each unit, sorted: `KEY`, `YES`, `OCCURRED`, `OBSERVED`, `STATE`, and per warning what it did.

    What is kept is as the latest row has it. `rows` are assessments with `DATE`, what is agreed of the outcome, and the
    results that the warnings read.
    """
    lead = (pl.col(OCCURRED) - pl.col(DATE)).dt.total_days().alias(_LEAD)
    placed = rows.with_columns(lead, _within(terms).fill_null(False).alias(_WITHIN))
    did = [column for each in alarms for column in _did(each, terms)]
    about = [pl.col(name).first() for name in (YES, OCCURRED, OBSERVED)]
    kept = [pl.col(name).sort_by(DATE, FILE, ROW).last() for name in keep]
    units = placed.group_by(KEY).agg(*about, *kept, pl.col(_WITHIN).any(), *did).sort(KEY)
    return units.with_columns(_state()).drop(_WITHIN)


def _within(terms: Terms) -> pl.Expr:
    """Whether an assessment judges its unit."""
    before = (pl.col(OCCURRED) - pl.col(DATE)).dt.total_days()
    until = pl.coalesce(pl.col(OBSERVED), pl.col(DATE).max().over(KEY))
    whole = (until - pl.col(DATE)).dt.total_days() >= (terms.horizon or 0)
    last = pl.when(whole).then(pl.col(DATE)).max().over(KEY)
    in_time = before >= terms.least_lead
    if terms.horizon is not None:
        in_time &= before <= terms.horizon
        whole &= (last - pl.col(DATE)).dt.total_days() <= terms.horizon - terms.least_lead
    return pl.when(pl.col(YES)).then(in_time).when(~pl.col(YES)).then(whole)


def _did(alarm: Alarm, terms: Terms) -> Iterator[pl.Expr]:
    name, within, lead = alarm.name, pl.col(_WITHIN), pl.col(_LEAD)
    fires = alarm.fires.fill_null(False)
    yield (fires & within).any().alias(FIRED + name)
    yield (alarm.fires.is_null() & within).any().alias(OPEN + name)
    yield pl.when(fires & within).then(pl.col(DATE)).min().alias(FIRST + name)
    early = lead > terms.horizon if terms.horizon is not None else pl.lit(False)
    yield (fires & early).fill_null(False).any().alias(EARLY + name)
    yield (fires & (lead < terms.least_lead)).fill_null(False).any().alias(LATE + name)


def _state() -> pl.Expr:
    seen = pl.col(_WITHIN)
    with_it = pl.when(seen).then(pl.lit(WITH)).otherwise(pl.lit(NOT_IN_TIME))
    without = pl.when(seen).then(pl.lit(WITHOUT)).otherwise(pl.lit(TOO_SHORT))
    return pl.when(pl.col(YES)).then(with_it).when(~pl.col(YES)).then(without).otherwise(pl.lit(UNKNOWN)).alias(STATE)


def result(name: str) -> pl.Expr:
    """What a warning was for a unit: `HIT`, `MISS`, `FALSE_ALARM` or `QUIET`; null where the unit is left out."""
    fired, state = pl.col(FIRED + name), pl.col(STATE)
    with_it = pl.when(fired).then(pl.lit(HIT)).otherwise(pl.lit(MISS))
    without = pl.when(fired).then(pl.lit(FALSE_ALARM)).otherwise(pl.lit(QUIET))
    return pl.when(state == WITH).then(with_it).when(state == WITHOUT).then(without)


def lead_days(name: str) -> pl.Expr:
    """The days from the first warning in time to the outcome; null where there is no hit."""
    return pl.when(result(name) == HIT).then((pl.col(OCCURRED) - pl.col(FIRST + name)).dt.total_days())


def kept_columns(keep: Sequence[str]) -> list[str]:
    """The columns that are carried into judgements; `InvalidInput` where one has the name of another column there."""
    taken = [Problem(Place(f"--keep {name}"), "T013", _TAKEN) for name in keep if name in _OWN]
    if taken:
        raise InvalidInput(taken)
    return [name for name in keep if name not in KEY]


def each_judgement(units: pl.DataFrame, alarms: Iterable[Alarm], keep: Sequence[str]) -> Iterator[pl.DataFrame]:
    """For each warning a row for every unit: what it is, and what the warning was for it."""
    for alarm in alarms:
        yield units.select(
            *KEY,
            *keep,
            pl.col(STATE).alias("judged"),
            pl.col(OCCURRED).cast(pl.String).alias("outcome_date"),
            pl.lit(alarm.name).alias("warning"),
            result(alarm.name).alias("result"),
            pl.when(result(alarm.name).is_in([HIT, FALSE_ALARM]))
            .then(pl.col(FIRST + alarm.name))
            .cast(pl.String)
            .alias("first_warned"),
            lead_days(alarm.name).alias("lead_days"),
        )
