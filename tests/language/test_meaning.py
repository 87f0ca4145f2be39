"""What each construct means, by example (docs/rulebook.md).

U is unknown, N is not applicable; both stand for any kind.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

import pytest

from advisor.language import ValueAlgebra, intervals, lower
from tests.language.names import NONE, UNKNOWN, checked, facts, number, row, truth

U, N = None, "n/a"
T, F = True, False


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T), (T, F, F, T), (T, U, U, T),
        (F, T, F, T), (F, F, F, F), (F, U, F, U),
        (U, T, U, T), (U, F, F, U), (U, U, U, U),
        (N, T, F, T), (N, U, F, U), (N, F, F, F),
    ],
)  # fmt: skip
def test_and_or(left: Any, right: Any, both: Any, either: Any):
    assert truth("b0 and b1", b0=left, b1=right) is both
    assert truth("b0 or b1", b0=left, b1=right) is either


@pytest.mark.parametrize(("value", "negated"), [(T, F), (F, T), (U, U), (N, T)])
def test_not(value: Any, negated: Any):
    assert truth("not b0", b0=value) is negated


@pytest.mark.parametrize(
    ("value", "is_true", "is_false", "is_not_true"), [(T, T, F, F), (F, F, T, T), (U, U, U, U), (N, F, F, F)]
)
def test_a_yes_or_no_compared(value: Any, is_true: Any, is_false: Any, is_not_true: Any):
    assert truth("b0 == true", b0=value) is is_true
    assert truth("b0 == false", b0=value) is is_false
    assert truth("b0 != true", b0=value) is is_not_true


COMPARISONS = [
    # value, then: <5, <=5, >5, >=5, ==5, !=5
    (4, T, T, F, F, F, T),
    (5, F, T, F, T, T, F),
    (6, F, F, T, T, F, T),
    ((3, 4), T, T, F, F, F, T),
    ((4, 5), U, T, F, U, U, U),
    ((5, 6), F, U, U, T, U, U),
    ((4, 6), U, U, U, U, U, U),
    (UNKNOWN, U, U, U, U, U, U),
    (NONE, F, F, F, F, F, F),
]


@pytest.mark.parametrize("case", COMPARISONS, ids=lambda case: str(case[0]))
@pytest.mark.parametrize(("place", "op"), list(enumerate(("<", "<=", ">", ">=", "==", "!="), start=1)))
def test_comparison(case: tuple[Any, ...], place: int, op: str):
    mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}[op]
    assert truth(f"n0 {op} 5", n0=case[0]) is case[place]
    assert truth(f"5 {mirrored} n0", n0=case[0]) is case[place]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, T), (2.99, F), (4.99, T), (5, F), ((2, 4), U), ((3, 4), T), ((5, 6), F), (UNKNOWN, U), (NONE, F)],
)
def test_chained_comparison(value: Any, expected: Any):
    assert truth("3 <= n0 < 5", n0=value) is expected


@pytest.mark.parametrize(("value", "is_in", "is_not_in"), [("red", T, F), ("green", F, T), (U, U, U), (N, F, F)])
def test_choice(value: Any, is_in: Any, is_not_in: Any):
    assert truth("colour in (red, blue)", colour=value) is is_in
    assert truth("colour not in (red, blue)", colour=value) is is_not_in
    assert truth("colour == 'red'", colour=value) is is_in
    assert truth("colour != red", colour=value) is is_not_in


@pytest.mark.parametrize(
    ("value", "holds", "lacks"), [(frozenset({"red"}), T, F), (frozenset(), F, T), (U, U, U), (N, F, F)]
)
def test_several_choices(value: Any, holds: Any, lacks: Any):
    assert truth("red in tags", tags=value) is holds
    assert truth("red not in tags", tags=value) is lacks


@pytest.mark.parametrize(
    ("value", "is_in", "is_not_in"),
    [(3, T, F), (12.5, T, F), (4, F, T), ((3, 4), U, U), ((5, 6), F, T), (UNKNOWN, U, U), (NONE, F, F)],
)
def test_number_among_others(value: Any, is_in: Any, is_not_in: Any):
    assert truth("n0 in (3, p2)", n0=value) is is_in
    assert truth("n0 not in (3, p2)", n0=value) is is_not_in


ARITHMETIC = [
    ("n0 + n1", 2, 3, 5),
    ("n0 - n1", 2, 3, -1),
    ("n0 * n1", 2, 3, 6),
    ("n0 / n1", 2, 3, Fraction(2, 3)),
    ("-n0", 2, 3, -2),
    ("n0 + n1", (1, 2), (10, 20), (11, 22)),
    ("n0 - n1", (1, 2), (10, 20), (-19, -8)),
    ("n0 * n1", (-1, 2), (10, 20), (-20, 40)),
    ("n0 / n1", (1, 2), (4, 8), (Fraction(1, 8), Fraction(1, 2))),
    ("n0 / n1", (1, 2), (-1, 1), UNKNOWN),
    ("n0 / n1", 1, (0, 1), UNKNOWN),
    ("n0 / n1", 1, 0, UNKNOWN),
    ("n0 / n1", 0, 0, UNKNOWN),
    ("n0 - n0", UNKNOWN, 0, UNKNOWN),
    ("n0 * n1", UNKNOWN, 0, 0),
    ("n0 + n1", UNKNOWN, 3, UNKNOWN),
    ("n0 / n1", 1, UNKNOWN, UNKNOWN),
    ("n0 + n1", NONE, 3, NONE),
    ("n0 * n1", NONE, 0, NONE),
    ("n0 / n1", NONE, 0, NONE),
    ("n0 - n1", UNKNOWN, NONE, NONE),
]


@pytest.mark.parametrize(("text", "left", "right", "expected"), ARITHMETIC)
def test_arithmetic(text: str, left: Any, right: Any, expected: Any):
    assert same(number(text, n0=left, n1=right), expected)


@pytest.mark.parametrize(
    ("condition", "then", "other", "expected"),
    [
        (T, 1, 2, 1), (F, 1, 2, 2), (U, 1, 2, (1, 2)), (U, 2, 2, 2), (N, 1, 2, 2), (U, UNKNOWN, 2, UNKNOWN),
        (U, NONE, 2, UNKNOWN), (U, NONE, NONE, NONE), (T, NONE, 2, NONE), (T, (1, 3), 2, (1, 3)),
    ],
)  # fmt: skip
def test_if_else(condition: Any, then: Any, other: Any, expected: Any):
    assert same(number("n0 if b0 else n1", b0=condition, n0=then, n1=other), expected)


@pytest.mark.parametrize(("condition", "expected"), [(T, T), (F, F), (U, U)])
def test_if_else_of_conditions(condition: Any, expected: Any):
    assert truth("b1 if b0 else b2", b0=condition, b1=True, b2=False) is expected


READINGS = [
    # text, answer, assumed reading, firm reading
    ("known(n0)", 3, T, T),
    ("known(n0)", (1, 2), T, T),
    ("known(n0)", UNKNOWN, F, U),
    ("known(n0)", NONE, F, F),
    ("applicable(n0)", 3, T, T),
    ("applicable(n0)", UNKNOWN, T, U),
    ("applicable(n0)", NONE, F, F),
    ("default(n0, 7) > 5", 3, F, F),
    ("default(n0, 7) > 5", UNKNOWN, T, U),
    ("default(n0, 7) > 5", NONE, T, T),
]


@pytest.mark.parametrize(("text", "answer", "assumed", "firm"), READINGS)
def test_both_readings_of_a_number(text: str, answer: Any, assumed: Any, firm: Any):
    assert truth(text, n0=answer) is assumed
    assert truth(text, firm=True, n0=answer) is firm


@pytest.mark.parametrize(
    ("text", "answer", "assumed", "firm"),
    [
        ("known(b0)", F, T, T), ("known(b0)", U, F, U), ("known(b0)", N, F, F),
        ("default(b0, true)", F, F, F), ("default(b0, true)", U, T, U), ("default(b0, true)", N, T, T),
    ],
)  # fmt: skip
def test_both_readings_of_a_yes_or_no(text: str, answer: Any, assumed: Any, firm: Any):
    assert truth(text, b0=answer) is assumed
    assert truth(text, firm=True, b0=answer) is firm


@pytest.mark.parametrize(("answer", "assumed", "firm"), [("blue", F, F), (U, T, U), (N, T, T)])
def test_both_readings_of_a_choice(answer: Any, assumed: Any, firm: Any):
    assert truth("default(colour, red) == red", colour=answer) is assumed
    assert truth("default(colour, red) in (red, green)", firm=True, colour=answer) is firm


@pytest.mark.parametrize(
    ("answer", "expected"), [("red", 10), ("green", 20), ("blue", Fraction(25, 2)), (U, (10, 20)), (N, NONE)]
)
def test_points_for_a_choice(answer: Any, expected: Any):
    assert same(number("points(colour, red, 10, green, 20, blue, p2)", colour=answer), expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-5, 0), (10, 0), (15, Fraction(1, 4)), (30, 1), (99, 1), ((5, 15), (0, Fraction(1, 4))), ((40, 50), 1),
        (UNKNOWN, (0, 1)), (NONE, NONE),
    ],
)  # fmt: skip
def test_ramp(value: Any, expected: Any):
    assert same(number("ramp(n0, 10, 30)", n0=value), expected)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (5, 0, 10, 5), (-5, 0, 10, 0), (15, 0, 10, 10), (UNKNOWN, 0, 10, (0, 10)), (NONE, 0, 10, NONE),
        (5, NONE, 10, NONE), (5, 0, UNKNOWN, (-inf, 5)), (5, 10, 0, 0), ((0, 9), 10, 5, 5),
    ],
)  # fmt: skip
def test_clamp(value: Any, low: Any, high: Any, expected: Any):
    """The upper end comes last: where the ends are crossed it holds, so that the result is never turned round."""
    assert same(number("clamp(n0, n1, n2)", n0=value, n1=low, n2=high), expected)


@pytest.mark.parametrize(
    ("values", "lowest", "highest"),
    [
        ((1, 2), 1, 2), ((1, UNKNOWN), (-inf, 1), (1, inf)), ((1, NONE), 1, 1),
        ((NONE, NONE), NONE, NONE), (((1, 5), 3), (1, 3), (3, 5)), ((UNKNOWN, NONE), UNKNOWN, UNKNOWN),
    ],
)  # fmt: skip
def test_lowest_and_highest(values: Any, lowest: Any, highest: Any):
    assert same(number("lowest(n0, n1)", n0=values[0], n1=values[1]), lowest)
    assert same(number("highest(n0, n1)", n0=values[0], n1=values[1]), highest)


@pytest.mark.parametrize(
    ("values", "assumed", "firm"),
    [
        ((1, 2, 6), 3, 3),
        ((1, 2, UNKNOWN), Fraction(3, 2), UNKNOWN),
        ((1, UNKNOWN, UNKNOWN), UNKNOWN, UNKNOWN),
        ((1, 2, NONE), Fraction(3, 2), Fraction(3, 2)),
        ((1, NONE, NONE), 1, 1),  # all that apply are known, although fewer than two
        ((NONE, NONE, NONE), NONE, NONE),
        ((1, 2, (0, 6)), (1, 3), (1, 3)),  # a range is an answer: it takes part as far as it reaches
        ((1, (0, 6), UNKNOWN), (Fraction(1, 2), Fraction(7, 2)), UNKNOWN),
        (((0, 6), UNKNOWN, UNKNOWN), UNKNOWN, UNKNOWN),
    ],
)
def test_mean_of_known(values: Any, assumed: Any, firm: Any):
    given = dict(zip(("n0", "n1", "n2"), values, strict=True))
    assert same(number("mean_of_known(2, n0, n1, n2)", **given), assumed)
    assert same(number("mean_of_known(2, n0, n1, n2)", firm=True, **given), firm)


@pytest.mark.parametrize(
    ("values", "assumed", "firm"),
    [
        (
            (60, 70, (0, 100)),
            (65, 65),
            (Fraction(130, 3), Fraction(230, 3)),
        ),  # as far as the span: nobody has said anything
        ((60, 70, (0, 50)), (Fraction(130, 3), 60), (Fraction(130, 3), 60)),
        ((60, 70, (-10, 110)), (65, 65), (40, 80)),
        ((60, (0, 100), (0, 100)), UNKNOWN, UNKNOWN),
    ],
)
def test_a_mean_leaves_out_what_may_still_be_anything(values: Any, assumed: Any, firm: Any):
    span = (0, 100)
    operands = [value if isinstance(value, tuple) else (value, value) for value in values]
    assert intervals.mean_of_known(False, 2, span, *operands) == assumed
    assert intervals.mean_of_known(True, 2, span, *operands) == firm


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1, 2, 1),
        (UNKNOWN, 2, 2),
        (NONE, 2, 2),
        (UNKNOWN, UNKNOWN, UNKNOWN),
        (NONE, NONE, NONE),
        (NONE, UNKNOWN, UNKNOWN),
        ((1, 3), 2, (1, 3)),
    ],
)
def test_first_known(first: Any, second: Any, expected: Any):
    assert same(number("first_known(n0, n1)", n0=first, n1=second), expected)


@pytest.mark.parametrize(
    ("answers", "expected", "at_least_two"),
    [
        ((T, T, F), 2, T),
        ((T, T, U), (2, 3), T),
        ((T, U, F), (1, 2), U),
        ((T, F, F), 1, F),
        ((N, T, U), (1, 2), U),
        ((U, U, U), (0, 3), U),
    ],
)
def test_count_of_conditions(answers: Any, expected: Any, at_least_two: Any):
    given = dict(zip(("b0", "b1", "b2"), answers, strict=True))
    assert number("count(b0, b1, b2)", **given) == expected
    assert truth("count(b0, b1, b2) >= 2", **given) is at_least_two


TABLE = (row(30, "red", True, "Cost"), row(20, "green", False, "Calls"), row(50, "red", None, "Speed"))
AGGREGATES = [
    ("sum(weight of rows)", 100),
    ("sum(weight of rows where kind == red)", 80),
    ("sum(weight of rows where kind in (red, green) and flag == true)", (30, 80)),
    ("sum(weight * 2 of rows where weight > p2)", 200),
    ("largest(weight of rows)", 50),
    ("largest(weight of rows where kind == green)", 20),
    ("largest(weight of rows where kind == blue)", NONE),
    ("count(rows)", 3),
    ("count(rows where kind == red)", 2),
    ("count(rows where kind == red and flag == true)", (1, 2)),
    ("count(rows where kind == blue)", 0),
    ("count(rows where known(flag))", 2),
]


@pytest.mark.parametrize(("text", "expected"), AGGREGATES)
def test_over_a_table(text: str, expected: Any):
    assert same(number(text, rows=TABLE), expected)


@pytest.mark.parametrize("text", [text for text, _ in AGGREGATES])
def test_over_a_table_that_is_not_known_or_does_not_apply(text: str):
    assert number(text) == UNKNOWN
    assert same(number(text, rows=N), NONE)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), 0),
        ((row(30, "red"), row(UNKNOWN, "red")), UNKNOWN),  # a weight nobody knows
        ((row(30, "red"), row(UNKNOWN, "green")), 30),
        ((row(30, "red"), row(20, None)), (30, 50)),  # a kind nobody knows
        ((row(30, "red"), row(-20, None)), (10, 30)),
    ],
)
def test_cells_that_are_not_known(rows: Any, expected: Any):
    assert same(number("sum(weight of rows where kind == red)", rows=rows), expected)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (TABLE, "Speed"),
        ((row(30, "red", title="Cost"), row(30, "red", title="Calls")), "Calls, Cost"),
        ((), None),
        ((row(30, "green", title="Calls"),), None),
        ((row(30, "red", title="Cost"), row(UNKNOWN, "red", title="Calls")), None),
        ((row(30, "red", title="Cost"), row(20, None, title="Calls")), "Cost"),
        ((row(30, "red", title="Cost"), row(40, None, title="Calls")), None),  # it may be red, and then it leads
        ((row(30, "red", title=None), row(20, "red", title="Calls")), None),
        (None, None),
        (N, N),
    ],
)
def test_leader(rows: Any, expected: Any):
    node = checked("leader(title of rows by weight where kind == red)", "text")
    assert lower(node, ValueAlgebra(facts(rows=rows))) == expected


def test_nothing_can_be_said_on_purpose():
    assert number("unknown if b0 else 3", b0=True) == UNKNOWN
    assert same(number("not_applicable if b0 else 3", b0=True), NONE)
    assert number("not_applicable if b0 else 3", b0=False) == 3


def same(found: Any, expected: Any) -> bool:
    if isinstance(expected, tuple) and expected[0] != expected[0]:
        return isinstance(found, tuple) and found[0] != found[0]
    return bool(found == expected)
