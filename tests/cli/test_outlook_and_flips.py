"""`assess --outlook` and `explain --flips` from the command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from advisor.cli.memo_order import Order
from advisor.cli.options import Reading
from advisor.memo import MemoOptions
from tests.cli.command import PROFILES, run
from tests.memo.samples import adviser, profile

HEALTHY, IKEA = (PROFILES / f"{name}.yaml" for name in ("healthy-insurer", "ikea"))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROFILES.parent), "PYTHONIOENCODING": "utf-8"}
UNIT = ("--unit", "Claims handling")


def test_the_outlook_is_one_line_of_the_table():
    pytest.importorskip("z3")
    done = run("assess", HEALTHY, "--outlook", *UNIT)
    assert done.returncode == 0, done.stderr
    assert "Outlook         Settled: “Redeploy”; first “More quality, same cases”, whatever" in done.stdout


KEYS = ("outlook", "settled", "possible", "undecided", "deciding_questions")
WITHOUT_Z3 = "import sys; sys.modules['z3'] = None; from advisor.cli import main; main()"


def test_a_plain_call_says_what_is_settled_in_one_line():
    pytest.importorskip("z3")
    shown = run("assess", HEALTHY, *UNIT).stdout
    assert "Outlook         Settled: “Redeploy”; first “More quality, same cases”, whatever" in shown
    assert "Also settled" not in shown
    (unit,) = json.loads(run("assess", HEALTHY, "--format", "json", *UNIT).stdout)["units"]
    assert unit["outlook"] == "brief"
    assert unit["settled"]["verdict"] == "redeploy"
    assert unit["possible"]["first_pattern"] == ["quality"]
    assert unit["flips"] is None


def test_what_takes_longer_is_left_to_the_whole_outlook():
    pytest.importorskip("z3")
    shown = " ".join(run("assess", IKEA).stdout.split())
    assert "Verdict open between “Fix the AI step first”, “Recover quality first”" in shown
    assert "not worked out; --outlook goes on); decided by " in shown
    decided = [name for each in re.findall(r"decided by ([^.;]+)\.", shown) for name in each.split(", then ")]
    questions = shown.partition("those that decide most first")[2]
    listed = re.findall(r"[?] ([a-z_0-9]+)", questions)
    assert len(decided) > 3
    assert listed[: len(set(decided))] == list(dict.fromkeys(decided))


def test_without_an_outlook_nothing_is_said_of_it():
    plain = json.loads(run("assess", HEALTHY, "--no-outlook", "--format", "json", *UNIT).stdout)
    assert [plain["units"][0][key] for key in KEYS] == [None] * 5
    assert "Outlook" not in run("assess", HEALTHY, "--no-outlook", *UNIT).stdout


def test_one_call_works_out_so_much_and_says_what_it_does_not():
    pytest.importorskip("z3")
    ikea, blank, healthy = json.loads(run("assess", IKEA, PROFILES / "blank.yaml", HEALTHY, "--format", "json").stdout)
    alone = json.loads(run("assess", HEALTHY, "--format", "json").stdout)
    assert ikea["units"][0]["outlook"] == "brief"
    assert [blank["units"][0][key] for key in KEYS] == [None] * 5
    assert healthy["units"][0] == alone["units"][0]
    assert [unit["outlook"] for unit in healthy["units"]] == ["brief", None, None]
    assert [unit["outlook"] for unit in alone["units"]] == ["brief"] * 3
    assert "Outlook         Not worked out" in run("assess", IKEA, HEALTHY).stdout


def test_without_the_solver_there_is_no_line_and_one_hint_where_it_was_asked_for():
    def said(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WITHOUT_Z3, "assess", str(HEALTHY), str(IKEA), *more]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)

    plain, asked = said(), said("--outlook")
    assert "Outlook" not in plain.stdout
    assert plain.stderr == ""
    assert asked.stderr.count("z3-solver is not installed") == 1
    assert "Settled" not in asked.stdout


def test_flips_of_a_pattern_in_words():
    done = run("explain", HEALTHY, "volume", "--flips", *UNIT)
    assert done.returncode == 0, done.stderr
    assert "is now: not recommended" in done.stdout
    assert "would be recommended with" in done.stdout
    assert "(failure_demand_share_pct)" in done.stdout


def test_flips_of_every_outcome_in_the_json():
    unit = json.loads(run("assess", HEALTHY, "--no-outlook", "--flips", "--format", "json", *UNIT).stdout)["units"][0]
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
    assert "Clarity: open between missing, in place and partly in place; decided by clarity_staff_agree." in shown


def test_markdown_says_it_too():
    pytest.importorskip("z3")
    shown = run("assess", HEALTHY, "--outlook", "--flips", "--format", "markdown", *UNIT).stdout
    assert "**Outlook**\n\n- Settled: “Redeploy”" in shown
    assert "- Clarity: would be partly in place: Staff: I know what to do next 3.5 of 5" in shown


def test_a_memo_says_what_is_settled_unless_told_otherwise(tmp_path):
    pytest.importorskip("z3")
    memos = [run("memo", HEALTHY, *UNIT, *more, "-o", "-").stdout for more in ((), (), ("--no-outlook",))]
    assert "Settled, whatever the open answers are: the advice “Redeploy”" in memos[0]
    assert memos[0] == memos[1]
    assert "It was not computed whether open answers could still turn this advice." in memos[2]
    assert "One changed answer is enough to turn this advice" in memos[2]


def test_page_one_alone_rests_on_the_same_outlook_as_the_memo():
    """Without it, it would name other questions to ask first."""
    pytest.importorskip("z3")
    reading = Reading("plain", (), (), None, "en")
    insurer = replace(profile("healthy-insurer"), units=profile("healthy-insurer").units[:1])
    alone, _ = Order(reading, MemoOptions(one_page=True)).advice(adviser(), insurer)
    assert alone.outlooks[0].settled["verdict"] == "redeploy"
    assert not alone.flips
    assert Order(reading, MemoOptions(one_page=True), outlook=False).advice(adviser(), insurer)[0].outlooks == ()


def test_an_excluded_pattern_says_what_it_lacks_and_what_is_nearest_to_ending_the_exclusion():
    shown = " ".join(run("explain", HEALTHY, "volume", *UNIT).stdout.split())
    assert "not recommended: excluded; and support 3 is below 25, short by 22" in shown
    condition = "highest(sla_gap_pts, 0) <= sla_fine (Largest miss of the service target that is fine)"
    assert f"would not exclude it without {condition}: exactly on the mark" in shown
