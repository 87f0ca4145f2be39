"""`advisor rules diff`: what changes between two rulebooks, for whom, and by what."""

from __future__ import annotations

import json

import click

from advisor.cli.exits import Findings

_EXAMPLES = """
\b
Examples:
  advisor rules diff shipped house-rules/
  advisor rules diff shipped house-rules/ --profiles clients/
  advisor rules diff old/rules new/rules --profiles profiles --format json
"""


@click.command("diff", short_help="Say whose advice changes between two rulebooks.", epilog=_EXAMPLES)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--profiles",
    "folders",
    multiple=True,
    metavar="DIR",
    help="Also compare the advice on the profiles in DIR, or on one file (repeatable).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the comparison is written.",
)
def diff(old: str, new: str, folders: tuple[str, ...], form: str) -> None:
    """Compare the rulebooks OLD and NEW: whose advice changes, from what to what, and by which entry.

    A folder with a rulebook.yaml is a whole rulebook; another one is laid over the shipped rulebook, which is called
    'shipped'. Beside the profiles all possible profiles are compared: the advice is proven to be the same, or there is
    an example where it is not, or it is undecided. Exit code 1 if a difference was found.
    """
    from advisor.assurance.diff import as_json, compare, lines

    found = compare(old, new, folders)
    if form == "json":
        click.echo(json.dumps(as_json(found), indent=2, ensure_ascii=False, default=_plain))
    else:
        for line in lines(found):
            click.echo(line)
    if not found.is_none:
        raise Findings


def _plain(value: object) -> object:
    """A decimal as a number; of an entry that is made of others, its text."""
    from decimal import Decimal

    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
