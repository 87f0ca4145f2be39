"""The column engine says of every unit what plain says, in every column."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines.plain import PlainEngine
from advisor.language import Fact
from advisor.profile import read_profile
from advisor.rulebook import Rulebook
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.shipped.answers import PLAIN, PROFILES, RULEBOOK, Some, facts_at_random, facts_in

pytest.importorskip("polars")
import polars as pl

from advisor.engines.columns.engine import BEYOND, ColumnsEngine
from advisor.engines.columns.layout import LARGEST, BeyondLimits
from advisor.engines.columns.rows import row_of

EXAMPLES = settings().max_examples
UNITS = 40
FARTHEST = 100_000
"""The largest number that a random rulebook allows, as a fact has it."""

seeds = st.integers(0, 2**32 - 1)
SHIPPED = ColumnsEngine(RULEBOOK)


def within_bounds(fact: Fact) -> Fact:
    """The fact as a valid profile could say it."""
    if isinstance(fact, tuple) and fact and isinstance(fact[0], Mapping):
        return tuple({name: within_bounds(cell) for name, cell in row.items()} for row in fact)
    if isinstance(fact, tuple):
        return tuple(end if isinstance(end, float) else max(-FARTHEST, min(FARTHEST, end)) for end in fact)
    return fact


def assert_agrees(engine: ColumnsEngine, plain: PlainEngine, units: list[dict[str, Fact]]) -> int:
    """Compare every cell of every row that is exact; how many are not."""
    frame = engine.evaluate(engine.frame(units).lazy()).collect()
    beyond = 0
    for facts, row in zip(units, frame.to_dicts(), strict=True):
        if row.pop(BEYOND):
            beyond += 1
            continue
        wanted = row_of(engine.layout, plain.evaluate(facts))
        differing = {name: (cell, wanted[name]) for name, cell in row.items() if cell != wanted[name]}
        assert not differing
        # what the engine leaves out are answers that nothing changes and flags that cannot be true
        left_out = wanted.keys() - row.keys() - engine.layout.answers.keys()
        assert not [name for name in left_out if wanted[name] is not False or not name.endswith(".na")]
    return beyond


@given(seeds)
@settings(max_examples=max(20, EXAMPLES // 4))
def test_random_rulebooks(seed: int):
    with tempfile.TemporaryDirectory() as folder:
        rulebook = random_rulebook(seed, Path(folder))
    units = [
        {name: within_bounds(fact) for name, fact in random_facts(seed + number).items()} for number in range(UNITS)
    ]
    assert assert_agrees(ColumnsEngine(rulebook), PlainEngine(rulebook), units) == 0


@given(seeds)
@settings(max_examples=max(10, EXAMPLES // 10))
def test_random_answers_to_the_shipped_rulebook(seed: int):
    random = Random(seed)
    units = [facts_at_random(random, answered) for answered in Some for _ in range(UNITS // len(Some))]
    # a unit with ten million people who each do ten million cases is drawn now and then
    assert assert_agrees(SHIPPED, PLAIN, units) <= UNITS // 4


def test_shipped_profiles():
    units = [facts_in(unit) for path in PROFILES for unit in read_profile(path, RULEBOOK.questions).units]
    assert assert_agrees(SHIPPED, PLAIN, units) == 0


def some_units(number: int = 60) -> list[dict[str, Fact]]:
    random = Random(7)
    return [facts_at_random(random, Some.HALF) for _ in range(number)]


def test_only_what_is_wanted_is_computed_and_other_columns_stay():
    answers = SHIPPED.frame(some_units()).with_columns(unit=pl.int_range(pl.len()))
    everything = SHIPPED.evaluate(answers.lazy()).collect()
    wanted = ["outcome.verdict", "selection.firm"]
    frame = SHIPPED.evaluate(answers.lazy(), wanted).collect()
    assert frame.columns == ["unit", *wanted, BEYOND]
    assert frame.drop(BEYOND).equals(everything.select("unit", *wanted))


def test_streaming_gives_the_same():
    plan = SHIPPED.evaluate(SHIPPED.frame(some_units()).lazy())
    assert plan.collect(engine="streaming").equals(plan.collect())


def test_no_units_give_no_rows():
    assert SHIPPED.evaluate(SHIPPED.frame([]).lazy()).collect().height == 0


def test_a_number_that_no_column_holds_is_refused():
    units = some_units(1)
    units[0]["team_headcount"] = (LARGEST + 1, LARGEST + 1)
    with pytest.raises(BeyondLimits, match="team_headcount"):
        SHIPPED.frame(units)


def test_a_row_with_a_number_too_large_to_be_exact_says_so(tmp_path: Path):
    rulebook = _with_measure("n0 * n3 * 1000000 * n4 * 1000000000", tmp_path)
    engine, plain = ColumnsEngine(rulebook), PlainEngine(rulebook)
    small, large = ({**_some_facts(), "n0": (n, n), "n3": (n, n), "n4": (n, n)} for n in (1, FARTHEST))
    frame = engine.evaluate(engine.frame([small, large]).lazy(), ["vast.low"]).collect()
    assert frame[BEYOND].to_list() == [False, True]
    assert frame["vast.low"][0] == plain.evaluate(small).facts["vast"][0]
    assert plain.evaluate(large).facts["vast"][0] > LARGEST


def test_a_row_with_an_answer_that_is_not_valid_says_so():
    units = some_units(2)
    units[1]["team_headcount"] = (10**12, 10**12)
    assert SHIPPED.evaluate(SHIPPED.frame(units).lazy()).collect()[BEYOND].to_list() == [False, True]


@pytest.mark.parametrize("narrow", [pl.Int32, pl.Float64])
def test_numbers_of_another_type_are_refused(narrow: Any):
    frame = SHIPPED.frame(some_units(2)).cast({"months_live.low": narrow})
    with pytest.raises(ValueError, match=r"'months_live\.low' is .*; it has to be Int64"):
        SHIPPED.evaluate(frame.lazy())


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"'months_live\.na' is missing"):
        SHIPPED.evaluate(SHIPPED.frame(some_units(2)).drop("months_live.na").lazy())


def every_second_wild():
    """Forty units, every second of which has numbers that no profile holds."""
    random = Random(5)
    units = some_units(40)
    for facts in units[::2]:
        for name in facts:
            if RULEBOOK.scope[name].kind == "number" and random.random() < 0.7:
                end = random.choice((LARGEST, -LARGEST, 10**15, 0))
                facts[name] = (end, end)
    return units


def test_wild_numbers_do_not_stop_the_other_rows():
    units = every_second_wild()
    frame = SHIPPED.evaluate(SHIPPED.frame(units).lazy()).collect()
    assert frame[BEYOND].to_list() == [True, False] * 20
    assert_agrees(SHIPPED, PLAIN, units)


def test_rows_divided_by_what_differs_are_refused(tmp_path: Path):
    with pytest.raises(BeyondLimits, match="sum"):
        ColumnsEngine(_with_measure("sum(3 / weight of rows)", tmp_path))


def _some_facts() -> dict[str, Any]:
    return {name: within_bounds(fact) for name, fact in random_facts(3).items()}


def _with_measure(formula: str, folder: Path) -> Rulebook:
    measure = f'{{"measures": [{{"name": "vast", "label": "x", "unit": "", "formula": "{formula}"}}]}}'
    (folder / "vast.yaml").write_text(measure)
    return random_rulebook(1, folder)
