"""The options that say how a document looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.cli import completion

if TYPE_CHECKING:
    from advisor.memo.looks import Looks

Command = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Branding:
    """The brand file of a command line, if any."""

    brand: str | None

    def looks(self, *outputs: str) -> Looks:
        """The looks of documents that are written to these files; what is worth knowing goes to standard error."""
        from advisor.memo.looks import USUAL

        if self.brand is None:
            return USUAL
        from advisor.memo.brand import read_brand

        read = read_brand(Path(self.brand))
        for note in read.notes:
            click.echo(f"note: {note}", err=True)
        if any(Path(output).suffix.lower() in ("", ".md") for output in outputs):
            click.echo(
                "note: Markdown has no looks: nothing of the brand is in it, no confidentiality line either", err=True
            )
        return read.looks


def looks_options(command: Command) -> Command:
    """Give a command the options of `Branding`, and a `Branding` as its argument `branding`."""

    @click.option(
        "--brand",
        metavar="FILE",
        shell_complete=completion.files,
        help="Colours, fonts, logo and lines for every page of PDF, HTML and Word (docs/branding.md).",
    )
    @wraps(command)
    def with_looks(brand: str | None, **others: Any) -> None:
        command(branding=Branding(brand), **others)

    return with_looks
