"""What the result says about itself: staff answers that were withheld or might have to be, and answers on trial."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from advisor import Profile, Rulebook, advise
from advisor.advice import Advice
from advisor.advice.explain import explain
from advisor.advice.schema import advice_schema
from advisor.cli.markdown import summary
from advisor.cli.table import table
from advisor.memo import memo_of, render_markdown
from advisor.profile import digest, read_profile, with_answers

RULEBOOK = Rulebook.load()
FEW = "withheld: fewer than 5 people"
UNSURE = "not known whether 5 people"
STAFF = "clarity_staff: 17, routine_time_share_pct: 61.2, cases_per_day: 200"


def profile(answers: str, tmp_path: Path) -> Profile:
    path = tmp_path / "p.yaml"
    path.write_text(
        "advisor_profile: 1\norganisation: {name: Client}\n"
        f"units:\n  - {{name: Claims, answers: {{{answers}}}}}\n  - {{name: Post, answers: {{}}}}\n"
    )
    return read_profile(path, RULEBOOK.questions)


def advice(answers: str, tmp_path: Path, **settings: str) -> Advice:
    tried = with_answers(profile(answers, tmp_path), settings, RULEBOOK.questions, "Claims" if settings else None)
    return advise(tried, RULEBOOK, "plain")


def everywhere(given: Advice) -> dict[str, str]:
    jsonschema.validate(json.loads(given.to_json()), advice_schema())
    texts = {
        "json": given.to_json(),
        "table": table(given),
        "markdown": summary(given),
        "memo": render_markdown(memo_of(given)),
    }
    return {form: " ".join(text.split()) for form, text in texts.items()}


@pytest.mark.parametrize("few", ["staff_respondents: 4", "team_headcount: 4", "staff_respondents: {low: 2, high: 9}"])
def test_withheld_staff_answers_are_named_as_withheld_in_every_form(few: str, tmp_path: Path) -> None:
    given = advice(f"{STAFF}, {few}", tmp_path)
    for form, text in everywhere(given).items():
        assert FEW in text, form
        assert UNSURE not in text, form
        assert "61.2" not in text, form
    claims, post = given.document.units
    assert claims.withheld == ["clarity_staff", "routine_time_share_pct"]
    assert (post.withheld, post.notices) == ([], [])


def test_a_withheld_answer_is_no_open_question_like_others(tmp_path: Path) -> None:
    given = advice(f"{STAFF}, staff_respondents: 4", tmp_path)
    asked = given.document.units[0].open_questions
    states = {each.question: each.state for each in asked}
    assert states["clarity_staff"] == "withheld"
    assert {each.state for each in asked if each.who != "staff"} <= {"not_asked", "unknown", "range"}
    withheld = [each.state == "withheld" for each in asked]
    assert withheld == sorted(withheld), "those that asking cannot settle come last"


def test_the_appendix_and_the_explanation_say_withheld_and_not_open(tmp_path: Path) -> None:
    given = advice(f"{STAFF}, team_headcount: 4", tmp_path)
    memo = render_markdown(memo_of(given))
    label = RULEBOOK.questions["clarity_staff"].label
    (row,) = [line for line in memo.splitlines() if line.startswith(f"| {label}")]
    assert row.split("|")[2].strip() == "withheld"
    (line, *_) = explain(given, "clarity_staff")[0].below
    assert "withheld" in line.text
    assert "nobody knows" not in line.text


def test_staff_answers_of_nobody_knows_how_many_carry_a_notice(tmp_path: Path) -> None:
    given = advice(STAFF, tmp_path)
    for form, text in everywhere(given).items():
        assert UNSURE in text, form
        assert FEW not in text, form
    assert given.document.units[0].withheld == []


@pytest.mark.parametrize(
    "answers",
    [f"{STAFF}, staff_respondents: 5", f"{STAFF}, team_headcount: 40", "clarity_mgr: 80", "clarity_staff: unknown"],
)
def test_there_is_no_notice_where_there_is_nothing_to_notice(answers: str, tmp_path: Path) -> None:
    given = advice(answers, tmp_path)
    assert [unit.notices for unit in given.document.units] == [[], []]
    assert given.document.tried == []


def test_a_result_with_tried_answers_says_so_in_every_form(tmp_path: Path) -> None:
    given = advice("cases_per_day: 200", tmp_path, cases_per_day="250", ai_phase="unknown")
    assert json.loads(given.to_json())["tried"] == [
        {"unit": "Claims", "question": "cases_per_day", "value": "250"},
        {"unit": "Claims", "question": "ai_phase", "value": "unknown"},
    ]
    for form, text in everywhere(given).items():
        assert "cases_per_day" in text.replace("\\", ""), form
        assert "tried" in text.lower(), form
    memo = render_markdown(memo_of(given))
    assert "not in the client's profile" in memo[: memo.index("\n## ")]


def test_a_tried_answer_is_never_taken_for_the_profile(tmp_path: Path) -> None:
    plain, same = profile("cases_per_day: 200", tmp_path), {"cases_per_day": "200"}
    assert digest(with_answers(plain, same, RULEBOOK.questions, "Claims")) != digest(plain)
    given = advice("cases_per_day: 200", tmp_path, cases_per_day="250")
    (line, *_) = explain(given, "cases_per_day")[0].below
    assert "tried" in line.text


def test_a_tried_answer_that_is_withheld_is_not_shown(tmp_path: Path) -> None:
    given = advice("team_headcount: 4", tmp_path, routine_time_share_pct="61.2")
    assert [each.value for each in given.document.tried] == ["withheld"]
    assert all("61.2" not in text for text in everywhere(given).values())
