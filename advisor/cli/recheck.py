"""`advisor recheck`: an earlier advice against a newer profile."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.exits import Findings
from advisor.cli.options import Reading, reading_options
from advisor.cli.terminal import width

if TYPE_CHECKING:
    from advisor.recheck.result import Advised, ChangedAnswer, RecheckDocument, StepDone, UnitRechecked

_LABEL = 14
_EXAMPLES = """
\b
Examples:
  advisor recheck memo.docx client.yaml
  advisor recheck advice.json client.yaml --format json
  advisor recheck memo.pdf client.yaml --set error_rate_pct=5     (what would break)
  advisor recheck memo.docx client.yaml || echo "look again"
"""


@click.command("recheck", epilog=_EXAMPLES)
@click.argument("earlier", metavar="OLD", shell_complete=completion.files)
@click.argument("profile", metavar="PROFILE", shell_complete=completion.files)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the result is written.",
)
@reading_options
def command(earlier: str, profile: str, reading: Reading, form: str) -> None:
    """Say what has become of an earlier advice, by the answers of a newer PROFILE.

    OLD is a memo of any format that carries its record, or what 'advisor assess --format json' wrote. Which answer
    broke something first (by the dates of the answers), what falls, what stands, what was done of the steps ('steps:'
    in the profile), and whether the advice has expired. Exit code 0: everything stands; 1: something falls or has
    expired.
    """
    from advisor.advice import Adviser
    from advisor.recheck import read_earlier, recheck

    path = Path(earlier)
    found = recheck(
        read_earlier(path, reading.rulebook),
        reading.profile(profile),
        Adviser(reading.rulebook, reading.engine),
        path,
    )
    if form == "json":
        click.echo(found.to_json(), nl=False)
    else:
        for line in _report(earlier, profile, found):
            click.echo(line)
    if not found.stands:
        raise Findings


def _report(earlier: str, profile: str, found: RecheckDocument) -> Iterator[str]:
    first, second = (f" of {day}" if day else "" for day in (found.earlier_date, found.date))
    yield f"{earlier}{first}, against {profile}{second}"
    if not found.same_rulebook:
        yield from _wrapped("Rulebook", "another one than then; what fell by it alone is marked")
    yield from _wrapped("Until when", _expiry(found))
    for name in found.gone:
        yield from _wrapped("Gone", f"the unit “{name}” is not in the profile, so nothing can be said of it")
    for name in found.new:
        yield from _wrapped("New", f"nothing was advised for the unit “{name}”")
    for unit in found.units:
        yield ""
        yield click.style(unit.unit, underline=True)
        yield from _unit(unit)


def _expiry(found: RecheckDocument) -> str:
    if found.expires is None:
        return "no date on which it expires: " + (
            "the rulebook gives none" if found.earlier_date else "the earlier advice has no date"
        )
    if found.expired is None:
        return (
            f"it expires on {found.expires}; the profile has no date of the engagement, so nobody knows whether it has"
        )
    return f"it has expired, on {found.expires}" if found.expired else f"it stands until {found.expires}"


def _unit(unit: UnitRechecked) -> Iterator[str]:
    if unit.broke_first:
        yield from _wrapped("Broke first", _change(unit.broke_first))
    for each in (each for each in unit.advised if not each.stands):
        yield from _wrapped(click.style("Falls", fg="red"), _fallen(each))
    for each in (each for each in unit.advised if each.stands):
        yield from _wrapped("Stands", _title(each))
    if not unit.advised:
        yield from _wrapped("Stands", "nothing was advised")
    if not unit.changed:
        yield from _wrapped("Answers", "none has changed")
    for place, step in enumerate(unit.steps):
        yield from _wrapped("Steps" if place == 0 else "", _step(step))
    for place, new in enumerate(unit.new_steps):
        yield from _wrapped("New steps" if place == 0 else "", f"{new.action} ({_names(new.codes or new.rules)})")


def _change(each: ChangedAnswer) -> str:
    since = f", as of {each.as_of}" if each.as_of else ""
    return f"{each.label}: {each.shown_to} instead of {each.shown_from} ({each.question}{since})"


def _title(each: Advised) -> str:
    return f"the advice “{each.title}”" if each.kind == "verdict" else f"the use “{each.title}”"


def _fallen(each: Advised) -> str:
    why = {
        "rulebook": "by another rulebook, whatever the answers are",
        "unknown": "by what the earlier file does not tell",
    }
    by = f"by {_change(each.broken_by)}" if each.broken_by else why.get(each.cause or "", "")
    return f"{_title(each)}; now “{each.now}”; {by}"


def _step(step: StepDone) -> str:
    names = _names(step.codes or step.rules)
    return f"{_state(step)}: {step.action} ({names}, {step.owner})" + (f". {step.note}" if step.note else "")


def _state(step: StepDone) -> str:
    on = f" on {step.date}" if step.date else ""
    if step.state in ("done", "dropped"):
        doubt = ", but its reason still holds" if step.state == "done" and step.needed else ""
        return f"{step.state}{on}{doubt}"
    if not step.needed:
        return "no longer needed"
    due = f"due on {step.due}" if step.due else f"due within {step.within_days} days"
    return f"{step.state or 'not reported'}, {'overdue, ' if step.overdue else ''}{due}"


def _names(names: list[str]) -> str:
    return ", ".join(names)


def _wrapped(label: str, text: str) -> list[str]:
    """A text beside its label, on as many lines as it takes."""
    plain = click.unstyle(label)
    lines = textwrap.wrap(
        text,
        max(width(), 40),
        initial_indent=plain.ljust(_LABEL),
        subsequent_indent=" " * _LABEL,
        break_on_hyphens=False,
    )
    lines[0] = lines[0].replace(plain, label, 1) if plain else lines[0]
    return lines
