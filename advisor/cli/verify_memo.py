"""`advisor verify-memo`: whether a memo is still what it was made from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.exits import Findings
from advisor.cli.looks import Branding, looks_options
from advisor.cli.options import rules_option
from advisor.cli.terminal import width

if TYPE_CHECKING:
    from advisor.reread import Edit
    from advisor.reread.verify import Verification

_LONGEST = 600
_EXAMPLES = """
\b
Examples:
  advisor verify-memo memo.docx
  advisor verify-memo memo.pdf --profile client.yaml     (which answers have changed since)
  advisor verify-memo memo.html --rules house-rules      (made with a house view)
  advisor verify-memo memo.pdf --brand brand.yaml        (written in these looks)
  advisor verify-memo memo.md && echo "as it was written"
"""


@click.command("verify-memo", epilog=_EXAMPLES)
@click.argument("memo", metavar="FILE", shell_complete=completion.files)
@looks_options
@rules_option
@click.option(
    "--profile",
    metavar="PROFILE",
    shell_complete=completion.files,
    help="Also say which answers of this profile differ from those that the memo was made from.",
)
def command(memo: str, overlays: tuple[str, ...], profile: str | None, branding: Branding) -> None:
    """Take the record out of a memo of any format, make the memo again, and say what differs and why.

    Passages that somebody edited, a rulebook that has changed, a record that was tampered with. Words are compared, not
    bytes: saving a memo again changes nothing. Exit code 0: nothing differs; 1: something does; 2: no memo, or one
    without a record.
    """
    from advisor.reread.verify import verify_memo

    verification = verify_memo(
        Path(memo),
        [Path(folder) for folder in overlays],
        None if profile is None else Path(profile),
        branding.looks(memo),
    )
    columns = width()
    for line in _report(memo, verification):
        for text in textwrap.wrap(line, columns, subsequent_indent=_indent(line), break_on_hyphens=False) or [""]:
            click.echo(text)
    for note in verification.notes:
        click.echo(f"note: {note}", err=True)
    if not verification.is_same:
        raise Findings


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()) + 4)


def _report(file: str, found: Verification) -> Iterator[str]:
    made = found.record.made_with
    day = f"of {found.record.date.isoformat()}, " if found.record.date else ""
    yield f"{file}: {day}made with advisor {made.advisor}, {made.rulebook.name} {made.rulebook.version}"
    if found.is_same:
        yield "Nothing differs: it says what its record leads to."
    if found.edited:
        yield f"Edited by hand: {_passages(len(found.edited))}"
        yield from _edits(found.edited, "was", "is")
    if found.rulebook:
        yield "The rulebook is another one"
        yield f"  then: {found.rulebook.then}"
        yield f"  now:  {found.rulebook.now}"
        yield from (f"  {each}" for each in found.rulebook.parameters)
        yield f"  {_beyond(found)}"
    if found.faults:
        yield "The record"
        yield from (f"  {each}" for each in found.faults)
    if found.derived:
        yield f"{_why(found)}: {_passages(len(found.derived))}"
        yield from _edits(found.derived, "written", "now")
    if found.profile:
        yield "The profile has changed"
        yield from (f"  {each}" for each in found.profile)


def _passages(number: int) -> str:
    return "one passage" if number == 1 else f"{number} passages"


def _beyond(found: Verification) -> str:
    assert found.rulebook is not None
    if found.rulebook.only_parameters:
        return "nothing but these parameters differs; the memo was made again with those of its record"
    return "entries other than parameters differ; 'advisor rules diff' compares two rulebooks"


def _why(found: Verification) -> str:
    if found.rulebook and not found.rulebook.only_parameters:
        return "Reads differently with the rulebook that is here"
    if found.is_of_another_version:
        return "Reads differently with this version of advisor"
    return "Does not follow from the profile and the rulebook, so text and record were both changed"


def _edits(edits: tuple[Edit, ...], before: str, after: str) -> Iterator[str]:
    for each in edits:
        yield f"  {each.under}" if each.under else "  at the top"
        yield f"    {before}: {_shortened(each.old)}"
        yield f"    {after}: {_shortened(each.new)}"


def _shortened(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text)
    return (shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} …") or "nothing"
