"""Outlooks: what is called settled is never contradicted, what is called possible comes out, and nothing is guessed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random

import jsonschema
import pytest

from advisor.advice import outlook as outlook_module
from advisor.advice.outlook import BRIEFLY_AT_MOST, Allowance, Forecaster, Outlook
from advisor.advice.outlook_line import outlook_line
from advisor.advice.schema import advice_schema
from advisor.engines.checked import CheckedEngine
from advisor.engines.completions import Completions, open_questions
from advisor.engines.exploration import Exploration
from advisor.language import Fact
from advisor.language.values import unknown_fact
from advisor.profile import read_profile
from tests.shipped.answers import ADVISER, PLAIN, PROFILES, RULEBOOK, facts_in

pytest.importorskip("z3")
from advisor.engines.proof.linear import nonlinear_measures
from advisor.engines.proof.prover import Prover

ENGINE = CheckedEngine(RULEBOOK)
FORECASTER = Forecaster(RULEBOOK, ENGINE)
HEALTHY = next(path for path in PROFILES if path.stem == "healthy-insurer")


def without(names: tuple[str, ...], unit: int = 1) -> dict[str, Fact]:
    """The facts of a unit of the healthy insurer with some answers taken out."""
    facts = facts_in(read_profile(HEALTHY, RULEBOOK.questions).units[unit])
    return facts | {name: unknown_fact(RULEBOOK.scope[name].kind) for name in names}


def facts_of_first(name: str) -> dict[str, Fact]:
    """The facts of the first unit of a sample profile."""
    (path,) = (path for path in PROFILES if path.stem == name)
    return facts_in(read_profile(path, RULEBOOK.questions).units[0])


@cache
def whole_outlook(name: str) -> Outlook:
    """The whole outlook of that unit, which takes seconds."""
    return FORECASTER.outlook(facts_of_first(name))


def some_without(seed: int) -> dict[str, Fact]:
    random = Random(seed)
    return without(tuple(random.sample(list(RULEBOOK.questions), random.choice((10, 25)))), random.randrange(3))


def contradictions(raw: dict[str, Fact], found: Outlook, draws: int) -> list[tuple[str, str]]:
    """Outcomes of independent completions that the outlook excludes."""
    names = open_questions(RULEBOOK, raw, PLAIN.evaluate(raw).facts)
    completions, random = Completions(RULEBOOK, raw, names), Random(99)
    allowed = {name: {*words, *found.undecided.get(name, ())} for name, words in found.possible.items()}
    seen = [FORECASTER.outcomes.of(PLAIN.evaluate(completions.draw(random))) for _ in range(draws)]
    return [(name, word) for each in seen for name, word in each.items() if word not in allowed[name]]


@pytest.mark.parametrize("seed", range(4))
def test_no_completion_contradicts_the_outlook(seed: int):
    raw = some_without(seed)
    found = FORECASTER.outlook(raw)
    assert contradictions(raw, found, 300) == []
    for name, word in found.settled.items():
        assert found.possible[name] == (word,)
        assert name not in found.undecided


def test_a_contradiction_would_be_seen():
    raw = without(("error_rate_pct", "failure_demand_share_pct", "clarity_staff_agree"))
    found = FORECASTER.outlook(raw)
    narrowed = {name: words[:1] for name, words in found.possible.items()}
    wrong = Outlook(found.open_questions, {}, narrowed, {}, {})
    assert contradictions(raw, wrong, 200)


def test_every_possible_word_has_complete_answers_that_lead_there():
    raw = some_without(1)
    found = FORECASTER.outlook(raw)
    for name, words in found.possible.items():
        for word in words:
            evaluation = ENGINE.evaluate(found.examples[name, word])
            assert FORECASTER.outcomes.of(evaluation)[name] == word
            assert open_questions(RULEBOOK, found.examples[name, word], evaluation.facts) == []


def test_an_open_staff_view_decides_the_preparation_and_the_verdict():
    found = FORECASTER.outlook(without(("clarity_staff_agree", "clarity_staff")))
    assert set(found.possible["preparation.clarity"]) == {"missing", "partial", "in_place"}
    assert found.possible["verdict"] == ("prepare_first", "redeploy")
    assert set(found.deciding["verdict"]) == {"clarity_staff_agree"}
    assert found.settled["first_pattern"] == "quality"


@pytest.mark.parametrize("word", ["redeploy", "prepare_first", "relieve_overload_first"])
def test_completions_are_led_to_verdicts_that_draws_do_not_come_to(word: str):
    """Of answers drawn independently something is nearly always alarming."""
    raw = facts_of_first("ikea")
    names = open_questions(RULEBOOK, raw, PLAIN.evaluate(raw).facts)
    exploration = Exploration(Completions(RULEBOOK, raw, names), FORECASTER._quick, FORECASTER.outcomes, Random(1))
    exploration.run(20)
    assert ("verdict", word) not in exploration.led_to
    for _ in range(4):
        FORECASTER._guide.lead(exploration, "verdict", word)
    found = exploration.led_to["verdict", word]
    assert FORECASTER.outcomes.of(ENGINE.evaluate(found.raw))["verdict"] == word


def test_measures_that_multiply_or_divide_answers_are_told_from_the_others():
    found = nonlinear_measures(RULEBOOK)
    assert {"gross_hours_day", "error_ratio", "real_growth_certain_pct"} <= found  # a * b, a / b, a * b / c
    assert found.isdisjoint({"clarity_score", "growth_as_stated_pct", "authority_time_points"})  # by parameters alone


def test_what_is_impossible_loosely_is_never_seen():
    raw = facts_of_first("ikea")
    names = open_questions(RULEBOOK, raw, PLAIN.evaluate(raw).facts)
    completions, random = Completions(RULEBOOK, raw, names), Random(5)
    seen = {pair for _ in range(200) for pair in _outcomes(completions.draw(random))}
    wanted = [(name, word) for name, words in FORECASTER.outcomes.words().items() for word in words]
    found = Prover(RULEBOOK, FORECASTER.outcomes).loosely(raw, names, wanted, scores=True, models=False)
    impossible = {each for each, answer in found.items() if answer.says == "impossible"}
    assert ("verdict", "stabilise_first") in impossible
    assert impossible.isdisjoint(seen)


def _outcomes(facts: dict[str, Fact]) -> list[tuple[str, str]]:
    return [*FORECASTER.outcomes.of(PLAIN.evaluate(facts)).items()]


def test_nothing_is_missing_where_an_outcome_is_so():
    evaluation = PLAIN.evaluate(without(()))
    for name, word in FORECASTER.outcomes.of(evaluation).items():
        if name != "first_pattern":
            assert FORECASTER._guide.missing(evaluation, name, word) == [], name
    assert FORECASTER._guide.missing(evaluation, "verdict", "prepare_first")
    assert FORECASTER._guide.missing(evaluation, "pattern.advice", "recommended")


@pytest.mark.parametrize("brief", [False, True])
def test_the_same_unit_gives_the_same_outlook(brief: bool):
    raw = some_without(2)
    assert FORECASTER.outlook(raw, brief=brief) == FORECASTER.outlook(raw, brief=brief)


@pytest.mark.parametrize("name", ["ikea", "hmrc-helplines"])
def test_a_brief_outlook_says_less_and_nothing_else(name: str):
    """It settles and shows nothing that the whole one excludes, and leaves open what it does not reach."""
    raw, whole = facts_of_first(name), whole_outlook(name)
    brief = FORECASTER.outlook(raw, brief=True)
    assert brief.settled.items() <= whole.settled.items()
    for outcome, words in FORECASTER.outcomes.words().items():
        allowed = {*whole.possible[outcome], *whole.undecided.get(outcome, ())}
        assert allowed.issuperset(brief.possible[outcome])
        assert {*brief.possible[outcome], *brief.undecided.get(outcome, ())}.issuperset(whole.possible[outcome])
        assert {*words}.issuperset(brief.undecided.get(outcome, ()))
    assert contradictions(raw, brief, 100) == []


def test_whether_the_deciding_answers_come_first_is_decided_on_a_sparse_profile():
    """Only answers with which a divisor is zero leave enough open; drawing and the solver alone do not come to them."""
    assert "collect_data" not in whole_outlook("ikea").undecided.get("verdict", ())


def test_one_call_has_an_allowance_for_brief_outlooks():
    allowance = Allowance()
    assert [allowance.takes(number) for number in (BRIEFLY_AT_MOST - 30, 30, 5, 5)] == [True, False, True, False]
    evaluation = PLAIN.evaluate(without(()))
    assert FORECASTER.brief_outlook(without(()), evaluation, Allowance()).is_worked_out
    assert not FORECASTER.brief_outlook(without(()), evaluation, allowance).is_worked_out


def test_without_the_solver_nothing_is_settled_and_that_is_said(monkeypatch):
    monkeypatch.setattr(outlook_module, "is_available", lambda: False)
    found = FORECASTER.outlook(without(("clarity_staff_agree", "clarity_staff")))
    assert found.settled == {}
    assert "z3-solver is not installed" in str(found.note)
    assert found.undecided["erosion"]


def test_a_complete_profile_is_settled():
    raw = without(())
    random = Random(0)
    names = open_questions(RULEBOOK, raw, PLAIN.evaluate(raw).facts)
    found = FORECASTER.outlook(Completions(RULEBOOK, raw, names).draw(random))
    assert found.open_questions == ()
    assert found.settled["verdict"] == "redeploy"


def test_the_line_in_plain_words():
    found = FORECASTER.outlook(without(("clarity_staff_agree", "clarity_staff")))
    line = outlook_line(found, RULEBOOK)
    assert "whatever the open answers are" in line
    assert "open between “Prepare first” and “Redeploy”; decided by clarity_staff_agree" in line


@pytest.mark.parametrize("path", [HEALTHY], ids=lambda path: path.stem)
def test_the_json_keeps_to_the_schema(path: Path):
    advice = ADVISER.advise(read_profile(path, RULEBOOK.questions))
    assert all(unit.settled is None for unit in advice.document.units)
    document = json.loads(ADVISER.with_outlook(advice).to_json())
    jsonschema.validate(document, advice_schema())
    assert [unit["settled"]["verdict"] for unit in document["units"]] == ["redeploy"] * 3
