"""Coverage: what counts as tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.assurance import Coverage, Observer, read_cases
from advisor.rulebook import shipped_folder
from tests.assurance.rulebooks import SHIPPED, cases_of
from tests.cli.command import run


def coverage_of(folder: Path, *given: str) -> Coverage:
    cases = [
        f"- {{name: case {place}, given: {{{each}}}, expect: {{recommended: []}}}}\n"
        for place, each in enumerate(given)
    ]
    return Observer(SHIPPED).coverage(cases_of(folder, "cases:\n" + "".join(cases)))


def gaps(folder: Path, rule: str, *given: str) -> list[str]:
    return [gap for name, gap in coverage_of(folder, *given).gaps() if name == rule]


AT, BEYOND = "never tried exactly at the threshold", "never tried one step beyond it"


def test_a_case_at_the_threshold_and_one_a_step_below_cover_a_rule(tmp_path: Path) -> None:
    assert gaps(tmp_path, "severe-backlog", "backlog_weeks: 4", "backlog_weeks: 3.5") == []


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (["backlog_weeks: 4.5", "backlog_weeks: 3.5"], [AT]),
        (["backlog_weeks: 4", "backlog_weeks: 3"], [BEYOND]),
        (["backlog_weeks: 40", "backlog_weeks: 0"], [AT, BEYOND]),
    ],
)
def test_values_that_are_farther_away_leave_a_gap(tmp_path: Path, given: list[str], missing: list[str]) -> None:
    assert gaps(tmp_path, "severe-backlog", *given) == [
        f"«backlog_weeks >= backlog_severe»: {each}" for each in missing
    ]


def test_a_rule_that_only_fires_leaves_the_other_side_open(tmp_path: Path) -> None:
    assert gaps(tmp_path, "severe-backlog", "backlog_weeks: 4", "backlog_weeks: unknown") == [
        "no case in which it certainly does not fire",
        "«backlog_weeks >= backlog_severe»: never false",
        f"«backlog_weeks >= backlog_severe»: {BEYOND}",
    ]


def test_a_computed_number_is_one_step_beyond_where_a_step_of_an_answer_crosses(tmp_path: Path) -> None:
    rule, shared = "no-net-saving", "ai_minutes_saved_per_case: 4, saving_checking: net, ai_rework_rate_pct: 10"
    at, near, far = (f"{shared}, ai_rework_min: {value}" for value in (40, 39.5, 20))
    assert gaps(tmp_path, rule, at, near) == []
    assert gaps(tmp_path, rule, at, far) == [f"«net_min_upper <= 0»: {BEYOND}"]


def test_open_is_counted(tmp_path: Path) -> None:
    tried = coverage_of(tmp_path, "backlog_weeks: unknown", "backlog_weeks: 4").rules["severe-backlog"]
    assert tried.states == {True: ["case 1"], False: [], None: ["case 0"]}


def test_staff_answers_that_are_withheld_try_nothing(tmp_path: Path) -> None:
    views = "clarity_mgr: 80, clarity_staff: 30"
    tried = coverage_of(tmp_path, views, f"{views}, team_headcount: 4").rules["clarity-is-missing"]
    assert tried.states[True] == ["case 0"]


def test_every_rule_condition_and_threshold_of_the_shipped_rulebook_is_tried() -> None:
    found = Observer(SHIPPED).coverage(read_cases([shipped_folder()], SHIPPED))
    assert list(found.gaps()) == []
    assert len(found.rules) == len(SHIPPED.rules)


def test_the_command_lists_gaps_and_gives_one(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(
        """\
layer: warnings
rules:
  - id: very-long-queue
    title: A queue of a year
    when: backlog_weeks >= 52
    severity: info
    says: A year of work waits.
    because: It does.
    sources: [judgement]
"""
    )
    done = run("rules", "coverage", tmp_path)
    assert done.returncode == 1
    assert "very-long-queue: no case in which it fires" in done.stdout
    assert "4 gaps" in done.stdout
    (tmp_path / "own.cases.yaml").write_text(
        "cases:\n"
        "- {name: a, given: {backlog_weeks: 52}, expect: {findings: {present: [very-long-queue]}}}\n"
        "- {name: b, given: {backlog_weeks: 51.5}, expect: {findings: {absent: [very-long-queue]}}}\n"
    )
    done = run("rules", "coverage", tmp_path, "--all")
    assert done.returncode == 0, done.stdout
    assert "backlog_weeks >= 52" in done.stdout
    assert "nothing is left untried" in done.stdout
