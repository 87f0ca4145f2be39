"""The column engine reads of respondents what the other engines read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.engines.plain import PlainEngine
from advisor.profile import Unit
from advisor.profile.facts import facts_of
from tests.voices.samples import RULEBOOK, is_valid, units

pytest.importorskip("polars")
from tests.engines.test_columns import SHIPPED, assert_agrees

PLAIN = PlainEngine(RULEBOOK)


@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.lists(units.filter(lambda unit: bool(unit.respondents)), min_size=1, max_size=10))
def test_the_column_engine_reads_what_counts(several: list[Unit]) -> None:
    assert_agrees(SHIPPED, PLAIN, [facts_of(unit, RULEBOOK) for unit in several if is_valid(unit)])
