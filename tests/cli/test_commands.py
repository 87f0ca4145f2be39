"""The commands of the contract, end to end."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import PROFILES, at_terminal, run

KLARNA = PROFILES / "klarna-2024.yaml"
INSURER = PROFILES / "healthy-insurer.yaml"
SMALL = """advisor_profile: 1
organisation: {name: Small}
units:
  - name: one
    answers: {ai_minutes_saved_per_case: 4, cases_per_day: 200}
"""


def advice(*arguments: object, cwd: Path | None = None) -> dict[str, Any]:
    done = run("assess", "--no-outlook", *arguments, "--format", "json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_help_lists_every_command_with_an_example() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("assess", "explain", "memo", "profile", "rules"):
        assert command in done.stdout
        deeper = run(command, "--help").stdout
        assert "Example" in deeper or "Commands" in deeper


def test_help_shows_examples_as_lines_and_no_marks_of_the_program() -> None:
    for command in (["rules", "test"], ["rules", "coverage"], ["rules", "list"], ["assess"], ["explain"]):
        shown = run(*command, "--help").stdout
        assert "\\b" not in shown
        assert f"\n    advisor {' '.join(command)}" in shown


def test_the_worked_example_gives_its_hours_and_says_that_too_little_is_known() -> None:
    (unit,) = advice(PROFILES / "article-example.yaml")["units"]
    assert unit["verdict"] == "insufficient_data"
    assert unit["capacity"]["gross_hours_per_day"] == 13.33
    assert unit["open_questions"]


def test_several_profiles_give_an_array_in_the_order_of_the_arguments() -> None:
    done = run("assess", INSURER, KLARNA, "--format", "json")
    assert [each["profile"]["organisation"] for each in json.loads(done.stdout)][1] == "Klarna"


def test_two_runs_give_the_same_bytes() -> None:
    for form in ("json", "table", "markdown"):
        assert (
            run("assess", INSURER, "--format", form).stdout
            == run("assess", INSURER, "--format", form, PYTHONHASHSEED="7").stdout
        )


def test_both_engines_give_the_same_units() -> None:
    rete, plain = advice(INSURER, "--engine", "rete"), advice(INSURER, "--engine", "plain")
    assert rete["units"] == plain["units"]
    assert (rete["made_with"]["engine"], plain["made_with"]["engine"]) == ("rete", "plain")
    assert (rete["made_with"]["checked_by"], plain["made_with"]["checked_by"]) == ("plain", "rete")


def test_standard_input_is_read() -> None:
    done = run("assess", "-", "--format", "json", stdin=SMALL)
    assert json.loads(done.stdout)["units"][0]["capacity"]["gross_hours_per_day"] == 13.33


def test_set_tries_an_answer_and_leaves_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(SMALL)
    assert advice(file, "--set", "cases_per_day=250")["units"][0]["capacity"]["gross_hours_per_day"] == 16.67
    assert file.read_text() == SMALL


def test_unit_picks_one_unit() -> None:
    (unit,) = advice(INSURER, "--unit", "Claims handling")["units"]
    assert unit["unit"] == "Claims handling"


@pytest.mark.parametrize(("level", "code"), [("stop", 0), ("critical", 1), ("warning", 1)])
def test_fail_level_ends_with_one(level: str, code: int) -> None:
    assert run("assess", KLARNA, "--no-outlook", "--fail-level", level).returncode == code


def test_a_pattern_a_verdict_a_preparation_a_rule_and_a_measure_are_explained() -> None:
    assert "not recommended" in run("explain", KLARNA, "advice").stdout
    assert "does not hold" in run("explain", KLARNA, "redeploy").stdout
    assert "not assessed" in run("explain", KLARNA, "clarity").stdout
    assert "cost-dominant" in run("explain", KLARNA, "WRN-01").stdout
    steps = run("explain", INSURER, "fte_equivalent", "--steps", "--unit", "Claims handling").stdout
    assert "Cases a day (cases_per_day): " in steps
    assert steps.count("Net hours (net_hours_day)") == 1


def test_the_memo_is_written_and_named_on_standard_error(tmp_path: Path) -> None:
    done = run("memo", PROFILES / "ikea.yaml", "--no-outlook", "-o", "memo.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "memo.md" in done.stderr
    assert (tmp_path / "memo.md").read_text().startswith("# ")
    assert run("memo", PROFILES / "ikea.yaml", "--no-outlook", "-o", "-").stdout == (tmp_path / "memo.md").read_text()


def test_a_blank_profile_is_valid_and_admits_that_nothing_is_known(tmp_path: Path) -> None:
    assert run("profile", "new", "p.yaml", cwd=tmp_path).returncode == 0
    assert run("profile", "check", "p.yaml", cwd=tmp_path).returncode == 0
    (unit,) = advice("p.yaml", cwd=tmp_path)["units"]
    assert unit["verdict"] == "insufficient_data"
    assert unit["recommended"] == []
    assert {each["status"] for each in unit["preparations"]} == {"not_assessed"}
    assert unit["erosion"]["level"] == "not_assessed"


def test_a_profile_is_not_overwritten_by_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("mine")
    assert run("profile", "new", "p.yaml", cwd=tmp_path).returncode == 2
    assert (tmp_path / "p.yaml").read_text() == "mine"


def test_the_committed_schema_and_blank_profile_are_current() -> None:
    assert json.loads(run("profile", "schema").stdout) == json.loads((PROFILES / "profile.schema.json").read_text())
    assert run("profile", "new", "-").stdout == (PROFILES / "blank.yaml").read_text()


def test_every_sample_names_its_schema_for_editors() -> None:
    for path in PROFILES.glob("*.yaml"):
        assert path.read_text().startswith("# yaml-language-server: $schema=profile.schema.json\n"), path.name


def test_rules_are_checked_listed_and_shown() -> None:
    assert "sound" in run("rules", "check").stdout
    assert "WRN-01" in run("rules", "list").stdout
    assert "judgement" in run("rules", "show", "growth_noticeable").stdout
    labelled = run("rules", "show", "least growth of volume that is noticeable")
    assert labelled.stdout == run("rules", "show", "growth_noticeable").stdout
    unknown = run("rules", "show", "growth_noticable")
    assert unknown.returncode == 2
    assert "growth_noticeable" in unknown.stderr


def test_what_a_range_beside_a_value_is_used_for_is_said(tmp_path: Path) -> None:
    said = "# low and high are for numbers. With a value the value counts, and the range only in `assess --robust`"
    assert said in run("profile", "new", "-").stdout
    answers = "{cases_per_day: {value: 200, low: 150, high: 260}, aht_min: {low: 10, high: 14}}"
    file = tmp_path / "p.yaml"
    file.write_text(f"advisor_profile: 1\norganisation: {{name: A}}\nunits: [{{name: B, answers: {answers}}}]\n")
    told = run("profile", "check", file)
    assert (told.returncode, told.stderr) == (0, "")
    *_, line = told.stdout.splitlines()
    assert line.endswith("the range beside it only in `assess --robust` and `memo --robust`: cases_per_day")


def test_an_overlay_overrides_a_parameter_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("parameters:\n  - {name: growth_noticeable, value: 4}\n")
    result = advice(INSURER, "--rules", tmp_path)
    assert result["overridden"] == ["growth_noticeable"]
    assert result["made_with"]["rulebook"]["digest"] != advice(INSURER)["made_with"]["rulebook"]["digest"]


def test_colour_only_on_a_terminal_and_never_with_no_color() -> None:
    assert "\x1b[" not in run("assess", KLARNA, "--no-outlook").stdout
    assert "\x1b[" in at_terminal("assess", KLARNA, "--no-outlook")
    assert "\x1b[" not in at_terminal("assess", KLARNA, "--no-outlook", NO_COLOR="1")
    assert "\x1b[" not in at_terminal("assess", KLARNA, "--no-outlook", TERM="dumb")


def test_the_table_fits_eighty_columns() -> None:
    for path in sorted(PROFILES.glob("*.yaml")):
        more = ["--no-outlook"] if path != KLARNA else []  # the line wraps alike for all, and takes a second each
        wide = [line for line in run("assess", path, *more).stdout.splitlines() if len(line) > 80]
        assert not wide, (path.name, wide)


@pytest.mark.parametrize("arguments", [f"assess {PROFILES}/[c-z]*.yaml", "rules list rules"])
def test_a_closed_pipe_is_no_error(arguments: str) -> None:
    """Whether the output breaks at its end or while there is more to write."""
    command = f"set -o pipefail; {sys.executable} -m advisor {arguments} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=PROFILES.parent, timeout=600, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_control_c_ends_with_130_and_leaves_no_half_file(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "memo", "-", "-o", str(tmp_path / "memo.md")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=PROFILES.parent,
    )
    assert process.stdin is not None
    process.stdin.write(b"# more than a pipe holds, so that this ends when it reads\n" * 10_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=600)
    assert process.returncode == 130
    assert b"Traceback" not in stderr
    assert list(tmp_path.iterdir()) == []


def test_the_check_of_a_profile_tells_what_becomes_of_its_respondents(tmp_path):
    (tmp_path / "p.yaml").write_text(
        "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    answers: {gov_ledger: true}\n"
        "    respondents:\n"
        "      - {role: manager, answers: {gov_owner: true, gov_ledger: false, clarity_mgr: 40, clarity_staff: 70}}\n"
        "      - {role: data_owner, answers: {gov_owner: false}}\n"
        "      - {role: staff, people: 4, answers: {recognition_staff: 17}}\n"
    )
    done = run("profile", "check", "p.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "p.yaml: U: fine; 1 of 126 questions answered",
        "p.yaml: U: 5 questions answered by respondents, 1 of them count by what they say",
        "p.yaml: U: contradictory, so they count as unknown: gov_owner",
        "p.yaml: U: withheld, since too few people answered: recognition_staff",
        "p.yaml: U: not counted, since others would have to be asked: clarity_staff",
        "p.yaml: U: recorded otherwise than respondents say, the record counts: gov_ledger",
    ]


@pytest.mark.parametrize("module", ["advisor.cli", "click", "advisor.cli.options"])
def test_control_c_while_the_command_is_still_being_loaded_is_quiet(module: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "def interrupt(event, details):\n"
        f"    if event == 'import' and details[0] == {module!r}:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.addaudithook(interrupt)\n"
    )
    done = run("assess", PROFILES / "ikea.yaml", PYTHONPATH=f"{tmp_path}:{PROFILES.parent}")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\ninterrupted\n")
