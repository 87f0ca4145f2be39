"""Random rows by columns and plain, and their findings by DuckDB from SQL: the digests of all cells must be the same.

Nothing is timed. Slices of rows are compared in as many processes as there are cores; what is done is said as it goes.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl

from advisor.engines.columns.engine import BEYOND, ColumnsEngine
from advisor.engines.columns.rows import row_of
from advisor.engines.plain import PlainEngine
from advisor.engines.sql.write import selected
from advisor.language import Fact
from advisor.rulebook import Rulebook
from benchmarks.cases import random_units
from benchmarks.columns import POOL, answers_at, duckdb_on, places_of, query

SLICE = 5_000


@dataclass(frozen=True)
class Compared:
    """What became of a slice: its rows and cells in a row, the rows left to plain, and both digests."""

    rows: int
    cells: int
    beyond: int
    digests: tuple[str, str]


class Both:
    """The engines and the units that rows are drawn from, made once in each process."""

    def __init__(self) -> None:
        self.engine = ColumnsEngine(Rulebook.load())
        self.plain = PlainEngine(self.engine.rulebook)
        self.units: list[dict[str, Fact]] = random_units(self.engine.rulebook, POOL)
        self.pool = self.engine.frame(self.units)

    def answers(self, compared: int) -> pl.LazyFrame:
        return answers_at(self.engine, self.pool, places_of(self.engine, compared))


@cache
def _both() -> Both:
    return Both()


def main(compared: int) -> None:
    starts = range(0, compared, SLICE)
    sizes = [min(SLICE, compared - start) for start in starts]
    _each("columns and plain", _by_plain, starts, sizes, compared)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.parquet"
        _both().answers(compared).sink_parquet(path, engine="streaming")
        _each("columns and the SQL in DuckDB", _by_duckdb, starts, sizes, compared, path)


def _each(
    what: str, compare: Callable[..., Compared], starts: range, sizes: list[int], compared: int, *given: Path
) -> None:
    """Stop where rows differ."""
    whole, done, beyond = hashlib.sha256(), 0, 0
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
        repeated = [[each] * len(sizes) for each in given]
        for start, found in zip(starts, processes.map(compare, starts, sizes, *repeated), strict=True):
            if found.digests[0] != found.digests[1]:
                processes.shutdown(cancel_futures=True)
                raise SystemExit(f"{what} differ in the {SLICE} rows from {start} on")
            whole.update(found.digests[0].encode())
            done, beyond = done + found.rows, beyond + found.beyond
            print(f"\r{what}: {done:,} of {compared:,} rows", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(
        f"{what}: {done - beyond:,} rows, {found.cells} cells each, digest {whole.hexdigest()[:16]} of both", end="; "
    )
    print(f"{beyond} left to plain because a number is too large", flush=True)


def _by_plain(start: int, size: int) -> Compared:
    both = _both()
    drawn = places_of(both.engine, size, start).collect()
    rows = both.engine.evaluate(answers_at(both.engine, both.pool, drawn.lazy())).collect()
    digests, beyond = (hashlib.sha256(), hashlib.sha256()), 0
    for place, row in zip(drawn.iter_rows(named=True), rows.iter_rows(named=True), strict=True):
        if row.pop(BEYOND):
            beyond += 1
            continue
        facts = {name: both.units[number][name] for name, number in place.items()}
        wanted = row_of(both.engine.layout, both.plain.evaluate(facts))
        for digest, cells in zip(digests, (row.values(), (wanted[name] for name in row)), strict=True):
            digest.update(_written(cells))
    return Compared(size, len(rows.columns) - 1, beyond, (digests[0].hexdigest(), digests[1].hexdigest()))


def _by_duckdb(start: int, size: int, path: Path) -> Compared:
    engine = _both().engine
    wanted = selected(engine.plan, "findings")
    here = pl.scan_parquet(path).slice(start, size)
    rows = engine.evaluate(here, wanted).select(*wanted, BEYOND).collect().rows()
    found = duckdb_on(path, start, size).execute(query("findings")).fetchall()
    digests = hashlib.sha256(), hashlib.sha256()
    for digest, side in zip(digests, (rows, found), strict=True):
        for row in side:
            digest.update(_written((BEYOND,) if row[-1] else row))
    beyond = sum(bool(row[-1]) for row in rows)
    return Compared(size, len(wanted), beyond, (digests[0].hexdigest(), digests[1].hexdigest()))


def _written(cells: Iterable[Any]) -> bytes:
    return repr([int(cell) if _is_whole(cell) else cell for cell in cells]).encode()


def _is_whole(cell: Any) -> bool:
    return cell is not None and not isinstance(cell, str | bool)
