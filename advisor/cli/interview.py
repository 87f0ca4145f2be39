"""`advisor interview`: ask, save after each answer, go on where it stopped."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.exits import Resumable
from advisor.cli.options import for_option, in_language, language_option, load_rulebook, rules_option, unit_option

if TYPE_CHECKING:
    from advisor.interview.lines import Lines
    from advisor.interview.storage import ProfileFile
    from advisor.interview.typed import Reader
    from advisor.profile.speaker import Speaker
    from advisor.rulebook import Rulebook
    from advisor.rulebook.model import Respondent

_EXAMPLES = """
\b
Examples:
  advisor interview client.yaml
  advisor interview client.yaml --for data --language de
  advisor interview client.yaml --section erosion --all
  advisor interview client.yaml --as manager-2     (what the second manager says)
  advisor interview client.yaml < answers.txt
"""


@click.command("interview", epilog=_EXAMPLES)
@click.argument("file", metavar="PROFILE", shell_complete=completion.files)
@click.option(
    "--unit",
    "unit_name",
    metavar="NAME",
    shell_complete=completion.units,
    help="The unit that is talked about, where there are several.",
)
@for_option
@click.option(
    "--as",
    "speaker",
    metavar="WHO",
    shell_complete=completion.speakers,
    callback=lambda ctx, parameter, text: text and _speaker(text),
    help="Keep the answers as what one person says: manager, staff or data, with a number (staff-3).",
)
@click.option(
    "--section",
    metavar="NAME",
    shell_complete=completion.sections,
    help="Ask only this part of the questionnaire.",
)
@click.option("--all", "everything", is_flag=True, help="Ask everything, also what cannot change the advice.")
@language_option
@rules_option
def command(  # noqa: PLR0913 - one for each option
    file: str,
    *,
    unit_name: str | None,
    who: Respondent | None,
    speaker: Speaker | None,
    section: str | None,
    language: str,
    overlays: tuple[str, ...],
    everything: bool,
) -> None:
    """Ask what decides most next, and write every answer into PROFILE at once.

    PROFILE is begun if it does not exist. Stop at any time, by 'stop', Ctrl-C or closing the terminal: the same
    command goes on from there. Ends with 0 when the advice is settled and with 3 when it can be taken up again.
    """
    from advisor.engines.checked import CheckedEngine
    from advisor.interview.dialogue import Dialogue
    from advisor.interview.engine import Interview, Scope
    from advisor.interview.lines import Lines
    from advisor.interview.live import Live
    from advisor.interview.problems import told_in
    from advisor.interview.storage import ProfileFile
    from advisor.interview.telling import Telling
    from advisor.interview.titles import Titles
    from advisor.interview.typed import Reader
    from advisor.interview.wording import wording_of
    from advisor.profile.speaker import NoSuchSpeaker

    if file == "-":
        raise click.BadParameter("answers are kept in a file; name one ('-' is none)", param_hint="PROFILE")
    rulebook = load_rulebook(overlays)
    _check_section(section, rulebook)
    rulebook = in_language(rulebook, language)
    scope = Scope(who or (speaker.role if speaker else None), section, everything)
    lines, held = Lines(), ProfileFile(Path(file), rulebook, speaker)
    reader = Reader(rulebook.languages[language], wording_of(language))
    if held.path.exists():
        with told_in(reader.wording):
            held.read()  # what cannot be read is refused before anything is written beside it
    with told_in(reader.wording), held:
        if not held.path.exists() and not _begun(held, unit_name, reader, lines):
            raise Resumable
        profile = held.read()
        titles = Titles(rulebook, replace(reader, currency=profile.organisation.currency))
        interview = Interview(rulebook, CheckedEngine(rulebook), scope)
        live = Live(rulebook, interview.outcomes, titles)
        try:
            state = held.state(unit_option(unit_name, profile))
        except NoSuchSpeaker as error:
            raise click.BadParameter(str(error), param_hint="--as") from None
        telling = Telling(interview, titles, live, lines, held.path, profile.questionnaire, speaker)
        settled = Dialogue(interview, held, state, titles, telling, lines, shlex.join(["advisor", *sys.argv[1:]])).run()
    if not settled:
        raise Resumable


def _speaker(text: str) -> Speaker:
    from advisor.profile.speaker import Speaker

    found = Speaker.read(text)
    if found is None:
        message = f"'{text}' is nobody; say manager, staff or data, and for the next of them manager-2 (no names)"
        raise click.BadParameter(message, param_hint="--as")
    return found


def _check_section(section: str | None, rulebook: Rulebook) -> None:
    from advisor.reading import did_you_mean

    known = [each.name for each in rulebook.sections]
    if section is not None and section not in known:
        hint = did_you_mean(section, known) or f"; there are: {', '.join(known)}"
        raise click.BadParameter(f"'{section}' is not known{hint}", param_hint="--section")


def _begun(held: ProfileFile, unit: str | None, reader: Reader, lines: Lines) -> bool:
    """Begin a new file with the names of organisation and unit; False where nobody names them."""
    from advisor.interview.lines import Ended
    from advisor.interview.typed import NotUnderstood
    from advisor.profile import blank_profile
    from advisor.profile.blank_texts import blank_texts

    def named(prompt: str) -> str:
        while True:
            try:
                # Who asks what a name is reads so in the prompt, and is not taken for a client of the name "?".
                if (name := reader.text(lines.ask(prompt))) and name != "?":
                    return name
            except NotUnderstood as error:
                lines.say(str(error))

    rulebook = held.rulebook
    try:
        organisation = named(reader.wording.name_organisation)
        unit = unit or named(reader.wording.name_unit)
    except (Ended, KeyboardInterrupt):
        lines.say()
        lines.say(reader.wording.not_begun)
        return False
    text = blank_profile(
        rulebook.questions,
        rulebook.sections,
        organisation=organisation,
        unit=unit,
        parameters=rulebook.parameters,
        texts=blank_texts(rulebook.languages[rulebook.spoken]),
    )
    held.create(text)
    return True
