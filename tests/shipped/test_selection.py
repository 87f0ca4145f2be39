"""The choice of patterns, point by point (rules.md 6.1), with the shipped policy: floor 25, mix window 15, tie window 5, reserve 10.

`chosen(quality=60, advice=(40, 70))` gives the patterns these scores, all terms alike; what is not named scores nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice.model import PatternResult
from advisor.engines.selection import Scored, Selection, select
from advisor.language.intervals import NO_NUMBER
from advisor.profile import read_profile
from tests.shipped.answers import ADVISER, PLAIN, PROFILES, RULEBOOK, Some, advised, evaluated, facts_at_random

PATTERNS = ("quality", "advice", "volume")
NO_LAW = dict.fromkeys(RULEBOOK.rules, False)
STATUTORY = RULEBOOK.findings["statutory_backlog"][0]
UNKNOWN = (float("-inf"), float("inf"))


def chosen(
    rules: Mapping[str, bool | None] = NO_LAW,
    money: Mapping[str, int] = {},
    without: Mapping[str, Sequence[int]] = {},
    **scores: Any,
) -> Selection:
    """The choice among patterns with these scores; `without` names the places of terms that do not apply."""
    terms = {}
    for pattern in PATTERNS:
        low, high = scores[pattern] if isinstance(scores.get(pattern, 0), tuple) else (scores.get(pattern, 0),) * 2
        terms[pattern] = [
            NO_NUMBER if place in without.get(pattern, ()) else (low, high)
            for place in range(len(RULEBOOK.scores[pattern].terms))
        ]
    worth = {"quality": "quality_worth_year", "advice": "advice_worth_year"}
    facts = {name: UNKNOWN if pattern not in money else (money[pattern] * 100,) * 2 for pattern, name in worth.items()}
    truth = {**NO_LAW, **rules}
    return select(RULEBOOK, {**facts, "statutory_backlog": truth[STATUTORY]}, truth, terms, {})


def scored(selection: Selection, pattern: str) -> Scored:
    return next(each for each in selection.patterns if each.pattern == pattern)


class TestFloor:
    def test_support_of_25_is_enough(self):
        assert chosen(quality=25).recommended == ("quality",)

    def test_support_of_24_is_not(self):
        assert chosen(quality=24).recommended == ()

    def test_only_what_is_certain_counts(self):
        """The lower bound is the support: what could still be is no reason."""
        assert chosen(quality=(24, 100), volume=26).recommended == ("volume",)

    def test_ignorance_gives_no_support(self):
        assert chosen(quality=(0, 100), advice=(0, 100), volume=(0, 100)).recommended == ()


class TestMix:
    def test_within_15_points_of_the_best_joins(self):
        assert chosen(quality=60, advice=45).recommended == ("quality", "advice")

    def test_more_than_15_points_below_does_not(self):
        assert chosen(quality=60, advice=44).recommended == ("quality",)

    def test_the_mix_never_goes_below_the_floor(self):
        assert chosen(quality=30, advice=24).recommended == ("quality",)

    def test_the_better_leads_outside_the_tie(self):
        assert chosen(quality=54, advice=60, volume=47).recommended == ("advice", "quality", "volume")


class TestTie:
    def test_in_a_tie_quality_comes_before_advice_before_volume(self):
        assert chosen(quality=55, advice=58, volume=60).recommended == ("quality", "advice", "volume")

    def test_six_points_are_no_tie(self):
        assert chosen(quality=54, volume=60).recommended == ("volume", "quality")

    def test_money_decides_where_it_is_known_for_both(self):
        found = chosen(quality=60, advice=58, money={"quality": 10_000, "advice": 20_000})
        assert (found.recommended, found.decided_by) == (("advice", "quality"), "money")

    def test_money_known_for_one_decides_nothing(self):
        found = chosen(quality=58, advice=60, money={"advice": 20_000})
        assert (found.recommended, found.decided_by) == (("quality", "advice"), "order")

    def test_money_does_not_decide_outside_the_tie(self):
        found = chosen(quality=60, advice=54, money={"quality": 10_000, "advice": 20_000})
        assert (found.recommended, found.decided_by) == (("quality", "advice"), "")

    def test_volume_has_no_worth_so_the_order_decides(self):
        found = chosen(quality=58, advice=60, volume=60, money={"quality": 10_000, "advice": 20_000})
        assert (found.recommended, found.decided_by) == (("quality", "advice", "volume"), "order")


class TestStatutoryDeadline:
    def test_puts_volume_first(self):
        found = chosen(rules={STATUTORY: True}, quality=60, volume=50)
        assert (found.recommended, found.decided_by) == (("volume", "quality"), "first")

    def test_puts_volume_first_from_outside_the_mix(self):
        assert chosen(rules={STATUTORY: True}, quality=60, volume=25).recommended == ("volume", "quality")

    def test_does_not_help_volume_without_support(self):
        assert chosen(rules={STATUTORY: True}, quality=60, volume=24).recommended == ("quality",)

    def test_does_not_help_volume_while_quality_erodes(self):
        rules = {STATUTORY: True, "erosion-excludes-volume-and-advice": True}
        assert chosen(rules=rules, quality=60, volume=60).recommended == ("quality",)

    @pytest.mark.parametrize("rule", ["load-shift-excludes-volume", "nothing-to-absorb"])
    @pytest.mark.parametrize(
        "defeat", [{"statutory_deadline_breach": True, "statutory_breach_running": True}, {"backlog_weeks": 4}]
    )
    def test_defeats_what_otherwise_excludes_volume(self, rule: str, defeat: dict[str, Any]):
        flat = {
            "volume_growth_12m_pct": 1 if rule == "nothing-to-absorb" else 8,
            "failure_demand_share_pct": 72,
            "failure_demand_share_prev_pct": 70,
            "transferred_in_pct": 0,
            "backlog_weeks": 1,
            "sla_gap_pts": 0,
            "unmet_demand_pct": 0,
        }
        none = {"statutory_deadline_breach": False}
        assert evaluated(**flat, **none).firm_truth.get(rule, evaluated(**flat, **none).truth[rule]) is True
        defeated = evaluated(**{**flat, **none, **defeat})
        assert defeated.truth[rule] is False


class TestShares:
    def test_one_pattern_takes_all_but_the_reserve(self):
        found = chosen(quality=60)
        assert (found.shares, found.reserve) == ({"quality": 90}, 10)

    def test_in_proportion_to_support_in_steps_of_five(self):
        # 18 steps: 60 / 105 × 18 = 10.29, 45 / 105 × 18 = 7.71; the larger remainder takes the step left over
        found = chosen(quality=60, advice=45)
        assert (found.shares, found.reserve) == ({"quality": 50, "advice": 40}, 10)

    def test_three_alike_share_alike(self):
        assert chosen(quality=60, advice=60, volume=60).shares == {"quality": 30, "advice": 30, "volume": 30}

    def test_a_step_that_nobody_has_more_right_to_goes_to_the_first(self):
        # 60 : 60 : 45 of 18 steps = 6.545, 6.545, 4.909: one step to volume, the other to quality before advice
        assert chosen(quality=60, advice=60, volume=45).shares == {"quality": 35, "advice": 30, "volume": 25}

    @given(st.tuples(*[st.integers(0, 100)] * 3))
    def test_shares_and_reserve_make_100_in_steps_of_five(self, scores: tuple[int, ...]):
        found = chosen(**dict(zip(PATTERNS, scores, strict=True)))
        assert set(found.shares) == set(found.recommended)
        assert all(share % 5 == 0 and share >= 0 for share in found.shares.values())
        assert sum(found.shares.values()) + found.reserve == (100 if found.recommended else 0)

    @pytest.mark.parametrize(
        "verdict",
        [
            "fix_ai_first",
            "recover_quality_first",
            "relieve_overload_first",
            "insufficient_data",
            "collect_data",
            "redirect_or_bank",
        ],
    )
    def test_verdicts_that_share_out_nothing(self, verdict: str):
        assert next(each for each in RULEBOOK.frame.verdicts if each.name == verdict).shares == "no"

    def test_no_shares_are_shown_while_quality_is_to_be_recovered(self):
        advice = advised(**STRONG_QUALITY, harm_incident=True)
        assert (advice.verdict, advice.reserve_pct) == ("recover_quality_first", None)
        assert [each.share_pct for each in advice.patterns] == [None] * 3

    def test_the_target_is_shown_where_it_only_has_to_wait(self):
        advice = advised(**STRONG_QUALITY, clarity_work_list="none")
        assert (advice.verdict, advice.reserve_pct) == ("prepare_first", 10)
        assert {each.pattern: each.share_pct for each in advice.patterns}["quality"] == 90


class TestExclusions:
    def test_what_is_certainly_excluded_is_not_recommended(self):
        found = chosen(rules={"nobody-needs-advice": True}, quality=40, advice=90)
        assert found.recommended == ("quality",)
        assert scored(found, "advice").excluded_by == ("nobody-needs-advice",)

    def test_what_may_be_excluded_is_recommended_provisionally(self):
        found = chosen(rules={"nobody-needs-advice": None}, advice=90)
        assert (found.recommended, found.firm) == (("advice",), False)
        assert scored(found, "advice").open_exclusions == ("nobody-needs-advice",)

    def test_the_question_behind_an_open_exclusion_comes_first(self):
        advice = advised(advice_value="high", staff_depth_share_pct=60, work_mode="pooled_queue")
        assert list(advice.recommended) == ["advice"]
        blocking = {rule for each in advice.patterns for rule in each.open_exclusions}
        waits = [bool(blocking & set(each.waits)) for each in advice.open_questions]
        assert waits == sorted(waits, reverse=True)
        assert "nobody-needs-advice" in blocking

    def test_an_exclusion_is_never_a_small_cap(self):
        for rule in RULEBOOK.rules.values():
            assert not (rule.excludes and rule.caps)
        assert {rule.code for rule in RULEBOOK.rules.values() if rule.excludes} == {
            "REC-04",
            "REC-05",
            "REC-14",
            "REC-21",
        }

    def test_active_erosion_blocks_volume_and_advice(self):
        found = evaluated(harm_incident=True).selection
        assert [each.pattern for each in found.patterns if each.excluded_by] == ["advice", "volume"]


class TestCaps:
    def test_a_certain_cap_lowers_both_bounds(self):
        found = scored(chosen(rules={"upstream-errors-cap-quality": True}, quality=(60, 80)), "quality")
        assert (found.low, found.high, found.caps) == (45, 45, ("upstream-errors-cap-quality",))

    def test_an_open_cap_lowers_the_lower_bound_only(self):
        found = scored(chosen(rules={"upstream-errors-cap-quality": None}, quality=(60, 80)), "quality")
        assert (found.low, found.high, found.open_caps) == (45, 80, ("upstream-errors-cap-quality",))

    def test_the_lowest_of_several_caps_holds(self):
        found = chosen(rules={"overload-caps-advice": True, "no-depth-caps-advice": True}, advice=90)
        assert scored(found, "advice").high == 40

    def test_a_cap_never_lifts(self):
        assert scored(chosen(rules={"upstream-errors-cap-quality": True}, quality=30), "quality").low == 30

    def test_rec_06_to_rec_11_are_caps(self):
        assert {rule.code for rule in RULEBOOK.rules.values() if rule.caps} == {
            f"REC-{number:02}" for number in range(6, 12)
        }


class TestNotApplicable:
    """Volume's terms weigh 40, 20, 15, 15 and 10."""

    def test_the_rest_is_scaled_up(self):
        found = scored(chosen(volume=30, without={"volume": [1]}), "volume")
        assert (found.low, found.terms[1]) == (30, None)  # 0.30 × 80 of 80 is 30 of 100

    def test_exactly_half_is_enough(self):
        assert scored(chosen(volume=30, without={"volume": [0, 4]}), "volume").low == 30

    def test_less_than_half_cannot_be_assessed(self):
        found = scored(chosen(volume=30, without={"volume": [0, 1]}), "volume")
        assert (found.low, found.high) == (None, None)

    def test_money_of_what_does_not_apply_is_not_nothing(self):
        """No money is known, so it decides no tie; nought would decide it against quality."""
        answers = {
            "cases_per_day": 100,
            "cost_per_error": 40,
            "error_rate_pct": {"not_applicable": "no errors can be counted"},
        }
        assert advised(**answers).money["quality"] is None

    def test_what_cannot_be_assessed_is_null_in_the_advice(self):
        none = {"not_applicable": "no demand of its own"}
        advice = advised(
            volume_growth_12m_pct=none, growth_cause=none, failure_demand_share_pct=none, backlog_weeks=none
        )
        volume = next(each for each in advice.patterns if each.pattern == "volume")
        assert (volume.low, volume.high, volume.share_pct) == (None, None, None)


class TestFirm:
    def test_no_other_can_come_above(self):
        assert chosen(quality=60, volume=(0, 54)).firm

    def test_another_could(self):
        assert not chosen(quality=60, volume=(0, 61)).firm

    def test_one_that_is_excluded_is_no_rival(self):
        assert chosen(rules={"nobody-needs-advice": True}, quality=60, advice=(0, 100)).firm

    def test_an_open_exclusion_of_one_that_is_recommended_keeps_it_provisional(self):
        assert not chosen(rules={"load-shift-excludes-volume": None}, quality=60, volume=50).firm

    def test_an_open_statutory_deadline_could_put_volume_first(self):
        assert not chosen(rules={STATUTORY: None}, quality=60, volume=(20, 40)).firm
        assert chosen(rules={STATUTORY: None}, quality=60, volume=(0, 24)).firm
        assert chosen(rules={STATUTORY: None}, quality=10, volume=60).firm

    def test_another_that_may_come_within_the_tie_and_goes_before_it(self):
        """Quality leads among equals: at 56 of 60 it would take the place of volume."""
        assert not chosen(volume=60, quality=(0, 56)).firm
        assert chosen(volume=60, quality=(0, 54)).firm
        assert chosen(quality=60, volume=(0, 60)).firm

    def test_money_that_is_not_known_could_decide_a_tie(self):
        assert not chosen(quality=60, advice=57).firm
        assert chosen(quality=60, advice=57, money={"quality": 2, "advice": 1}).firm
        assert chosen(quality=60, advice=54).firm

    def test_nothing_recommended_is_firm_when_nothing_can_be(self):
        assert chosen(quality=(0, 24)).firm
        assert not chosen(quality=(0, 25)).firm


class TestReach:
    @pytest.mark.parametrize(("high", "could"), [(55, True), (54, False)])
    def test_a_pattern_could_still_reach_55(self, high: int, could: bool):
        assert chosen(volume=(0, high)).could_reach_any is could

    def test_one_that_is_excluded_cannot(self):
        assert not chosen(rules={"nobody-needs-advice": True}, advice=(0, 100)).could_reach_any

    def test_support_counts_before_exclusions(self):
        """For insufficient_data: a pattern with support tells that something is known, even when it is excluded."""
        assert chosen(rules={"nobody-needs-advice": True}, advice=80).supports_any


STRONG_QUALITY = {
    "ai_phase": "live",
    "months_live": 12,
    "error_rate_pct": 6,
    "error_rate_target_pct": 2,
    "recontact_rate_pct": 40,
    "rubber_stamp_share_pct": 50,
    "decision_stakes": "high",
    "backlog_weeks": 0,
}
IN_PLACE = {f"{name}_{who}": 80 for name in ("clarity", "authority", "recognition") for who in ("mgr", "staff")}


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


@given(st.randoms(use_true_random=False), st.sampled_from(Some))
def test_whatever_is_answered_the_choice_keeps_its_rules(random, answered):
    found = PLAIN.evaluate(facts_at_random(random, answered)).selection
    supports = {each.pattern: each.low for each in found.patterns if each.low is not None and not each.excluded_by}
    best = max((support for support in supports.values() if support >= 25), default=0)
    for pattern in found.recommended:
        assert supports[pattern] >= 25
        assert supports[pattern] >= best - 15 or pattern == "volume"
    for pattern, support in supports.items():
        assert (support >= 25 and support >= best - 15) <= (pattern in found.recommended)
    for each in found.patterns:
        assert each.low is None or 0 <= each.low <= each.high <= 100
    assert sum(found.shares.values()) + found.reserve in (0, 100)


class TestMoneyOfAShare:
    """What a use is worth follows from the hours that it gets, so that no amount is shown for hours it does not have."""

    @staticmethod
    def patterns(unit: str) -> dict[str, PatternResult]:
        profile = read_profile(PROFILES[0].with_name("healthy-insurer.yaml"), RULEBOOK.questions)
        (found,) = [each for each in ADVISER.advise(profile).document.units if each.unit == unit]
        return {each.pattern: each for each in found.patterns}

    def test_it_is_that_share_of_what_all_hours_are_worth(self):
        quality = self.patterns("Claims handling")["quality"]
        assert (quality.share_pct, quality.money_per_year) == (90, 158_400 * 90 // 100)

    def test_an_excluded_use_has_none(self):
        advice = self.patterns("Claims handling")["advice"]
        assert advice.excluded_by
        assert advice.money_per_year is None

    def test_without_shares_there_is_none(self):
        unit = advised(
            ai_minutes_saved_per_case=3, verification_min_per_case=4, cases_per_day=200, saving_basis="all_cases",
            error_rate_pct=6, error_rate_target_pct=2, cost_per_error=40, failure_demand_share_pct=60,
        )  # fmt: skip
        assert unit.verdict == "fix_ai_first"
        assert set(unit.money.values()) == {None}
