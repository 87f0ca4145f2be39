"""Options of commands that write a file which somebody may have worked on: it is replaced only where that is meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion

if TYPE_CHECKING:
    from advisor.memo.looks import Looks

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
force_edited_option = click.option(
    "--force", is_flag=True, help="Replace a file that exists also where it was, or may have been, edited by hand."
)


def refuse_existing(file: str, named: str, *, force: bool) -> None:
    """Refuse a file that exists, unless it is to be replaced; `named` is the parameter that names it."""
    if file != STDOUT and Path(file).exists() and not force:
        raise click.BadParameter(f"'{file}' exists; give another name, or --force to replace it", param_hint=named)


def refuse_edited(file: str, looks: Looks, named: str, *, force: bool) -> None:
    """Refuse a file that is no memo as advisor wrote it, unless it is to be replaced; `looks` are of the new one."""
    if force or not Path(file).exists():
        return
    from advisor.reread.by_hand import why_kept

    why = why_kept(Path(file), looks)
    if why:
        raise click.BadParameter(f"'{file}' {why}; give another name, or --force to replace it", param_hint=named)


def write_output(file: str, content: str | bytes) -> bool:
    """Write to a file in one step, or to standard output; gives whether it was a file."""
    from advisor.reading import write_atomically

    if file == STDOUT:
        click.echo(content, nl=False)
        return False
    write_atomically(Path(file), content)
    return True
