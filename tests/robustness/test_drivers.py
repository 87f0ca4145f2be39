"""The measure of what decides, on results whose shares of variance are known."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("polars")
import numpy as np

from advisor.robustness.draws import Parts
from advisor.robustness.drivers import influences

NUMBER = 100_000


def parts(number: int = 20) -> Parts:
    """A quantity that goes through its parts again and again."""
    return Parts(number, (np.arange(NUMBER) % number).astype(np.uint8))


def other(number: int = 20, within: int = 20) -> Parts:
    """One that is apart from it."""
    return Parts(number, (np.arange(NUMBER) // within % number).astype(np.uint8))


def test_what_alone_decides_explains_everything() -> None:
    one, two = parts(), other()
    found = influences((one.places < 5).astype(np.intp), 1, {"one": one, "two": two})
    assert found["one"].explains == pytest.approx(1, abs=0.001)
    assert (found["one"].at_low, found["one"].at_high) == (1, 0)
    assert found["two"].explains == 0
    assert found["two"].at_low == found["two"].at_high == pytest.approx(0.25)


def test_shares_are_those_of_the_variance() -> None:
    """Of `a or b`, each true in half of all cases, either explains a third by itself."""
    one, two = parts(2), other(2, 2)
    found = influences(((one.places == 1) | (two.places == 1)).astype(np.intp), 1, {"one": one, "two": two})
    assert found["one"].explains == pytest.approx(1 / 3, abs=0.001)
    assert found["two"].explains == pytest.approx(1 / 3, abs=0.001)


def test_what_only_acts_together_explains_nothing_by_itself() -> None:
    one, two = parts(2), other(2, 2)
    found = influences((one.places ^ two.places).astype(np.intp), 0, {"one": one, "two": two})
    assert found["one"].explains == found["two"].explains == 0


def test_chance_explains_nothing() -> None:
    results = np.random.default_rng(3).integers(0, 4, NUMBER)
    assert influences(results, 0, {"one": parts()})["one"].explains < 0.0005


def test_a_result_that_never_differs_is_explained_by_nothing() -> None:
    found = influences(np.zeros(NUMBER, np.intp), 0, {"one": parts()})
    assert (found["one"].explains, found["one"].at_low, found["one"].at_high) == (0, 1, 1)


def test_a_result_that_never_came_out_is_told_as_such() -> None:
    found = influences(np.zeros(NUMBER, np.intp), 1, {"one": parts()})
    assert (found["one"].at_low, found["one"].at_high) == (0, 0)
