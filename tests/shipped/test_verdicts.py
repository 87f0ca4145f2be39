"""Which verdict leads, which are listed with it, and what is said where little is known."""

from __future__ import annotations

import pytest

from tests.shipped.answers import RULEBOOK, STRONG_QUALITY, advised, evaluated

IN_PLACE = {f"{name}_{who}": 80 for name in ("clarity", "authority", "recognition") for who in ("mgr", "staff")}


NOTHING_TO_DO = {
    "ai_minutes_saved_per_case": 4,
    "cases_per_day": 100,
    "headcount_policy": "cap",
    "volume_growth_12m_pct": 0,
    "growth_cause": "season",
    "failure_demand_share_pct": 15,
    "failure_demand_share_prev_pct": 15,
    "backlog_weeks": 0,
    "sla_gap_pts": 0,
    "unmet_demand_pct": 0,
    "forecast_growth_12m_pct": 0,
    "error_rate_pct": 1,
    "error_rate_target_pct": 1,
    "rework_share_pct": 0,
    "recontact_rate_pct": 5,
    "fcr_pct": 90,
    "complaint_ratio": 1,
    "rubber_stamp_share_pct": 0,
    "decision_stakes": "low",
    "advice_value": "none",
    "transferred_in_pct": 0,
}


class TestVerdicts:
    def test_are_in_the_order_of_the_design(self):
        assert [verdict.name for verdict in RULEBOOK.frame.verdicts] == [
            "fix_ai_first", "recover_quality_first", "relieve_overload_first", "plan_before_golive", "stabilise_first",
            "insufficient_data", "prepare_first", "redeploy", "collect_data", "redirect_or_bank",
        ]  # fmt: skip

    def test_the_first_leads_and_the_others_are_listed_in_order(self):
        advice = advised(
            **{
                **STRONG_QUALITY,
                "ai_minutes_saved_per_case": 4,
                "verification_min_per_case": 4,
                "cases_per_day": 100,
                "overtime_pct": 12,
            },
            harm_incident=True,
            clarity_work_list="none",
        )
        assert advice.verdict == "fix_ai_first"
        assert list(advice.also) == ["recover_quality_first", "relieve_overload_first", "prepare_first"]

    @pytest.mark.parametrize(("minutes_left", "verdict"), [(0.8, False), (0.79, True), (0, True)])
    def test_less_than_a_fifth_left_is_fix_first(self, minutes_left: float, verdict: bool):
        answers = {
            "ai_minutes_saved_per_case": 4,
            "verification_min_per_case": round(4 - minutes_left, 2),
            "cases_per_day": 100,
        }
        assert (evaluated(**answers).truth["verdict-fix-ai-first"] is True) is verdict

    def test_redeploy_is_conditional_on_what_is_not_assessed(self):
        advice = advised(**STRONG_QUALITY, clarity_mgr=80, clarity_staff=80)
        assert (advice.verdict, list(advice.conditional_on)) == ("redeploy", ["authority", "recognition"])

    def test_redeploy_without_conditions(self):
        assert list(advised(**STRONG_QUALITY, **IN_PLACE).conditional_on) == []

    def test_a_missing_preparation_gates(self):
        assert advised(**STRONG_QUALITY, **{**IN_PLACE, "recognition_staff": 39}).verdict == "prepare_first"

    def test_recovery_does_not_wait_for_preparations(self):
        advice = advised(**STRONG_QUALITY, harm_incident=True, clarity_work_list="none")
        assert (advice.verdict, "prepare_first" in advice.also) == ("recover_quality_first", True)

    def test_before_go_live_the_use_is_planned(self):
        assert (
            advised(**{**STRONG_QUALITY, "ai_phase": "planned", "months_live": {"not_applicable": "not live"}}).verdict
            == "plan_before_golive"
        )

    @pytest.mark.parametrize(("months", "verdict"), [(2, "stabilise_first"), (3, "redeploy")])
    def test_below_three_months_figures_are_no_baseline(self, months: int, verdict: str):
        assert advised(**{**STRONG_QUALITY, "months_live": months}).verdict == verdict


class TestLittleKnown:
    def test_an_empty_profile_gets_insufficient_data_and_questions(self):
        advice = advised()
        assert (advice.verdict, list(advice.recommended), advice.erosion.level) == (
            "insufficient_data",
            [],
            "not_assessed",
        )
        assert advice.open_questions

    def test_decisive_evidence_of_one_group_is_enough(self):
        """A sparse profile with support gets provisional advice, not silence."""
        advice = advised(error_rate_pct=6, error_rate_target_pct=2, rubber_stamp_share_pct=50)
        assert (advice.verdict, list(advice.recommended), advice.firm) == ("redeploy", ["quality"], False)

    def test_two_groups_without_support_are_not(self):
        assert (
            advised(cases_per_day=100, ai_minutes_saved_per_case=4, volume_growth_12m_pct=1).verdict
            == "insufficient_data"
        )

    def test_three_groups_without_support_collect_data(self):
        answers = {
            "ai_minutes_saved_per_case": 4,
            "cases_per_day": 100,
            "volume_growth_12m_pct": 1,
            "headcount_policy": "cap",
        }
        assert advised(**answers).verdict == "collect_data"

    def test_a_harm_is_said_even_when_nothing_else_is_known(self):
        advice = advised(harm_incident=True)
        assert (advice.verdict, advice.erosion.level) == ("recover_quality_first", "active")
        assert "insufficient_data" in advice.also

    def test_a_red_level_is_said_even_when_little_is_known(self):
        advice = advised(csat_change_pts=-6, complaint_change_pct=25)
        assert (advice.verdict, advice.erosion.level) == ("recover_quality_first", "active")

    def test_nothing_local_and_nothing_possible_redirects(self):
        advice = advised(**NOTHING_TO_DO)
        assert (advice.verdict, list(advice.recommended), advice.firm) == ("redirect_or_bank", [], True)
