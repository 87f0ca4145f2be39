"""`advisor profile`: a blank profile, its diagnostics, its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.options import language_option, load_rulebook, rules_option
from advisor.cli.output import force_option, refuse_existing, write_output

if TYPE_CHECKING:
    from advisor.reading import Problem


@click.group("profile")
def command() -> None:
    """Begin, check and describe profiles."""


@command.command(
    "new",
    short_help="Write a blank profile with every question.",
    epilog='\b\nExample:\n  advisor profile new client.yaml --organisation "Example Insurance" --unit Claims\n',
)
@click.argument("file", metavar="FILE", shell_complete=completion.files)
@click.option("--organisation", default="Name of the client", show_default=True, help="The client's name.")
@click.option("--unit", default="Name of the team", show_default=True, help="The name of the first unit.")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="The language, such as de.")
@force_option
@rules_option
def new(file: str, organisation: str, unit: str, language: str, *, force: bool, overlays: tuple[str, ...]) -> None:
    """Write a blank profile to FILE ('-' for standard output): every question, ready to be filled in."""
    from advisor.profile import blank_profile
    from advisor.profile.blank_texts import blank_texts

    rulebook = load_rulebook(overlays)
    spoken = language_option(language, rulebook)
    refuse_existing(file, "FILE", force=force)
    text = blank_profile(
        {name: spoken.question(question) for name, question in rulebook.questions.items()},
        [spoken.section(section) for section in rulebook.sections],
        organisation=organisation,
        unit=unit,
        parameters=rulebook.parameters,
        texts=blank_texts(language),
    )
    if write_output(file, text):
        click.echo(f"wrote {file}; fill in what is known, then run: advisor profile check {file}", err=True)
        click.echo("for completion in an editor: advisor profile schema > profile.schema.json", err=True)


@command.command(
    "check",
    short_help="Report every problem of profiles at once.",
    epilog="\b\nExample:\n  advisor profile check client.yaml\n",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=completion.files)
@rules_option
def check(files: tuple[str, ...], overlays: tuple[str, ...]) -> None:
    """Report every problem in each FILE at once, as file:line:col CODE message.

    A warning asks to look at an answer again; it does not refuse the profile.
    """
    from advisor.profile import check_profile, read_profile
    from advisor.reading import InvalidInput

    rulebook = load_rulebook(overlays)
    problems: list[Problem] = []
    for file in files:
        try:
            profile = read_profile(Path(file), rulebook.questions)
            hints = check_profile(profile, rulebook)
        except InvalidInput as error:
            problems.extend(error.problems)
        else:
            for hint in hints:
                click.echo(f"warning: {hint}", err=True)
            for unit in profile.units:
                answered = sum(answer.state == "answered" for answer in unit.answers.values())
                click.echo(f"{file}: {unit.name}: fine; {answered} of {len(rulebook.questions)} questions answered")
    if problems:
        raise InvalidInput(problems)


@command.command("schema", epilog="\b\nExample:\n  advisor profile schema > profile.schema.json\n")
@rules_option
def schema(overlays: tuple[str, ...]) -> None:
    """Print the JSON Schema of a profile, for editors."""
    from advisor.profile import profile_schema

    click.echo(json.dumps(profile_schema(load_rulebook(overlays).questions), indent=2, ensure_ascii=False))
