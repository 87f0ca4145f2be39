"""`assess --outlook` and `explain --flips` from the command line."""

from __future__ import annotations

import json

import pytest

from tests.cli.command import PROFILES, run

HEALTHY = PROFILES / "healthy-insurer.yaml"
UNIT = ("--unit", "Claims handling")


def test_the_outlook_is_one_line_of_the_table():
    pytest.importorskip("z3")
    done = run("assess", HEALTHY, "--outlook", *UNIT)
    assert done.returncode == 0, done.stderr
    assert "Outlook         Settled: “Redeploy”; first “More quality, same cases”, whatever" in done.stdout


def test_the_outlook_is_computed_only_when_asked_for():
    plain = json.loads(run("assess", HEALTHY, "--format", "json", *UNIT).stdout)
    assert [plain["units"][0][key] for key in ("settled", "possible", "undecided", "deciding_questions", "flips")] == [
        None
    ] * 5
    assert "Outlook" not in run("assess", HEALTHY, *UNIT).stdout


def test_flips_of_a_pattern_in_words():
    done = run("explain", HEALTHY, "volume", "--flips", *UNIT)
    assert done.returncode == 0, done.stderr
    assert "is now: not recommended" in done.stdout
    assert "would be recommended with" in done.stdout
    assert "(failure_demand_share_pct)" in done.stdout


def test_flips_of_every_outcome_in_the_json():
    unit = json.loads(run("assess", HEALTHY, "--flips", "--format", "json", *UNIT).stdout)["units"][0]
    clarity = next(flip for flip in unit["flips"] if flip["target"] == "preparation.clarity")
    assert (clarity["now"], clarity["then"]) == ("in_place", "partial")
    assert clarity["answers"] == [{"question": "clarity_staff_agree", "from": 4.2, "to": 3.5, "unit": "step"}]
    changed = run("assess", HEALTHY, "--format", "json", "--set", "clarity_staff_agree=3.5", *UNIT).stdout
    assert json.loads(changed)["units"][0]["preparations"][0]["status"] == "partial"
    assert unit["flips_searched"]["preparation.clarity"] == 1
    assert unit["settled"] is None


def test_the_table_shows_the_smallest_flip_of_each_outcome():
    shown = run("assess", HEALTHY, "--flips", *UNIT).stdout
    assert "What would change it" in shown
    assert "  - Clarity: would be partly in place: Staff: I know what to do next 3.5 of 5" in shown
    assert "What would change it" not in run("assess", HEALTHY, *UNIT).stdout


def test_what_does_not_flip_is_refused_with_a_hint():
    done = run("explain", HEALTHY, "clarty", "--flips")
    assert done.returncode == 2
    assert "did you mean 'Clarity'" in done.stderr
    done = run("explain", HEALTHY, "cases_per_day", "--flips")
    assert done.returncode == 2
    assert "'cases_per_day' is nothing that flips; there are verdict, erosion, first_pattern, quality" in done.stderr


@pytest.mark.parametrize("name", ["More volume, same team", "volume", "VOLUME"])
def test_flips_are_asked_for_by_any_name(name):
    assert "is now: not recommended" in run("explain", HEALTHY, name, "--flips", *UNIT).stdout


def test_flips_of_a_verdict_or_a_level_are_those_of_what_it_is_one_of():
    assert "is now: “Redeploy”" in run("explain", HEALTHY, "Prepare first", "--flips", *UNIT).stdout
    assert "is now: “No erosion of quality has been seen”" in run("explain", HEALTHY, "early", "--flips", *UNIT).stdout


def test_patterns_preparations_and_erosion_have_lines_of_their_own():
    pytest.importorskip("z3")
    shown = " ".join(run("assess", HEALTHY, "--outlook", "--set", "clarity_staff_agree=unknown", *UNIT).stdout.split())
    assert "Also settled: More quality, same cases: recommended;" in shown
    assert "erosion: “No erosion of quality has been seen”; Authority: in place" in shown
    assert "Clarity open between missing, in place and partly in place; decided by clarity_staff_agree." in shown


def test_markdown_says_it_too():
    pytest.importorskip("z3")
    shown = run("assess", HEALTHY, "--outlook", "--flips", "--format", "markdown", *UNIT).stdout
    assert "**Outlook**\n\n- Settled: “Redeploy”" in shown
    assert "- Clarity: would be partly in place: Staff: I know what to do next 3.5 of 5" in shown


def test_a_memo_says_what_is_settled_unless_told_otherwise(tmp_path):
    pytest.importorskip("z3")
    memos = [run("memo", HEALTHY, *UNIT, *more, "-o", "-").stdout for more in ((), (), ("--no-outlook",))]
    assert "Settled, whatever the 9 open answers are: the advice “Redeploy”" in memos[0]
    assert memos[0] == memos[1]
    assert "It was not computed whether open answers could still turn this advice." in memos[2]
    assert "One changed answer is enough to turn this advice" in memos[2]
