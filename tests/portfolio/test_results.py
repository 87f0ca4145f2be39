"""A row of results says what `advisor assess` says of the same unit."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advice import Adviser
from advisor.advice.model import AdviceDocument, UnitAdvice, stands_firm
from advisor.advice.outcome_words import erosion_waits
from advisor.engines.random_units import random_units
from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.results import FINDING, hundredths
from advisor.portfolio.sources.find import find, open_all
from advisor.profile import profile_as_yaml, read_profile
from advisor.profile.facts import answer_of
from advisor.profile.model import Frozen, Organisation, Profile, Unit
from tests.shipped.answers import PROFILES, RULEBOOK, Some, facts_at_random

EVALUATOR = Evaluator(RULEBOOK)
ADVISER = Adviser(RULEBOOK, "plain")
EXAMPLES = settings().max_examples


def rows_of(paths: list[Path]) -> list[dict[str, Any]]:
    sources = open_all(find(map(str, paths), Path()), RULEBOOK, (), None)
    found = [EVALUATOR.evaluate(part) for source in sources for part in source.parts()]
    assert not [reject for each in found for reject in each.rejects]
    return [row for each in found for row in each.rows.to_dicts()]


def assert_says(row: dict[str, Any], unit: UnitAdvice, document: AdviceDocument) -> None:
    assert row["unit"] == unit.unit
    assert row["verdict"] == unit.verdict
    assert row["recommended"] == (", ".join(unit.recommended) or None)
    assert (row["firm"], row["reserve_pct"]) == (stands_firm(unit), unit.reserve_pct)
    for pattern in unit.patterns:
        found = [row[f"{pattern.pattern}.{what}"] for what in ("low", "high", "share_pct", "excluded")]
        assert found == [pattern.low, pattern.high, pattern.share_pct, bool(pattern.excluded_by)]
    assert {each.preparation: row[each.preparation] for each in unit.preparations} == {
        each.preparation: each.status for each in unit.preparations
    }
    assert (row["erosion"], row["erosion_waits"]) == (unit.erosion.level, erosion_waits(unit, RULEBOOK) is not None)
    for key, value in unit.capacity.items():
        assert row[key] == value
        ends = [value, value] if value is not None else unit.capacity_ranges.get(key, [None, None])
        assert [row[f"{key}.low"], row[f"{key}.high"]] == ends
    shown = {finding.id for finding in unit.findings}
    assert {name.removeprefix(FINDING) for name, stands in row.items() if name.startswith(FINDING) and stands} == shown
    severe = [finding.severity for finding in unit.findings]
    assert all(row[f"findings.{level}"] == severe.count(level) for level in ("stop", "critical", "warning", "info"))
    assert row["withheld"] == bool(unit.withheld)
    free = [each.hours_per_day for each in document.across_units.free if each.unit == unit.unit]
    assert free == ([row["free_hours_per_day"]] if row["free_hours_per_day"] else [])
    later = [each.hours_per_day for each in document.across_units.later if each.unit == unit.unit]
    assert later == ([row["later_hours_per_day"]] if row["later_hours_per_day"] else [])
    assert not (free and later)
    growing = [each.growth_pct for each in document.across_units.growing if each.unit == unit.unit]
    assert growing == ([row["growth_pct"]] if row["growing"] else [])


def assert_all_say(paths: list[Path]) -> None:
    rows = iter(rows_of(paths))
    for path in paths:
        document = ADVISER.advise(read_profile(path, RULEBOOK.questions)).document
        for unit in document.units:
            assert_says(next(rows), unit, document)
    assert next(rows, None) is None


def test_sample_profiles():
    assert_all_say(PROFILES)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=max(6, EXAMPLES // 20), deadline=None)
def test_random_profiles(tmp_path_factory: pytest.TempPathFactory, seed: int):
    random = Random(seed)
    facts = [*random_units(RULEBOOK, 8, seed), *(facts_at_random(random, Some.MOST) for _ in range(4))]
    units = [
        Unit(f"u{number}", Frozen({n: a for n, fact in each.items() if (a := answer_of(fact, RULEBOOK.scope[n]))}))
        for number, each in enumerate(facts)
        if RULEBOOK.permits(each)
    ]
    if units:
        path = tmp_path_factory.mktemp("profiles") / "random.yaml"
        path.write_text(profile_as_yaml(Profile(Organisation("Example"), tuple(units))))
        assert_all_say([path])


def test_a_number_that_columns_cannot_hold_is_evaluated_by_plain_and_said_so(tmp_path: Path):
    path = tmp_path / "large.yaml"
    large = (
        "{ai_minutes_saved_per_case: 10000000, cases_per_day: 183.95, work_mode: own_caseload, "
        "advice_value_money: 1000000000000, conversation_min: {low: 141.8, high: 146.8}}"
    )
    path.write_text(
        "advisor_profile: 1\norganisation: {name: Example}\nunits:\n"
        f"  - {{name: large, answers: {large}}}\n  - {{name: usual, answers: {{ai_phase: live, months_live: 12}}}}\n"
    )
    assert_all_say([path])
    assert [row["evaluated_by"] for row in rows_of([path])] == ["plain", "columns"]


@pytest.mark.parametrize(
    ("scaled", "scale", "wanted"),
    [(57, 100, 0.57), (5, 10, 0.5), (7, 1, 7.0), (12345, 1000, 12.34), (12355, 1000, 12.36), (-12345, 1000, -12.34)],
)
def test_two_decimals_half_to_even(scaled: int, scale: int, wanted: float):
    frame = pl.DataFrame({"x": [scaled]})
    assert frame.select(hundredths(pl.col("x"), scale)).item() == wanted
