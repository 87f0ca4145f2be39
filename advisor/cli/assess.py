"""`advisor assess`: the advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from advisor.cli.exits import Findings
from advisor.cli.options import engine_option, load_profile, load_rulebook, rules_option, set_option, unit_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisor.advice import Advice
    from advisor.profile import Profile
    from advisor.rulebook import Rulebook

_SHOW_PROGRESS_FROM = 20
_EXAMPLES = """
\b
Examples:
  advisor assess client.yaml
  advisor assess profiles/*.yaml --format json > advice.json
  advisor assess client.yaml --set human_path=always --set cases_per_day=250
  advisor assess client.yaml --fail-level critical && echo "nothing critical"
  cat client.yaml | advisor assess - --format markdown
"""


@click.command("assess", epilog=_EXAMPLES)
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True,
              help="How the advice is written.")
@engine_option
@rules_option
@set_option
@unit_option
@click.option("--fail-level", type=click.Choice(["warning", "critical", "stop"]),
              help="End with exit code 1 if a finding is at least this severe.")
def command(
    profiles: tuple[str, ...],
    form: str,
    engine: str,
    overlays: tuple[str, ...],
    settings: tuple[str, ...],
    unit: str | None,
    fail_level: str | None,
) -> None:
    """Give the advice on each PROFILE ('-' reads standard input).

    Several profiles give one result after the other; as JSON, an array. If any of them is invalid, all problems are reported and no
    advice is given.
    """
    from advisor.advice import Adviser

    rulebook = load_rulebook(overlays)
    read = _read_all(profiles, rulebook, settings, unit)
    adviser = Adviser(rulebook, "plain" if engine == "plain" else "rete")
    with _progress(read) as each:
        advice = [adviser.advise(profile) for profile in each]
    if advice[0].document.made_with.note:
        click.echo(f"note: {advice[0].document.made_with.note}", err=True)
    click.echo(_written(advice, form), nl=False)
    if fail_level and any(_is_at_least(each, fail_level) for each in advice):
        raise Findings


def _progress(profiles: Sequence[Profile]) -> click._termui_impl.ProgressBar[Profile]:
    hidden = len(profiles) < _SHOW_PROGRESS_FROM
    return click.progressbar(profiles, label="Advising", file=click.get_text_stream("stderr"), hidden=hidden, show_pos=True)


def _read_all(paths: tuple[str, ...], rulebook: Rulebook, settings: tuple[str, ...], unit: str | None) -> list[Profile]:
    from advisor.reading import InvalidInput

    read, problems = [], []
    for path in paths:
        try:
            read.append(load_profile(path, rulebook, settings, unit))
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    return read


def _written(advice: Sequence[Advice], form: str) -> str:
    if form == "json":
        return _json(advice)
    if form == "markdown":
        from advisor.cli.markdown import summary

        return "\n".join(summary(each) for each in advice)
    from advisor.cli.table import table

    return "\n".join(table(each) for each in advice)


def _json(advice: Sequence[Advice]) -> str:
    documents = [each.to_json().rstrip("\n") for each in advice]
    return documents[0] + "\n" if len(documents) == 1 else "[\n" + ",\n".join(documents) + "\n]\n"


def _is_at_least(advice: Advice, level: str) -> bool:
    from advisor.rulebook import SEVERITIES

    severe = SEVERITIES[SEVERITIES.index(level) :]  # type: ignore[arg-type]
    return any(finding.severity in severe for unit in advice.document.units for finding in unit.findings)
