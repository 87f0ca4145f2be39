"""`advisor brand`: whether a brand file can be used, and its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path

import click

from advisor.cli import completion


@click.group("brand")
def command() -> None:
    """Check the looks of a client or a consultancy."""


@command.command(
    "check",
    short_help="Report every problem of a brand file, and its contrasts.",
    epilog="\b\nExample:\n  advisor brand check docs/brand/brand.yaml\n",
)
@click.argument("file", metavar="FILE", shell_complete=completion.files)
def check(file: str) -> None:
    """Report every problem in FILE at once, as file:line:col CODE message; else how each colour contrasts.

    A note says what is used in place of something that cannot be found; it does not refuse the brand.
    """
    from advisor.memo import brand_of

    brand = brand_of(Path(file))
    # Only now: the packages that it needs are there.
    from advisor.memo.brand.colours import ROLES, lowest, ratio

    for name, role in ROLES.items():
        colour = getattr(brand.looks, name)
        reached, ground = lowest(name, colour, brand.looks)
        click.echo(f"{name:9} {colour}  {ratio(reached):>7} on {ground}, needs {role.needs:g}:1  ({role.use})")
    click.echo(f"{'bars':9} {brand.looks.bars}  (charts)")
    for note in brand.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"{file}: fine", err=True)


@command.command("schema", epilog="\b\nExample:\n  advisor brand schema > brand.schema.json\n")
def schema() -> None:
    """Print the JSON Schema of a brand file, for editors."""
    from advisor.memo import brand_schema_of

    click.echo(json.dumps(brand_schema_of(), indent=2, ensure_ascii=False))
