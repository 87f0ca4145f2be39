"""Cases: what can be expected, what differs, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.assurance import failure_lines
from advisor.rulebook import shipped_folder
from tests.assurance.rulebooks import SHIPPED, cases_of, problems_of, results_of
from tests.cli.command import run

EXAMPLE = """
    cases:
      - name: test_worked_example
        about: The article's example.
        given: {ai_minutes_saved_per_case: 4, cases_per_day: 200}
        expect:
          findings:
            present: [verdict-insufficient-data]
            absent: [no-net-saving, demand-grows]
            open: [severe-backlog]
          verdict: insufficient_data
          also: [collect_data]
          recommended: []
          excluded: []
          preparations: {clarity: not_assessed}
          erosion: not_assessed
          patterns: {quality: {low: 0, high: 100}}
          measures: {gross_hours_day: 13.33, use_share_pct: 100, saving_is_measured: false, real_growth_pct: unknown}
"""


def test_everything_that_can_be_named_is_compared(tmp_path: Path) -> None:
    (result,) = results_of(tmp_path, EXAMPLE)
    assert result.passed, result.differences
    assert {each.about for each in result.case.expected} == {
        "finding", "verdict", "also", "recommended", "excluded", "preparation", "erosion", "pattern", "measure",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "present: [verdict-insufficient-data]",
            "present: [verdict-redeploy]",
            "finding verdict-redeploy: expected present, came absent",
        ),
        ("absent: [no-net-saving, demand-grows]", "absent: [collect_data]", None),
        ("open: [severe-backlog]", "open: [verdict-redeploy]", "finding verdict-redeploy: expected open, came absent"),
        ("verdict: insufficient_data", "verdict: redeploy", "verdict: expected redeploy, came insufficient_data"),
        ("also: [collect_data]", "also: [prepare_first]", "also: expected prepare_first, came collect_data"),
        ("recommended: []", "recommended: [quality]", "recommended: expected quality, came none"),
        ("excluded: []", "excluded: [volume]", "excluded: expected volume, came none"),
        ("{clarity: not_assessed}", "{clarity: missing}", "preparation clarity: expected missing, came not_assessed"),
        ("erosion: not_assessed", "erosion: none", "erosion: expected none, came not_assessed"),
        ("{low: 0, high: 100}", "{low: 45}", "pattern quality: expected low 45, came low 0, high 100"),
        ("gross_hours_day: 13.33", "gross_hours_day: 13.3", "measure gross_hours_day: expected 13.3, came 13.33"),
        (
            "saving_is_measured: false",
            "saving_is_measured: true",
            "measure saving_is_measured: expected true, came false",
        ),
        (
            "real_growth_pct: unknown",
            "real_growth_pct: not_applicable",
            "measure real_growth_pct: expected not_applicable, came unknown",
        ),
        ("real_growth_pct: unknown", "real_growth_pct: 5", "measure real_growth_pct: expected 5, came unknown"),
    ],
)
def test_a_difference_names_what_was_expected_and_what_came(
    tmp_path: Path, right: str, wrong: str, said: str | None
) -> None:
    assert right in EXAMPLE
    text = EXAMPLE.replace(right, wrong)
    if said is None:
        assert problems_of(tmp_path, text) == ["9 X002"]
        return
    (result,) = results_of(tmp_path, text)
    assert [f"{each.said}, came {each.came}" for each in result.differences] == [said]
    assert result.differences[0].decided


def test_a_failure_names_the_case_the_rule_and_the_fact(tmp_path: Path) -> None:
    (result,) = results_of(
        tmp_path,
        """
        cases:
          - name: test_two_weeks_are_a_month
            given: {backlog_weeks: 2}
            expect: {findings: {present: [queue_to_clear]}}
        """,
    )
    text = "\n".join(failure_lines(result))
    assert "some.cases.yaml:3:5 test_two_weeks_are_a_month" in text
    assert "severe-backlog" in text
    assert "2 weeks (stated) (backlog_weeks)" in text
    assert "(backlog_severe): 4 weeks (judgement)" in text


def test_a_finding_that_is_open_counts_as_absent_but_not_the_other_way(tmp_path: Path) -> None:
    (result,) = results_of(tmp_path, "cases:\n- {name: a, expect: {findings: {absent: [severe-backlog]}}}\n")
    assert result.passed


def test_an_answer_that_does_not_apply_is_written_as_in_a_profile(tmp_path: Path) -> None:
    (result,) = results_of(
        tmp_path,
        """
        cases:
          - name: a
            given: {occupancy_pct: {not_applicable: no queue}, backlog_weeks: {low: 1, high: 5}, overtime_pct: unknown}
            expect:
              measures: {occupancy_pct: not_applicable, backlog_weeks: {low: 1, high: 5}, overtime_pct: unknown}
              findings: {open: [severe-backlog]}
        """,
    )
    assert result.passed, result.differences


def test_all_problems_are_reported_at_once_with_their_places(tmp_path: Path) -> None:
    text = """\
    cases:
      - name: same
        given: {backlog_week: 2, cases_per_day: many}
        expect: {verdict: redeploi, measures: {gross_hours_day: much}, patterns: {speed: {low: 1}}}
      - name: same
        expect: {findings: {present: [nothing-of-that-name]}}
      - name: empty
        given: {}
      - nmae: b
        expect: {erosion: active}
    """
    found = ["3 P020", "3 P022", "4 X002", "4 X003", "4 P003", "5 X004", "6 X002", "7 X005", "9 P003", "9 P004"]
    assert sorted(problems_of(tmp_path, text)) == sorted(found)


@pytest.mark.parametrize("text", ["- a\n", "rules: []\n", "just a text\n"])
def test_a_file_that_is_no_case_file_is_refused(tmp_path: Path, text: str) -> None:
    assert problems_of(tmp_path, text)[0].endswith("X001")


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    done = run("rules", "test", "--rules", _house(tmp_path), tmp_path / "house")
    assert (done.returncode, "X006" in done.stderr) == (2, True)


def test_the_command_gives_one_where_a_case_fails_and_two_where_a_file_is_invalid(tmp_path: Path) -> None:
    cases_of(tmp_path, "cases:\n- {name: a, expect: {verdict: redeploy}}\n")
    failed = run("rules", "test", tmp_path)
    assert failed.returncode == 1
    assert "verdict: expected redeploy, came insufficient_data" in failed.stdout
    (tmp_path / "other.cases.yaml").write_text("cases:\n- {name: b, expect: {verdict: redeplo}}\n")
    invalid = run("rules", "test", tmp_path)
    assert (invalid.returncode, invalid.stdout) == (2, "")
    assert "other.cases.yaml:2:31 X002" in invalid.stderr


def test_a_house_rule_is_tried_by_its_own_cases(tmp_path: Path) -> None:
    house = _house(tmp_path)
    (house / "own.cases.yaml").write_text(
        "cases:\n- {name: a, given: {backlog_weeks: 3}, expect: {findings: {present: [severe-backlog]}}}\n"
    )
    done = run("rules", "test", house)
    assert (done.returncode, done.stdout) == (0, "1 case, as expected\n")


def _house(folder: Path) -> Path:
    house = folder / "house"
    house.mkdir()
    text = "parameters:\n  - {name: backlog_severe, value: 3, why: Our clients lose patience after three weeks.}\n"
    (house / "parameters.yaml").write_text(text)
    return house


def test_every_shipped_case_comes_out_as_expected() -> None:
    done = run("rules", "test")
    assert done.returncode == 0, done.stdout
    assert "all as expected" in done.stdout


def test_shipped_cases_stand_beside_their_rules() -> None:
    for path in shipped_folder().rglob("*.cases.yaml"):
        assert path.with_name(path.name.replace(".cases", "")).exists()
    assert SHIPPED.rules


def test_a_case_that_no_valid_profile_says_is_refused(tmp_path: Path) -> None:
    text = EXAMPLE.replace("cases_per_day: 200", "team_headcount: 5, team_fte: 6")
    assert problems_of(tmp_path, text) == ["5 P060"]
