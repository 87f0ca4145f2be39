"""Checks between answers: what is certainly impossible is refused, what looks mistaken gives a hint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.profile import Profile, check_profile, read_profile
from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook
from tests.cli.command import run

RULEBOOK = Rulebook.load()


def written(*lines: str) -> str:
    answers = "".join(f"      {line}\n" for line in lines)
    return f"advisor_profile: 1\norganisation: {{name: X}}\nunits:\n  - name: A\n    answers:\n{answers}"


def found(*lines: str) -> list[str]:
    """The errors, or where there are none the hints."""
    profile = read_profile(written(*lines), RULEBOOK.questions, "p.yaml")
    try:
        return [str(hint) for hint in check_profile(profile, RULEBOOK)]
    except InvalidInput as error:
        return [str(problem) for problem in error.problems]


def test_shares_of_one_whole_name_both_lines_and_the_remedy():
    (error,) = found("failure_demand_share_pct: 70", "cases_per_day: 5", "transferred_in_pct: 40.5")
    assert error == (
        "p.yaml:6:33 P060 failure_demand_share_pct (line 6) and transferred_in_pct (line 8): Failure demand and "
        "transferred work are 110.5 % of the volume together. Count each case once, as the one or as the other, and "
        "correct the shares."
    )


def test_names_of_a_blank_profile_are_hints_with_place_and_remedy(tmp_path: Path):
    file = tmp_path / "client.yaml"
    run("profile", "new", file)
    for command in (("profile", "check", file), ("memo", file, "-o", tmp_path / "memo.md", "--no-outlook")):
        done = run(*command)
        assert done.returncode == 0
        hints = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
        assert len(hints) == 2
        said = (
            "P063 the organisation's name is still 'Name of the client', as in a blank profile; put the real one in its"
        )
        assert f":9 {said} place" in hints[0]
        assert "the unit's name is still 'Name of the team'" in hints[1]
    run("profile", "new", file, "--organisation", "Nord", "--unit", "Motor", "--force")
    assert "warning" not in run("profile", "check", file).stderr


IMPOSSIBLE = {
    "failure-and-transferred-demand": (
        ("failure_demand_share_pct", 60),
        ("transferred_in_pct", 41),
        ("transferred_in_pct", 40),
    ),
    "resolved-beyond-contained": (("ai_containment_pct", 50), ("ai_resolution_pct", 51), ("ai_resolution_pct", 50)),
    "posts-beyond-people": (("team_headcount", 8), ("team_fte", 8.5), ("team_fte", 8)),
    "respondents-beyond-people": (("team_headcount", 8), ("staff_respondents", 9), ("staff_respondents", 8)),
    "shown-beyond-booked": (("booked_hours_per_day", 4), ("verified_hours_per_day", 5), ("verified_hours_per_day", 4)),
}


def test_every_impossible_combination_has_an_example_here():
    assert set(IMPOSSIBLE) == {constraint.check.id for constraint in RULEBOOK.impossible}


@pytest.mark.parametrize("example", IMPOSSIBLE.values(), ids=list(IMPOSSIBLE))
def test_only_what_is_certainly_impossible_is_refused(example: Any):
    (first, one), (second, too_much), (_, possible) = example
    assert "P060" in found(f"{first}: {one}", f"{second}: {too_much}")[0]
    for open_answer in (possible, "unknown", "{not_applicable: none here}", f"{{low: {possible}, high: {too_much}}}"):
        assert found(f"{first}: {one}", f"{second}: {open_answer}") == []


def test_all_errors_of_all_units_at_once():
    text = written("team_headcount: 5", "team_fte: 6") + "  - name: B\n    answers: {team_headcount: 7, team_fte: 8}\n"
    with pytest.raises(InvalidInput) as refused:
        check_profile(read_profile(text, RULEBOOK.questions, "p.yaml"), RULEBOOK)
    assert [problem.place.line for problem in refused.value.problems] == [7, 9]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ai_use_share_pct: 0.3", "0.3 means 0.3 %. Did you mean 30?"),
        ("recontact_rate_pct: {low: 0.25, high: 0.5}", "0.25–0.5 means 0.25–0.5 %. Did you mean 25–50?"),
        (
            "incentive_measures: [{name: a, weight_pct: 60}, {name: b, weight_pct: 50.5}]",
            "The weights of the measures are 110.5 %",
        ),
        (
            "cases_per_day: 1000\n      aht_min: 24.1\n      team_headcount: 16",
            "1000 cases of 24.1 minutes are 24100 minutes of work a day, for 16 full-time posts.",
        ),
        (
            "cases_per_day: 1000\n      aht_min: 6.01\n      team_headcount: 16\n      team_fte: 10",
            "1000 cases of 6.01 minutes are 6010 minutes of work a day, for 10 full-time posts.",
        ),
        (
            "ai_phase: planned\n      months_live: 3",
            "The AI step is said to be planned, and to have been in use for 3 months.",
        ),
        ("months_live: 400", "The step would have been in use for 400 months."),
        (
            "ai_minutes_saved_per_case: 25\n      aht_min: 24",
            "The AI step saves 25 minutes a case, and somebody works on a case for 24",
        ),
        ("working_days_year: 99", "The unit works on 99 days a year."),
    ],
)  # fmt: skip
def test_hints(line: str, message: str):
    (hint,) = found(line)
    assert hint.startswith("p.yaml:6:")
    assert " P061 " in hint
    assert message in hint


@pytest.mark.parametrize(
    "line",
    [
        "cases_per_day: 1000\n      aht_min: 6\n      team_headcount: 16\n      team_fte: 10",
        "cases_per_day: 1000\n      aht_min: 6\n      team_fte: {low: 5, high: 10}",
        "months_live: 240",
        "ai_use_share_pct: 1",
        "ai_use_share_pct: 0",
        "sla_gap_pts: 0.5",
        "volume_growth_12m_pct: -0.5",
    ],
)
def test_no_hint(line: str):
    assert found(line) == []


DATED = """advisor_profile: 1
organisation: {{name: X}}
engagement: {{date: {made}}}
units:
  - name: A
    answers:
      cases_per_day: {{value: 5, as_of: {measured}}}
    respondents:
      - {{role: manager, date: {heard}}}
    steps:
      no-ledger: {{state: done, date: {done}}}
"""


@pytest.mark.parametrize(
    ("date", "day", "said"),
    [
        (
            "made",
            "1926-11-22",
            "p.yaml:3:20 P065 the date of the engagement is 1926-11-22, before 2010; correct the year",
        ),
        (
            "measured",
            "2026-11-23",
            "p.yaml:7:22 P064 as_of of cases_per_day is 2026-11-23, after the date of the engag",
        ),
        ("measured", "0206-09-30", "p.yaml:7:22 P065 as_of of cases_per_day is 0206-09-30, before 2010"),
        (
            "heard",
            "2027-01-01",
            "p.yaml:9:9 P064 the date of a respondent is 2027-01-01, after the date of the engagem",
        ),
        (
            "done",
            "2026-12-22",
            "p.yaml:11:7 P064 the date of no-ledger is 2026-12-22, after the date of the engagement",
        ),
    ],
)
def test_a_date_that_can_hardly_be_right_gives_a_hint(date: str, day: str, said: str):
    right = dict.fromkeys(("made", "measured", "heard", "done"), "2026-11-22")

    def hints(dates: dict[str, str]) -> list[str]:
        profile = read_profile(DATED.format(**dates), RULEBOOK.questions, "p.yaml")
        return [str(hint) for hint in check_profile(profile, RULEBOOK)]

    assert hints(right) == []
    (hint,) = hints({**right, date: day})
    assert hint.startswith(said)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-16", []),
        ("2026-12-15", []),
        ("2026-12-16", ["a month has passed by the date of the engagement, 2026-12-16"]),
        ("2027-06-15", ["6 months have passed by the date of the engagement, 2027-06-15"]),
    ],
)
def test_an_answer_that_has_grown_since_its_own_date_gives_a_hint(day: str, said: list[str]):
    text = DATED.format(made=day, measured=day, heard=day, done=day)
    growing = "      months_live: {value: 4, evidence: stated, as_of: 2026-11-16}\n"
    text = text.replace("    answers:\n", "    answers:\n" + growing, 1)
    hints = [str(hint) for hint in check_profile(read_profile(text, RULEBOOK.questions, "p.yaml"), RULEBOOK)]
    told = "P066 months_live is as of 2026-11-16, and {}; bring the answer and its date up to date"
    assert [hint.split(" ", 1)[1] for hint in hints] == [told.format(each) for each in said]


def test_a_profile_that_says_the_impossible_is_not_loaded(tmp_path: Path):
    file = tmp_path / "p.yaml"
    file.write_text(written("team_headcount: 5", "team_fte: 6"))
    with pytest.raises(InvalidInput, match="P060"):
        Profile.load(file, RULEBOOK)


def test_on_the_command_line(tmp_path: Path):
    file = tmp_path / "p.yaml"
    file.write_text(written("failure_demand_share_pct: 0.7", "team_headcount: 5"))
    checked, assessed = run("profile", "check", file), run("assess", file)
    for result in (checked, assessed):
        assert result.returncode == 0
        assert result.stderr.startswith(f"warning: {file}:6:33 P061 failure_demand_share_pct: 0.7 means 0.7 %.")
    refused = run("assess", file, "--set", "team_fte=6")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "P060" in refused.stderr


SMALL = {
    "ai_rework_rate_pct",
    "transferred_in_pct",
    "unmet_demand_pct",
    "error_rate_pct",
    "error_rate_target_pct",
    "rework_share_pct",
    "advisory_unmet_pct",
    "overtime_pct",
    "volume_growth_12m_pct",
    "forecast_growth_12m_pct",
    "sick_leave_change_pct",
    "recontact_change_pct",
    "complaint_change_pct",
    "error_change_pct",
    "human_aht_change_pct",
    "overtime_change_pct",
}
"""Questions of which less than 1 % is an ordinary answer."""


@pytest.mark.parametrize(
    ("answer", "meant"), [("0.05", "5"), ("0.1", "10"), ("0.6", "60"), ("0.99", "99"), ("1", ""), ("0", "")]
)
def test_a_share_below_one_is_asked_about_only_where_it_is_not_ordinary(answer: str, meant: str):
    asked = {name for name, question in RULEBOOK.questions.items() if question.unit == "%"}
    hinted = {name for name in asked if f"Did you mean {meant or answer}?" in "".join(found(f"{name}: {answer}"))}
    assert asked > SMALL
    if not meant:
        assert hinted == set()
    else:
        assert hinted == (asked if answer == "0.05" else asked - SMALL)


def test_a_check_of_a_unit_passes_over_questions_whose_bounds_say_it_already(tmp_path: Path):
    question = {"name": "mine_pct", "section": "demand", "ask": "?", "help": "?", "who": "manager", "type": "number"}
    bounded = {**question, "unit": "%", "minimum": 10, "maximum": 100}
    (tmp_path / "more.yaml").write_text(json.dumps({"questions": [bounded]}))
    looked_at = {name for each in Rulebook.load(overlays=[tmp_path]).constraints for name in each.questions}
    assert "mine_pct" not in looked_at
    assert "error_rate_pct" in looked_at


def test_a_check_leaves_to_another_one_what_that_one_names_by_its_unit(tmp_path: Path):
    said = {"when": "answer == 7", "severity": "hint", "says": "Said.", "remedy": "Do."}
    shares = {**said, "id": "shares", "of_unit": "%"}
    mine = {**said, "id": "mine", "of": ["error_rate_pct", "team_fte"], "but_for": "shares"}
    (tmp_path / "checks.yaml").write_text(json.dumps({"checks": [mine, shares]}))
    rulebook = Rulebook.load(overlays=[tmp_path])
    assert [each.questions for each in rulebook.constraints if each.check.id == "mine"] == [("team_fte",)]


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"when": "net_hours_day > 1"}, "E", "net_hours_day"),
        ({"says": "{team_fte + }"}, "E", "x"),
        ({"when": "answer > 1", "of_unit": "bananas"}, "R005", "no question has the unit 'bananas'"),
        ({"when": "answer > 1", "of": ["team_ftes"]}, "R005", "no question 'team_ftes' (did you mean 'team_fte'?)"),
        ({"when": "answer > 1", "of_unit": "%", "but_for": "y"}, "R005", "there is no check 'y'"),
        ({"but_for": "no-such-check"}, "R005", "there is neither; remove it"),
        ({"when": "answer > 1", "of_unit": "%", "but_for": "x"}, "R005", "no 'but_for' of its own"),
        ({"when": "answer > 1", "of_unit": "%", "but_for": "few-working-days"}, "R005", "needs 'of' or 'of_unit'"),
        ({"when": "team_fte < 0"}, "R012", "is always false"),
        ({"severity": "warning"}, "R003", "severity"),
    ],
)
def test_a_check_that_cannot_be_used_is_refused(change: Any, code: str, message: str, tmp_path: Path):
    check = {"id": "x", "when": "team_fte > 5", "severity": "hint", "says": "Said.", "remedy": "Do.", **change}
    (tmp_path / "checks.yaml").write_text(json.dumps({"checks": [check]}))
    with pytest.raises(InvalidInput) as refused:
        Rulebook.load(overlays=[tmp_path])
    (problem,) = refused.value.problems
    assert problem.code.startswith(code)
    assert message in problem.message
