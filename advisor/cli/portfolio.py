"""`advisor portfolio`: many units at once."""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from advisor.cli import completion, progress
from advisor.cli.options import Reading, language_option, rules_option
from advisor.cli.output import refuse_existing
from advisor.cli.terminal import width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from advisor.portfolio.insight.overview import Overview
    from advisor.portfolio.outputs import Outputs
    from advisor.portfolio.run import Done
    from advisor.portfolio.sources.part import Source
    from advisor.portfolio.words import Words

_EXAMPLES = """
\b
Examples:
  advisor portfolio profiles/                          (a folder of profiles, as a table)
  advisor portfolio branches.csv -o advice.xlsx        (one row for each unit)
  advisor portfolio branches.xlsx -o board.html        (dashboard: filter, sort, print)
  advisor portfolio branches.csv -o memo.docx          (memo; also .pdf, .md)
  advisor portfolio "2026-*/*.parquet" -o advice.parquet --findings --keep region
  cat branches.csv | advisor portfolio - --format jsonl > advice.jsonl
"""


@click.command("portfolio", epilog=_EXAMPLES, short_help="Advise on many units at once.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    shell_complete=completion.files,
    help="Where to write (repeatable); the ending says what: .csv .xlsx .parquet .jsonl the rows, .html the dashboard, "
    ".docx .pdf .md the memo.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "jsonl"]),
    help="What goes to standard output without -o (table), or beside it.",
)
@click.option("--findings", is_flag=True, help="A column for each finding: true, false, or empty while it is open.")
@click.option(
    "--keep", multiple=True, metavar="COLUMN", help="Carry a column that is no question into the rows (repeatable)."
)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, where several have units.")
@click.option(
    "--rejects",
    metavar="FILE",
    shell_complete=completion.files,
    help="Where the rows go that cannot be advised on, with the reasons (beside the output).",
)
@click.option("--force", is_flag=True, help="Replace a memo that exists; rows and dashboards always are.")
@rules_option
@language_option
def command(paths: tuple[str, ...], *, force: bool, **options: Any) -> None:
    """Advise on every unit in each PATH: profiles and folders of them, CSV, XLSX, Parquet, patterns, '-'.

    A table has a row for each unit and columns named as the questions, besides 'unit' and 'organisation'; an empty cell
    is not asked, 'unknown' and 'n/a' are what they are in a profile. Rows that cannot be read go to a file of rejects;
    the others are advised on. An interrupted run goes on where it stopped when the same command is given again.
    """
    from advisor.portfolio.outputs import MEMO, outputs_of

    order = _Order(paths, **options)
    written = outputs_of(order.outputs, order.rejects)
    for file in written.files:
        if file.kind == MEMO:  # which people go on writing in
            refuse_existing(str(file.path), "--output", force=force)
    with TemporaryDirectory(prefix="advisor-") as spool:
        _advise(order, written, Path(spool))


@dataclass(frozen=True, slots=True)
class _Order:
    """What the options ask for."""

    paths: tuple[str, ...]
    outputs: tuple[str, ...]
    form: str | None
    findings: bool
    keep: tuple[str, ...]
    sheet: str | None
    rejects: str | None
    overlays: tuple[str, ...]
    language: str


def _advise(order: _Order, written: Outputs, spool: Path) -> None:
    from advisor.portfolio.evaluate import Evaluator
    from advisor.portfolio.journal import Journal
    from advisor.portfolio.run import run, what_of
    from advisor.portfolio.sources.find import find, open_all

    files = find(order.paths, spool, written.paths())
    rulebook = Reading("rete", order.overlays, (), None, order.language).rulebook
    evaluator = Evaluator(rulebook, order.keep)
    sources = open_all(files, rulebook, order.keep, order.sheet)
    tell_readings(sources)
    closer = written.looks_closer
    what = what_of(files, evaluator, order.keep, order.sheet, answers=closer)
    with Journal(written.work or spool / "parts", what) as journal:
        try:
            with progress.shown() as tell:
                done = run(sources, evaluator, journal, with_answers=closer, tell=tell)
            _write(order, written, done)
        except KeyboardInterrupt:
            if written.work:
                click.echo("\nstopped; the same command goes on from there", err=True)
            raise
        journal.clear()


def tell_readings(sources: Sequence[Source]) -> None:
    """How tables were read where that is not as usual."""
    from advisor.portfolio.sources.text import TextTable

    for source in sources:
        if isinstance(source, TextTable) and source.dialect.told():
            click.echo(f"note: {source.table.file} is read as {source.dialect.told()}", err=True)


def _write(order: _Order, written: Outputs, done: Done) -> None:
    from advisor.portfolio.outputs import ROWS
    from advisor.portfolio.writing.formats import FORMATS, write_rows
    from advisor.portfolio.writing.rejects import write_rejects

    columns = done.evaluator.results.all if order.findings else done.evaluator.results.own
    advised = done.units - done.rejected
    for file in written.files:
        if file.kind == ROWS:
            write_rows(done, columns, file.path, FORMATS[file.path.suffix.lower()])
            click.echo(f"wrote {file.path} ({_units(advised)})", err=True)
    if done.rejected or written.files or written.rejects.exists():
        write_rejects(done.rejects(), written.rejects, done.evaluator.rulebook)
    if written.looks_closer:
        _write_looking_closer(written, done)
    if order.form or not written.files:
        _to_standard_output(order.form or "table", done, columns)
    tell_of_units(done.flags())
    if done.rejected:
        said = f"{done.rejected:,} of {done.units:,} rows cannot be advised on; where and why: {written.rejects}"
        click.echo(f"warning: {said}", err=True)


def tell_of_units(counts: Mapping[str, int]) -> None:
    """What is not as usual with some units; `counts` are those of `advisor.portfolio.run.Done.flags`."""
    for flag, what in (
        ("plain", "numbers too large for columns, and were advised on row by row by the plain engine"),
        ("withheld", "staff answers that are withheld, because too few people gave them"),
        ("hints", "answers or a name that look mistaken; rows written with -o say which, in the column 'hints'"),
    ):
        if counts[flag]:
            click.echo(f"note: {counts[flag]:,} {'unit has' if counts[flag] == 1 else 'units have'} {what}", err=True)


def _units(number: int) -> str:
    return "1 unit" if number == 1 else f"{number:,} units"


def _write_looking_closer(written: Outputs, done: Done) -> None:
    """The dashboard and the memo, for which units are compared with one another."""
    from advisor.portfolio.dashboard import render_dashboard
    from advisor.portfolio.insight.overview import overview_of
    from advisor.portfolio.outputs import DASHBOARD, MEMO
    from advisor.portfolio.words import Words
    from advisor.reading import write_atomically

    overview, words = overview_of(done), Words(done.evaluator.rulebook)
    for file in written.files:
        if file.kind == DASHBOARD:
            write_atomically(file.path, render_dashboard(overview, words))
        elif file.kind == MEMO:
            _write_memo(overview, words, file.path)
        else:
            continue
        click.echo(f"wrote {file.path} ({_units(overview.summary.units)})", err=True)


def _write_memo(overview: Overview, words: Words, path: Path) -> None:
    from advisor.memo import MemoWarning
    from advisor.portfolio.memo import write_portfolio_memo

    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", MemoWarning)
        write_portfolio_memo(overview, words, path)
    for warning in raised:
        click.echo(f"note: {warning.message}", err=True)


def _to_standard_output(form: str, done: Done, columns: Sequence[str]) -> None:
    from advisor.portfolio.summary import summary_of
    from advisor.portfolio.words import Words
    from advisor.portfolio.writing.formats import stream_rows
    from advisor.portfolio.writing.table import LEAST_WIDTH, table

    words = Words(done.evaluator.rulebook)
    if form == "table":
        for line in table(done, summary_of(done), words, width(LEAST_WIDTH)):
            click.echo(line)
    else:
        stream_rows(done.frames(), columns, sys.stdout.buffer, "csv" if form == "csv" else "jsonl", words.say.writing)
