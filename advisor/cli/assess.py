"""`advisor assess`: the advice."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.exits import Findings
from advisor.cli.options import Reading, reading_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from advisor.advice import Advice, Adviser
    from advisor.profile import Profile
    from advisor.reading import Problem

_SHOW_PROGRESS_FROM = 20
_EXAMPLES = """
\b
Examples:
  advisor assess client.yaml
  advisor assess profiles/*.yaml --format json > advice.json
  advisor assess client.yaml --set human_path=always --set cases_per_day=250
  advisor assess client.yaml --outlook --flips --format json
  advisor assess client.yaml --no-outlook           (the advice alone, for scripts that ask often)
  advisor assess client.yaml --robust               (how often it stays while inputs and thresholds vary)
  advisor assess client.yaml --fail-level critical && echo "nothing critical"
  advisor assess client.yaml --language de
  cat client.yaml | advisor assess - --format markdown
"""


@click.command("assess", epilog=_EXAMPLES)
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...", shell_complete=completion.files)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="How the advice is written.",
)
@click.option(
    "--fail-level",
    type=click.Choice(["warning", "critical", "stop"]),
    help="End with exit code 1 if a finding is at least this severe.",
)
@click.option(
    "--outlook/--no-outlook",
    default=None,
    help="Say all that is settled whatever the open answers are, and what is still possible (seconds where much is "
    "open); or nothing of it. Without either: a line on the first of it, as far as about a second of work goes.",
)
@click.option(
    "--flips",
    is_flag=True,
    help="Say which few changeable answers would change each outcome (seconds where much is answered).",
)
@click.option(
    "--robust",
    is_flag=True,
    help="Say how often the advice stays while answers and thresholds vary within their ranges, and what decides it.",
)
@reading_options
def command(
    profiles: tuple[str, ...], form: str, fail_level: str | None, reading: Reading, **also: bool | None
) -> None:
    """Give the advice on each PROFILE ('-' reads standard input).

    Several profiles give one result after the other; as JSON, an array. If any of them is invalid, all problems are
    reported and no advice is given.
    """
    from advisor.advice import Adviser

    read = _read_all(profiles, reading)
    adviser = Adviser(reading.rulebook, reading.engine)
    with _progress(read) as each:
        advice = [adviser.advise(profile) for profile in each]
    advice = _with_outlooks(advice, adviser, also["outlook"])
    if also["flips"]:
        advice = [adviser.with_flips(each) for each in advice]
    if also["robust"]:
        advice = [adviser.with_robustness(each) for each in advice]
    if form == "json":
        advice = [adviser.with_expiry(each) for each in advice]
    if advice[0].document.made_with.note:
        click.echo(f"note: {advice[0].document.made_with.note}", err=True)
    click.echo(_written(advice, form), nl=False)
    if fail_level and any(_is_at_least(each, fail_level) for each in advice):
        raise Findings


def _with_outlooks(advice: list[Advice], adviser: Adviser, wanted: bool | None) -> list[Advice]:
    """All that is settled, or as much as a plain call has the time for; where nothing can be proven that is said."""
    from advisor.engines.proof import WITHOUT_Z3, is_available

    if wanted is False:
        return advice
    if not is_available() and (wanted or sys.stderr.isatty()):
        click.echo(f"note: {WITHOUT_Z3}", err=True)
    if wanted:
        return [adviser.with_outlook(each) for each in advice]
    from advisor.advice.outlook import Allowance

    allowance = Allowance()
    return [adviser.with_brief_outlook(each, allowance) for each in advice]


def _read_all(paths: tuple[str, ...], reading: Reading) -> list[Profile]:
    from advisor.reading import InvalidInput

    read: list[Profile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read.append(reading.profile(path))
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    return read


def _progress(profiles: Sequence[Profile]) -> AbstractContextManager[Iterable[Profile]]:
    if len(profiles) < _SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        return nullcontext(profiles)
    return click.progressbar(profiles, label="Advising", file=sys.stderr, show_pos=True)


def _written(advice: Sequence[Advice], form: str) -> str:
    if form == "json":
        return _json(advice)
    if form == "markdown":
        from advisor.cli.markdown import summary

        return "\n".join(summary(each) for each in advice)
    from advisor.cli.table import table
    from advisor.cli.terminal import width

    return "\n".join(table(each, width()) for each in advice)


def _json(advice: Sequence[Advice]) -> str:
    documents = [each.to_json().rstrip("\n") for each in advice]
    return documents[0] + "\n" if len(documents) == 1 else "[\n" + ",\n".join(documents) + "\n]\n"


def _is_at_least(advice: Advice, level: str) -> bool:
    from advisor.rulebook import SEVERITIES

    severe = SEVERITIES[list[str](SEVERITIES).index(level) :]
    return any(finding.severity in severe for unit in advice.document.units for finding in unit.findings)
