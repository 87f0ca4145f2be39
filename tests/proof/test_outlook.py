"""Outlooks: what is called settled is never contradicted, what is called possible comes out, and nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import jsonschema
import pytest

from advisor.advice import outlook as outlook_module
from advisor.advice.outlook import Forecaster, Outlook
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

ENGINE = CheckedEngine(RULEBOOK)
FORECASTER = Forecaster(RULEBOOK, ENGINE)
HEALTHY = next(path for path in PROFILES if path.stem == "healthy-insurer")


def without(names: tuple[str, ...], unit: int = 1) -> dict[str, Fact]:
    """The facts of a unit of the healthy insurer with some answers taken out."""
    facts = facts_in(read_profile(HEALTHY, RULEBOOK.questions).units[unit])
    return facts | {name: unknown_fact(RULEBOOK.scope[name].kind) for name in names}


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
    (ikea,) = (path for path in PROFILES if path.stem == "ikea")
    raw = facts_in(read_profile(ikea, RULEBOOK.questions).units[0])
    names = open_questions(RULEBOOK, raw, PLAIN.evaluate(raw).facts)
    exploration = Exploration(Completions(RULEBOOK, raw, names), FORECASTER._quick, FORECASTER.outcomes, Random(1))
    exploration.run(20)
    assert ("verdict", word) not in exploration.led_to
    for _ in range(4):
        FORECASTER._guide.lead(exploration, "verdict", word)
    found = exploration.led_to["verdict", word]
    assert FORECASTER.outcomes.of(ENGINE.evaluate(found.raw))["verdict"] == word


def test_nothing_is_missing_where_an_outcome_is_so():
    evaluation = PLAIN.evaluate(without(()))
    for name, word in FORECASTER.outcomes.of(evaluation).items():
        if name != "first_pattern":
            assert FORECASTER._guide.missing(evaluation, name, word) == [], name
    assert FORECASTER._guide.missing(evaluation, "verdict", "prepare_first")
    assert FORECASTER._guide.missing(evaluation, "pattern.advice", "recommended")


def test_the_same_unit_gives_the_same_outlook():
    raw = some_without(2)
    assert FORECASTER.outlook(raw) == FORECASTER.outlook(raw)


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
    assert f"whatever the {len(found.open_questions)} open answers are" in line
    assert "open between “Prepare first” and “Redeploy”; decided by clarity_staff_agree" in line


@pytest.mark.parametrize("path", [HEALTHY], ids=lambda path: path.stem)
def test_the_json_keeps_to_the_schema(path: Path):
    advice = ADVISER.advise(read_profile(path, RULEBOOK.questions))
    assert all(unit.settled is None for unit in advice.document.units)
    document = json.loads(ADVISER.with_outlook(advice).to_json())
    jsonschema.validate(document, advice_schema())
    assert [unit["settled"]["verdict"] for unit in document["units"]] == ["redeploy"] * 3
