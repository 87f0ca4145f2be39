"""Which assessments judge a warning, and as what: against a plain reading of the rules, and what must not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.backtest.alarms import Alarm
from advisor.backtest.comparing import compared
from advisor.backtest.counting import counted_units, results_of
from advisor.backtest.judging import STATE, STATES, each_judgement, judged, lead_days, result
from advisor.backtest.result import WarningResult
from advisor.backtest.statements import DATE, KEY, OBSERVED, OCCURRED, YES
from advisor.backtest.terms import Terms

DAY = date(2024, 1, 1)
ALARM = Alarm("a", "", "A", "warning", pl.col("fires"))
SCHEMA = {
    "organisation": pl.String(),
    "unit": pl.String(),
    "file": pl.String(),
    "row": pl.Int64(),
    DATE: pl.Date(),
    YES: pl.Boolean(),
    OCCURRED: pl.Date(),
    OBSERVED: pl.Date(),
    "fires": pl.Boolean(),
}


@dataclass(frozen=True)
class Case:
    """A unit: does the outcome come and on which day, how far is it observed; days of assessments with what fired."""

    yes: bool | None
    day: int | None
    until: int | None
    seen: tuple[tuple[int, bool | None], ...]


def at(day: int | None) -> date | None:
    return None if day is None else DAY + timedelta(days=day)


def rows_of(cases: Sequence[Case]) -> pl.DataFrame:
    rows = [
        ("o", f"u{number}", "f", 0, at(day), case.yes, at(case.day) if case.yes else None, at(case.until), fires)
        for number, case in enumerate(cases)
        for day, fires in case.seen
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").with_columns(pl.Series("row", range(len(rows)), pl.Int64()))


def units_of(cases: Sequence[Case], terms: Terms) -> pl.DataFrame:
    return judged(rows_of(cases), [ALARM], terms)


def table(cases: Sequence[Case], terms: Terms) -> WarningResult:
    return results_of(units_of(cases, terms), [ALARM], terms.level)[0]


def plainly(case: Case, terms: Terms) -> tuple[str, str | None, int | None]:
    """The state of a unit, what the warning was for it and its lead time, read from the documentation."""
    days = [day for day, _ in case.seen]
    if case.yes is None:
        return "unknown", None, None
    if case.yes:
        assert case.day is not None
        window = [d for d in days if case.day - d >= terms.least_lead and case.day - d <= (terms.horizon or 10**6)]
        if not window:
            return "not_assessed_in_time", None, None
        warned = [day for day, fires in case.seen if fires and day in window]
        return "yes", "hit" if warned else "miss", case.day - min(warned) if warned else None
    until = max(days) if case.until is None else case.until
    whole = [day for day in days if until - day >= (terms.horizon or 0)]
    if not whole:
        return "observed_too_short", None, None
    longest = 10**6 if terms.horizon is None else terms.horizon - terms.least_lead
    window = [day for day in whole if max(whole) - day <= longest]
    fired = any(fires for day, fires in case.seen if day in window)
    return "no", "false_alarm" if fired else "correct_rejection", None


days = st.integers(0, 900)
assessments = st.lists(st.tuples(days, st.sampled_from([True, False, False, None])), min_size=1, max_size=6)
cases = st.lists(
    st.builds(
        Case,
        st.sampled_from([True, True, False, False, None]),
        st.integers(0, 1200),
        st.none() | st.integers(0, 1500),
        assessments.map(tuple),
    ),
    max_size=12,
)
terms = st.builds(
    Terms,
    horizon=st.none() | st.integers(100, 500),
    least_lead=st.sampled_from([1, 30, 100]),
)


@given(cases, terms)
def test_every_unit_is_judged_as_the_documentation_says(cases: list[Case], terms: Terms) -> None:
    units = units_of(cases, terms).select(*KEY, STATE, result("a").alias("was"), lead_days("a").alias("lead"))
    found = {row["unit"]: (row[STATE], row["was"], row["lead"]) for row in units.iter_rows(named=True)}
    assert found == {f"u{number}": plainly(case, terms) for number, case in enumerate(cases)}


@given(cases, terms)
def test_counts_add_up_to_units(cases: list[Case], terms: Terms) -> None:
    units = units_of(cases, terms)
    counts, found = counted_units(units), results_of(units, [ALARM], terms.level)[0]
    assert counts.all == len(cases)
    left = counts.unknown + counts.observed_too_short + counts.not_assessed_in_time
    assert counts.with_outcome + counts.without_outcome + left == counts.all
    assert found.hits + found.misses == found.sensitivity.of == counts.with_outcome
    assert found.false_alarms + found.correct_rejections == found.specificity.of == counts.without_outcome
    assert found.precision.of == found.hits + found.false_alarms
    missed = found.missed
    assert missed.too_early + missed.too_late + missed.open + missed.silent == found.misses
    assert found.lead_time.hits == found.hits
    assert set(units[STATE]) <= set(STATES)


@given(cases, terms, st.randoms())
def test_the_order_of_rows_changes_nothing(cases: list[Case], terms: Terms, random: Random) -> None:
    rows = rows_of(cases)
    order = list(range(rows.height))
    random.shuffle(order)
    shuffled = rows[order] if order else rows
    assert judged(shuffled, [ALARM], terms).equals(judged(rows, [ALARM], terms))


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([True, False, None])), max_size=20), terms)
def test_relabelled_outcomes_swap_the_table(units: list[tuple[bool, bool | None]], terms: Terms) -> None:
    """Where the time before the outcome and the time of observation are as long, only the label tells them apart."""
    ahead = terms.horizon or 200

    def found(turned: bool) -> WarningResult:
        return table([Case(yes is not turned, ahead, ahead, ((0, fires),)) for yes, fires in units], terms)

    one, other = found(False), found(True)
    assert (one.hits, one.misses) == (other.false_alarms, other.correct_rejections)
    assert (one.false_alarms, one.correct_rejections) == (other.hits, other.misses)
    assert one.missed.open == other.quiet_open
    assert asdict(one.sensitivity) == asdict(other.false_alarm_rate)
    assert asdict(one.specificity)["count"] == other.misses


YEAR = Terms(horizon=365)


@pytest.mark.parametrize(
    ("case", "was"),
    [
        (Case(True, 400, None, ((100, True), (300, False))), "hit"),
        (Case(True, 400, None, ((10, True), (300, False))), "miss"),  # too early: before the horizon
        (Case(True, 400, None, ((300, False), (400, True), (500, True))), "miss"),  # on the day, and after it
        (Case(True, 400, None, ((300, None),)), "miss"),  # open is no warning
        (Case(True, 400, None, ((10, True),)), None),  # nobody looked within the horizon
        (Case(False, None, 800, ((100, True), (300, False))), "false_alarm"),
        (Case(False, None, 500, ((100, False), (300, True))), "correct_rejection"),  # 300 cannot be judged yet
        (Case(False, None, 400, ((100, True),)), None),  # observed for less than the horizon
        (
            Case(False, None, 2000, ((10, True), (800, False))),
            "correct_rejection",
        ),  # a window as long as before an outcome
        (Case(False, None, None, ((0, True), (365, True))), "false_alarm"),  # observed as long as it was assessed
        (Case(None, None, 800, ((100, True),)), None),
    ],
)
def test_what_a_warning_is_within_a_year(case: Case, was: str | None) -> None:
    assert units_of([case], YEAR).select(result("a")).item() == was


def test_why_outcomes_were_missed() -> None:
    found = table(
        [
            Case(True, 400, None, ((10, True), (300, False), (400, True))),  # too early comes first
            Case(True, 400, None, ((300, None), (400, True))),
            Case(True, 400, None, ((300, None), (350, False))),
            Case(True, 400, None, ((300, False),)),
        ],
        YEAR,
    )
    assert (found.missed.too_early, found.missed.too_late, found.missed.open, found.missed.silent) == (1, 1, 1, 1)


def test_too_few_units_give_no_rate() -> None:
    found = table([Case(True, 400, None, ((300, True),))] * 4 + [Case(False, None, 800, ((100, True),))] * 5, YEAR)
    assert (found.sensitivity.count, found.sensitivity.of, found.sensitivity.pct) == (4, 4, None)
    assert found.lead_time.median_days is None
    assert (found.lead_time.shortest_days, found.lead_time.longest_days) == (100, 100)
    assert (found.specificity.pct, found.false_alarm_rate.pct) == (0, 100)
    assert (found.precision.of, found.precision.pct) == (9, 44.44)


def test_lead_times_have_a_median_a_range_and_an_interval() -> None:
    found = table(
        [Case(True, 400, None, ((400 - lead, True), (399, True))) for lead in (20, 40, 60, 80, 100, 300)], YEAR
    )
    lead = found.lead_time
    assert (lead.median_days, lead.shortest_days, lead.longest_days) == (70, 20, 300)
    assert (lead.low_days, lead.high_days) == (20, 300)


@given(cases, terms, st.randoms())
def test_two_rulebooks_are_counted_in_pairs(cases: list[Case], terms: Terms, random: Random) -> None:
    others = [
        Case(case.yes, case.day, case.until, tuple((day, random.choice([True, False])) for day, _ in case.seen))
        for case in cases
    ]
    one, other = units_of(cases, terms), units_of(others, terms)
    (found,) = compared(one, other, [ALARM])
    here, there = (results_of(units, [ALARM], 0.95)[0] for units in (one, other))
    pairs = found.with_outcome
    assert (pairs.both + pairs.only_rules, pairs.both + pairs.only_against) == (here.hits, there.hits)
    assert pairs.both + pairs.only_rules + pairs.only_against + pairs.neither == here.hits + here.misses
    pairs = found.without_outcome
    assert (pairs.both + pairs.only_rules, pairs.both + pairs.only_against) == (here.false_alarms, there.false_alarms)
    assert len(found.only_rules) == found.with_outcome.only_rules + found.without_outcome.only_rules
    assert {each.unit for each in found.only_rules}.isdisjoint(each.unit for each in found.only_against)


def test_each_judgement_has_a_row() -> None:
    units = units_of([Case(True, 400, None, ((300, True),)), Case(None, None, None, ((0, True),))], YEAR)
    (rows,) = each_judgement(units, [ALARM], [])
    assert rows.select("unit", "judged", "result", "first_warned", "lead_days").rows() == [
        ("u0", "yes", "hit", "2024-10-27", 100),
        ("u1", "unknown", None, None, None),
    ]
