"""`advisor check-template`: what a client's Word file gives a memo, and what it lacks."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli import completion


@click.command("check-template", epilog="\b\nExample:\n  advisor check-template client.docx\n")
@click.argument("file", metavar="FILE.docx", shell_complete=completion.files)
def command(file: str) -> None:
    """Say which styles a memo needs that FILE.docx lacks and what is used instead, and what of it is left out.

    Styles have the names that Word shows. Missing ones do not refuse a template; exit code 2 says it cannot be used.
    """
    from advisor.memo import template_of

    template = template_of(Path(file))
    click.echo(f"{file}: {template.page}; its own text is not carried over")
    for fate in template.styles:
        if not fate.own:
            found = "found" if fate.found else "missing"
            click.echo(f"  {fate.name:19} {found:8} {fate.used}".rstrip())
    own = [fate for fate in template.styles if fate.own]
    added = [fate.name for fate in own if not fate.found]
    counted = f"{len(own) - len(added)} of {len(own)} styles that only memos have"
    click.echo(f"  {counted}; added: {', '.join(added) or 'none'}")
    for problem in template.removed:
        click.echo(f"  {problem.code} {problem.message}")
