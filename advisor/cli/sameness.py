"""`advisor rules sameness`: does a rulebook tell units apart, or advise everyone alike."""

from __future__ import annotations

import json

import click

from advisor.cli.options import load_rulebook, rules_option

_EXAMPLES = """
\b
Examples:
  advisor rules sameness
  advisor rules sameness --profiles profiles --random 2000
  advisor rules sameness --rules house-rules --format json
"""


@click.command("sameness", short_help="Say what never tells units apart.", epilog=_EXAMPLES)
@click.option(
    "--profiles", "folders", multiple=True, metavar="DIR", help="Also count over the profiles in DIR, or one file."
)
@click.option(
    "--random",
    "number",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    metavar="N",
    help="How many random units with valid answers are advised; the same ones each time.",
)
@click.option("--all", "everything", is_flag=True, help="List every finding, not only the most common.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the numbers are written.",
)
@rules_option
def sameness(folders: tuple[str, ...], number: int, overlays: tuple[str, ...], form: str, *, everything: bool) -> None:
    """Count how often each verdict, pattern, preparation, level and finding comes out, and name what never differs.

    Over random units that have valid answers, a quarter of them to every question that applies, the others to between a
    tenth and all; and over profiles. A count is no proof: what never came out may still be possible.
    """
    from advisor.assurance.sameness import frequencies
    from advisor.assurance.sameness_report import as_json, lines
    from advisor.assurance.units import profile_units
    from advisor.engines.plain import PlainEngine
    from advisor.engines.random_units import random_units

    rulebook = load_rulebook(overlays)
    engine = PlainEngine(rulebook)
    given = [facts for _, _, facts in profile_units(folders, rulebook)]
    groups = {"profiles": frequencies(rulebook, engine, given)} if given else {}
    if number or not groups:
        groups["random"] = frequencies(rulebook, engine, random_units(rulebook, number))
    if form == "json":
        click.echo(json.dumps(as_json(groups), indent=2))
    else:
        for line in lines(groups, everything=everything):
            click.echo(line)
