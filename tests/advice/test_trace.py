"""What a finding rests on can be followed to counts and answers, and every assumption is listed."""

from __future__ import annotations

import pytest

from tests.shipped.answers import advised

EXPOSED = {"headcount_policy": "freeze", "human_path": "limited", "quality_segmented": False}
CLAIM = {"ai_minutes_saved_per_case": 4, "cases_per_day": 200}


def finding(name: str, **answers: object):
    return next(each for each in advised(**answers).findings if each.id == name)


def test_an_erosion_level_shows_the_counts_it_rests_on():
    facts = finding("set-up-warns-early", **EXPOSED).facts
    assert facts["structural_count"] == {"low": 3, "high": 9}
    facts = finding("erosion-is-early", csat_change_pts=-5).facts
    assert (facts["red_count"], facts["reds_seen"]) == ({"low": 1, "high": 8}, 1)


def test_a_recommendation_rests_on_the_answers_that_carry_it():
    answers = {"advisory_unmet_pct": 30, "advice_value": "high", "error_rate_pct": 2, "error_rate_target_pct": 2}
    assert finding("verdict-redeploy", **answers).rests_on == ["advice_value", "advisory_unmet_pct"]


def test_a_verdict_that_is_only_given_alone_is_no_finding_beside_another():
    strong = {"error_rate_pct": 6, "error_rate_target_pct": 2, "rubber_stamp_share_pct": 50}
    alone, beside = advised(**strong), advised(**strong, overtime_pct=12)
    assert "verdict-redeploy" in [each.id for each in alone.findings]
    assert beside.verdict == "relieve_overload_first"
    assert "verdict-redeploy" not in [each.id for each in beside.findings]


def test_where_nothing_is_recommended_nothing_carries_it():
    assert finding("verdict-collect-data", backlog_weeks=1, error_rate_pct=2, occupancy_pct=80).rests_on == []


@pytest.mark.parametrize(("by", "share"), [("vendor", "claimed"), ("self_report", "claimed"), ("system", "measured")])
def test_what_is_left_of_an_unchecked_saving_is_an_assumption(by: str, share: str):
    said = " ".join(advised(**CLAIM, saving_measured_by=by).assumptions)
    percent = "60%" if share == "claimed" else "100%"
    assert f"{share} saving that is left after checking and repair: not known; assumed {percent}." in said


@pytest.mark.parametrize("known", [{"verification_min_per_case": 1}, {"saving_checking": "net"}])
def test_where_checking_is_known_nothing_is_assumed_of_it(known: dict[str, object]):
    said = " ".join(advised(**CLAIM, saving_measured_by="vendor", **known).assumptions)
    assert "saving that is left" not in said
