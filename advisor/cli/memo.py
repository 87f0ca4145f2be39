"""`advisor memo`: the memo for the client."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.options import Reading, reading_options

_EXAMPLES = """
\b
Examples:
  advisor memo client.yaml -o memo.md
  advisor memo client.yaml -o -              (to standard output)
  advisor memo client.yaml --unit "Claims back office" -o claims.md
"""


@click.command("memo", epilog=_EXAMPLES)
@click.argument("profile", metavar="PROFILE")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="Where to write it; the ending decides the format ('-': Markdown to standard output).",
)
@click.option(
    "--outlook/--no-outlook",
    default=True,
    help="Say what is settled whatever the open answers are (default; seconds where much is open).",
)
@reading_options
def command(profile: str, output: str, reading: Reading, *, outlook: bool) -> None:
    """Write the memo on PROFILE to FILE.

    The answer, its reasons, what to prepare, what would change it, the arithmetic, and every answer and rule behind it.
    """
    from advisor.advice import Adviser
    from advisor.memo import memo_blocks, render_markdown, renderer_of, write_memo

    if output != "-":
        renderer_of(Path(output))
    adviser = Adviser(reading.rulebook, reading.engine)
    advice = adviser.with_flips(adviser.advise(reading.profile(profile)))
    if outlook:
        advice = adviser.with_outlook(advice)
        for note in sorted({each.note for each in advice.outlooks if each.note}):
            click.echo(f"note: {note}", err=True)
    if advice.document.made_with.note:
        click.echo(f"note: {advice.document.made_with.note}", err=True)
    if output == "-":
        click.echo(render_markdown(memo_blocks(advice)), nl=False)
        return
    write_memo(advice, Path(output))
    click.echo(f"wrote {output}", err=True)
