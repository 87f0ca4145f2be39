"""What the shell is told when somebody presses the tabulator."""

from __future__ import annotations

import pytest

from tests.cli.command import run


def completed(*words: str) -> list[str]:
    """What may stand in place of the last word, which is begun."""
    done = run(_ADVISOR_COMPLETE="bash_complete", COMP_WORDS=" ".join(["advisor", *words]), COMP_CWORD=str(len(words)))
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


def test_a_rulebook_that_cannot_be_read_completes_nothing() -> None:
    assert completed("explain", "--rules", "nowhere", "c.yaml", "qual") == []
