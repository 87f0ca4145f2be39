"""A finding says only what its own condition has established; steps follow each other."""

from __future__ import annotations

import pytest

from advisor.advice.model import FindingResult
from advisor.advice.steps import merged_steps
from advisor.language import nodes
from tests.shipped.answers import RULEBOOK, advised

HOLDS_FOR_EACH = {
    "saving-implausible": "both figures stand in the sentence, and either may be the one that is off",
    "quality-gap": "errors above their target, in both",
    "defects-before-volume": "errors above their target, in both",
    "clarity-is-one-sided": "one side answered, and the sentence shows which",
    "authority-is-one-sided": "one side answered, and the sentence shows which",
    "recognition-is-one-sided": "one side answered, and the sentence shows which",
    "stop-measures-contradict": "the two answers contradict each other, in both",
    "table-contradicts-stop-measures": "the two answers contradict each other, in both",
    "direct-score-contradicts-items": "a score and its items lie apart, and the sentence shows which",
    "protected-data-and-codetermination": "the sentence is on such answers as a whole",
    "pockets-of-capacity": "both are pockets",
    "verdict-fix-ai-first": "too little is left of a case, in both",
    "verdict-prepare-first": "at least one is missing",
}
"""Rules that fire by alternatives, and why one sentence is true of each. Any other has to be one rule for each case."""
RED_IN_AN_EXPOSED_SET_UP = {"human_path": "limited", "quality_segmented": False, "csat_change_pts": -6}
UNCLEAR = {
    "team_headcount": 4,
    "clarity_work_list": "verbal",
    "clarity_value_estimated": "no",
    "clarity_hours_assigned": "no",
}


def said(rule: str, **answers: object) -> str:
    return found(rule, **answers).says


def found(rule: str, **answers: object) -> FindingResult:
    return next(each for each in advised(**answers).findings if each.id == rule)


def coded(code: str, **answers: object) -> list[FindingResult]:
    return [each for each in advised(**answers).findings if each.code == code]


def test_rules_that_fire_by_alternatives_are_those_whose_sentence_holds_for_each():
    alternatives = {rule for rule, node in RULEBOOK.conditions.items() if isinstance(node, nodes.Some)}
    assert alternatives == set(HOLDS_FOR_EACH)


class TestWhatNobodyAnswered:
    def test_a_table_without_a_held_measure_is_named_as_the_ground_for_a_missing_veto(self):
        measures = [
            {"name": "Complaints", "kind": "quality", "weight_pct": 20, "has_target": False, "has_owner": False}
        ]
        words = said("cost-dominant-evaluation", incentive_measures=measures)
        assert "is known that can stop the roll-out (quality or customer measures with target and owner: 0)" in words

    def test_a_direct_answer_does_not_mention_a_table_that_is_not_there(self):
        assert "target and owner" not in said("cost-dominant-evaluation", ai_metrics_quality=False)

    def test_a_freeze_is_no_cut_and_overtime_below_its_mark_is_not_mentioned(self):
        findings = coded("WRN-08", headcount_policy="freeze", volume_growth_12m_pct=6, overtime_pct=4)
        assert [each.id for each in findings] == ["freeze-into-rising-demand"]
        assert "vertime" not in findings[0].says + findings[0].because
        assert " cut" not in findings[0].says + findings[0].because

    def test_exposures_show_the_answer_and_no_alternative(self):
        words = said("exposed-headcount-held", headcount_policy="freeze")
        assert words == "The rule on posts is “Hiring freeze: those who leave are not replaced”."

    def test_what_is_rewarded_leaves_out_what_is_not_known(self):
        words = said("exposed-rewards", individual_volume_target=True)
        assert "for each person: yes)" in words

    @pytest.mark.parametrize("answers", [{}, {"work_mode": "pooled_queue"}, {"ai_minutes_saved_per_case": 12}])
    def test_a_cut_on_a_claim_is_said_once_whatever_else_is_open(self, answers):
        findings = coded("WRN-07", planned_fte_reduction=1.5, saving_measured_by="vendor", **answers)
        assert [each.id for each in findings] == ["cut-on-claimed-saving"]
        assert "Stated by the vendor" in findings[0].says

    @pytest.mark.parametrize(
        ("posts", "severity", "words"),
        [
            (17, None, ""),
            (17.5, "warning", "The hours that can be used come to about 17 FTE, a size and not people. The cut takes"),
            (18.7, "warning", "it is critical where it lies more than 10% above them"),
            (18.8, "critical", "The hours that can be used come to less: about 17 FTE"),
        ],
    )
    def test_how_grave_a_cut_is_depends_on_how_far_it_exceeds_the_hours(self, posts, severity, words):
        hours = {"ai_minutes_saved_per_case": 12, "cases_per_day": 560, "ai_use_share_pct": 100}
        unit = {"saving_measured_by": "system", "work_mode": "pooled_queue", "team_headcount": 100, **hours}
        findings = coded("WRN-07", planned_fte_reduction=posts, **unit)
        assert [each.severity for each in findings] == ([severity] if severity else [])
        assert words in " ".join(each.says for each in findings)

    def test_a_cut_says_which_part_of_its_size_is_missing(self):
        measured = {"planned_fte_reduction": 1.5, "saving_measured_by": "system"}
        assert [each.id for each in coded("WRN-07", **measured)] == ["cut-without-hours"]
        hours = {"ai_minutes_saved_per_case": 12, "cases_per_day": 45, "saving_checking": "net"}
        (finding,) = coded("WRN-07", **measured, **hours)
        assert finding.id == "cut-without-usable-hours"
        assert "9 h a day" in finding.says


class TestWhatTheAnswersSay:
    def test_too_little_clarity_is_not_told_as_none(self):
        words = said("clarity-is-missing", **UNCLEAR)
        assert words.startswith("Too little is settled about what else should be done (clarity 11 of 100, ")

    def test_a_score_that_only_one_view_carries_is_not_told_as_not_known(self):
        words = said("clarity-is-missing", clarity_mgr=35)
        assert words.startswith("Too little is settled about what else should be done (managers 35 of 100). ")

    def test_rights_that_staff_have_are_counted(self):
        rights = {"authority_rights_count": 3, "authority_decision_limit": "none", "authority_protected_min_week": 0}
        assert "rights that staff have 3 of 5" in said("authority-is-missing", team_headcount=4, **rights)

    def test_recovery_names_the_signals_that_are_red_and_no_other(self):
        rule = "verdict-recover-quality-first"
        finding = found(rule, **RED_IN_AN_EXPOSED_SET_UP, complaint_change_pct=5, error_change_pct=4)
        assert "(satisfaction −6 points)" in finding.says
        assert finding.remedy is not None
        assert "(" not in finding.remedy.action, "the step stands below what names them"

    def test_a_harm_alone_speaks_of_no_signal(self):
        unit = advised(harm_incident=True)
        assert unit.verdict == "recover_quality_first"
        assert [each.id for each in unit.findings if each.code == "REC-14"] == [
            "erosion-excludes-volume-and-advice",
            "verdict-recover-from-harm",
        ]

    def test_demand_that_fell_while_volume_rose(self):
        shares = {"failure_demand_share_pct": 35, "transferred_in_pct": 8}
        words = said("load-only-shifts", volume_growth_12m_pct=6, **shares)
        assert words.startswith("Volume changed by +6%, while real demand changed by about −7%.")
        assert "should not exist" not in words

    def test_that_nothing_was_handed_over_a_year_ago_is_a_listed_assumption(self):
        unit = advised(volume_growth_12m_pct=6, failure_demand_share_pct=35, transferred_in_pct=8)
        assert any(each.startswith("Share of the volume that was handed over a year ago") for each in unit.assumptions)

    @pytest.mark.parametrize(
        ("number", "words"), [(1, "Nobody can be held to 1 measure on"), (2, "Nobody can be held to 2 measures on")]
    )
    def test_measures_that_nobody_holds_are_counted_in_a_sentence(self, number, words):
        row = {"kind": "quality", "weight_pct": 20, "has_target": False, "has_owner": True}
        measures = [{"name": f"Measure {place}", **row} for place in range(number)]
        assert said("quality-measure-nobody-holds", incentive_measures=measures).startswith(words)

    def test_too_few_indicators_contradict_no_erosion(self):
        unit = advised(ai_phase="live", **RED_IN_AN_EXPOSED_SET_UP)
        titles = {each.id: each.title for each in unit.findings}
        assert unit.erosion.level == "active"
        assert titles["erosion-would-go-unseen"] == "Too little is known to see erosion"

    def test_sick_leave_that_rose_supports_nothing(self):
        (finding,) = coded("WRN-14", months_live=14, sick_leave_change_pct=3)
        assert "does not support that work got better" in finding.says


class TestSteps:
    def test_authority_is_widened_after_priorities_are_ranked(self):
        none = {"authority_rights_count": 0, "authority_protected_min_week": 0}
        unit = advised(**UNCLEAR, **none, authority_decision_limit="none")
        days = {rule: step.remedy.within_days for step in merged_steps(unit, RULEBOOK) for rule in step.rules}
        assert days["order-of-preparations"] < days["authority-is-missing"] == days["authority-no-right-no-time"]

    def test_a_week_of_demand_is_sorted_once(self):
        unit = advised(volume_growth_12m_pct=6, growth_cause="transferred", failure_demand_share_pct=60)
        steps = [step for step in merged_steps(unit, RULEBOOK) if "week of demand" in step.remedy.action]
        assert [set(step.rules) >= {"growth-said-to-be-shift", "failure-demand-dominates"} for step in steps] == [True]

    def test_target_and_owner_are_asked_for_once(self):
        row = {"weight_pct": 50, "has_target": False, "has_owner": True}
        measures = [{"name": "Cases", "kind": "volume", **row}, {"name": "Complaints", "kind": "quality", **row}]
        unit = advised(incentive_measures=measures)
        (step,) = [step for step in merged_steps(unit, RULEBOOK) if "a target and an owner" in step.remedy.action]
        assert step.rules == ("incentives-dominated-by-volume", "quality-measure-nobody-holds")
