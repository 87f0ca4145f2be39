"""`advisor rules sql`: the rulebook as a query for a database."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from advisor.cli import completion
from advisor.cli.options import load_rulebook, rules_option
from advisor.cli.output import STDOUT, write_output

if TYPE_CHECKING:
    from advisor.engines.sql.dialects import Dialect

_EXAMPLES = """
\b
Examples:
  advisor rules sql --keep unit > verdicts.sql                 (for DuckDB, over the table 'units')
  advisor rules sql --dialect spark --table shop.branches --keep branch -o advice.sql
  advisor rules sql --select findings --keep unit --rules house-rules -o advice.sql
"""
_WITHOUT_SQLGLOT = "sqlglot is not installed, so no SQL can be written (pip install sqlglot)"


def _dialect(ctx: click.Context, parameter: click.Parameter, name: str) -> Dialect:
    from advisor.engines.sql.dialects import DIALECTS, TESTED, UNTESTED

    if name.casefold() not in DIALECTS:
        raise click.BadParameter(
            f"'{name}' is none of the dialects that can be written. Tested: {', '.join(TESTED)}. Written by SQLGlot, "
            f"but never run: {', '.join(UNTESTED)}. In its others nobody has seen to it that numbers stay exact."
        )
    return DIALECTS[name.casefold()]


def _dialects(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from advisor.engines.sql.dialects import DIALECTS

    return [name for name in DIALECTS if name.startswith(incomplete.casefold())]


@click.command("sql", short_help="Write the rulebook as SQL, for a database.", epilog=_EXAMPLES)
@click.option(
    "--dialect",
    default="duckdb",
    show_default=True,
    metavar="NAME",
    callback=_dialect,
    shell_complete=_dialects,
    help="The database: duckdb, spark, databricks.",
)
@click.option("--table", default="units", show_default=True, metavar="NAME", help="The table or view of the answers.")
@click.option("--keep", multiple=True, metavar="COLUMN", help="A column to stay in the result, as a key (repeatable).")
@click.option(
    "--select",
    "selection",
    type=click.Choice(["verdict", "outcomes", "findings", "all"]),
    default="outcomes",
    show_default=True,
    help="The results: the verdict alone; every outcome; those and a column for each rule; everything there is.",
)
@click.option(
    "-o",
    "--output",
    "file",
    default=STDOUT,
    metavar="FILE",
    shell_complete=completion.files,
    help="Where to write it (standard output).",
)
@rules_option
def command(file: str, overlays: tuple[str, ...], **asked: Any) -> None:
    """Write the rulebook as one SQL query, which a database runs where the data is.

    The query has a row for each row of the table. The comment at its beginning says which columns the table must have
    and how answers, ranges and states are written in them (docs/sql.md).
    """
    if find_spec("sqlglot") is None:
        raise click.ClickException(_WITHOUT_SQLGLOT)
    from advisor.engines.columns.layout import BeyondLimits
    from advisor.engines.sql.write import sql_of

    rulebook = load_rulebook(overlays)
    try:
        text = sql_of(rulebook, **asked)
    except BeyondLimits as limit:
        raise click.ClickException(f"{rulebook.frame.name}: cannot be written as SQL ({limit})") from limit
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    _warn(asked["dialect"], asked["keep"])
    if write_output(file, text):
        click.echo(f"written: {file}", err=True)


def _warn(dialect: Dialect, keep: tuple[str, ...]) -> None:
    if not dialect.is_tested:
        click.echo(
            f"warning: nobody has run this in {dialect.name}; compare its rows with 'advisor portfolio'", err=True
        )
    if not keep:
        click.echo("warning: the rows have no key; name one of the table's columns with --keep", err=True)
