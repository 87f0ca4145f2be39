"""Values and sentences as a person writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from advisor.advice.wording import filled_with, rounded_off, shown, significant
from advisor.phrases import phrases_in
from tests.shipped.answers import RULEBOOK, evaluated

ENGLISH = phrases_in("en")


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        ("13.33", 2, "13"), ("13.33", 3, "13.3"), ("12.25", 3, "12.3"), ("-1.625", 3, "−1.63"),
        ("158400", 2, "160,000"),
        ("0.684", 2, "0.68"), ("0", 2, "0"), ("99.95", 3, "100"),
    ],
)  # fmt: skip
def test_significant_digits(value, digits, written):
    assert ENGLISH.decimal(significant(Fraction(value), digits), 2) == written


def test_a_half_goes_away_from_zero():
    assert [rounded_off(Fraction(each), 0) for each in ("0.5", "1.5", "-2.5")] == [1, 2, -3]


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ({"low": 91, "high": 100}, "at least 91%"),
        ({"low": 0, "high": 5}, "at most 5%"),
        ({"low": 80, "high": 90}, "80 to 90%"),
        ({"low": 0, "high": 100}, "0 to 100%"),
        (85, "85%"),
    ],
)
def test_a_range_that_ends_where_the_question_does(answer, written):
    assert shown("occupancy_pct", RULEBOOK, evaluated(occupancy_pct=answer).facts, "EUR") == written


def test_nobody_says_at_least_nothing():
    facts = evaluated(csat_change_pts={"low": 0, "high": 100}).facts
    assert shown("csat_change_pts", RULEBOOK, facts, "EUR") == "0 points or more"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is claimed. It may lie between {a} and {a}.", "It is claimed."),
        ("It is claimed. It may lie between {a} and {b}.", "It is claimed. It may lie between 1 h and 2 h."),
        ("There is a gap (errors {unknown} times the target, repeats {a}).", "There is a gap (repeats 1 h)."),
        ("{about} are open.", "About 3 h are open."),
        ("Of {a}, {b} are left. {unknown} are lost.", "Of 1 h, 2 h are left."),
    ],
)
def test_sentences_that_say_nothing_are_left_out(text, expected):
    values = {"a": "1 h", "b": "2 h", "about": "about 3 h", "unknown": "not known"}
    assert filled_with(text, values.__getitem__, ENGLISH) == expected
