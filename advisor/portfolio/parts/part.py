"""One part: from Parquet with answers to Parquet with advice, rejects and counts. It needs nothing but the two folders.

It can be done again, at any time and by several at once: the names of its files follow from that of the part, each is
written in one step, and the rows last. They carry what they were made from, so that nothing is done twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.journal import Journal, fingerprint
from advisor.portfolio.parts.digest import digest_of
from advisor.portfolio.parts.folder import LEFT_OVER, rejects_of, rows_of
from advisor.portfolio.parts.looks import other_columns, wrong_types
from advisor.portfolio.run import Done, run
from advisor.portfolio.sources.parquet import ParquetTable
from advisor.portfolio.writing.formats import write_rows
from advisor.portfolio.writing.rejects import write_rejects
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Rulebook
from advisor.version import __version__

_SAID = "advisor"
"""The key of the metadata that says what rows were made from, and what they come to."""


def versions() -> dict[str, str]:
    """What has to be the same wherever parts of one run are advised on."""
    return {"advisor": __version__, "polars": pl.__version__}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for every part of a run.

    `advice` is the folder of results, `organisation` the name of those who say none, `columns` what a part has to have;
    `keep` and `findings` are as on the command line.
    """

    rulebook: Rulebook
    advice: Path
    organisation: str
    columns: tuple[str, ...]
    keep: tuple[str, ...] = ()
    findings: bool = False
    versions: Mapping[str, str] = field(default_factory=versions)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a part: its rows in, how many of them are rejects, `Done.flags`, the digest of its rows out.

    `before` says that an earlier run did it.
    """

    part: str
    units: int
    rejected: int
    flags: Mapping[str, int]
    digest: str
    before: bool = False


@lru_cache(maxsize=2)
def evaluator_for(rulebook: Rulebook, keep: tuple[str, ...]) -> Evaluator:
    """What evaluates all parts in this process; raises `InvalidInput` as `Evaluator` does."""
    return Evaluator(rulebook, keep)


def advise_part(part: Path, order: Order) -> Made:
    """Write the results of a part, unless they are there; raises `InvalidInput` where it cannot be advised on."""
    if versions() != order.versions:
        said = f"the worker has {_written(versions())}, the program that asks it {_written(order.versions)}"
        raise InvalidInput([Problem(Place(part.name), "T021", f"{said}; install the same on both")])
    origin = _origin(part, order)
    return _made_before(part.name, order, origin) or _made(part, order, origin)


def _written(found: Mapping[str, str]) -> str:
    return " and ".join(f"{name} {version}" for name, version in found.items())


def _origin(part: Path, order: Order) -> str:
    """One text for everything that the results of a part depend on."""
    try:
        with part.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInput([Problem(Place(part.name), "Y003", f"it cannot be read ({error.strerror})")]) from error
    asked: dict[str, Any] = {
        "part": content,
        "rulebook": order.rulebook.digest,
        "language": order.rulebook.spoken,  # of what is wrong with a row
        "organisation": order.organisation,
        "columns": sorted(order.columns),
        "keep": order.keep,
        "findings": order.findings,
        **order.versions,
    }
    return fingerprint(asked)


def _made_before(part: str, order: Order, origin: str) -> Made | None:
    try:
        said = json.loads(pl.read_parquet_metadata(rows_of(order.advice, part)).get(_SAID, "{}"))
    except (pl.exceptions.PolarsError, OSError, ValueError):
        return None
    if said.get("origin") != origin:
        return None
    made = Made(**said["made"], before=True)
    return made if not made.rejected or rejects_of(order.advice, part).exists() else None


def _made(part: Path, order: Order, origin: str) -> Made:
    table = _opened(part, order)
    evaluator = evaluator_for(order.rulebook, order.keep)
    # Beside the results: what a worker that is killed leaves behind is found there, and removed by the next run.
    beside = TemporaryDirectory(dir=order.advice, prefix=f".{part.name[:40]}.", suffix=LEFT_OVER)
    with beside as work, Journal(Path(work), {}) as journal:
        return _put_down(run([table], evaluator, journal), part.name, order, origin)


def _opened(part: Path, order: Order) -> ParquetTable:
    source = ParquetTable.open(part, part.name, order.rulebook, order.keep)
    heads, schema = source.table.heads, pl.read_parquet_schema(part)
    questions = order.rulebook.questions
    problems = [*other_columns(part.name, heads.columns, order.columns)]
    problems += wrong_types(part.name, heads, pl.Schema(schema), questions)
    if problems:
        raise InvalidInput(problems)
    return replace(source, table=replace(source.table, organisation=order.organisation))


def _put_down(done: Done, part: str, order: Order, origin: str) -> Made:
    results = done.evaluator.results
    columns = results.all if order.findings else results.own
    digest = digest_of(frame.select(columns) for frame in done.frames())
    made = Made(part, done.units, done.rejected, done.flags(), digest)
    rejects = rejects_of(order.advice, part)
    if done.rejected:
        write_rejects(done.rejects(), rejects, order.rulebook)
    else:
        rejects.unlink(missing_ok=True)
    facts = {name: value for name, value in asdict(made).items() if name != "before"}
    said = json.dumps({"origin": origin, "made": facts})
    write_rows(done, columns, rows_of(order.advice, part), "parquet", {_SAID: said})
    return made
