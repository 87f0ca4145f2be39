"""`advisor backtest`: did the warnings come true."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from advisor.cli import completion, progress
from advisor.cli.options import Reading, in_language, language_option, rules_option
from advisor.cli.terminal import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from advisor.backtest.assess import Assessed, Reader
    from advisor.backtest.run import Backtest
    from advisor.backtest.terms import Terms
    from advisor.portfolio.outputs import Outputs
    from advisor.portfolio.rejects import Reject
    from advisor.portfolio.sources.part import Source
    from advisor.rulebook import Rulebook

_EXAMPLES = """
\b
Examples:
  advisor backtest docs/backtest-example.csv --horizon 365
  advisor backtest branches.csv --outcome complaint_case --horizon 365 --least-lead 30
  advisor backtest profiles-2024/ profiles-2025/ --outcomes outcomes.csv --horizon 365
  advisor backtest branches.parquet --warning erosion.early --warning DIA-06 --format json
  advisor backtest branches.csv --horizon 365 --rules house-rules --against shipped
  advisor backtest branches.csv --horizon 365 -o judgements.xlsx --keep region
"""
_REJECTS = "backtest.rejects.csv"


@click.command("backtest", epilog=_EXAMPLES, short_help="Say whether warnings came true.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=completion.files)
@click.option(
    "--outcomes",
    metavar="FILE",
    shell_complete=completion.files,
    help="A table with the outcome of each unit, where PATH does not hold it (profiles never do).",
)
@click.option(
    "--horizon",
    type=click.IntRange(1, 36_500),
    metavar="DAYS",
    help="How many days before the outcome a warning may come at the earliest; units observed for less are left out.",
)
@click.option(
    "--least-lead",
    type=click.IntRange(1, 36_500),
    default=1,
    show_default=True,
    metavar="DAYS",
    help="How many days before the outcome a warning must come at the latest.",
)
@click.option(
    "--warning",
    "warnings",
    multiple=True,
    metavar="NAME",
    shell_complete=completion.warned,
    help="Only this one: a rule by id or code, erosion.LEVEL (or worse), any.SEVERITY (repeatable). Otherwise every "
    "finding of severity warning or worse, and the levels that such findings give.",
)
@click.option("--date", default="date", show_default=True, metavar="COLUMN", help="When the unit was assessed.")
@click.option(
    "--outcome", default="outcome", show_default=True, metavar="COLUMN", help="Did it come: yes, no, unknown."
)
@click.option("--outcome-date", default="outcome_date", show_default=True, metavar="COLUMN", help="When it came.")
@click.option(
    "--observed-until",
    default="observed_until",
    show_default=True,
    metavar="COLUMN",
    help="Up to when it is known that it did not come.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(50, 99.9),
    default=95,
    show_default=True,
    metavar="PCT",
    help="The confidence of the intervals, in per cent.",
)
@rules_option
@click.option(
    "--against",
    metavar="DIR",
    shell_complete=completion.folders,
    help="Compare with another rulebook on the same rows: a folder with a rulebook.yaml, one that is laid over the "
    "shipped rulebook, or 'shipped'.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown", "csv"]),
    default="table",
    show_default=True,
    help="How the result is written to standard output.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=completion.files,
    help="Also write what each warning was for each unit; the ending says how: .csv .xlsx .parquet .jsonl.",
)
@click.option(
    "--keep", multiple=True, metavar="COLUMN", help="Carry a column that is no question into FILE (repeatable)."
)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, where several have units.")
@click.option(
    "--rejects",
    metavar="FILE",
    shell_complete=completion.files,
    help=f"Where the rows go that cannot be used, with the reasons (beside FILE, or {_REJECTS}).",
)
@language_option
def command(**options: Any) -> None:
    """Judge the warnings of the rulebook by dated assessments of units whose later outcome is known.

    Each PATH holds assessments as 'advisor portfolio' reads them, with the date of each row (of a profile, that of its
    engagement) and the outcome of its unit. For each warning: hits, misses, false alarms and correct rejections in
    units, sensitivity, specificity, precision and lead time with intervals.
    """
    order = _Order(**options)
    terms = _terms(order)
    written = _outputs(order)
    with TemporaryDirectory(prefix="advisor-") as spool:
        _judge(order, terms, written, Path(spool))


@dataclass(frozen=True, slots=True)
class _Order:
    """What the options ask for."""

    paths: tuple[str, ...]
    outcomes: str | None
    horizon: int | None
    least_lead: int
    warnings: tuple[str, ...]
    date: str
    outcome: str
    outcome_date: str
    observed_until: str
    confidence: float
    overlays: tuple[str, ...]
    against: str | None
    form: str
    output: str | None
    keep: tuple[str, ...]
    sheet: str | None
    rejects: str | None
    language: str


def _terms(order: _Order) -> Terms:
    from advisor.backtest.terms import Terms

    if order.horizon is not None and order.least_lead > order.horizon:
        said = f"{order.least_lead} days are more than the horizon of {order.horizon}; no warning could be in time"
        raise click.BadParameter(said, param_hint="--least-lead")
    columns = (order.date, order.outcome, order.outcome_date, order.observed_until)
    twice = [name for name in columns if columns.count(name) > 1]
    if twice:
        raise click.BadParameter(
            f"the column '{twice[0]}' is named for two things; name one for each", param_hint="--outcome"
        )
    return Terms(*columns, order.horizon, order.least_lead, order.confidence / 100)


def _outputs(order: _Order) -> Outputs:
    from advisor.portfolio.outputs import ENDINGS, ROWS, outputs_of
    from advisor.reading import InvalidInput, Place, Problem

    files = (order.output,) if order.output else ()
    written = outputs_of(files, order.rejects or (None if files else _REJECTS))
    for file in written.files:
        if file.kind != ROWS:
            named = ", ".join(ending for ending, kind in ENDINGS.items() if kind == ROWS)
            said = f"judgements are rows; these endings work: {named}"
            raise InvalidInput([Problem(Place(str(file.path)), "T015", said)])
    return written


def _judge(order: _Order, terms: Terms, written: Outputs, spool: Path) -> None:
    from advisor.backtest.alarms import check_names
    from advisor.backtest.assess import Reader, check_columns
    from advisor.backtest.judging import kept_columns
    from advisor.backtest.run import backtest
    from advisor.backtest.writing.rows import write_judgements
    from advisor.portfolio.sources.find import find

    rulebook = Reading("rete", order.overlays, (), None, order.language).rulebook
    other, keep = _other(order), kept_columns(order.keep)
    check_names(order.warnings, [rulebook, other] if other else [rulebook])
    reader = Reader(terms, order.keep, order.sheet, spool)
    files = find(order.paths, spool, [*written.paths(), *_outcomes_file(order)])
    sources = reader.open(files, rulebook, other)
    tables = reader.open(find([order.outcomes], spool), rulebook, other) if order.outcomes else None
    check_columns(sources, tables, terms)
    assessed = _assessed(reader, sources, rulebook, other)
    outcomes, rejects = _outcomes(reader, tables, assessed)
    against = _assessed(reader, reader.open(files, other, rulebook), other, rulebook, quiet=True) if other else None
    found = backtest(assessed, outcomes, terms, warnings=order.warnings, keep=keep, against=against)
    for file in written.files:
        rows = write_judgements(found, keep, file.path)
        click.echo(f"wrote {file.path} ({rows:,} {'row' if rows == 1 else 'rows'})", err=True)
    _to_standard_output(order.form, found)
    _tell_rejects(written, found, [*found.rejects, *rejects], rulebook)


def _outcomes_file(order: _Order) -> list[Path]:
    """The table of outcomes, which is passed over where a folder of assessments holds it too."""
    if order.outcomes is None:
        return []
    path = Path(order.outcomes)
    if path.resolve() in [Path(each).resolve() for each in order.paths]:
        said = f"'{path}' is read for assessments already, with its columns on outcomes; leave it out here"
        raise click.BadParameter(said, param_hint="--outcomes")
    return [path]


def _other(order: _Order) -> Rulebook | None:
    """The rulebook that is compared, with its texts in the language where it has them."""
    if order.against is None:
        return None
    from advisor.assurance.diff.revision import read_revision

    rulebook = read_revision(order.against).rulebook
    return in_language(rulebook, order.language) if order.language in rulebook.languages else rulebook


def _assessed(
    reader: Reader, sources: Sequence[Source], rulebook: Rulebook, other: Rulebook | None, *, quiet: bool = False
) -> Assessed:
    from advisor.cli.portfolio import tell_of_units, tell_readings

    if not quiet:
        tell_readings(sources)
    with progress.shown() as tell:
        assessed = reader.assessments(sources, rulebook, other, tell)
    if not quiet:
        tell_of_units(assessed.flags)
    return assessed


def _outcomes(reader: Reader, tables: Sequence[Source] | None, assessed: Assessed) -> tuple[pl.DataFrame, list[Reject]]:
    """What tables of outcomes say of the units that were assessed, and their rows that are wrong."""
    from advisor.backtest.assess import placed
    from advisor.backtest.statements import KEY

    if tables is None:
        return assessed.rows.clear(), []
    outcomes, rejects = reader.outcomes(tables, assessed.rulebook)
    found, several, strays = placed(outcomes, assessed.rows.select(KEY).unique(), tables)
    if strays:
        what = "outcome is of a unit" if strays == 1 else "outcomes are of units"
        said = f"{strays:,} {what} without any assessment; check the names of units and organisations"
        click.echo(f"warning: {said}", err=True)
    return found, rejects + several


def _tell_rejects(written: Outputs, found: Backtest, rejects: Sequence[Reject], rulebook: Rulebook) -> None:
    from advisor.portfolio.writing.rejects import write_rejects

    if rejects or written.files or written.rejects.exists():
        write_rejects(rejects, written.rejects, rulebook)
    if rejects:
        counts = found.document.assessments
        said = f"{counts.rejected:,} of {counts.read:,} assessments cannot be used"
        others = len(rejects) - counts.rejected
        also = f", nor can {others:,} rows of outcomes" if others > 0 else ""
        click.echo(f"warning: {said}{also}; where and why: {written.rejects}", err=True)


def _to_standard_output(form: str, found: Backtest) -> None:
    from advisor.backtest.result import as_json
    from advisor.backtest.writing.markdown import markdown
    from advisor.backtest.writing.rows import csv_of
    from advisor.backtest.writing.table import table
    from advisor.backtest.writing.told import told_of

    match form:
        case "json":
            click.echo(json.dumps(as_json(found.document), indent=2, ensure_ascii=False))
        case "csv":
            click.echo(csv_of(found.document), nl=False)
        case "markdown":
            click.echo(markdown(told_of(found)), nl=False)
        case _:
            for line in table(told_of(found), width()):
                click.echo(line)
