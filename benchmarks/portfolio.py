"""`advisor portfolio`: from profiles to a table beside only reading them, from Parquet to Parquet beside only counting.

Profiles are read and advised on in this process, in turns; every Parquet measurement is a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from advisor.cli import main as advisor
from advisor.language import Fact
from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.journal import Journal
from advisor.portfolio.run import run
from advisor.portfolio.sources.find import find, open_all
from advisor.portfolio.summary import summary_of
from advisor.portfolio.words import Words
from advisor.portfolio.writing.table import table
from advisor.profile import check_profile, profile_as_yaml, read_profile
from advisor.profile.facts import answer_of
from advisor.profile.model import Answer, Frozen, Organisation, Profile, Unit
from advisor.rulebook import Rulebook
from benchmarks.cases import random_units
from benchmarks.columns import peak

PROFILES = 1_000
ROUNDS = 3
SIZES = (100_000, 1_000_000)
POOL = 2_000


def main() -> None:
    rulebook = Rulebook.load()
    units = [facts for facts in random_units(rulebook, 2 * POOL) if rulebook.permits(facts)][:POOL]
    with tempfile.TemporaryDirectory() as folder:
        _profiles(rulebook, units, Path(folder))
        for size in SIZES:
            path = Path(folder) / f"{size}.parquet"
            questionnaires(rulebook, units, size).write_parquet(path)
            print(f"\n{size:,} rows, {path.stat().st_size / 2**20:.0f} MB of Parquet, as questions")
            print(f"{'':34}{'seconds':>9}{'of CPU':>9}{'rows/s of CPU':>15}{'peak MB':>9}")
            for name in WORK:
                command = [sys.executable, "-m", "benchmarks.portfolio", name, str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                seconds, busy, most = json.loads(done.stdout.splitlines()[-1])
                print(f"{name:34}{seconds:9.2f}{busy:9.2f}{size / busy:15,.0f}{most:9.0f}", flush=True)


def _answers(facts: Mapping[str, Fact], rulebook: Rulebook) -> dict[str, Answer]:
    return {name: answer for name, fact in facts.items() if (answer := answer_of(fact, rulebook.scope[name]))}


def _profiles(rulebook: Rulebook, units: list[dict[str, Fact]], folder: Path) -> None:
    inside = folder / "profiles"
    inside.mkdir()
    for number, facts in enumerate(units[:PROFILES]):
        unit = Unit(f"Unit {number}", Frozen(_answers(facts, rulebook)))
        (inside / f"{number:04}.yaml").write_text(profile_as_yaml(Profile(Organisation("Example"), (unit,))))
    evaluator = Evaluator(rulebook)
    reading, advising = [], []
    for turn in range(ROUNDS):
        started = time.perf_counter()
        for path in sorted(inside.iterdir()):
            check_profile(read_profile(path, rulebook.questions), rulebook)
        reading.append(time.perf_counter() - started)
        started = time.perf_counter()
        sources = open_all(find([str(inside)], folder), rulebook, (), None)
        with Journal(folder / f"parts-{turn}", {}) as journal:
            done = run(sources, evaluator, journal)
            lines = list(table(done, summary_of(done), Words(rulebook), 80))
        advising.append(time.perf_counter() - started)
        assert done.units == PROFILES
        assert lines[-1]
        assert not done.rejected
    print(
        f"{PROFILES:,} profiles: read and checked {median(reading):.2f} s, to a table {median(advising):.2f} s:",
        end=" ",
    )
    print(f"{median(a / r for a, r in zip(advising, reading, strict=True)):.2f} times")


def questionnaires(rulebook: Rulebook, units: list[dict[str, Fact]], size: int) -> pl.DataFrame:
    """Rows as a warehouse would hold them: a typed column for each question, each row one unit of the pool."""
    answers = [_answers(facts, rulebook) for facts in units]
    columns = [
        _column(name, [each.get(name) for each in answers], rulebook)
        for name, question in rulebook.questions.items()
        if question.type != "table"
    ]
    pool = pl.DataFrame(columns)
    drawn = (pl.int_range(size, eager=True).hash(seed=1) % len(units)).cast(pl.UInt32)
    names = pl.format("Unit {}", pl.int_range(size, eager=False)).alias("unit")
    return pool[drawn].with_columns(names)


def _column(name: str, answers: list[Answer | None], rulebook: Rulebook) -> pl.Series:
    values: list[Any] = [answer.value if answer and answer.state == "answered" else None for answer in answers]
    match rulebook.questions[name].type:
        case "number":
            return pl.Series(name, [None if each is None else float(each) for each in values], dtype=pl.Float64)
        case "yes_no":
            return pl.Series(name, values, dtype=pl.Boolean)
        case "choices":
            return pl.Series(name, [None if each is None else list(each) for each in values], dtype=pl.List(pl.String))
        case _:
            return pl.Series(name, values, dtype=pl.String)


def _read(path: Path) -> None:
    pl.scan_parquet(path).select(pl.all().count()).collect(engine="streaming")


def _rows(path: Path) -> None:
    _command("portfolio", path, "-o", path.with_suffix(".out.parquet"))


def _findings(path: Path) -> None:
    _command("portfolio", path, "-o", path.with_suffix(".found.parquet"), "--findings")


def _csv(path: Path) -> None:
    _command("portfolio", path, "-o", path.with_suffix(".out.csv"))


def _command(*arguments: object) -> None:
    sys.argv = ["advisor", *map(str, arguments)]
    assert advisor() == 0


WORK: dict[str, Callable[[Path], None]] = {
    "Polars reads and counts": _read,
    "advisor portfolio to Parquet": _rows,
    "the same with all findings": _findings,
    "to CSV": _csv,
}


if __name__ == "__main__":
    begun, busy = time.perf_counter(), time.process_time()
    WORK[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps([time.perf_counter() - begun, time.process_time() - busy, peak()]))
