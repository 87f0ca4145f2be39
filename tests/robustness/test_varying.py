"""Within which ranges answers and thresholds vary."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

pytest.importorskip("numpy")
pytest.importorskip("polars")
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from advisor.profile import Answer, Evidence, Frozen, Unit
from advisor.robustness.draws import draw
from advisor.robustness.varying import Varying, answers_that_vary, thresholds_that_vary
from advisor.rulebook.model import Robustness, Spread
from tests.memo.samples import rulebook

RULEBOOK = rulebook()


def ends(name: str, evidence: Evidence, value: str | None, low: str | None = None, high: str | None = None):
    """The range of one answer, or None."""
    about, least, most = (None if number is None else Decimal(number) for number in (value, low, high))
    unit = Unit("u", Frozen({name: Answer("answered", about, least, most, evidence)}))
    found = answers_that_vary(unit, RULEBOOK, {name})
    return found[0].ends if found else None


def off(evidence: str) -> Fraction:
    return Fraction(RULEBOOK.parameters[f"answer_off_{evidence}"].value) / 100


def test_a_stated_range_counts_whatever_the_evidence() -> None:
    assert ends("error_rate_pct", "measured", "3", "2.5", "4") == (Fraction("2.5"), 4)
    assert ends("error_rate_pct", "inferred", None, "2.5", "4") == (Fraction("2.5"), 4)
    assert ends("error_rate_pct", "inferred", "3", "3", "3") is None


def test_amounts_are_off_by_a_part_of_their_value() -> None:
    assert ends("ai_minutes_saved_per_case", "stated", "4") == (4 - 4 * off("stated"), 4 + 4 * off("stated"))
    assert ends("ai_minutes_saved_per_case", "measured", "0") is None


def test_shares_are_off_by_a_part_of_what_is_left_to_the_nearer_bound() -> None:
    assert ends("error_rate_pct", "estimated", "4") == (4 - 4 * off("estimated"), 4 + 4 * off("estimated"))
    assert ends("fcr_pct", "estimated", "96") == (96 - 4 * off("estimated"), 96 + 4 * off("estimated"))
    assert ends("fcr_pct", "estimated", "100") is None


def test_changes_are_off_by_points_and_may_have_the_other_sign() -> None:
    size = Fraction(RULEBOOK.parameters["change_off_inferred"].value)
    assert ends("csat_change_pts", "inferred", "0") == (-size, size)
    assert ends("csat_change_pts", "inferred", "-100") == (-100, -100 + size)


def test_counts_stay_whole_and_measured_ones_as_they_are() -> None:
    assert ends("team_headcount", "measured", "40") is None
    assert ends("team_headcount", "documented", "40") is None
    found = ends("team_headcount", "stated", "44")
    assert found == (44 - 4, 44 + 4)
    assert ends("team_headcount", "stated", "3") is None


def test_words_and_what_nobody_knows_do_not_vary() -> None:
    answers = {
        "ai_phase": Answer("answered", "live", evidence="inferred"),
        "statutory_deadline_broken": Answer("answered", True, evidence="inferred"),
        "error_rate_pct": Answer("unknown"),
        "fcr_pct": Answer("not_applicable", reason="no calls"),
    }
    assert answers_that_vary(Unit("u", Frozen(answers)), RULEBOOK, RULEBOOK.questions) == []


def test_without_spreads_only_stated_ranges_vary() -> None:
    bare = replace(RULEBOOK, frame=replace(RULEBOOK.frame, robustness=None), fingerprint="")
    answers = {
        "error_rate_pct": Answer("answered", Decimal(3), evidence="inferred"),
        "fcr_pct": Answer("answered", low=Decimal(70), high=Decimal(80)),
    }
    found = answers_that_vary(Unit("u", Frozen(answers)), bare, bare.questions)
    assert [each.name for each in found] == ["fcr_pct"]


def test_the_first_spread_that_fits_counts() -> None:
    first = Spread(name="one", questions=("error_rate_pct",), of="unit", by={})
    second = Spread(name="two", units=("%",), of="value", by={})
    policy = Robustness(spreads=(first, second))
    assert policy.spread_of(RULEBOOK.questions["error_rate_pct"]) is first
    assert policy.spread_of(RULEBOOK.questions["fcr_pct"]) is second
    assert policy.spread_of(RULEBOOK.questions["team_fte"]) is None


def test_thresholds_take_the_round_values_of_their_plausible_range() -> None:
    found = {each.name: each for each in thresholds_that_vary(RULEBOOK, {"rule:" + rule for rule in RULEBOOK.rules})}
    assert [str(end) for end in found["error_ratio_gap"].ends] == ["6/5", "2"]
    assert found["error_ratio_gap"].levels == 9
    assert found["erosion_reds_active"].levels == 2
    assert "minutes_per_hour" not in found
    assert "items_needed" not in found


@given(
    low=st.integers(-(10**12), 10**12),
    levels=st.integers(1, 1000),
    step=st.integers(1, 10**6),
    seed=st.integers(0, 99),
)
def test_draws_keep_to_the_range_and_its_steps(low: int, levels: int, step: int, seed: int) -> None:
    varying = Varying("fcr_pct", "stated", low, levels, step, 100)
    one, again = (draw(RULEBOOK, [varying], 501, seed) for _ in range(2))
    values = one.columns["fcr_pct.low"].to_list()
    assert values == one.columns["fcr_pct.high"].to_list() == again.columns["fcr_pct.low"].to_list()
    assert all(0 <= (value - low) // step < levels and (value - low) % step == 0 for value in values)
    part = one.parts["fcr_pct"]
    assert part.number == min(levels, 20)
    assert part.places.max() < part.number
