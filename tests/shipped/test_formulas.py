"""The capacity arithmetic F1 to F21, each with a number worked by hand: from answers through the shipped measures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shipped.answers import RULEBOOK, evaluated, measured

EXAMPLE = {"ai_minutes_saved_per_case": 4, "cases_per_day": 200}
CHECKED = {**EXAMPLE, "verification_min_per_case": 1, "ai_rework_rate_pct": 10, "ai_rework_min": 6}
"""4 minutes less 1 of checking and 10 % repairs of 6 minutes: 2.4 net, 8.0 hours a day."""
POOLED = {**CHECKED, "work_mode": "pooled_queue"}
"""Of the 8.0 hours 85 % can be used: 6.8."""


def number(name: str, answers: dict[str, Any], **more: Any) -> Any:
    found = measured(name, **answers, **more)
    return None if found is None else tuple(map(float, found)) if isinstance(found, tuple) else float(found)


def test_f1_gross_hours():
    assert number("gross_hours_day", EXAMPLE) == 13.33  # 4 × 200 / 60 = 13.333…
    assert number("gross_hours_day", EXAMPLE, ai_use_share_pct=45) == 6.0  # 4 × 200 × 0.45 / 60


def test_f1_a_saving_averaged_over_all_cases_is_not_reduced_again():
    assert number("gross_hours_day", EXAMPLE, ai_use_share_pct=45, saving_basis="all_cases") == 13.33


def test_f2_net_minutes():
    assert number("net_min_checked", CHECKED) == 2.4  # 4 − 1 − 0.1 × 6


def test_f2_checking_that_is_already_taken_off_is_not_taken_off_twice():
    assert number("net_min_checked", CHECKED, saving_checking="net") == 3.4  # 4 − 0.1 × 6


@pytest.mark.parametrize("by", ["self_report", "vendor", "executive_estimate"])
def test_f3_of_a_mere_claim_forty_per_cent_is_taken_off(by: str):
    assert number("net_min_per_case", EXAMPLE, saving_measured_by=by) == 2.4  # 4 × (1 − 0.4)


def test_f3_a_saving_measured_from_end_to_end_stands():
    assert number("net_min_per_case", EXAMPLE, saving_measured_by="system") == 4


def test_f3_known_checking_comes_before_the_discount_never_both():
    assert number("net_min_per_case", CHECKED, saving_measured_by="self_report") == 2.4  # not 2.4 × 0.6


def test_f4_net_hours():
    assert number("net_hours_day", CHECKED) == 8.0  # 2.4 × 200 / 60


def test_f5_minutes_per_head():
    assert number("net_min_head_day", CHECKED, team_headcount=40) == 12  # 2.4 × 200 / 40 people


@pytest.mark.parametrize(
    ("mode", "people", "share"),
    [
        ("pooled_queue", 40, 85),
        ("own_caseload", 40, 20),  # 12 minutes a head are scraps: the base only
        ("mixed", 40, 40),
        ("own_caseload", 16, 36.67),  # 30 minutes: (30 − 15) / 45 = 1/3 of the way; 20 + 50 / 3
        ("own_caseload", 8, 70),  # 60 minutes: 20 + 50
        ("mixed", 8, 75),  # 60 minutes: 40 + 35
    ],
)
def test_f6_realisable_share(mode: str, people: int, share: float):
    assert number("realisable_share_pct", CHECKED, work_mode=mode, team_headcount=people) == share


def test_f6_nothing_is_realisable_where_nothing_is_left():
    answers = {**EXAMPLE, "verification_min_per_case": 5, "work_mode": "pooled_queue"}
    assert number("realisable_share_pct", answers) == 0


def test_f7_productive_hours():
    assert number("productive_hours_fte", {}) == 1_232  # 1,760 × (1 − 0.30), both assumed
    assert number("productive_hours_fte", {}, paid_hours_per_fte_year=1_600, shrinkage_pct=25) == 1_200


def test_f8_fte_equivalent():
    assert number("realisable_hours_day", POOLED) == 6.8  # 8.0 × 0.85
    assert number("fte_equivalent", POOLED) == 1.21  # 8.0 × 0.85 × 220 / 1,232 = 1.2142…


def test_f8_is_not_built_on_rounded_days():
    """13 cases at 0.7 min are 0.151666… h: over 220 days and 85 % 28.3616… h; of a rounded 0.13 h it would be 28.6."""
    answers = {
        "ai_minutes_saved_per_case": 0.7,
        "cases_per_day": 13,
        "saving_measured_by": "system",
        "work_mode": "pooled_queue",
    }
    assert number("realisable_hours_year", answers) == 28.36


def test_f9_shrinkage_from_its_parts():
    # 1 − 0.90 × 0.95 × 0.85 = 1 − 0.72675 = 27.325 %, half to even: 27.32
    answers = {"shrinkage_leave_pct": 10, "shrinkage_absence_pct": 5, "shrinkage_other_pct": 15}
    assert number("shrinkage_built_up_pct", answers) == 27.32
    assert number("productive_hours_fte", answers, paid_hours_per_fte_year=1_000) == 726.8


def test_f10_real_growth():
    # (1.08 × (1 − 0.72 − 0) / (1 − 0.70)) − 1 = 1.08 × 0.28 / 0.30 − 1 = 0.008
    answers = {
        "volume_growth_12m_pct": 8,
        "failure_demand_share_pct": 72,
        "failure_demand_share_prev_pct": 70,
        "transferred_in_pct": 0,
    }
    assert number("real_growth_pct", answers) == 0.8


def test_f11_hours_that_growth_needs_and_what_part_of_the_hours_it_takes():
    # 10 % more of 200 cases at 12 min: 20 × 12 / 60 = 4.0 h a day; 6.8 h are 1.7 times that
    answers = {
        **POOLED,
        "volume_growth_12m_pct": 10,
        "failure_demand_share_pct": 20,
        "failure_demand_share_prev_pct": 20,
        "aht_min": 12,
    }
    assert number("growth_hours_day", answers) == 4.0
    assert number("absorption_ratio", answers) == 1.7


def test_f12_backlog_clearing_time():
    # 340 items × 12 min / (60 × 6.8 h) = 4,080 / 408 = 10 days
    assert number("backlog_clearing_days", POOLED, backlog_items=340, aht_min=12) == 10


def test_f13_failure_cost_avoided():
    # 200 × 220 × (6 % − 2 %) × 40 = 70,400 a year
    answers = {
        "cases_per_day": 200,
        "working_days_year": 220,
        "error_rate_pct": 6,
        "error_rate_target_pct": 2,
        "cost_per_error": 40,
    }
    assert number("quality_worth_year", answers) == 70_400
    assert number("quality_worth_year", {**answers, "error_rate_pct": 1}) == 0


def test_f14_failure_demand_release():
    # 200 × 70 % × 12 min × 50 % / 60 = 14.0 h a day
    answers = {"cases_per_day": 200, "failure_demand_share_pct": 70, "aht_min": 12, "failure_removable_pct": 50}
    assert number("failure_release_hours_day", answers) == 14.0


def test_f15_advice_capacity():
    assert number("advice_conversations_day", POOLED, conversation_min=34) == 12  # 6.8 × 60 / 34


def test_f16_overload_comes_off_before_anything_is_redeployed():
    # 80 logged hours at 90 % occupancy: 80 × (0.90 − 0.85) = 4.0 h a day; 6.8 − 4.0 = 2.8 are left, or 0.5 FTE
    overloaded = {**POOLED, "logged_hours_per_day": 80, "occupancy_pct": 90}
    assert number("overload_hours_day", overloaded) == 4.0
    assert number("hours_to_redeploy_day", overloaded) == 2.8
    assert number("fte_equivalent", overloaded) == 0.5  # 2.8 × 220 / 1,232
    assert number("overload_hours_day", {**overloaded, "occupancy_pct": 85}) == 0


def test_f17_attrition_capacity():
    # 40 FTE × 12.5 % a year = 5 FTE
    assert number("attrition_capacity_fte", {}, team_fte=40, attrition_pct=12.5) == 5


COMMONWEALTH = {
    "ai_minutes_saved_per_case": 8,
    "cases_per_day": 400,
    "saving_measured_by": "system",
    "work_mode": "pooled_queue",
    "planned_fte_reduction": 45,
}


def test_f18_planned_cut_against_freed_hours():
    # 400 calls a day × 8 min / 60 × 220 days × 0.85 / 1,232 = 8.095… FTE; 45 / 8.10 = 5.555…
    assert number("fte_equivalent", COMMONWEALTH) == 8.1
    assert number("planned_cut_ratio", COMMONWEALTH) == 5.56


def test_f19_leakage():
    # net 8.0 h less 5.5 booked = 2.5 h without a use; verified 3.0 of 8.0 = 37.5 %
    answers = {**POOLED, "booked_hours_per_day": 5.5, "verified_hours_per_day": 3}
    assert number("leakage_hours_day", answers) == 2.5
    assert number("realisation_rate_pct", answers) == 37.5


def test_f21_a_claim_is_worth_three_tenths_to_the_whole():
    # claimed 13.33 h: at least 4.0, at most 13.33
    assert number("net_hours_low", EXAMPLE, saving_measured_by="vendor") == 4.0
    assert number("net_hours_high", EXAMPLE, saving_measured_by="vendor") == 13.33


def test_f21_a_measured_saving_varies_by_a_tenth():
    assert number("net_hours_low", CHECKED, saving_measured_by="system") == 7.2
    assert number("net_hours_high", CHECKED, saving_measured_by="system") == 8.8


@pytest.mark.parametrize(
    "name", ["gross_hours_day", "net_hours_day", "realisable_hours_day", "fte_equivalent", "quality_worth_year"]
)
def test_nothing_is_computed_from_nothing(name: str):
    assert number(name, {}) is None


def test_a_divisor_that_turns_out_zero_gives_unknown():
    assert number("net_min_head_day", CHECKED, team_headcount=0) is None


def test_a_range_gives_a_range():
    assert number("gross_hours_day", {"cases_per_day": 200}, ai_minutes_saved_per_case={"low": 3, "high": 6}) == (
        10,
        20,
    )


def test_every_formula_of_the_arithmetic_is_a_measure():
    codes = {measure.code for measure in RULEBOOK.measures.values() if measure.code}
    assert codes >= {f"F{number}" for number in range(1, 20)}


def test_the_net_can_be_below_nothing_and_then_the_advice_is_to_fix_the_step():
    found = evaluated(**{**EXAMPLE, "verification_min_per_case": 5})
    assert found.truth["verdict-fix-ai-first"] is True
