"""The solver reads the rulebook as the plain engine does: every rule in both readings, and the choice of patterns."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from advisor.engines.completions import Completions, open_questions
from advisor.engines.plain import PlainEngine
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.shipped.answers import PLAIN, RULEBOOK, Some, facts_at_random

pytest.importorskip("z3")
from advisor.engines.proof.encoding import Left
from tests.proof.pinned import differences, is_possible_in_a_looser_reading

EXAMPLES = settings().max_examples
seeds = st.integers(0, 2**32 - 1)


@given(seeds)
@example(1467)  # a score held down by a cap is a whole number, its rival one in hundredths: shares need one scale
@settings(max_examples=EXAMPLES // 5)
def test_random_rulebooks(seed: int):
    with tempfile.TemporaryDirectory() as folder:
        rulebook = random_rulebook(seed, Path(folder))
    engine = PlainEngine(rulebook)
    for number in range(2):
        facts = random_facts(seed + number)
        assert differences(rulebook, facts, engine.evaluate(facts)) == []


@given(seeds, st.sampled_from(Some))
@settings(max_examples=EXAMPLES // 20)
def test_random_answers_to_the_shipped_rulebook(seed: int, answered: Some):
    facts = facts_at_random(Random(seed), answered)
    assert differences(RULEBOOK, facts, PLAIN.evaluate(facts)) == []


@given(seeds)
@settings(max_examples=EXAMPLES // 20)
def test_complete_answers_to_the_shipped_rulebook(seed: int):
    random = Random(seed)
    empty = facts_at_random(Random(0), Some.LITTLE)
    facts = Completions(RULEBOOK, empty, open_questions(RULEBOOK, empty, PLAIN.evaluate(empty).facts)).draw(random)
    assert differences(RULEBOOK, facts, PLAIN.evaluate(facts)) == []


@given(seeds)
@settings(max_examples=EXAMPLES // 10)
def test_what_is_so_is_possible_in_every_looser_reading(seed: int):
    with tempfile.TemporaryDirectory() as folder:
        rulebook = random_rulebook(seed, Path(folder))
    facts = random_facts(seed)
    found = PlainEngine(rulebook).evaluate(facts)
    for left in (Left(frozenset(rulebook.measures), scores=True), Left(scores=True), Left(frozenset({"m0", "d1"}))):
        assert is_possible_in_a_looser_reading(rulebook, facts, found, left)


def test_a_wrong_result_would_be_seen():
    facts = facts_at_random(Random(1), Some.ALL)
    found = PLAIN.evaluate(facts)
    rule = next(rule for rule, truth in found.truth.items() if truth is True)
    found.truth[rule] = False  # type: ignore[index]
    assert any(difference.startswith(rule) for difference in differences(RULEBOOK, facts, found))
