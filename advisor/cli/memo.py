"""`advisor memo`: the memo for the client."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import click

from advisor.cli import completion
from advisor.cli.looks import Branding, looks_options
from advisor.cli.options import Reading, reading_options

_EXAMPLES = """
\b
Examples:
  advisor memo client.yaml -o memo.docx      (.md .html .pdf .docx)
  advisor memo client.yaml -o -              (to standard output)
  advisor memo client.yaml --unit "Claims back office" -o claims.md
  advisor memo client.yaml --provenance margin -o review.pdf
  advisor memo client.yaml --robust -o memo.html
  advisor memo client.yaml --language de -o memo.pdf
  advisor memo client.yaml --no-embed -o memo.pdf     (nothing but what is on the pages)
  advisor memo client.yaml --brand docs/brand/brand.yaml -o memo.pdf
  advisor memo client.yaml --template client.docx -o memo.docx
"""


@click.command("memo", epilog=_EXAMPLES)
@click.argument("profile", metavar="PROFILE", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    shell_complete=completion.files,
    help="Where to write it; the ending decides the format ('-': Markdown to standard output).",
)
@click.option(
    "--outlook/--no-outlook",
    default=True,
    help="Say what is settled whatever the open answers are (default; seconds where much is open).",
)
@click.option(
    "--robust", is_flag=True, help="Say how often the advice stays while answers and thresholds vary, with a chart."
)
@click.option(
    "--provenance",
    type=click.Choice(["footnotes", "margin", "off"]),
    default="footnotes",
    show_default=True,
    help="Where each statement shows the rules and answers behind it: in words, as codes beside it, or nowhere.",
)
@click.option(
    "--embed/--no-embed",
    default=True,
    help="Embed the profile, all parameters and the text, for 'advisor verify-memo' and 'advisor recheck' (default).",
)
@looks_options
@reading_options
def command(
    profile: str,
    output: str,
    reading: Reading,
    branding: Branding,
    *,
    outlook: bool,
    robust: bool,
    **written: Any,
) -> None:
    """Write the memo on PROFILE to FILE.

    The answer, its reasons, what to prepare, what would change it, the arithmetic, and every answer and rule behind it.
    """
    from advisor.advice import Adviser
    from advisor.memo import MemoOptions, MemoWarning, memo_of, render_markdown, renderer_for, write_memo

    if output != "-":
        renderer_for(Path(output))
    looks = branding.looks(output)
    adviser = Adviser(reading.rulebook, reading.engine)
    advice = adviser.with_tripwires(adviser.with_flips(adviser.advise(reading.profile(profile))))
    if outlook:
        advice = adviser.with_outlook(advice)
        for note in sorted({each.note for each in advice.outlooks if each.note}):
            click.echo(f"note: {note}", err=True)
    if robust:
        advice = adviser.with_robustness(advice)
    if advice.document.made_with.note:
        click.echo(f"note: {advice.document.made_with.note}", err=True)
    options = MemoOptions(written["provenance"], written["embed"], reading.unit, looks)
    if output == "-":
        click.echo(render_markdown(memo_of(advice, options)), nl=False)
        return
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", MemoWarning)
        write_memo(advice, Path(output), options)
    for warning in raised:
        click.echo(f"note: {warning.message}", err=True)
    click.echo(f"wrote {output}", err=True)
