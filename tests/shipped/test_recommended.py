"""Which patterns are recommended and in what order: floor 25, mix window 15, tie window 5."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped.answers import PLAIN, Some, evaluated, facts_at_random
from tests.shipped.choice import STATUTORY, chosen


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


@given(st.randoms(use_true_random=False), st.sampled_from(Some))
def test_whatever_is_answered_the_choice_keeps_its_rules(random: Random, answered: Some):
    found = PLAIN.evaluate(facts_at_random(random, answered)).selection
    supports = {each.pattern: each.low for each in found.patterns if each.low is not None and not each.excluded_by}
    best = max((support for support in supports.values() if support >= 25), default=0)
    for pattern in found.recommended:
        assert supports[pattern] >= 25
        assert supports[pattern] >= best - 15 or pattern == "volume"
    for pattern, support in supports.items():
        assert (support >= 25 and support >= best - 15) <= (pattern in found.recommended)
    for each in found.patterns:
        low, high = each.low, each.high
        assert (low is None) == (high is None)
        assert low is None or high is None or 0 <= low <= high <= 100
    assert sum(found.shares.values()) + found.reserve in (0, 100)
