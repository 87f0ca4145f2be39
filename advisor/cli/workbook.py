"""`advisor workbook`: a workbook in which people fill in a profile, and the profile that they filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.options import for_option, in_language, language_option, load_rulebook, rules_option, unit_option
from advisor.cli.output import force_option, output_option, refuse_existing, write_output

if TYPE_CHECKING:
    from advisor.profile import Profile
    from advisor.rulebook import Rulebook
    from advisor.rulebook.model import Respondent

_WORKBOOK = ("advisor.intake.workbook.write", "workbook_of")
_NEW_EXAMPLES = """
\b
Examples:
  advisor workbook new -o client.xlsx --organisation "Example Insurance" --unit Claims
  advisor workbook new -o client.xlsx --for data --language de
  advisor workbook new client.yaml -o client.xlsx        (with the answers so far)
  advisor workbook new -o pulse.xlsx --for staff --unit Claims
"""
_READ_EXAMPLES = """
\b
Examples:
  advisor workbook read client.xlsx -o client.yaml
  advisor workbook read client.xlsx -o - | advisor assess -
"""


@click.group("workbook")
def command() -> None:
    """Fill in a profile in Excel."""


@command.command("new", short_help="Write a workbook to be filled in.", epilog=_NEW_EXAMPLES)
@click.argument("profile", required=False, metavar="[PROFILE]", shell_complete=completion.files)
@output_option
@for_option
@click.option(
    "--unit",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=completion.units,
    help="A unit: how it is called or, with PROFILE, which of its units (repeatable).",
)
@click.option("--organisation", metavar="NAME", help="The client's name, where there is no PROFILE.")
@language_option
@force_option
@rules_option
def new(  # noqa: PLR0913 - one for each option
    profile: str | None,
    *,
    output: str,
    who: Respondent | None,
    names: tuple[str, ...],
    organisation: str | None,
    language: str,
    overlays: tuple[str, ...],
    force: bool,
) -> None:
    """Write an Excel workbook with every question, a sheet for each topic; with PROFILE its answers are in it.

    Excel offers the choices and checks numbers while somebody types. 'advisor workbook read' makes a profile of it.
    With --for staff it is a pulse: the questions for a form tool, and a sheet with a row for each person, no names.
    """
    from advisor.intake.packages import loaded
    from advisor.intake.questionnaire import questionnaire

    rulebook = in_language(load_rulebook(overlays), language)
    refuse_existing(output, "--output", force=force)
    where = ("advisor.intake.pulse.workbook", "pulse_workbook") if who == "staff" else _WORKBOOK
    workbook_of = loaded(*where, output)
    if profile is not None and organisation is not None:
        raise click.BadParameter("PROFILE names the organisation", param_hint="--organisation")
    blank = replace(_named(organisation, names), questionnaire=rulebook.questions.version)
    given = blank if profile is None else _of_units(_read(profile, rulebook), names)
    asked = questionnaire(rulebook, language, who, given.organisation.currency)
    if write_output(output, workbook_of(given, asked)):
        read = "pulse read" if who == "staff" else "workbook read"
        click.echo(f"wrote {output}; once it is filled in: advisor {read} {output} -o client.yaml", err=True)
    if any(unit.respondents for unit in given.units):
        click.echo("note: what respondents said one by one is not in the workbook; keep the profile", err=True)
    if who is not None and any(unit.kept for unit in given.units):
        click.echo("note: answers that nobody asks for any more are not in the workbook; keep the profile", err=True)


@command.command("read", short_help="Write the profile that a workbook holds.", epilog=_READ_EXAMPLES)
@click.argument("workbook", metavar="WORKBOOK", shell_complete=completion.files)
@output_option
@force_option
@rules_option
def read(workbook: str, output: str, overlays: tuple[str, ...], *, force: bool) -> None:
    """Read a filled-in WORKBOOK and write its profile to FILE.

    Every problem is reported at once with its sheet and cell; then nothing is written.
    """
    from advisor.intake.packages import loaded
    from advisor.profile import check_profile, profile_as_yaml

    rulebook = load_rulebook(overlays)
    refuse_existing(output, "--output", force=force)
    filled = loaded("advisor.intake.workbook.read", "read_workbook", workbook)(Path(workbook), rulebook)
    for hint in check_profile(filled.profile, rulebook):
        click.echo(f"warning: {hint}", err=True)
    for note in filled.notes:
        click.echo(f"note: {note}", err=True)
    if write_output(output, profile_as_yaml(filled.profile)):
        for unit in filled.profile.units:
            said = f"{unit.name}: {len(unit.answers)} of {len(rulebook.asked)} questions have an answer"
            click.echo(said, err=True)
        click.echo(f"wrote {output}; the advice: advisor assess {output}", err=True)


def _read(path: str, rulebook: Rulebook) -> Profile:
    from advisor.profile import read_profile

    return read_profile(Path(path), rulebook.questions)


def _named(organisation: str | None, names: tuple[str, ...]) -> Profile:
    """A profile without answers."""
    from advisor.profile import Organisation, Profile, Unit
    from advisor.profile.model import UNNAMED_ORGANISATION, UNNAMED_UNIT

    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise click.BadParameter(f"'{twice}' is named twice; give each unit its own name", param_hint="--unit")
    units = tuple(Unit(name) for name in names or (UNNAMED_UNIT,))
    return Profile(Organisation(organisation or UNNAMED_ORGANISATION), units)


def _of_units(profile: Profile, names: tuple[str, ...]) -> Profile:
    """The profile with the named units only; with all of them where none is named."""
    return replace(profile, units=tuple(unit_option(name, profile) for name in names)) if names else profile
