"""The quick engine: as the plain one as far as it goes, and the same by way of an earlier evaluation."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.engines.quick import Chosen, QuickEngine
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.engines.same import same
from tests.shipped.answers import PLAIN, RULEBOOK, Some, facts_at_random

OUTCOMES = Outcomes(RULEBOOK)
QUICK = QuickEngine(RULEBOOK, OUTCOMES)
PARTS = ("facts", "firm", "truth", "firm_truth", "terms", "selection")
seeds = st.integers(0, 2**32 - 1)


def assert_alike(engine: QuickEngine, facts, others, names) -> None:
    changed = {**facts, **{name: others[name] for name in names}}
    chosen: Chosen = {}
    directly, start = engine.evaluate(changed), engine.evaluate(facts)
    for _ in ("chosen anew", "chosen before"):
        by_way = engine.changed(start, changed, names, chosen)
        assert [part for part in PARTS if not same(getattr(directly, part), getattr(by_way, part))] == []


@given(seeds, st.sampled_from(Some), st.integers(1, 6))
def test_a_changed_answer_leads_where_a_whole_evaluation_leads(seed: int, answered: Some, number: int):
    random = Random(seed)
    facts, others = (facts_at_random(random, answered) for _ in range(2))
    assert_alike(QUICK, facts, others, random.sample(list(facts), number))


@given(seeds, st.integers(1, 3))
@settings(max_examples=settings().max_examples // 2)
def test_the_same_for_random_rulebooks(seed: int, number: int):
    with tempfile.TemporaryDirectory() as folder:
        rulebook = random_rulebook(seed, Path(folder))
    engine = QuickEngine(rulebook, Outcomes(rulebook))
    facts, others = random_facts(seed), random_facts(seed + 1)
    assert_alike(engine, facts, others, Random(seed).sample(list(facts), number))
    assert Outcomes(rulebook).of(engine.evaluate(facts)) == Outcomes(rulebook).of(PlainEngine(rulebook).evaluate(facts))


@given(seeds, st.sampled_from(Some))
def test_outcomes_are_those_of_the_plain_engine(seed: int, answered: Some):
    facts = facts_at_random(Random(seed), answered)
    assert OUTCOMES.of(QUICK.evaluate(facts)) == OUTCOMES.of(PLAIN.evaluate(facts))
