"""From files to assessments: every dated row with what a rulebook says of it; and the outcomes, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from advisor.backtest.statements import KEY
from advisor.backtest.terms import Terms
from advisor.engines.outcomes import EROSION
from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.journal import Journal
from advisor.portfolio.rejects import Fault, Reject
from advisor.portfolio.results import FINDING
from advisor.portfolio.run import Tell, run
from advisor.portfolio.sources.find import File, open_all, tables_of
from advisor.portfolio.sources.heads import ORGANISATION, PARTS, UNIT
from advisor.portfolio.sources.part import FILE, ROW, Source
from advisor.portfolio.sources.profiles import Profiles
from advisor.portfolio.sources.table import Table
from advisor.reading import InvalidInput, Place, Problem, quote
from advisor.rulebook import Rulebook

NAMELESS = ""
"""The organisation of units in tables that name none: they are told apart by their names alone, over all files."""

_OWNER, _OWNERS = "…owner", "…owners"
_SEVERAL = f"several organisations have a unit of this name; add a column {ORGANISATION} that says whose it is"


@dataclass(frozen=True, slots=True)
class Assessed:
    """Rows with `FILE`, `ROW`, `KEY`, the columns of the terms, what is kept, and the results that warnings read.

    `read` is how many rows there were, good and bad; `flags` are those of `advisor.portfolio.run.Done.flags`.
    """

    rulebook: Rulebook
    rows: pl.DataFrame
    read: int
    rejects: Sequence[Reject]
    flags: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """How files are read: the terms, more columns that are carried along, the sheet, a folder for the work."""

    terms: Terms
    keep: tuple[str, ...]
    sheet: str | None
    work: Path

    def columns(self, rulebook: Rulebook, other: Rulebook | None) -> tuple[str, ...]:
        """The columns that are no questions of a rulebook: those that only the `other` one asks are passed over."""
        asked = [] if other is None else [name for name in other.questions if name not in rulebook.questions]
        parts = [f"{name}.{part}" for name in asked for part in PARTS]
        return tuple(dict.fromkeys((*self.terms.columns, *self.keep, *asked, *parts)))

    def open(self, files: Iterable[File], rulebook: Rulebook, other: Rulebook | None = None) -> list[Source]:
        """The sources of assessments or outcomes."""
        return open_all(files, rulebook, self.columns(rulebook, other), self.sheet)

    def assessments(
        self, sources: Sequence[Source], rulebook: Rulebook, other: Rulebook | None = None, tell: Tell | None = None
    ) -> Assessed:
        """Every assessment, with the results of a rulebook."""
        evaluator = Evaluator(rulebook, self.columns(rulebook, other))
        with TemporaryDirectory(dir=self.work) as parts, Journal(Path(parts), {}) as journal:
            done = run(sources, evaluator, journal, tell=tell)
            wanted = dict.fromkeys((*self._carried(), *(FINDING + rule for rule in rulebook.rules)))
            rows = done.rows().select(*wanted).collect()
            return Assessed(rulebook, told_apart(rows, sources), done.units, tuple(done.rejects()), done.flags())

    def _carried(self) -> tuple[str, ...]:
        return FILE, ROW, *KEY, *self.terms.columns, *self.keep, EROSION

    def outcomes(self, sources: Sequence[Source], rulebook: Rulebook) -> tuple[pl.DataFrame, list[Reject]]:
        """What tables of outcomes say: `FILE`, `ROW`, `KEY`, the columns of the terms; and the rows that are wrong."""
        intake = Evaluator(rulebook, self.columns(rulebook, None)).intake
        taken = [part.take(intake) for source in sources for part in source.parts()]
        schema = {name: pl.Int64() if name == ROW else pl.String() for name in (FILE, ROW, *KEY, *self.terms.columns)}
        frames = [pl.DataFrame(schema=schema), *(each.frame.select(*schema) for each in taken)]
        rejects = [reject for each in taken for reject in each.rejects]
        return told_apart(pl.concat(frames), sources), rejects


def told_apart(rows: pl.DataFrame, sources: Iterable[Source]) -> pl.DataFrame:
    """The rows, without an organisation where the table names none (a portfolio then takes the name of the file)."""
    nameless = [table.file for table in tables_of(sources) if not table.heads.has(ORGANISATION)]
    named = pl.when(pl.col(FILE).is_in(nameless)).then(pl.lit(NAMELESS)).otherwise(pl.col(ORGANISATION))
    return rows.with_columns(named.alias(ORGANISATION)) if nameless else rows


def check_columns(sources: Sequence[Source], outcomes: Sequence[Source] | None, terms: Terms) -> None:
    """Raise `InvalidInput` with every column that a backtest needs and a table does not have."""
    problems = [
        _lacking(table, terms.date, "--date") for table in tables_of(sources) if not table.heads.has(terms.date)
    ]
    saying = list(tables_of(sources if outcomes is None else outcomes))
    if outcomes is None and not any(table.heads.has(terms.outcome) for table in saying):
        problems += [_lacking(table, terms.outcome, "--outcome") for table in saying] or [_no_outcomes()]
    if outcomes is not None:
        problems += [
            _lacking(table, terms.outcome, "--outcome") for table in saying if not table.heads.has(terms.outcome)
        ]
        if any(isinstance(source, Profiles) for source in outcomes):
            problems.append(Problem(Place("--outcomes"), "B005", "a profile says nothing of outcomes; name a table"))
    if problems:
        raise InvalidInput(problems)


def _lacking(table: Table, column: str, option: str) -> Problem:
    said = f"there is no column {quote(column)}; add it, or name the column that holds it with {option}"
    more = ", or a table of outcomes with --outcomes" if option == "--outcome" else ""
    return Problem(Place(table.file, 1), "B005", said + more)


def _no_outcomes() -> Problem:
    return Problem(Place("--outcomes"), "B005", "profiles do not say what came of a unit; name a table of outcomes")


def placed(
    outcomes: pl.DataFrame, units: pl.DataFrame, sources: Iterable[Source]
) -> tuple[pl.DataFrame, list[Reject], int]:
    """Outcomes with the organisation of the unit (`KEY`) that each is of; those that could be of several are wrong.

    A table of outcomes without organisations is matched by the names of units alone. Gives also how many outcomes are
    of no unit.
    """
    nameless = [table.file for table in tables_of(sources) if not table.heads.has(ORGANISATION)]
    alone = pl.col(FILE).is_in(nameless)
    owners = units.group_by(UNIT).agg(pl.col(ORGANISATION).first().alias(_OWNER), pl.len().alias(_OWNERS))
    found = outcomes.join(owners, on=UNIT, how="left", maintain_order="left").with_columns(
        pl.when(alone).then(pl.coalesce(_OWNER, ORGANISATION)).otherwise(ORGANISATION).alias(ORGANISATION)
    )
    several = found.filter(alone & (pl.col(_OWNERS) > 1))
    rejects = [
        Reject(row[FILE], row[ROW], row[UNIT], (Fault(ORGANISATION, 0, "B007", _SEVERAL),))
        for row in several.iter_rows(named=True)
    ]
    good = found.filter(~(alone & (pl.col(_OWNERS) > 1).fill_null(False))).drop(_OWNER, _OWNERS)
    return good, rejects, good.join(units, on=KEY, how="anti").height
