"""One run over a portfolio: part by part, so that memory stays flat, each part put aside when it is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from advisor.engines.columns.answers import WITHHELD
from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.journal import Journal
from advisor.portfolio.rejects import Reject
from advisor.portfolio.results import EVALUATED_BY, PLAIN
from advisor.portfolio.sources.find import STDIN, File
from advisor.portfolio.sources.part import HINTS, Part, Source
from advisor.portfolio.sources.profiles import ProfilesPart
from advisor.profile.model import Organisation, Unit
from advisor.version import __version__

Tell = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: units by now, good and bad; the share of the input in bytes; units of an earlier run."""

    units: int
    share: float
    before: int


@dataclass(frozen=True, slots=True)
class Done:
    """A finished run: how many units were read and rejected, and where its parts are."""

    evaluator: Evaluator
    sources: Sequence[Source]
    journal: Journal
    parts: int
    units: int
    rejected: int
    before: int

    def rows(self) -> pl.LazyFrame:
        """The results, one row for each unit, in the order of the input (`Results.all`)."""
        return pl.scan_parquet(self.journal.rows(self.parts), glob=False)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The same part by part."""
        yield from map(pl.read_parquet, map(Path.read_bytes, self.journal.rows(self.parts)))

    def flags(self) -> dict[str, int]:
        """How many units were evaluated by `plain`, have staff answers `withheld`, or `hints`."""
        counts = self.rows().select(
            (pl.col(EVALUATED_BY) == PLAIN).sum().alias(PLAIN),
            pl.col(WITHHELD).sum(),
            pl.col(HINTS).is_not_null().sum(),
        )
        return counts.collect(engine="streaming").to_dicts()[0]

    def answers(self) -> pl.LazyFrame:
        """The answers that were used, in the same order, where they were kept."""
        return pl.scan_parquet(self.journal.answers(self.parts), glob=False)

    def rejects(self) -> Iterator[Reject]:
        """The rejects, in the order of the input."""
        for part in range(self.parts):
            yield from self.journal.rejects(part)

    def units_at(self, where: Sequence[tuple[str, int]]) -> dict[tuple[str, int], tuple[Organisation, Unit]]:
        """Single units with all that is said about their answers, by file and row; the input is read again."""
        wanted, found = set(where), dict[tuple[str, int], tuple[Organisation, Unit]]()
        for part in _parts(self.sources):
            if not wanted:
                break
            for place in sorted(wanted):
                unit = part[0].unit(*place, self.evaluator.rulebook)
                if unit is not None:
                    found[place] = unit
            wanted -= found.keys()
        return found


def what_of(
    files: Sequence[File], evaluator: Evaluator, keep: Sequence[str], sheet: str | None, **more: Any
) -> dict[str, Any]:
    """Everything that the parts of a run depend on. Standard input comes anew each time."""
    stats = [(file.path.resolve(), file.path.stat()) for file in files]
    inputs = [[str(path), stat.st_size, stat.st_mtime_ns] for path, stat in stats]
    fresh = os.urandom(8).hex() if any(file.name == STDIN for file in files) else ""
    return {
        "advisor": __version__,
        "polars": pl.__version__,
        "rulebook": evaluator.rulebook.digest,
        "language": evaluator.rulebook.spoken,  # of what its checks say
        "inputs": inputs,
        "fresh": fresh,
        "keep": list(keep),
        "sheet": sheet,
        **more,
    }


def run(
    sources: Sequence[Source],
    evaluator: Evaluator,
    journal: Journal,
    *,
    with_answers: bool = False,
    tell: Tell | None = None,
) -> Done:
    """Evaluate all parts that are not done yet."""
    units = rejected = before = number = 0
    for number, (part, share) in enumerate(_parts(sources), 1):
        if journal.done(number - 1):
            rows, rejects = journal.height(number - 1)
            before += rows + rejects
        else:
            found = evaluator.evaluate(part)
            journal.keep(number - 1, found, with_answers=with_answers)
            rows, rejects = found.rows.height, len(found.rejects)
        units, rejected = units + rows + rejects, rejected + rejects
        if tell:
            tell(Progress(units, share, before))
    return Done(evaluator, sources, journal, number, units, rejected, before)


def _parts(sources: Sequence[Source]) -> Iterator[tuple[Part, float]]:
    """All parts, and which share of all bytes has been gone through at the end of each; without rows an empty one."""
    total, before, empty = max(1, sum(source.size for source in sources)), 0, True
    for source in sources:
        for part in source.parts():
            yield part, (before + part.share * source.size) / total
            empty = False
        before += source.size
    if empty:
        yield ProfilesPart((), 1.0), 1.0
