"""`advisor profile`: a blank profile, its diagnostics, several as one, its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.exits import Findings
from advisor.cli.options import WHO, in_language, language_option, load_rulebook, rules_option
from advisor.cli.output import force_option, output_option, refuse_existing, write_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from advisor.profile import Profile, Unit
    from advisor.reading import Problem
    from advisor.rulebook import Rulebook


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
@language_option
@force_option
@rules_option
def new(file: str, organisation: str, unit: str, language: str, *, force: bool, overlays: tuple[str, ...]) -> None:
    """Write a blank profile to FILE ('-' for standard output): every question, ready to be filled in."""
    from advisor.profile import blank_profile
    from advisor.profile.blank_texts import blank_texts

    rulebook = in_language(load_rulebook(overlays), language)
    refuse_existing(file, "FILE", force=force)
    text = blank_profile(
        rulebook.questions,
        rulebook.sections,
        organisation=organisation,
        unit=unit,
        parameters=rulebook.parameters,
        texts=blank_texts(rulebook.languages[language]),
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

    A warning asks to look at an answer again; it does not refuse the profile. A note says what has changed since the
    questionnaire for which the profile was written.
    """
    from advisor.profile import changes_since, check_profile, read_profile
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
            for note in changes_since(profile, rulebook.questions, file):
                click.echo(f"note: {note}", err=True)
            for hint in hints:
                click.echo(f"warning: {hint}", err=True)
            for unit in profile.units:
                answered = sum(answer.state == "answered" for answer in unit.answers.values())
                click.echo(f"{file}: {unit.name}: fine; {answered} of {len(rulebook.asked)} questions answered")
                for said in (*_ranges(unit), *_voices(unit, rulebook)):
                    click.echo(f"{file}: {unit.name}: {said}")
    if problems:
        raise InvalidInput(problems)


def _ranges(unit: Unit) -> Iterator[str]:
    """What becomes of ranges that stand beside a value."""
    beside = [name for name, each in unit.answers.items() if each.value is not None and each.low is not None]
    if beside:
        named = ", ".join(beside)
        yield f"the value counts, and the range beside it only in `assess --robust` and `memo --robust`: {named}"


def _voices(unit: Unit, rulebook: Rulebook) -> Iterator[str]:
    """What becomes of the answers of respondents, without what they are."""
    from advisor.advice.withheld import used_unit

    voices = used_unit(unit, rulebook).voices
    if voices:
        counted = sum(each.counts == "combined" for each in voices)
        answered = "1 question" if len(voices) == 1 else f"{len(voices)} questions"
        yield f"{answered} answered by respondents, {counted} of them count by what they say"
    for counts, words in (
        ("contradictory", "contradictory, so they count as unknown"),
        ("withheld", "withheld, since too few people answered"),
        ("not_counted", "not counted, since others would have to be asked"),
    ):
        names = [each.question for each in voices if each.counts == counts]
        if names:
            yield f"{words}: {', '.join(names)}"
    against = [each.question for each in voices if each.counts == "recorded" and each.differs]
    if against:
        yield f"recorded otherwise than respondents say, the record counts: {', '.join(against)}"


_MERGE_EXAMPLES = """
\b
Examples:
  advisor profile merge client.yaml staff.yaml data.yaml -o all.yaml
  advisor profile merge client.yaml pulse.yaml -o client.yaml --force
  advisor profile merge client.yaml talk.yaml --as manager -o all.yaml   (a talk with a manager)
  advisor profile merge a.yaml b.yaml --unit Claims -o -
"""


@command.command("merge", short_help="Make one profile of several of the same client.", epilog=_MERGE_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=completion.files)
@output_option
@click.option(
    "--unit",
    metavar="NAME",
    shell_complete=completion.units,
    help="Add only what the other profiles say about this unit.",
)
@click.option(
    "--as", "role", type=click.Choice([*WHO]), help="What the others record is what one person of this role says."
)
@force_option
@rules_option
def merge(
    files: tuple[str, ...],
    output: str,
    unit: str | None,
    role: str | None,
    overlays: tuple[str, ...],
    *,
    force: bool,
) -> None:
    """Add to the first FILE what the others say: units by their names, answers, respondents.

    Nothing is overwritten. Where two files say different things, both places are listed, the earlier file's answer
    stays, the other one becomes a comment at the end, and the exit code is 1. The comments of the first file stay.
    """
    from advisor.profile import check_profile
    from advisor.profile import merge as merged_of
    from advisor.reading import read_text

    if len(files) < 2 or len({*files}) < len(files):
        raise click.BadParameter("name two or more different profiles", param_hint="FILE...")
    refuse_existing(output, "--output", force=force)
    rulebook = load_rulebook(overlays)
    texts = {file: read_text(Path(file)) for file in files}
    merged = merged_of(texts, rulebook.questions, unit, WHO[role] if role else None)
    _known_unit(merged.profile, unit)
    hints = check_profile(merged.profile, rulebook)
    is_file = write_output(output, merged.text)
    for kind, problems in (("note", merged.notes), ("warning", hints), ("conflict", merged.conflicts)):
        for problem in problems:
            click.echo(f"{kind}: {problem}", err=True)
    if not merged.comments_kept:
        click.echo(
            f"note: {files[0]} could not be added to as it is laid out; it is written anew, without comments", err=True
        )
    if is_file:
        number = len(merged.conflicts)
        listed = "1 conflict, kept as a comment" if number == 1 else f"{number} conflicts, kept as comments"
        click.echo(f"wrote {output}" + (f"; {listed} at its end" if number else ""), err=True)
    if merged.conflicts:
        raise Findings


def _known_unit(profile: Profile, unit: str | None) -> None:
    from advisor.reading import did_you_mean

    names = [each.name for each in profile.units]
    if unit is not None and unit.casefold() not in [name.casefold() for name in names]:
        hint = did_you_mean(unit, names) or f"; there are: {', '.join(names)}"
        raise click.BadParameter(f"none of the profiles has a unit '{unit}'{hint}", param_hint="--unit")


@command.command("schema", epilog="\b\nExample:\n  advisor profile schema > profile.schema.json\n")
@rules_option
def schema(overlays: tuple[str, ...]) -> None:
    """Print the JSON Schema of a profile, for editors."""
    from advisor.profile import profile_schema

    click.echo(json.dumps(profile_schema(load_rulebook(overlays).questions), indent=2, ensure_ascii=False))
