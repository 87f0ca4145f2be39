"""All engines say the same: on random rulebooks, on the shipped profiles, on random answers to the shipped rulebook."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines import rete
from advisor.engines.checked import CheckedEngine
from advisor.engines.plain import PlainEngine
from advisor.engines.rete import ReteEngine
from advisor.profile import read_profile
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.engines.reference import ReferenceEngine
from tests.engines.same import assert_same
from tests.shipped.answers import PROFILES, RULEBOOK, Some, facts_at_random, facts_in

EXAMPLES = settings().max_examples
FACTS = 10
"""Facts per random rulebook, so that CI compares ten thousand pairs."""

seeds = st.integers(0, 2**32 - 1)
needs_rete = pytest.mark.skipif(not rete.is_available(), reason="durable_rules is not built for this Python")


def assert_engines_agree(
    tried: type[PlainEngine | ReteEngine], judge: type[PlainEngine | ReferenceEngine], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rulebook = random_rulebook(seed, Path(folder))
    engine, expected = tried(rulebook), judge(rulebook)
    for number in range(FACTS):
        facts = random_facts(seed + number)
        assert_same(engine.evaluate(facts), expected.evaluate(facts))


@given(seeds)
@settings(max_examples=EXAMPLES // 2)
def test_plain_means_what_the_language_means(seed: int):
    assert_engines_agree(PlainEngine, ReferenceEngine, seed)


@needs_rete
@given(seeds)
@settings(max_examples=EXAMPLES)
def test_rete_finds_what_plain_finds(seed: int):
    assert_engines_agree(ReteEngine, PlainEngine, seed)


SHIPPED: list[PlainEngine | ReteEngine] = [PlainEngine(RULEBOOK)]
if rete.is_available():
    SHIPPED.append(ReteEngine(RULEBOOK))
SHIPPED_REFERENCE = ReferenceEngine(RULEBOOK)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_shipped_profiles(path: Path):
    for unit in read_profile(path, RULEBOOK.questions).units:
        facts = facts_in(unit)
        expected = SHIPPED_REFERENCE.evaluate(facts)
        for engine in SHIPPED:
            assert_same(engine.evaluate(facts), expected)


@given(seeds, st.sampled_from(Some))
@settings(max_examples=EXAMPLES * 2)
def test_random_answers_to_the_shipped_rulebook(seed, answered):
    facts = facts_at_random(Random(seed), answered)
    first = SHIPPED[0].evaluate(facts)
    for engine in SHIPPED[1:]:
        assert_same(engine.evaluate(facts), first)


@given(seeds, st.sampled_from(Some))
@settings(max_examples=max(20, EXAMPLES // 10))
def test_random_answers_mean_what_the_language_means(seed, answered):
    facts = facts_at_random(Random(seed), answered)
    assert_same(SHIPPED[0].evaluate(facts), SHIPPED_REFERENCE.evaluate(facts))


def test_the_order_of_firing_is_a_record_of_the_true_rules():
    engine = CheckedEngine(RULEBOOK)
    for unit in read_profile(PROFILES[0], RULEBOOK.questions).units:
        found = engine.evaluate(facts_in(unit))
        assert sorted(found.order) == sorted(rule for rule, truth in found.truth.items() if truth is True)
        assert found.order == engine.evaluate(facts_in(unit)).order
