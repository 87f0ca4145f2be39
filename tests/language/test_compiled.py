"""The compiled form says exactly what the meaning says in both readings, for every construct and state of an answer."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.language import Node, ValueAlgebra, lower
from advisor.language.lower import _FOLDS
from advisor.language.nodes import Text, walk
from tests.engines.random_rulebooks import Author, random_facts
from tests.engines.same import same
from tests.language.names import checked, compiled, facts

EXAMPLES = settings().max_examples


def assert_alike(node: Node, known: dict[str, Any]) -> None:
    for firm in (False, True):
        assert same(compiled(node, known, firm), lower(node, ValueAlgebra(known, firm)))


def answers(seed: int) -> dict[str, Any]:
    """Random facts; the rows of tables have a title here."""
    found = {**facts(), **random_facts(seed)}
    if isinstance(found["rows"], tuple):
        found["rows"] = tuple(
            {**row, "title": Random(seed + place).choice(("A", "B", None))} for place, row in enumerate(found["rows"])
        )
    return found


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=EXAMPLES * 3)
def test_random_expressions(seed: int):
    author = Author(Random(seed))
    author.assuming = True
    known = answers(seed)
    assert_alike(checked(author.condition(), "truth"), known)
    assert_alike(checked(author.number()), known)


EVERY_CONSTRUCT = [
    "b0", "found", "b0 == false", "b0 != true", "not b0", "b0 and b1 or b2", "colour == red", "colour != red",
    "colour in (red, blue)", "colour not in (red, blue)", "red in tags", "red not in tags", "n0 < 3", "n0 <= n1",
    "n0 == 3", "n0 != 3", "-4 < n0 <= 5", "n0 in (3, 5)", "n0 not in (3, 5)", "known(n0)", "known(b0)",
    "known(tags)", "known(rows)", "applicable(n0)", "applicable(colour)", "default(b0, b1)",
    "default(colour, red) == red", "default(n0, n1) > 3", "b1 if b0 else b2", "true", "count(b0, b1, n0 > 3) >= 2",
    "(n0 > 3) == false", "count(rows where flag) > 1", "not (n0 > 3 and colour == red)",
]  # fmt: skip
EVERY_NUMBER = [
    "n0", "p2", "3.25", "-n0", "n0 + n1", "n0 - n1 - 3", "n0 * n1", "n0 * 0.5", "n0 * -2", "n0 / 3", "n0 / n1",
    "p2 / p1", "n0 * 0", "0 * n0 + n1", "n0 if b0 else n1", "ramp(n0, p3, p2)", "ramp(n0 / 3, 0, 1)",
    "clamp(n0, n1, n2)", "lowest(n0, n1, 3)", "highest(n0, n1, p2)", "mean_of_known(2, n0, n1, n2)",
    "first_known(n0, n1)", "default(n0, n1 / 3)", "points(colour, red, 1, green, p2, blue, 0.5)", "count(b0, b1)",
    "sum(weight of rows where kind == red)", "largest(weight of rows)", "count(rows where weight > p1)",
    "unknown if b0 else n0", "not_applicable if b0 else n0",
]  # fmt: skip


@pytest.mark.parametrize("text", EVERY_CONSTRUCT)
def test_conditions_on_answers_in_every_state(text: str):
    for seed in range(150):
        assert_alike(checked(text, "truth"), answers(seed))


@pytest.mark.parametrize("text", EVERY_NUMBER)
def test_numbers_on_answers_in_every_state(text: str):
    for seed in range(150):
        assert_alike(checked(text), answers(seed))


def test_a_text_over_a_table():
    node = checked("leader(title of rows by weight where kind == red)", "text")
    for seed in range(150):
        assert_alike(node, answers(seed))


def test_the_examples_use_every_construct_of_the_language():
    used = {type(part) for text in EVERY_CONSTRUCT for part in walk(checked(text, "truth"))}
    used |= {type(part) for text in EVERY_NUMBER for part in walk(checked(text))}
    assert used - {Text} == set(_FOLDS)
