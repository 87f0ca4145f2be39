"""How often what comes out: counts are those of the engine, the same each time, and what never differs is named."""

from __future__ import annotations

import json

from advisor.assurance.sameness import frequencies
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.engines.random_units import random_units
from advisor.language.values import is_inapplicable_fact, is_known_fact
from tests.assurance.rulebooks import SHIPPED
from tests.cli.command import PROFILES, run
from tests.engines.wide_rulebooks import wide_rulebook

ENGINE = PlainEngine(SHIPPED)
UNITS = list(random_units(SHIPPED, 60))


def test_every_unit_is_counted_once_for_each_outcome():
    found = frequencies(SHIPPED, ENGINE, UNITS)
    assert found.units == 60
    assert all(sum(found.words_of(name).values()) == 60 for name in found.outcomes)
    one = ENGINE.evaluate(UNITS[0])
    assert found.words["verdict", Outcomes(SHIPPED).of(one)["verdict"]] >= 1
    assert all(found.fired[rule] >= (one.truth[rule] is True) for rule in SHIPPED.rules)


def test_rules_and_outcomes_that_tell_nobody_apart_are_named(tmp_path):
    rulebook = wide_rulebook(tmp_path, ["known(q0) or not known(q0)", "q0 > 5 and q0 < 3", "q0 > 5"])
    found = frequencies(rulebook, PlainEngine(rulebook), random_units(rulebook, 200))
    assert found.always() == ["rule-0"]
    assert found.never() == ["rule-1"]
    assert "verdict" in found.constant()
    assert "first_pattern" not in found.constant()


def test_random_units_are_valid_and_the_same_for_a_seed():
    again, other = (list(random_units(SHIPPED, 60, seed)) for seed in (1, 2))
    assert again == UNITS != other
    for facts in UNITS:
        applies = ENGINE.evaluate(facts).facts
        for name, fact in facts.items():
            signature = SHIPPED.scope[name]
            if signature.kind == "number" and is_known_fact(fact):
                low, high = (end and end * signature.scale for end in (signature.low, signature.high))
                assert low is None or fact[0] >= low
                assert high is None or fact[1] <= high
            step = SHIPPED.question_steps[name]
            if step.applies_when is None or not is_known_fact(fact):
                continue
            assert not is_inapplicable_fact(applies[name])


def test_how_much_is_answered_differs_from_unit_to_unit():
    answered = [sum(map(is_known_fact, facts.values())) / len(facts) for facts in UNITS]
    assert min(answered) < 0.3 < 0.7 < max(answered)


def test_the_command_counts_profiles_beside_random_units():
    done = run("rules", "sameness", "--profiles", PROFILES, "--random", 50)
    assert done.returncode == 0, done.stderr
    assert "profiles (18)" in done.stdout
    assert "random (50)" in done.stdout
    assert "rules that fire for none" in done.stdout
    again = [run("rules", "sameness", "--random", 50, "--format", "json").stdout for _ in range(2)]
    assert again[0] == again[1]
    told = json.loads(again[0])["groups"]["random"]
    assert told["units"] == 50
    assert sum(told["outcomes"]["verdict"].values()) == 50
    assert set(told["never"]) == {rule for rule, number in told["findings"].items() if number == 0}


def test_profiles_that_are_not_there_end_with_2():
    assert run("rules", "sameness", "--profiles", "nowhere").returncode == 2
