"""`advisor rules verify` as a person runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import advisor.engines.proof
from advisor.cli import advisor as command
from advisor.cli import exits
from tests.cli.command import PROFILES, run

OVERLAY = """
layer: warnings
rules:
  - id: never-so
    title: x
    when: backlog_weeks >= backlog_severe and backlog_weeks < backlog_pressure
    severity: info
    says: x
    because: x
    sources: [judgement]
"""
INVARIANT = """
invariants:
  - id: advice-needs-a-sample
    title: Advice is never first before somebody has counted the need
    never: first_pattern == advice and not known(advisory_unmet_pct)
    because: x
    sources: [judgement]
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "rules.yaml").write_text(OVERLAY)
    (folder / "invariants.yaml").write_text(INVARIANT)
    return folder


@pytest.mark.slow
def test_a_house_view_is_verified_and_its_counterexample_is_a_case_that_runs(overlay: Path, tmp_path: Path):
    pytest.importorskip("z3")
    found = tmp_path / "found"
    done = run("rules", "verify", overlay, "--format", "json", "--write", found)
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    bad = {each["says"]: each["counterexample"] for each in document["results"] if each["result"] != "holds"}
    title = "Advice is never first before somebody has counted the need"
    assert set(bad) == {"never-so can fire", title}
    assert bad["never-so can fire"] is None
    (path,) = found.iterdir()
    assert path.read_text() == bad[title]
    assert f"written: {path}" in done.stderr
    tested = run("rules", "test", path)
    assert (tested.returncode, tested.stdout) == (0, "1 case, as expected\n")


def test_what_is_wrong_with_an_invariant_is_said_with_its_place(overlay: Path):
    (overlay / "invariants.yaml").write_text(INVARIANT.replace("first_pattern ==", "first_patern =="))
    done = run("rules", "verify", overlay)
    assert done.returncode == 2
    assert "invariants.yaml:3:5 E" in done.stderr
    assert "first_pattern" in done.stderr


def test_without_the_solver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(advisor.engines.proof, "is_available", lambda: False)
    assert exits.run(command, ["rules", "verify"]) == exits.INVALID
    assert "pip install z3-solver" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="an interruption is sent otherwise there")
def test_an_interruption_ends_it_quietly():
    pytest.importorskip("z3")
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "rules", "verify"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(PROFILES.parent)},
    )
    try:
        while not _children(process.pid):
            assert process.poll() is None
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _, error = process.communicate(timeout=600)
    finally:
        process.kill()
    assert process.returncode == exits.INTERRUPTED
    assert b"Traceback" not in error
    assert b"interrupted" in error


def _children(pid: int) -> list[str]:
    """The workers of a process, where the system tells."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.split()
