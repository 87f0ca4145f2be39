"""What the shell is told when somebody presses the tabulator."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run


def completed(*words: str, cwd: Path | None = None) -> list[str]:
    """What may stand in place of the last word, which is begun."""
    typed = {"COMP_WORDS": " ".join(["advisor", *words]), "COMP_CWORD": str(len(words))}
    done = run(_ADVISOR_COMPLETE="bash_complete", cwd=cwd, **typed)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    "words",
    [
        ("assess", "cli"),
        ("explain", "cli"),
        ("interview", "cli"),
        ("memo", "cli"),
        ("memo", "client.yaml", "-o", "me"),
        ("backtest", "bra"),
        ("backtest", "branches.csv", "--outcomes", "ou"),
        ("portfolio", "bra"),
        ("portfolio", "branches.csv", "-o", "bo"),
        ("portfolio", "branches.csv", "--rejects", "re"),
        ("profile", "check", "cli"),
        ("profile", "new", "cli"),
        ("workbook", "new", "cli"),
        ("workbook", "new", "-o", "cli"),
        ("workbook", "read", "cli"),
        ("questions", "--minimal", "cli"),
        ("questions", "-o", "gui"),
        ("pulse", "read", "ans"),
    ],
)
def test_paths_are_completed_by_the_shell(words: tuple[str, ...]) -> None:
    assert completed(*words) == [f"file,{words[-1]}"]


@pytest.mark.parametrize(
    "words",
    [
        ("assess", "--rules", "hou"),
        ("backtest", "b.csv", "--against", "hou"),
        ("portfolio", "--rules", "hou"),
        ("rules", "check", "hou"),
        ("rules", "test", "hou"),
        ("rules", "coverage", "h"),
    ],
)
def test_folders_are_completed_by_the_shell(words: tuple[str, ...]) -> None:
    assert completed(*words) == [f"dir,{words[-1]}"]


@pytest.mark.parametrize(
    ("words", "among"),
    [
        (("ass",), "assess"),
        (("port",), "portfolio"),
        (("portfolio", "b.csv", "--format", "js"), "jsonl"),
        (("backtest", "b.csv", "--warning", "erosion.e"), "erosion.early"),
        (("backtest", "b.csv", "--warning", "load-"), "load-only-shifts"),
        (("assess", "c.yaml", "--set", "cases_"), "cases_per_day="),
        (("assess", "c.yaml", "--set", "ai_phase=l"), "ai_phase=live"),
        (("assess", "c.yaml", "--set", "harm_running=y"), "harm_running=yes"),
        (("explain", "c.yaml", "qual"), "quality"),
        (("explain", "c.yaml", "dia-0"), "DIA-06"),
        (("explain", "c.yaml", "load-"), "load-only-shifts"),
        (("explain", "c.yaml", "net_"), "net_hours_day"),
        (("rules", "show", "growth_n"), "growth_noticeable"),
        (("rules", "list", "par"), "parameters"),
        (("work",), "workbook"),
        (("pulse", "read", "a.csv", "--map", "Clear=clarity_st"), "Clear=clarity_staff"),
        (("workbook", "new", "--for", "st"), "staff"),
        (("questions", "--format", "do"), "docx"),
        (("interview", "c.yaml", "--as", "st"), "staff"),
        (("interview", "c.yaml", "--section", "ero"), "erosion"),
    ],
)
def test_names_are_completed(words: tuple[str, ...], among: str) -> None:
    assert f"plain,{among}" in completed(*words)


UNITS = "advisor_profile: 1\norganisation: {name: A}\nunits: [{name: Claims (North) & Co}, {name: Post}, {name: 3}]\n"


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "c.yaml", "verdict", "--unit", "p"),
        ("memo", "gone.yaml", "c.yaml", "--unit", "po"),
        ("questions", "--minimal", "c.yaml", "--unit", "P"),
        ("pulse", "read", "a.csv", "-o", "c.yaml", "--unit", "Post"),
        ("workbook", "new", "c.yaml", "--unit", "P"),
    ],
)
def test_units_are_completed_from_the_profile_on_the_command_line(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(UNITS)
    assert completed(*words, cwd=tmp_path) == ["plain,Post"]


def test_no_unit_is_completed_where_no_profile_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("units: [")
    assert completed("explain", "c.yaml", "verdict", "--unit", "P", cwd=tmp_path) == []
    assert completed("explain", "-", "verdict", "--unit", "P", cwd=tmp_path) == []


def test_a_unit_reaches_the_command_line_of_bash_as_one_word(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(UNITS)
    program = tmp_path / "advisor"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m advisor "$@"\n')
    program.chmod(0o755)
    script = run(_ADVISOR_COMPLETE="bash_source").stdout
    begun = f"COMP_WORDS=(advisor memo {tmp_path}/c.yaml --unit Cl); COMP_CWORD=4"
    typed = f'{script}\n{begun}\n_advisor_completion {program}\neval "set -- ${{COMPREPLY[*]}}"; printf "%s|" "$@"'
    done = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Claims (North) & Co|", "")


def test_a_rulebook_that_cannot_be_read_completes_nothing() -> None:
    assert completed("explain", "--rules", "nowhere", "c.yaml", "qual") == []
