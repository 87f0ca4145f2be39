"""Rows of units, good and bad, as one file of Parquet and as parts; and what one run over the file comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl

from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.journal import Journal
from advisor.portfolio.parts.digest import digest_of
from advisor.portfolio.parts.folder import REJECTS
from advisor.portfolio.rejects import Reject
from advisor.portfolio.run import run
from advisor.portfolio.sources.parquet import ParquetTable
from tests.portfolio.rows import cells_of, columns_of, spoiled
from tests.shipped.answers import RULEBOOK, Some, facts_at_random

EVALUATOR = Evaluator(RULEBOOK)
TOO_LARGE = {
    "ai_minutes_saved_per_case": "10000000",
    "cases_per_day": "183.95",
    "work_mode": "own_caseload",
    "advice_value_money": "1000000000000",
    "conversation_min.low": "141.8",
    "conversation_min.high": "146.8",
}
"""Answers whose numbers no column holds."""
_RANGES = [name for name in columns_of(RULEBOOK) if name.startswith("error_rate_pct")]
_OTHERS = [name for name in RULEBOOK.asked if name not in (*TOO_LARGE, *_RANGES)]
COLUMNS = ["unit", "months_live", "harm_running", *TOO_LARGE, *_RANGES, *_OTHERS[9::9]]
"""A few of all columns: with them all, each part would take seconds."""


def rows_at_random(many: int, seed: int = 1) -> pl.DataFrame:
    """Rows of which some cannot be read, and every twentieth has too large numbers."""
    random, rows = Random(seed), []
    for number in range(many):
        cells = cells_of(facts_at_random(random, random.choice(list(Some))), RULEBOOK)
        cells = TOO_LARGE if number % 20 == 7 else spoiled(cells, COLUMNS, random)
        rows.append({name: cells.get(name) for name in COLUMNS} | {"unit": f"Unit {number}"})
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String()))


def split(rows: pl.DataFrame, folder: Path, parts: int) -> list[Path]:
    """The rows as parts of a folder, of sizes that differ."""
    folder.mkdir()
    ends = [rows.height * place * place // (parts * parts) for place in range(parts + 1)]
    paths = [folder / f"part-{number:03}.parquet" for number in range(parts)]
    for path, start, end in zip(paths, ends, ends[1:], strict=False):
        rows[start:end].write_parquet(path)
    return paths


@dataclass(frozen=True)
class Expected:
    """What one run over all rows comes to: the rows of results, and the rejects without where they stand."""

    rows: pl.DataFrame
    rejects: list[tuple[str, ...]]

    @property
    def units(self) -> int:
        return self.rows.height + len(self.rejects)

    @property
    def digest(self) -> str:
        return digest_of([self.rows])


def at_once(rows: pl.DataFrame, organisation: str) -> Expected:
    """One run of the portfolio over the rows in one file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{organisation}.parquet"
        rows.write_parquet(path)
        table = ParquetTable.open(path, path.name, RULEBOOK, ())
        with Journal(Path(folder) / "journal", {}) as journal:
            done = run([table], EVALUATOR, journal)
            found = done.rows().select(EVALUATOR.results.own).collect()
            return Expected(found, sorted(map(_without_place, done.rejects())))


def _without_place(reject: Reject) -> tuple[str, ...]:
    columns, messages = (
        dict.fromkeys(each) for each in zip(*((each.column, each.message) for each in reject.faults), strict=True)
    )
    return reject.unit, "; ".join(filter(None, columns)), "; ".join(reject.codes), "; ".join(messages)


def results_in(advice: Path) -> pl.DataFrame:
    """All rows that stand in a folder of results."""
    return pl.read_parquet(advice / "*.parquet")


def rejects_in(advice: Path) -> list[tuple[str, ...]]:
    """All rejects that stand in a folder of results, without where they stand."""
    found = [pl.read_csv(path, infer_schema=False).rows() for path in (advice / REJECTS).glob("*.csv")]
    return sorted(tuple(cell or "" for cell in row[2:]) for rows in found for row in rows)


def as_written(rejects: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rejects as a file has them: nothing in them runs in a spreadsheet."""
    return sorted(tuple(f"'{text}" if text[:1] in tuple("=+-@") else text for text in each) for each in rejects)
