"""`advisor memo`: the memo for the client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from advisor.cli import completion
from advisor.cli.looks import Branding, looks_options
from advisor.cli.memo_order import DECK, Order
from advisor.cli.options import Reading, reading_options
from advisor.cli.output import STDOUT, force_edited_option, refuse_edited

_EXAMPLES = """
\b
Examples:
  advisor memo client.yaml -o memo.docx      (.md .html .pdf .docx)
  advisor memo client.yaml -o -              (to standard output)
  advisor memo client.yaml --unit "Claims back office" -o claims.md
  advisor memo client.yaml --one-page -o page.pdf
  advisor memo client.yaml --deck -o steering.pptx
  advisor memo client.yaml --per-unit -o units/ --format docx
  advisor memo profiles/*.yaml -o out/ --format pdf
  advisor memo client.yaml --provenance margin -o review.pdf
  advisor memo client.yaml --robust -o memo.html
  advisor memo client.yaml --language de -o memo.pdf
  advisor memo client.yaml --no-embed -o memo.pdf     (nothing but what is on the pages)
  advisor memo client.yaml --brand docs/brand/brand.yaml -o memo.pdf
  advisor memo client.yaml --template client.docx -o memo.docx
  advisor memo client.yaml -o memo.docx --force       (also where somebody edited memo.docx)
"""


@click.command("memo", epilog=_EXAMPLES)
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE|DIR",
    shell_complete=completion.files,
    help="Where to write it; the ending decides the format ('-': Markdown to standard output). "
    "A folder for several profiles, with --per-unit or with --format.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["docx", "pdf", "html", "md"]),
    help="The format of the memos in a folder. What is there and current is not written again.",
)
@click.option("--per-unit", is_flag=True, help="One memo for each unit, into a folder.")
@click.option("--one-page", is_flag=True, help="Page one alone: answer, reasons, warning, decision.")
@click.option("--deck", is_flag=True, help="Five slides for the steering meeting (.pptx) instead of a memo.")
@click.option(
    "--outlook/--no-outlook",
    default=True,
    help="Say what is settled whatever the open answers are (default; seconds where much is open).",
)
@click.option(
    "--robust", is_flag=True, help="Say how often the advice stays while answers and thresholds vary, with a chart."
)
@click.option(
    "--provenance",
    type=click.Choice(["footnotes", "margin", "off"]),
    default="footnotes",
    show_default=True,
    help="Where each statement shows the rules and answers behind it: in words, as codes beside it, or nowhere.",
)
@click.option(
    "--embed/--no-embed",
    default=True,
    help="Embed the profile, all parameters and the text, for 'advisor verify-memo' and 'advisor recheck' (default).",
)
@force_edited_option
@looks_options
@reading_options
def command(
    profiles: tuple[str, ...],
    output: str,
    reading: Reading,
    branding: Branding,
    **wanted: Any,
) -> None:
    """Write the memo on each PROFILE.

    The answer, its reasons, what to prepare, what would change it, the arithmetic, and every answer and rule behind it.
    A memo that is there already is replaced as long as nobody has edited it; what was edited needs --force.
    """
    order = _order(output, reading, branding, wanted)
    form, per_unit = wanted["form"], wanted["per_unit"]
    _check_together(order, form=form, per_unit=per_unit)
    if len(profiles) > 1 or per_unit or form:
        _folder(order, profiles, output, form, per_unit=per_unit)
    else:
        _file(order, profiles[0], output)


def _order(output: str, reading: Reading, branding: Branding, wanted: dict[str, Any]) -> Order:
    from advisor.memo import MemoOptions

    form = wanted["form"]
    options = MemoOptions(
        provenance=wanted["provenance"],
        embeds=wanted["embed"],
        unit=reading.unit,
        looks=branding.looks(f"memo{DECK}" if wanted["deck"] else f"memo.{form}" if form else output),
        one_page=wanted["one_page"],
    )
    flags = {name: wanted[name] for name in ("outlook", "robust", "deck", "force")}
    return Order(reading, options, **flags)


def _check_together(order: Order, *, form: str | None, per_unit: bool) -> None:
    """Refuse options that contradict one another."""
    if order.options.one_page and order.deck:
        raise click.BadParameter("a page or slides: leave out --one-page or --deck", param_hint="--deck")
    if form and order.deck:
        raise click.BadParameter("slides have one format, .pptx: leave out --format", param_hint="--format")
    if per_unit and order.reading.unit is not None:
        raise click.BadParameter("it names one unit and --per-unit means all: leave out one", param_hint="--unit")


def _folder(order: Order, profiles: tuple[str, ...], output: str, form: str | None, *, per_unit: bool) -> None:
    from advisor.cli.memos import write_folder
    from advisor.memo import check_deck, renderer_for

    ending = DECK if order.deck else f".{form}"
    if not order.deck and form is None:
        raise click.BadParameter("several memos go to a folder: say in which format, as --format docx", param_hint="-o")
    if output == STDOUT or Path(output).is_file():
        raise click.BadParameter(f"several memos go to a folder, and '{output}' is none; name one", param_hint="-o")
    if order.deck:
        check_deck(Path(f"memo{ending}"))
    else:
        renderer_for(Path(f"memo{ending}"))
    write_folder(order, profiles, Path(output), ending, per_unit=per_unit)


def _file(order: Order, profile: str, output: str) -> None:
    from advisor.memo import check_deck, memo_of, render_markdown, renderer_for

    if order.deck:
        check_deck(Path(output))
    elif output != STDOUT:
        renderer_for(Path(output))
    read = order.reading.profile(profile)
    if output != STDOUT:
        refuse_edited(output, order.options.looks, "--output", force=order.force)
    advice, notes = order.advice(order.adviser(), read)
    _tell(notes)
    if output == STDOUT:
        click.echo(render_markdown(memo_of(advice, order.options)), nl=False)
        return
    _tell(order.write(advice, Path(output)))
    click.echo(f"wrote {output}", err=True)


def _tell(notes: list[str]) -> None:
    for note in notes:
        click.echo(f"note: {note}", err=True)
