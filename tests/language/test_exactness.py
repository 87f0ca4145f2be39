"""Numbers are exact, and are rounded once, half to even."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.engines.plain.compiled import round_ratio
from advisor.language import ValueAlgebra, lower
from advisor.language.intervals import rounded
from tests.language.names import checked, compiled, facts

TRAPS = [
    # what floats get wrong
    ("n0 + n1 <= 0.15", {"n0": "0.01", "n1": "0.14"}),
    ("n0 + n1 == 0.3", {"n0": "0.1", "n1": "0.2"}),
    ("n0 * 3 == 0.3", {"n0": "0.1"}),
    ("n0 - n1 >= 0.1", {"n0": "0.3", "n1": "0.2"}),
    ("n0 / n1 == 0.29", {"n0": "0.87", "n1": "3"}),
    ("n0 * n1 <= 0.57", {"n0": "57", "n1": "0.01"}),
    ("n0 / 49 * 49 == n0", {"n0": "1"}),
    ("n0 / 3 + n0 / 3 + n0 / 3 == n0", {"n0": "0.01"}),
    ("ramp(n0, 0, 0.3) == 1 / 3", {"n0": "0.1"}),
    ("n0 > 999999999999.99", {"n0": "1000000000000"}),
]


@pytest.mark.parametrize(("text", "given"), TRAPS)
def test_what_floats_get_wrong(text: str, given: dict[str, str]):
    node, known = checked(text, "truth"), facts(**given)
    assert lower(node, ValueAlgebra(known)) is True
    assert compiled(node, known, firm=False) is True


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.5", 0, 0), ("1.5", 0, 2), ("2.5", 0, 2), ("-0.5", 0, 0), ("-1.5", 0, -2), ("-2.5", 0, -2),
        ("0.125", 2, 12), ("0.135", 2, 14), ("2.675", 2, 268), ("1.005", 2, 100), ("1.0050000001", 2, 101),
        ("1.0049999999", 2, 100), ("13.333333", 2, 1333),
    ],
)  # fmt: skip
def test_half_to_even(value: str, decimals: int, expected: int):
    exact = Fraction(value)
    assert rounded((exact, exact), 10**decimals) == (expected, expected)
    assert round_ratio(exact, 10**decimals, 1) == expected
    assert round_ratio(exact.numerator, 10**decimals, exact.denominator) == expected


@given(st.integers(-(10**30), 10**30), st.sampled_from([1, 10, 100]), st.integers(1, 10**20))
def test_rounding_a_ratio_of_integers_is_rounding_the_fraction(number: int, factor: int, divisor: int):
    assert round_ratio(number, factor, divisor) == round(Fraction(number * factor, divisor))


def test_every_half_between_two_hundredths():
    for hundredths in range(-50, 50):
        exact = Fraction(2 * hundredths + 1, 200)
        found = round_ratio(exact.numerator, 100, exact.denominator)
        assert found % 2 == 0
        assert found in (hundredths, hundredths + 1)


@pytest.mark.parametrize("end", [inf, -inf])
def test_an_open_end_stays_open(end: float):
    assert round_ratio(end, 100, 3) == end


def test_what_does_not_apply_stays_so():
    found = round_ratio(nan, 100, 3)
    assert found != found


def test_values_far_beyond_64_bits():
    known = {**facts(), "n0": (10**40, 10**40), "n1": (10**40 + 1, 10**40 + 1)}
    for text, expected in (
        ("n0 < n1", True),
        ("n0 * n1 > n0 * n0", True),
        ("n1 - n0 == 0.01", True),
        ("n0 / n1 < 1", True),
    ):
        node = checked(text, "truth")
        assert lower(node, ValueAlgebra(known)) is expected
        assert compiled(node, known, firm=False) is expected


def test_a_hundred_percentages_added_up_in_any_order():
    random = Random(5)
    weights = [Fraction(random.randrange(10_000), 100) for _ in range(100)]
    rows = tuple({"weight": (int(weight * 100),) * 2, "kind": "red", "flag": True, "title": "x"} for weight in weights)
    node = checked("sum(weight of rows)")
    assert lower(node, ValueAlgebra({"rows": rows})) == (sum(weights), sum(weights))
    assert lower(node, ValueAlgebra({"rows": rows[::-1]})) == (sum(weights), sum(weights))
