"""The file during an interview: edits by hand are kept, what cannot be written changes nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from advisor.engines.plain import PlainEngine
from advisor.interview.engine import Interview
from advisor.interview.storage import ProfileFile
from advisor.profile import Answer, blank_profile
from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook
from tests.cli.command import PROFILES, run

RULEBOOK = Rulebook.load()
INTERVIEW = Interview(RULEBOOK, PlainEngine(RULEBOOK))
FOUR = Answer("answered", Decimal(4))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[ProfileFile]:
    with ProfileFile(tmp_path / "client.yaml", RULEBOOK) as held:
        held.create(blank_profile(RULEBOOK.questions, RULEBOOK.sections, unit="Claims"))
        yield held


def by_hand(file: ProfileFile, old: str, new: str) -> None:
    text = file.path.read_text()
    assert old in text
    file.path.write_text(text.replace(old, new, 1))


def test_an_edit_by_hand_during_the_interview_is_kept_and_counts(file: ProfileFile) -> None:
    state = file.state(file.read().units[0])
    state = file.save(state, INTERVIEW.answered(state, "ai_minutes_saved_per_case", FOUR))
    by_hand(file, "      # ai_phase:\n", "      ai_phase: live # by hand\n")
    by_hand(file, "ai_minutes_saved_per_case: 4", "ai_minutes_saved_per_case: 5")
    after = file.save(state, INTERVIEW.answered(state, "cases_per_day", FOUR))
    assert {name: answer.value for name, answer in after.unit.answers.items()} == {
        "ai_phase": "live",
        "ai_minutes_saved_per_case": 5,
        "cases_per_day": 4,
    }
    assert "      ai_phase: live # by hand\n" in file.path.read_text()
    assert file.state(file.read().units[0]) == file.state(after.unit)


def test_an_edit_that_spoils_the_file_is_reported_and_not_overwritten(file: ProfileFile) -> None:
    state = file.state(file.read().units[0])
    by_hand(file, "      # ai_phase:\n", "      ai_phase: alive\n")
    spoilt = file.path.read_text()
    with pytest.raises(InvalidInput, match="ai_phase has no choice 'alive'"):
        file.save(state, INTERVIEW.answered(state, "cases_per_day", FOUR))
    assert file.path.read_text() == spoilt


def test_a_unit_that_was_renamed_by_hand_is_missed(file: ProfileFile) -> None:
    state = file.state(file.read().units[0])
    by_hand(file, "name: Claims", "name: Other")
    with pytest.raises(InvalidInput, match="Claims"):
        file.save(state, INTERVIEW.answered(state, "cases_per_day", FOUR))


def test_a_step_without_an_answer_writes_nothing(file: ProfileFile) -> None:
    state = file.state(file.read().units[0])
    before = file.path.stat().st_mtime_ns
    assert file.save(state, INTERVIEW.skipped(state, "cases_per_day")).skipped == {"cases_per_day"}
    assert file.path.stat().st_mtime_ns == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_in_a_pipe_ends_with_2_and_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "client.yaml"
    path.write_text(blank_profile(RULEBOOK.questions, RULEBOOK.sections, unit="Claims"))
    before = path.read_bytes()
    command = f'ulimit -f 10; echo 4 | "{sys.executable}" -m advisor interview "{path}"'
    done = subprocess.run(command, shell=True, capture_output=True, timeout=600, cwd=PROFILES.parent, check=False)
    assert done.returncode == 2, done.stderr
    assert b"Y017 it cannot be written" in done.stderr
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".tmp"] == []


@pytest.mark.parametrize("options", [(), ("--as", "manager")])
def test_control_c_while_an_answer_is_written_stops_once_it_is(options: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "def interrupt(event, details):\n"
        "    name = str(details[0]) if event == 'open' and details[2] & os.O_CREAT else ''\n"
        "    if 'client.yaml' in name and not name.endswith('.lock'):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.addaudithook(interrupt)\n"
    )
    path = tmp_path / "client.yaml"
    path.write_text(blank_profile(RULEBOOK.questions, RULEBOOK.sections, unit="Claims"))
    where = f"{tmp_path}:{PROFILES.parent}"
    done = run("interview", path, *options, stdin="cases_per_day = 5\ncases_per_day = 6\n", PYTHONPATH=where)
    assert done.returncode == 3, done.stderr
    assert "Stopped; every answer is in" in done.stdout
    assert path.read_text().count("cases_per_day: 5") == 1
    names = {each.name for each in tmp_path.iterdir()} - {"__pycache__"}
    assert names == {"sitecustomize.py", ".client.yaml.lock", "client.yaml"}
