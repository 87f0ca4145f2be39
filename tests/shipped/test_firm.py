"""Whether open answers could still change the choice of patterns."""

from __future__ import annotations

import pytest

from tests.shipped.choice import STATUTORY, chosen


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
