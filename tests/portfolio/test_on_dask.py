"""Parts on the workers of Dask: whatever happens to workers, parts and runs, the rows are those of one run."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import psutil
import pytest
from distributed import Client

from advisor.portfolio.parts.digest import digest_of
from advisor.portfolio.parts.on_dask import BadParts, Outcome, advise_parts
from advisor.portfolio.run import Progress
from advisor.reading import InvalidInput
from tests.portfolio.parted import (
    EVALUATOR,
    Expected,
    as_written,
    at_once,
    rejects_in,
    results_in,
    rows_at_random,
    split,
)

PARTS = 5
ROWS = rows_at_random(120)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Two worker processes, which are started again when they die."""
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        yield client
        workers = [psutil.Process(pid) for pid in client.run(os.getpid).values()]
    assert not psutil.wait_procs(workers, timeout=20)[1]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    split(ROWS, tmp_path / "answers", PARTS)
    return tmp_path / "answers"


@pytest.fixture(scope="module")
def expected() -> Expected:
    return at_once(ROWS, "answers")


def assert_nothing_is_lost_or_doubled(outcome: Outcome, advice: Path, expected: Expected) -> None:
    found = results_in(advice)
    assert outcome.digest == expected.digest == digest_of([found])
    assert found.drop("file", "row").rows() == expected.rows.drop("file", "row").rows()
    assert rejects_in(advice) == as_written(expected.rejects)
    assert (outcome.units, outcome.rejected) == (expected.units, len(expected.rejects))
    assert not [path for path in advice.rglob(".*") if path.name != ".lock"]


def kills_a_worker_at_work(client: Client, advice: Path, killed: list[int]) -> Callable[[Progress], None]:
    """What kills one worker in the middle of a part, once: the one that has a file open in the folder of results."""

    def tell(_: Progress) -> None:
        deadline = time.monotonic() + 60
        while not killed:
            assert time.monotonic() < deadline, "no worker was seen at work"
            for pid in client.run(os.getpid).values():
                if any(Path(file.path).is_relative_to(advice) for file in psutil.Process(pid).open_files()):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    break

    return tell


def test_a_killed_worker_and_a_bad_part(client: Client, answers: Path, expected: Expected, tmp_path: Path):
    advice, killed = tmp_path / "advice", list[int]()
    bad = sorted(answers.iterdir())[-2]
    whole = bad.read_bytes()
    bad.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadParts) as raised:
        advise_parts(answers, advice, client, EVALUATOR, tell=kills_a_worker_at_work(client, advice, killed))
    assert len(killed) == 1
    outcome = raised.value.outcome
    assert [made.part for made in outcome.parts] == [path.name for path in sorted(answers.iterdir()) if path != bad]
    said = str(raised.value)
    assert "some parts cannot be advised on; the others are done: 4 parts: " in said
    assert f"\n{bad.name} T010 it cannot be read as Parquet" in said
    others = pl.concat([pl.read_parquet(path) for path in sorted(answers.iterdir()) if path != bad])
    assert_nothing_is_lost_or_doubled(outcome, advice, at_once(others, "answers"))

    bad.write_bytes(whole)
    outcome = advise_parts(answers, advice, client, EVALUATOR)
    assert [made.before for made in outcome.parts] == [made.part != bad.name for made in outcome.parts]
    assert "5 parts (4 of them done before): " in str(outcome)
    assert_nothing_is_lost_or_doubled(outcome, advice, expected)

    bad.write_bytes(b"no Parquet any more")
    with pytest.raises(BadParts):
        advise_parts(answers, advice, client, EVALUATOR)
    assert {path.name for path in advice.glob("*.parquet")} == {path.name for path in answers.iterdir() if path != bad}
    assert bad.name not in {path.stem for path in advice.glob("_rejects/*")}


def test_a_stopped_run_goes_on(client: Client, answers: Path, expected: Expected, tmp_path: Path):
    advice, told = tmp_path / "advice", list[Progress]()

    def stop(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        advise_parts(answers, advice, client, EVALUATOR, tell=stop)
    assert not client.futures, "workers go on with what nobody waits for"
    assert told[-1].share == 2 / PARTS
    written = {path.name: path.stat().st_mtime_ns for path in advice.glob("*.parquet")}
    assert 2 <= len(written) < PARTS
    outcome = advise_parts(answers, advice, client, EVALUATOR, tell=told.append)
    assert {name: (advice / name).stat().st_mtime_ns for name in written} == written
    assert written.keys() <= {made.part for made in outcome.parts if made.before}
    assert (told[-1].units, told[-1].share) == (ROWS.height, 1)
    assert told[-1].before == sum(made.units for made in outcome.parts if made.before)
    assert_nothing_is_lost_or_doubled(outcome, advice, expected)


def test_a_part_over_which_workers_die_is_named(client: Client, answers: Path, tmp_path: Path):
    advice, killed = tmp_path / "advice", list[int]()
    assert client.cluster
    scheduler = client.cluster.scheduler
    allowed, scheduler.allowed_failures = scheduler.allowed_failures, 0
    try:
        with pytest.raises(BadParts) as raised:
            advise_parts(answers, advice, client, EVALUATOR, tell=kills_a_worker_at_work(client, advice, killed))
    finally:
        scheduler.allowed_failures = allowed
    problems = raised.value.problems
    assert {problem.code for problem in problems} == {"T020"}
    assert "every worker that had it died (1 tried)" in problems[0].message
    made = {made.part for made in raised.value.outcome.parts}
    assert made | {problem.place.file for problem in problems} == {path.name for path in answers.iterdir()}
    assert {path.name for path in advice.glob("*.parquet")} == made


def test_what_is_wrong_with_every_part_is_said_once_and_before(client: Client, tmp_path: Path):
    split(ROWS.rename({"cases_per_day": "cases_a_day"}), tmp_path / "answers", 2)
    with pytest.raises(InvalidInput, match="T002 there is no question 'cases_a_day'") as raised:
        advise_parts(tmp_path / "answers", tmp_path / "advice", client, EVALUATOR)
    assert not isinstance(raised.value, BadParts)
    assert not (tmp_path / "advice").exists()
