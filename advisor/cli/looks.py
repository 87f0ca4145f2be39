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
    """The brand file or the Word template of a command line, if any."""

    brand: str | None
    template: str | None

    @property
    def is_given(self) -> bool:
        """Whether there is one."""
        return self.brand is not None or self.template is not None

    def looks(self, *outputs: str) -> Looks:
        """The looks of documents that are written to these files; what is worth knowing goes to standard error."""
        from advisor.memo.looks import USUAL

        if self.template is not None:
            return self._looks_of_template(self.template, outputs)
        if self.brand is None:
            return USUAL
        from advisor.memo import brand_of

        read = brand_of(Path(self.brand))
        for note in read.notes:
            click.echo(f"note: {note}", err=True)
        if any(Path(output).suffix.lower() in ("", ".md") for output in outputs):
            click.echo(
                "note: Markdown has no looks: nothing of the brand is in it, no confidentiality line either", err=True
            )
        return read.looks

    def _looks_of_template(self, template: str, outputs: tuple[str, ...]) -> Looks:
        from advisor.memo import template_of

        if self.brand is not None:
            raise click.BadParameter("a template has looks of its own; leave out --brand", param_hint="--template")
        other = next((output for output in outputs if Path(output).suffix.lower() != ".docx"), None)
        if other is not None:
            message = f"it gives a Word memo its looks, but '{other}' is none; name a .docx, or use --brand"
            raise click.BadParameter(message, param_hint="--template")
        read = template_of(Path(template))
        for note in read.removed:
            click.echo(f"note: {note}", err=True)
        missing = [fate.name for fate in read.styles if not fate.own and not fate.found]
        if missing:
            said = f"{template} has no style {', '.join(missing)}; what is used: advisor check-template {template}"
            click.echo(f"note: {said}", err=True)
        return read.looks


def looks_options(command: Command) -> Command:
    """Give a command the options of `Branding`, and a `Branding` as its argument `branding`."""

    @click.option(
        "--brand",
        metavar="FILE",
        shell_complete=completion.files,
        help="Colours, fonts, logo and lines for every page of PDF, HTML and Word, and for slides (docs/branding.md).",
    )
    @click.option(
        "--template",
        metavar="FILE.docx",
        shell_complete=completion.files,
        help="A client's Word file: its styles, page, headers and footers for a Word memo; nothing in it is run.",
    )
    @wraps(command)
    def with_looks(brand: str | None, template: str | None, **others: Any) -> None:
        command(branding=Branding(brand, template), **others)

    return with_looks
