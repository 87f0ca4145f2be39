"""Completions are valid profiles: what the checks of the rulebook refuse is never drawn."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines.completions import Completions, open_questions, thresholds
from advisor.language.values import unknown_fact
from tests.shipped.answers import PLAIN, RULEBOOK, Some, facts_at_random

assert settings.default is not None
EXAMPLES = settings.default.max_examples


@given(st.integers(0, 2**32), st.sampled_from(Some))
@settings(max_examples=EXAMPLES)
def test_no_completion_is_impossible(seed, answered):
    random = Random(seed)
    facts = facts_at_random(random, answered)
    names = open_questions(RULEBOOK, facts, PLAIN.evaluate(facts).facts)
    completions = Completions(RULEBOOK, facts, names)
    first = completions.draw(random)
    some = {name: first[name] for name in names if random.random() < 0.5}
    for completed in (first, completions.draw(random, some)):
        assert [each.check.id for each in RULEBOOK.impossible if each.is_broken(completed)] == []


def test_no_answer_is_left_out_for_it():
    facts = {name: unknown_fact(RULEBOOK.scope[name].kind) for name in RULEBOOK.questions}
    facts |= {"team_fte": (10**9, 10**9), "failure_demand_share_pct": (9999, 9999)}
    names = open_questions(RULEBOOK, facts, PLAIN.evaluate(facts).facts)
    completions = Completions(RULEBOOK, facts, names)
    for seed in range(50):
        completed = completions.draw(Random(seed))
        assert completed["team_headcount"] == (10**9, 10**9)
        assert completed["transferred_in_pct"] in ((0, 0), (1, 1))


def test_what_a_cell_is_compared_with_is_no_threshold_of_a_question():
    assert {*thresholds(RULEBOOK)} <= {*RULEBOOK.questions, *RULEBOOK.measures} | {
        name for name, signature in RULEBOOK.scope.items() if signature.origin == "group"
    }
