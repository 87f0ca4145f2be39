"""The statistics against values that were published, and against their definitions."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.backtest.statistics import FEWEST, mcnemar, median_bounds, middle, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(hits: int, of: int, low: float, high: float) -> None:
    found = wilson(hits, of, 0.95)
    assert found.value == hits / of
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 400), st.data())
def test_wilson_holds_the_share_and_turns_with_it(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    found, turned = wilson(hits, of, 0.9), wilson(of - hits, of, 0.9)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low == pytest.approx(1 - turned.high)
    assert wilson(hits, of, 0.95).low <= found.low + 1e-12


def test_below_the_fewest_the_interval_always_covers_about_half_of_the_scale() -> None:
    def narrowest(of: int) -> float:
        return min(found.high - found.low for hits in range(of + 1) for found in [wilson(hits, of, 0.95)])

    assert narrowest(FEWEST - 1) > 0.48 > 0.45 > narrowest(FEWEST)


@pytest.mark.parametrize(
    ("one", "other", "p"),
    [
        # Fagerland, Lydersen, Laake (2013), BMC Medical Research Methodology 13:91: airway hyper-responsiveness, exact
        (1, 7, 0.0703),
        (7, 1, 0.0703),
        (0, 5, 0.0625),
        (0, 6, 0.0312),
        (4, 4, 1.0),
        (0, 0, 1.0),
    ],
)
def test_mcnemar_gives_the_published_p(one: int, other: int, p: float) -> None:
    assert mcnemar(one, other) == pytest.approx(p, abs=5.1e-5)


@pytest.mark.parametrize(
    ("count", "place"),
    # The smallest and largest value for 6 to 8, the second for 9 to 11, the third for 12 to 14, the sixth for 20, the
    # tenth for 30: the table of the sign test's interval at 95 %.
    [(5, None), (6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (14, 3), (20, 6), (30, 10)],
)
def test_the_median_lies_between_the_values_of_the_table(count: int, place: int | None) -> None:
    values = list(range(1, count + 1))
    assert median_bounds(values, 0.95) == (place and (place, count + 1 - place))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_median_lies_within_its_bounds_which_are_as_narrow_as_they_may_be(values: list[int], level: float) -> None:
    found, count = median_bounds(values, level), len(values)
    place = sum(sum(comb(count, k) for k in range(n)) * 2 <= (1 - level) * 2**count for n in range(1, count // 2 + 2))
    if found is None:
        assert place == 0
    else:
        ordered = sorted(values)
        assert found == (ordered[place - 1], ordered[count - place])
        assert found[0] <= middle(values) <= found[1]


@pytest.mark.parametrize("count", [2_000, 1_000_000])
def test_many_values_are_no_burden(count: int) -> None:
    """The bounds are those of the normal approximation, which is as good as exact here."""
    found = median_bounds(range(count), 0.95)
    assert found is not None
    away = 1.959964 * count**0.5 / 2
    assert found[0] == pytest.approx(count / 2 - away, abs=1.5)
    assert found[1] == count - 1 - found[0]
    assert mcnemar(count // 2 + int(away), count // 2 - int(away)) == pytest.approx(0.05, abs=0.01)
    assert mcnemar(0, count) == pytest.approx(0)
