"""What stands between a score and its pattern: exclusions, caps, terms that do not apply."""

from __future__ import annotations

from tests.shipped.answers import RULEBOOK, advised, evaluated
from tests.shipped.choice import chosen, scored


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
        hours = {"ai_minutes_saved_per_case": 4, "cases_per_day": 200}
        advice = advised(advice_value="high", staff_depth_share_pct=60, work_mode="pooled_queue", **hours)
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
        assert found.low == found.high == 45
        assert found.caps == ("upstream-errors-cap-quality",)

    def test_an_open_cap_lowers_the_lower_bound_only(self):
        found = scored(chosen(rules={"upstream-errors-cap-quality": None}, quality=(60, 80)), "quality")
        assert found.low == 45
        assert found.high == 80
        assert found.open_caps == ("upstream-errors-cap-quality",)

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
        assert found.low == 30  # 0.30 × 80 of 80 is 30 of 100
        assert found.terms[1] is None

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
