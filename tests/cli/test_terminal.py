"""What a person sees at a terminal, and what a pipe gets instead."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest

from tests.cli.command import PROFILES, at_terminal, run

INSURER = PROFILES / "healthy-insurer.yaml"


def widest(text: str) -> int:
    return max(map(len, click.unstyle(text).splitlines()))


@pytest.mark.parametrize("command", [("assess", INSURER), ("explain", INSURER, "quality", "--steps")])
def test_texts_use_a_wide_terminal_up_to_a_readable_width(command: tuple[object, ...]) -> None:
    assert 80 < widest(at_terminal(*command, COLUMNS="100")) <= 100
    assert 100 < widest(at_terminal(*command, COLUMNS="300")) <= 120
    assert widest(at_terminal(*command, COLUMNS="80")) <= 80


def test_a_pipe_gets_the_same_bytes_whatever_the_terminal() -> None:
    narrow = run("assess", INSURER)
    assert run("assess", INSURER, COLUMNS="200").stdout == narrow.stdout
    assert widest(narrow.stdout) <= 80


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "command", [("--help",), ("rules", "list"), ("assess", INSURER), ("explain", INSURER, "quality")]
)
def test_a_closed_stream_is_no_error(command: tuple[object, ...], closed: str) -> None:
    arguments = [sys.executable, "-m", "advisor", *map(str, command)]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(PROFILES.parent)},
        timeout=600,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_help_line_is_cut_short() -> None:
    for group in ("profile", "rules"):
        assert "..." not in run(group, "--help").stdout.split("Commands:")[1]


def test_colour_stays_on_its_word_and_no_color_takes_it_away() -> None:
    coloured = at_terminal("assess", PROFILES / "klarna-2024.yaml", "--no-outlook", COLUMNS="80")
    plain = at_terminal("assess", PROFILES / "klarna-2024.yaml", "--no-outlook", COLUMNS="80", NO_COLOR="1")
    assert click.style(f"{'critical':<11}", fg="red") in coloured
    assert "\x1b" not in plain
    assert click.unstyle(coloured) == plain


def test_an_answer_that_is_tried_twice_or_wrongly_is_refused_before_anything_is_said_to_be_tried() -> None:
    twice = run("assess", INSURER, "--set", "cases_per_day=1", "--set", "cases_per_day=2")
    assert (twice.returncode, twice.stdout) == (2, "")
    assert "set twice" in twice.stderr
    wrong = run("assess", INSURER, "--set", "cases_per_dy=1")
    assert "did you mean 'cases_per_day'" in wrong.stderr
    assert "note: tried" not in wrong.stderr


def test_an_explanation_on_trial_says_so_first() -> None:
    said = run("explain", INSURER, "quality", "--unit", "Claims handling", "--set", "cases_per_day=9").stdout
    assert said.startswith("tried, not in the profile: cases_per_day=9 (Claims handling)\n")


def test_a_rule_is_shown_by_its_title_and_a_wrong_code_is_answered_with_the_nearest() -> None:
    assert "load-only-shifts" in run("rules", "show", "the load only shifts").stdout
    assert "did you mean 'DIA-" in run("rules", "show", "DIA-6").stderr
