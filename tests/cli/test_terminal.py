"""What a person sees at a terminal, and what a pipe gets instead."""

from __future__ import annotations

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


def test_colour_stays_on_its_word_and_no_color_takes_it_away() -> None:
    coloured = at_terminal("assess", PROFILES / "klarna-2024.yaml", COLUMNS="80")
    plain = at_terminal("assess", PROFILES / "klarna-2024.yaml", COLUMNS="80", NO_COLOR="1")
    assert click.style(f"{'critical':<9}", fg="red") in coloured
    assert "\x1b" not in plain
    assert click.unstyle(coloured) == plain
