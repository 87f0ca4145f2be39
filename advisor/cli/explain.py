"""`advisor explain`: why, and why not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.options import Reading, reading_options
from advisor.cli.terminal import width

if TYPE_CHECKING:
    from advisor.advice import Advice
    from advisor.advice.explain import Line

_EXAMPLES = """
\b
Examples:
  advisor explain client.yaml quality            (a pattern)
  advisor explain client.yaml verdict            (why this verdict)
  advisor explain client.yaml redeploy           (why it is, or is not, the verdict)
  advisor explain client.yaml clarity            (a preparation)
  advisor explain client.yaml verdict --flips    (which few answers would change it)
  advisor explain client.yaml WRN-01 --steps     (a rule, every step)
  advisor explain client.yaml fte_equivalent --steps     (a figure: its formula, down to the answers)
  advisor explain client.yaml saving_measured_by         (a question: what it influences)
  advisor explain client.yaml "Die Last verlagert sich nur" --language de
"""


@click.command("explain", epilog=_EXAMPLES)
@click.argument("profile", metavar="PROFILE", shell_complete=completion.files)
@click.argument("name", metavar="NAME", shell_complete=completion.explained)
@click.option(
    "--steps", is_flag=True, help="Show every step: all parts of each condition, and formulas down to the answers."
)
@click.option(
    "--flips",
    is_flag=True,
    help="Say which few changeable answers would change it (verdict, pattern, preparation, erosion).",
)
@reading_options
def command(profile: str, name: str, reading: Reading, *, steps: bool, flips: bool) -> None:
    """Say why NAME came out for PROFILE, or why it did not.

    NAME is a pattern, verdict, preparation, 'erosion', a rule, a measure or a question: by its name, its code, or the
    title that the result shows, such as "The load only shifts", in any language; the answer is in that of --language.
    """
    from advisor.advice import advise
    from advisor.advice.explain import explain
    from advisor.advice.naming import NothingToExplain
    from advisor.phrases import phrases_in

    advice = advise(reading.profile(profile), reading.rulebook, reading.engine)
    try:
        lines = _flips(advice, name, reading) if flips else explain(advice, name, steps=steps)
    except NothingToExplain as error:
        raise click.BadParameter(str(error.args[0]), param_hint="NAME") from None
    columns, say = width(), phrases_in(reading.rulebook.spoken)
    for each in advice.document.tried:
        click.echo(say("explain.tried_answer", question=each.question, value=each.value, unit=each.unit))
    for line in lines:
        for text in _indented(line, 0, columns):
            click.echo(text)


def _flips(advice: Advice, name: str, reading: Reading) -> list[Line]:
    from advisor.advice.flip_lines import flip_lines
    from advisor.engines.checked import CheckedEngine

    return flip_lines(advice, name, CheckedEngine(reading.rulebook, reading.engine))


def _indented(line: Line, depth: int, columns: int) -> Iterator[str]:
    indent = "  " * depth
    room = max(columns, len(indent) + 40)
    yield from textwrap.wrap(
        line.text, room, initial_indent=indent, subsequent_indent=indent + "    ", break_on_hyphens=False
    )
    for below in line.below:
        yield from _indented(below, depth + 1, columns)
