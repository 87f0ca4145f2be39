"""Columns with a rulebook of its own in every row say what plain says with each of these rulebooks."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines.plain import PlainEngine
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import key_of
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.robustness.changed import with_parameters

pytest.importorskip("numpy")
pytest.importorskip("polars")
from advisor.engines.columns.engine import BEYOND, ColumnsEngine
from advisor.engines.columns.frames import frame_of
from advisor.engines.columns.layout import PARAMETER, Layout
from advisor.engines.columns.rows import row_of
from advisor.robustness.draws import columns_of, draw
from advisor.robustness.varying import thresholds_that_vary
from tests.engines.test_columns import within_bounds

ROWS = 6


def varied(seed: int, folder: Path) -> Rulebook:
    """A random rulebook all of whose parameters have a plausible range."""
    rulebook = random_rulebook(seed, folder)
    parameters = {
        name: replace(each, plausible=(max(each.value - Decimal("2.5"), least), each.value + 3))
        for name, each in rulebook.parameters.items()
        for least in (Decimal(-100) if name.startswith("p") else Decimal(1),)
    }
    return replace(rulebook, parameters=parameters, fingerprint="")


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_random_rulebooks_that_differ_from_row_to_row(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rulebook = varied(seed, Path(folder))
    thresholds = thresholds_that_vary(rulebook, {key_of(step) for step in rulebook.steps})
    units = [{name: within_bounds(fact) for name, fact in random_facts(seed + row).items()} for row in range(ROWS)]
    engine = ColumnsEngine(rulebook, columns_of(rulebook, thresholds))
    draws = draw(rulebook, thresholds, ROWS, seed)
    frame = frame_of(Layout(rulebook), units).hstack(draws.columns)
    rows = engine.evaluate(frame.lazy()).collect().to_dicts()
    for row, facts, parameters in zip(rows, units, draws.columns.to_dicts(), strict=True):
        if row.pop(BEYOND):
            continue
        values = {
            column.removeprefix(PARAMETER): Fraction(value, engine.layout.varied[column.removeprefix(PARAMETER)].scale)
            for column, value in parameters.items()
        }
        wanted = row_of(engine.layout, PlainEngine(with_parameters(rulebook, values)).evaluate(facts))
        assert {name: (cell, wanted[name]) for name, cell in row.items() if cell != wanted[name]} == {}


def test_thresholds_of_every_use_are_in_it_and_most_rows_can_be_compared() -> None:
    compared, names, several = 0, set[str](), 8
    for seed in range(several):
        with tempfile.TemporaryDirectory() as folder:
            rulebook = varied(seed, Path(folder))
        thresholds = thresholds_that_vary(rulebook, {key_of(step) for step in rulebook.steps})
        names |= {each.name for each in thresholds}
        engine = ColumnsEngine(rulebook, columns_of(rulebook, thresholds))
        facts = {name: within_bounds(fact) for name, fact in random_facts(seed).items()}
        frame = frame_of(Layout(rulebook), [facts]).hstack(draw(rulebook, thresholds, 1, seed).columns)
        compared += not engine.evaluate(frame.lazy(), ["selection.firm"]).collect()[BEYOND][0]
    policy = rulebook.frame.selection
    assert {"p1", "p2", "p3", "cap", policy.floor, policy.mix_window, policy.tie_window, policy.reach} <= names
    assert compared > several / 2
