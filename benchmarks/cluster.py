"""Parts of Parquet on one and on two Dask workers, each with one thread for Polars; the digests have to be the same.

The workers are there before the clock runs; that each of them builds the engine is in it.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from distributed import Client

from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.parts.on_dask import Outcome, advise_parts
from advisor.rulebook import Rulebook
from benchmarks.cases import random_units
from benchmarks.portfolio import POOL, questionnaires

PARTS = 8
ROWS = 25_000
"""In each part."""


def main() -> None:
    rulebook = Rulebook.load()
    units = [facts for facts in random_units(rulebook, 2 * POOL) if rulebook.permits(facts)][:POOL]
    rows = questionnaires(rulebook, units, PARTS * ROWS)
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        answers.mkdir()
        for part in range(PARTS):
            rows[part * ROWS : (part + 1) * ROWS].write_parquet(answers / f"{part}.parquet")
        print(f"{PARTS} parts of {ROWS:,} rows")
        (one, alone), (two, together) = (_run(answers, Evaluator(rulebook), workers) for workers in (1, 2))
    assert one.digest == two.digest
    print(f"two workers: {alone / together:.2f} times one")


def _run(answers: Path, evaluator: Evaluator, workers: int) -> tuple[Outcome, float]:
    one_thread = {"POLARS_MAX_THREADS": "1"}
    with Client(n_workers=workers, threads_per_worker=1, dashboard_address=None, env=one_thread) as client:
        started = time.perf_counter()
        outcome = advise_parts(answers, answers.with_name(f"advice-{workers}"), client, evaluator)
        seconds = time.perf_counter() - started
    print(f"workers {workers}: {seconds:.1f} s, {outcome.units / seconds:,.0f} rows/s", flush=True)
    return outcome, seconds
