"""How the hours are shared out: in steps of five, with a reserve of ten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped.answers import RULEBOOK, STRONG_QUALITY, advised
from tests.shipped.choice import chosen


def test_one_pattern_takes_all_but_the_reserve():
    found = chosen(quality=60)
    assert (found.shares, found.reserve) == ({"quality": 90}, 10)


def test_in_proportion_to_support_in_steps_of_five():
    # 18 steps: 60 / 105 × 18 = 10.29, 45 / 105 × 18 = 7.71; the larger remainder takes the step left over
    found = chosen(quality=60, advice=45)
    assert (found.shares, found.reserve) == ({"quality": 50, "advice": 40}, 10)


def test_three_alike_share_alike():
    assert chosen(quality=60, advice=60, volume=60).shares == {"quality": 30, "advice": 30, "volume": 30}


def test_a_step_that_nobody_has_more_right_to_goes_to_the_first():
    # 60 : 60 : 45 of 18 steps = 6.545, 6.545, 4.909: one step to volume, the other to quality before advice
    assert chosen(quality=60, advice=60, volume=45).shares == {"quality": 35, "advice": 30, "volume": 25}


@given(*[st.integers(0, 100)] * 3)
def test_shares_and_reserve_make_100_in_steps_of_five(quality: int, advice: int, volume: int):
    found = chosen(quality=quality, advice=advice, volume=volume)
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
def test_verdicts_that_share_out_nothing(verdict: str):
    assert next(each for each in RULEBOOK.frame.verdicts if each.name == verdict).shares == "no"


def test_no_shares_are_shown_while_quality_is_to_be_recovered():
    advice = advised(**STRONG_QUALITY, harm_incident=True)
    assert (advice.verdict, advice.reserve_pct) == ("recover_quality_first", None)
    assert [each.share_pct for each in advice.patterns] == [None] * 3


def test_the_target_is_shown_where_it_only_has_to_wait():
    advice = advised(**STRONG_QUALITY, clarity_work_list="none")
    assert (advice.verdict, advice.reserve_pct) == ("prepare_first", 10)
    assert {each.pattern: each.share_pct for each in advice.patterns}["quality"] == 90
