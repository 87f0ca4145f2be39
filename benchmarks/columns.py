"""Rows per second of the column engine, from Parquet to Parquet, beside Polars only reading, DuckDB, and row by row.

Every measurement is a process of its own, so that its peak of memory is its own. The rows are invented units, each
answer drawn on its own from a pool. What the engines take that see one row at a time is measured on the units of the
pool and multiplied.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from advisor.engines.columns.engine import BEYOND, ColumnsEngine
from advisor.engines.sql.dialects import DIALECTS
from advisor.engines.sql.write import Selection, selected, sql_of
from advisor.rulebook import Rulebook
from benchmarks.cases import random_units
from benchmarks.engines import contestants
from benchmarks.logic import Logic

SIZES = (100_000, 1_000_000, 10_000_000)
POOL = 2_000
ROUNDS = 10
"""How often each engine that sees one row at a time goes through the pool."""
MORSEL = 25_000
"""Rows that are worked on at once."""
PART = 1_000_000
"""Rows in each file of "everything", which has so many columns that memory grows with the length of a file."""


def main() -> None:
    rulebook = Rulebook.load()
    engine = ColumnsEngine(rulebook)
    units = random_units(rulebook, POOL)
    pool = engine.frame(units)
    print(
        f"{len(rulebook.rules)} rules; {len(engine.layout.answers)} columns of answers, {len(engine.results())} results"
    )
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.parquet"
            places = places_of(engine, size)
            answers_at(engine, pool, places).sink_parquet(path, engine="streaming", row_group_size=MORSEL)
            print(f"\n{size:,} rows, {path.stat().st_size / 2**20:.0f} MB of Parquet")
            print(f"{'':34}{'seconds':>9}{'rows/s':>12}{'× reading':>11}{'peak MB':>9}")
            rates: dict[str, float] = {}
            for name in WORK:
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.columns", name, str(path)],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                seconds, peak = json.loads(done.stdout)
                rates[name] = size / seconds
                longer = rates[next(iter(WORK))] / rates[name]
                print(f"{name:34}{seconds:9.2f}{rates[name]:12,.0f}{longer:11.1f}{peak:9.0f}", flush=True)
    _row_by_row(rulebook, units, rates)


def _row_by_row(rulebook: Rulebook, units: list[dict[str, Any]], rates: dict[str, float]) -> None:
    """One core each, as they are made; the column engine has all cores, as it is made."""
    found, _ = contestants(Logic(rulebook), units)
    for _ in range(ROUNDS):
        for each in found:
            each.run()
    shown = [name for name in WORK if name in ("verdicts counted", "all outcomes and findings")]
    print(f"\nrow by row, from {ROUNDS * len(units):,} rows; times as many rows a second as each:")
    print(f"{'':34}{'rows/s':>12}" + "".join(f"{name:>28}" for name in shown))
    for each in sorted(found, key=lambda each: -each.rate):
        print(f"{each.name:34}{each.rate:12,.0f}" + "".join(f"{rates[name] / each.rate:28,.0f}" for name in shown))


def places_of(engine: ColumnsEngine, size: int, start: int = 0) -> pl.LazyFrame:
    """For each row from `start` on and each question the unit of the pool that answers."""
    row = pl.int_range(start, start + size, dtype=pl.UInt64, eager=True).rename("row").to_frame().lazy()
    questions = engine.rulebook.questions
    return row.select(
        (pl.col("row").hash(seed=number) % POOL).cast(pl.UInt32).alias(name) for number, name in enumerate(questions)
    )


def answers_at(engine: ColumnsEngine, pool: pl.DataFrame, places: pl.LazyFrame) -> pl.LazyFrame:
    """The rows, as the column engine takes them."""
    return places.select(
        pl.lit(pool[column]).gather(pl.col(column.split(".")[0])).alias(column) for column in engine.layout.answers
    )


def _read(path: Path, _: Path) -> None:
    pl.scan_parquet(path).select(pl.all().count()).collect(engine="streaming")


def _count(path: Path, _: Path) -> None:
    verdict = "outcome.verdict"
    frame = ColumnsEngine(Rulebook.load()).evaluate(pl.scan_parquet(path), [verdict])
    frame.group_by(verdict, BEYOND).len().collect(engine="streaming")


def _written_by_polars(selection: Selection) -> Callable[[Path, Path], None]:
    def work(path: Path, out: Path) -> None:
        engine = ColumnsEngine(Rulebook.load())
        rows = engine.evaluate(pl.scan_parquet(path), selected(engine.plan, selection))
        rows.sink_parquet(out, engine="streaming", row_group_size=MORSEL)

    return work


def _written_in_parts(path: Path, out: Path) -> None:
    """Every result, in a file for each part, and in smaller morsels, since the rows are so wide."""
    pl.Config.set_streaming_chunk_size(MORSEL * 2 // 5)
    engine = ColumnsEngine(Rulebook.load())
    answers = pl.scan_parquet(path)
    for start in range(0, answers.select(pl.len()).collect().item(), PART):
        rows = engine.evaluate(answers.slice(start, PART))
        rows.sink_parquet(f"{out}-{start}", engine="streaming", row_group_size=MORSEL)


def _count_in_sql(path: Path, _: Path) -> None:
    verdicts = query("verdict")
    duckdb_on(path).execute(f'SELECT "outcome.verdict", {BEYOND}, count(*) FROM ({verdicts}) GROUP BY ALL').fetchall()


def _written_by_duckdb(selection: Selection) -> Callable[[Path, Path], None]:
    def work(path: Path, out: Path) -> None:
        duckdb_on(path).execute(f"COPY ({query(selection)}) TO '{out}' (FORMAT parquet)")

    return work


def query(selection: Selection) -> str:
    """The rulebook as SQL of DuckDB over the table `units`."""
    return sql_of(Rulebook.load(), DIALECTS["duckdb"], "units", [], selection)


def duckdb_on(path: Path, start: int = 0, size: int | None = None) -> duckdb.DuckDBPyConnection:
    """With the rows of a file as the table `units`; those from `start` on, `size` of them, if a size is given."""
    part = "" if size is None else f" WHERE file_row_number BETWEEN {start} AND {start + size - 1}"
    rows = f"read_parquet('{path}', file_row_number = true)"
    connection = duckdb.connect().execute("SET enable_progress_bar = false")
    return connection.execute(f"CREATE VIEW units AS SELECT * EXCLUDE (file_row_number) FROM {rows}{part}")


WORK: dict[str, Callable[[Path, Path], None]] = {
    "Polars reads and counts": _read,
    "verdicts counted": _count,
    "all outcomes": _written_by_polars("outcomes"),
    "all outcomes and findings": _written_by_polars("findings"),
    "everything, both readings": _written_in_parts,
    "DuckDB: verdicts counted": _count_in_sql,
    "DuckDB: all outcomes": _written_by_duckdb("outcomes"),
    "DuckDB: all outcomes and findings": _written_by_duckdb("findings"),
}


def _measure(name: str, path: Path) -> None:
    pl.Config.set_streaming_chunk_size(MORSEL)
    out = path.with_suffix(".out")
    started = time.perf_counter()
    WORK[name](path, out)
    seconds = time.perf_counter() - started
    print(json.dumps([seconds, peak()]))


def peak() -> float:
    """In MB; from /proc where there is one, for what getrusage tells includes the process that started this one."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    _measure(sys.argv[1], Path(sys.argv[2]))
