"""The JSON Schema says what the strict reader says, as far as it can."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from advisor.profile import Profile, blank_profile, profile_as_yaml, profile_schema, read_profile
from advisor.reading import InvalidInput, Mapping, Node, Scalar, compose, plain
from advisor.rulebook.model import Question, Section
from advisor.rulebook.questionnaire import Questionnaire
from advisor.rulebook.typing_parts import part_from
from tests.profile.samples import QUESTIONS, SECTIONS, profiles
from tests.profile.test_read import GOOD, HEAD

VALIDATOR = Draft202012Validator(profile_schema(QUESTIONS))
SHIPPED = Path(__file__).parents[2] / "rules" / "questions.yaml"


def as_an_editor_reads(node: Node) -> Any:
    """Resolve the types by YAML 1.2's core schema, as editors do."""
    if isinstance(node, Mapping):
        return {key.text: as_an_editor_reads(value) for key, value in node.entries}
    if not isinstance(node, Scalar):
        return [as_an_editor_reads(item) for item in node.items]
    if node.quoted:
        return node.text
    if node.empty or node.text in ("true", "false"):
        return {"true": True, "false": False}.get(node.text)
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    return node.text


def complaints(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(as_an_editor_reads(compose(text, "f")))]


def test_it_is_a_json_schema_that_can_be_stored() -> None:
    Draft202012Validator.check_schema(profile_schema(QUESTIONS))
    assert json.loads(json.dumps(profile_schema(QUESTIONS))) == profile_schema(QUESTIONS)


def test_every_question_is_described() -> None:
    answers: Any = profile_schema(QUESTIONS)["$defs"]
    described = answers["unit"]["properties"]["answers"]["properties"]
    assert list(described) == list(QUESTIONS)
    assert described["error_rate_pct"]["title"] == "What about error_rate_pct?"
    assert described["error_rate_pct"]["description"] == "Help on error_rate_pct. Number, allowed is 0 to 100 %."
    assert described["ai_phase"]["description"].endswith("\nlive: Live")


def test_good_profiles_pass() -> None:
    assert complaints(GOOD) == []
    assert complaints(blank_profile(QUESTIONS, SECTIONS)) == []


@given(profiles)
def test_what_the_reader_takes_the_schema_takes(profile: Profile) -> None:
    assert complaints(profile_as_yaml(profile)) == []


BAD_LINES = [
    "cases_per_day: -1",
    "cases_per_day: 10000001",
    "cases_per_day: '5'",
    "cases_per_day: true",
    "cases_per_day: n/a",
    "cases_per_day: 1_000",
    "cases_per_day: 1:17",
    "cases_per_day:",
    "cases_per_day: [5]",
    "cases_per_day: {}",
    "cases_per_day: {value: 5, low: 3}",
    "cases_per_day: {high: 3}",
    "cases_per_day: {value: 5, sorce: x}",
    "cases_per_day: {value: 5, evidence: guessed}",
    "cases_per_day: {value: 5, as_of: 30.9.2026}",
    "cases_per_day: {not_applicable: }",
    "cases_per_day: {not_applicable: x, value: 5}",
    "cases_per_day: {value: unknown, low: 1, high: 2}",
    "staff_respondents: 4.5",
    "harm_running: NO",
    "harm_running: 'true'",
    "harm_running: {value: true, low: 1, high: 2}",
    "ai_phase: lvie",
    "ai_stop_measures: cost",
    "ai_stop_measures: [cost, cost]",
    "ai_stop_measures: [cots]",
    "incentive_measures: [5]",
    "incentive_measures: [{nme: x}]",
    "incentive_measures: [{weight_pct: 101}]",
    "incentive_measures: [{kind: quantity}]",
    "cases_per_dya: 5",
]
BAD_FRAMES = [
    "organisation: {name: X}\nunits: [{name: U}]",
    "advisor_profile: 2\norganisation: {name: X}\nunits: [{name: U}]",
    "advisor_profile: 1\norganisation: {}\nunits: [{name: U}]",
    "advisor_profile: 1\norganisation: {name: ' '}\nunits: [{name: U}]",
    "advisor_profile: 1\norganisation: {name: X, country: Norway}\nunits: [{name: U}]",
    "advisor_profile: 1\norganisation: {name: X}\nunits: []",
    "advisor_profile: 1\norganisation: {name: X}\nunits: [{answers: {}}]",
    "advisor_profile: 1\norganisation: {name: X}\nunits: [{name: U}]\nextra: 1",
    f"advisor_profile: 1\norganisation: {{name: {'x' * 2001}}}\nunits: [{{name: U}}]",
]


@pytest.mark.parametrize("text", [f"{HEAD}      {line}\n" for line in BAD_LINES] + BAD_FRAMES)
def test_what_is_wrong_is_wrong_for_both(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_profile(text, QUESTIONS)
    assert complaints(text) != []


@pytest.mark.skipif(not SHIPPED.exists(), reason="no shipped questions yet")
def test_the_shipped_questions_make_a_schema_and_a_blank_profile() -> None:
    shipped: Any = plain(compose(SHIPPED.read_text(encoding="utf-8"), "questions.yaml"))
    questions = Questionnaire({one["name"]: part_from(Question, one) for one in shipped["questions"]})
    sections = [part_from(Section, one) for one in shipped["sections"]]
    schema = profile_schema(questions)
    Draft202012Validator.check_schema(schema)
    blank = blank_profile(questions, sections)
    assert Draft202012Validator(schema).is_valid(as_an_editor_reads(compose(blank, "f")))
    assert len(read_profile(blank, questions).units) == 1
    assert all(f"      # {name}:\n" in blank for name, question in questions.items() if question.is_asked)
