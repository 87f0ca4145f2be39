"""More answers narrow intervals and settle open rules; they never unsettle one (docs/rulebook.md, meaning 4)."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.profile import read_profile
from tests.shipped.answers import PLAIN, PROFILES, RULEBOOK, Some, facts_at_random, facts_in
from tests.shipped.growing import contradictions, growing, without_alternatives

EXAMPLES = settings().max_examples


def assert_kept(complete, random):
    evaluated = ((facts, PLAIN.evaluate(facts)) for facts in growing(complete, random, steps=25))
    for (asked, before), (facts, after) in pairwise(evaluated):
        new = [name for name in facts if facts[name] != asked[name] and facts[name] == facts[name]]
        assert not contradictions(before, after), new


@given(st.integers(0, 2**32), st.sampled_from(Some))
@settings(max_examples=EXAMPLES)
def test_random_answers_one_by_one(seed, answered):
    random = Random(seed)
    assert_kept(without_alternatives(facts_at_random(random, answered), random), random)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=max(5, EXAMPLES // 20))
def test_the_answers_of_a_shipped_profile_one_by_one(path, seed):
    random = Random(seed)
    for unit in read_profile(path, RULEBOOK.questions).units:
        assert_kept(without_alternatives(facts_in(unit), random), random)


@given(st.integers(0, 2**32))
@settings(max_examples=EXAMPLES)
def test_a_range_that_is_narrowed(seed):
    random = Random(seed)
    narrow = without_alternatives(facts_at_random(random, Some.MOST), random)
    wide = {
        name: (fact[0] - random.randrange(500), fact[1] + random.randrange(500))
        if _is_range(name, fact) and random.random() < 0.2
        else fact
        for name, fact in narrow.items()
    }
    assert not contradictions(PLAIN.evaluate(wide), PLAIN.evaluate(narrow))


def _is_range(name, fact):
    return RULEBOOK.scope[name].kind == "number" and abs(fact[0]) < 10**15


@given(st.integers(0, 2**32), st.sampled_from(Some))
@settings(max_examples=EXAMPLES * 2)
def test_what_the_firm_reading_settles_the_assumed_reading_says_too(seed, answered):
    found = PLAIN.evaluate(facts_at_random(Random(seed), answered))
    settled = {rule: truth for rule, truth in found.firm_truth.items() if truth is not None}
    assert settled == {rule: found.truth[rule] for rule in settled}
