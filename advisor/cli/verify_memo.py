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
    from advisor.phrases import Phrases
    from advisor.reread import Edit
    from advisor.reread.passages import Spot
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

    Passages that somebody edited, a rulebook that has changed, a record that was tampered with; said in the language of
    the memo. Words are compared, not bytes: saving a memo again changes nothing. Exit code 0: nothing differs; 1:
    something does; 2: no memo, or one without a record.
    """
    from advisor.phrases import phrases_in
    from advisor.reread.verify import verify_memo

    verification = verify_memo(
        Path(memo),
        [Path(folder) for folder in overlays],
        None if profile is None else Path(profile),
        branding.looks(memo),
    )
    say, columns = phrases_in(verification.record.made_with.language), width()
    for line in _report(memo, verification, say):
        for text in textwrap.wrap(line, columns, subsequent_indent=_indent(line), break_on_hyphens=False) or [""]:
            click.echo(text)
    for note in verification.notes:
        click.echo(say("verify.note", note=note), err=True)
    if not verification.is_same:
        raise Findings


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()) + 4)


def _report(file: str, found: Verification, say: Phrases) -> Iterator[str]:
    yield _head(file, found, say)
    if found.is_same:
        yield say("verify.same")
    if found.edited:
        yield say("verify.edited", passages=say.count("verify.passages", len(found.edited)))
        yield from _edits(found.edited, ("verify.was", "verify.is"), say)
    if found.rulebook:
        yield say("verify.rulebook")
        yield f"  {say('verify.rulebook_then', rulebook=found.rulebook.then)}"
        yield f"  {say('verify.rulebook_now', rulebook=found.rulebook.now)}"
        yield from (f"  {each}" for each in found.rulebook.parameters)
        yield f"  {say('verify.only_parameters' if found.rulebook.only_parameters else 'verify.beyond_parameters')}"
    if found.faults:
        yield say("verify.record")
        yield from (f"  {each}" for each in found.faults)
    if found.derived:
        passages = say.count("verify.passages", len(found.derived))
        yield say("verify.derived", why=say(f"verify.why_{_why(found)}"), passages=passages)
        yield from _edits(found.derived, ("verify.written", "verify.now"), say)
    if found.profile:
        yield say("verify.profile")
        yield from (f"  {each}" for each in found.profile)


def _head(file: str, found: Verification, say: Phrases) -> str:
    made, day = found.record.made_with, found.record.date
    parts = {"file": file, "version": made.advisor, "rulebook": f"{made.rulebook.name} {made.rulebook.version}"}
    return say("verify.head_dated", day=say.date(day, "medium"), **parts) if day else say("verify.head", **parts)


def _why(found: Verification) -> str:
    if found.rulebook and not found.rulebook.only_parameters:
        return "rulebook"
    return "version" if found.is_of_another_version else "changed"


def _edits(edits: tuple[Edit, ...], sides: tuple[str, str], say: Phrases) -> Iterator[str]:
    before, after = map(say, sides)
    for each in edits:
        yield f"  {_place(each.under, say)}"
        yield f"    {before}: {_shortened(each.old) or say('verify.nothing')}"
        yield f"    {after}: {_shortened(each.new) or say('verify.nothing')}"


def _place(under: str | Spot, say: Phrases) -> str:
    if isinstance(under, str):
        return under or say("verify.at_the_top")
    return say(f"verify.place_{under.kind}", number=under.number)


def _shortened(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} …"
