"""What a profile reports on the steps of an earlier advice."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest
import yaml

from advisor.profile import (
    StepReport,
    check_profile,
    digest,
    profile_as_yaml,
    profile_schema,
    read_profile,
    write_answers,
)
from advisor.profile.model import Answer
from advisor.reading import InvalidInput
from tests.memo.samples import rulebook
from tests.profile.samples import QUESTIONS

HEAD = "advisor_profile: 1\norganisation: {name: x}\nunits:\n  - name: u\n    answers: {cases_per_day: 1}\n"
REPORTED = (
    f"{HEAD}    steps:\n      no-ledger: done\n"
    "      GOV-12: {state: started, date: 2026-12-01, note: two of four dates}\n"
)


def steps(text: str):
    return read_profile(text, QUESTIONS).units[0].steps


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_profile(f"{HEAD}    steps: {text}\n", QUESTIONS, "p.yaml")
    return [str(each) for each in caught.value.problems]


def test_a_state_alone_or_with_its_date_and_a_note():
    assert steps(REPORTED) == {
        "no-ledger": StepReport("done"),
        "GOV-12": StepReport("started", date(2026, 12, 1), "two of four dates"),
    }


@pytest.mark.parametrize("text", [HEAD, f"{HEAD}    steps:\n", f"{HEAD}    steps: {{}}\n"])
def test_nothing_is_reported(text):
    assert steps(text) is None


def test_a_profile_without_reports_keeps_its_digest():
    assert digest(read_profile(HEAD, QUESTIONS)) == digest(read_profile(f"{HEAD}    steps:\n", QUESTIONS))
    assert digest(read_profile(HEAD, QUESTIONS)) != digest(read_profile(REPORTED, QUESTIONS))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[no-ledger]", "P005 steps needs lines of the form 'rule: done' here"),
        ("{no-ledger: finished}", "P081 no-ledger: 'finished' is no state of a step"),
        ("{no-ledger: don}", "did you mean 'done'?"),
        ("{no-ledger: {date: 2026-12-01}}", "P004 the step 'no-ledger' has no state"),
        ("{no-ledger: {state: done, date: yesterday}}", "P008 the date of no-ledger"),
        ("{no-ledger: {state: done, who: me}}", "P003 the step 'no-ledger' has no key 'who'"),
        ("{no ledger: done}", "P080 'no ledger' is no rule; name it by its id or its code"),
        ("{no-ledger: [done]}", "P005"),
        ("{no-ledger: }", "P006"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, said):
    (problem,) = problems(text)
    assert said in problem
    assert problem.startswith("p.yaml:6:")


def test_a_rule_that_nobody_knows_is_a_hint_and_stays():
    text = HEAD.replace("cases_per_day: 1", "cases_per_day: 200") + "    steps: {no-legder: done, GOV-02: done}\n"
    profile = read_profile(text, rulebook().questions, "p.yaml")
    (hint,) = check_profile(profile, rulebook())
    assert str(hint).startswith("p.yaml:6:")
    assert "P062 no rule 'no-legder' asks for a step (did you mean 'no-ledger'?)" in str(hint)
    assert "no-legder" in (profile.units[0].steps or {})


def test_answers_written_into_the_file_leave_the_reports_alone():
    text = write_answers(REPORTED, "u", {"error_rate_pct": Answer("unknown")}, QUESTIONS)
    assert steps(text) == steps(REPORTED)
    assert read_profile(profile_as_yaml(read_profile(text, QUESTIONS)), QUESTIONS) == read_profile(text, QUESTIONS)


def test_the_schema_knows_them():
    schema = profile_schema(QUESTIONS)
    document = yaml.load(REPORTED, Loader=yaml.BaseLoader)
    unit = {"name": "u", "steps": document["units"][0]["steps"]}
    jsonschema.validate({"advisor_profile": 1, "organisation": {"name": "x"}, "units": [unit]}, schema)
    unit["steps"] = {"no-ledger": "finished"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"advisor_profile": 1, "organisation": {"name": "x"}, "units": [unit]}, schema)
