"""Options of commands that write a file which somebody may have filled in: it is replaced only where that is meant."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli import completion

STDOUT = "-"
output_option = click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    shell_complete=completion.files,
    help="Where to write it ('-': to standard output).",
)
force_option = click.option("--force", is_flag=True, help="Replace FILE if it exists.")


def refuse_existing(file: str, named: str, *, force: bool) -> None:
    """Refuse a file that exists, unless it is to be replaced; `named` is the parameter that names it."""
    if file != STDOUT and Path(file).exists() and not force:
        raise click.BadParameter(f"'{file}' exists; give another name, or --force to replace it", param_hint=named)


def write_output(file: str, content: str | bytes) -> bool:
    """Write to a file in one step, or to standard output; gives whether it was a file."""
    from advisor.reading import write_atomically

    if file == STDOUT:
        click.echo(content, nl=False)
        return False
    write_atomically(Path(file), content)
    return True
