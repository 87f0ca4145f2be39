"""`advisor pulse`: what the staff say together, from the export of a form tool."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.options import load_rulebook, rules_option, unit_option
from advisor.cli.output import STDOUT, output_option, write_output

if TYPE_CHECKING:
    from advisor.profile import Profile, Voice
    from advisor.rulebook import Rulebook

_EXAMPLES = """
\b
Examples:
  advisor pulse read answers.csv -o client.yaml                  (adds to the profile, or begins it)
  advisor pulse read answers.csv -o client.yaml --unit Claims --date 2026-11-20
  advisor pulse read answers.csv -o client.yaml --map "Knows what to do=clarity_staff_agree"
"""


@click.group("pulse")
def command() -> None:
    """Hear the staff through a form tool."""


@command.command("read", short_help="Add what the staff say together to a profile.", epilog=_EXAMPLES)
@click.argument("export", metavar="FILE", shell_complete=completion.files)
@output_option
@click.option(
    "--unit",
    "name",
    metavar="NAME",
    shell_complete=completion.units,
    help="The unit that the staff belong to, where there are several.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=QUESTION",
    shell_complete=completion.mapped,
    help="What a column asks, where its heading does not tell; COLUMN= leaves it out (repeatable).",
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When the staff were asked.")
@click.option(
    "--organisation", default="Name of the client", show_default=True, help="The client's name, in a new profile."
)
@rules_option
def read(  # noqa: PLR0913 - one for each option
    *,
    export: str,
    output: str,
    name: str | None,
    mapped: tuple[str, ...],
    day: datetime | None,
    organisation: str,
    overlays: tuple[str, ...],
) -> None:
    """Read FILE (CSV or Excel, a row for each person) and add means and counts to the PROFILE given by -o.

    Columns are found by the name or the wording of a question, in any language. Only what five people or more answered
    is written; nobody's own answer is written or shown, and columns that tell who somebody is are not read.
    """
    from advisor.intake.pulse import read_pulse
    from advisor.intake.pulse.read import told

    rulebook = load_rulebook(overlays)
    pulse = read_pulse(Path(export), rulebook, _given(mapped), day.date() if day else None)
    text = _written(output, name, organisation, pulse.voice, rulebook)
    for line in told(pulse):
        click.echo(line, err=True)
    if text is None:
        click.echo(f"{output} has this already; nothing was changed", err=True)
    elif write_output(output, text):
        click.echo(f"wrote {output}; the advice: advisor assess {output}", err=True)


def _written(output: str, name: str | None, organisation: str, voice: Voice, rulebook: Rulebook) -> str | None:
    """The text of the profile with what the staff say; None where it has it already."""
    from advisor.intake.pulse import in_new_profile, recorded
    from advisor.profile import read_profile
    from advisor.reading import read_text

    if output == STDOUT or not Path(output).exists():
        text = in_new_profile(voice, organisation, name or "Name of the team")
        _check(read_profile(text, rulebook.questions, "<new profile>"), rulebook)
        return text
    before = read_text(Path(output))
    profile = read_profile(before, rulebook.questions, output)
    added = recorded(before, output, unit_option(name, profile), voice, rulebook.questions)
    if not added.is_new:
        return None
    _check(read_profile(added.text, rulebook.questions, output), rulebook)
    for other in added.others:
        asked = f"asked on {other.date}" if other.date else "of no date"
        click.echo(
            f"warning: {output} has {other.people} of the staff already, {asked}; both count: {_REMOVE}", err=True
        )
    return added.text


_REMOVE = "remove the earlier entry where these are the same people"


def _check(profile: Profile, rulebook: Rulebook) -> None:
    from advisor.profile import check_profile

    for hint in check_profile(profile, rulebook):
        click.echo(f"warning: {hint}", err=True)


def _given(texts: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for text in texts:
        column, equals, question = text.rpartition("=")
        if not equals or not column.strip():
            raise click.BadParameter(f"'{text}' is not COLUMN=QUESTION", param_hint="--map")
        if column.strip() in given:
            raise click.BadParameter(f"'{column.strip()}' is named twice", param_hint="--map")
        given[column.strip()] = question.strip()
    return given
