"""`advisor questions`: the questionnaire as a printed interview guide."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.options import for_option, in_language, language_option, load_rulebook, only_unit, rules_option
from advisor.cli.output import STDOUT, force_option, refuse_existing, write_output

if TYPE_CHECKING:
    from advisor.rulebook.model import Respondent

_FORMATS = ("markdown", "docx", "csv")
_ENDINGS = {".md": "markdown", ".docx": "docx", ".csv": "csv"}
_BOM = "\ufeff"
"""Excel takes a CSV file for UTF-8 only where it begins with it."""
_EXAMPLES = """
\b
Examples:
  advisor questions -o guide.docx
  advisor questions --for manager --language de -o leitfaden.docx
  advisor questions --minimal client.yaml -o open.docx     (what can still change the advice)
  advisor questions --for data --format csv -o data.csv
"""


@click.command("questions", epilog=_EXAMPLES)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="How to write it; else the ending of FILE decides, or markdown.",
)
@for_option
@click.option(
    "--minimal",
    metavar="PROFILE",
    shell_complete=completion.files,
    help="Only what can still change the advice on this profile.",
)
@click.option(
    "--unit", "name", metavar="NAME", shell_complete=completion.units, help="With --minimal: only about this unit."
)
@language_option
@click.option(
    "-o",
    "--output",
    default=STDOUT,
    metavar="FILE",
    shell_complete=completion.files,
    help="Where to write it, else to standard output.",
)
@force_option
@rules_option
def command(  # noqa: PLR0913 - one for each option
    *,
    format_: str | None,
    who: Respondent | None,
    minimal: str | None,
    name: str | None,
    language: str,
    output: str,
    force: bool,
    overlays: tuple[str, ...],
) -> None:
    """Write the questions as an interview guide to print, with room for the answers."""
    from advisor.intake.guide import guide_of, minimal_guide, renderer_of
    from advisor.intake.questionnaire import questionnaire
    from advisor.profile import Profile

    chosen = format_ or _ENDINGS.get(Path(output).suffix.lower(), _FORMATS[0])
    if chosen == "docx" and output == STDOUT and sys.stdout.isatty():
        raise click.BadParameter("a Word file cannot be shown here; name a file with -o", param_hint="--format")
    if name is not None and minimal is None:
        raise click.BadParameter("only --minimal is about units", param_hint="--unit")
    refuse_existing(output, "--output", force=force)
    rulebook = in_language(load_rulebook(overlays), language)
    render = renderer_of(chosen, output)
    if minimal is None:
        guide = guide_of(questionnaire(rulebook, language, who))
    else:
        profile = Profile.load(Path(minimal), rulebook)
        asked = questionnaire(rulebook, language, who, profile.organisation.currency)
        guide = minimal_guide(asked, only_unit(name, profile) if name else profile)
    content = render(guide)
    if isinstance(content, str) and chosen == "csv" and output != STDOUT:
        content = _BOM + content
    if write_output(output, content):
        click.echo(f"wrote {output}", err=True)
