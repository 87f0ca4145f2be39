"""`advisor rules verify`: does a rulebook keep its word for every valid profile."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.cli.exits import Findings
from advisor.cli.options import load_rulebook, rules_option

if TYPE_CHECKING:
    from advisor.assurance.verify import Report
    from advisor.rulebook import Rulebook


_EXAMPLES = "\b\nExamples:\n  advisor rules verify\n  advisor rules verify house-rules/ --write found/\n"


@click.command("verify", short_help="Prove what must hold for every valid profile.", epilog=_EXAMPLES)
@click.argument("folders", nargs=-1, metavar="[DIR]...")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--write", "folder", metavar="DIR", help="Write each counterexample into DIR as a case file.")
@rules_option
def command(folders: tuple[str, ...], overlays: tuple[str, ...], format_: str, folder: str | None) -> None:
    """Prove of the shipped rulebook, with each DIR laid over it, what must hold for every valid profile.

    Every profile gets a verdict; no rule is dead or implied by another; an added answer contradicts nothing; and the
    invariants of the rulebook hold. What is violated is shown with a counterexample. Violated or undecided: exit
    code 1.
    """
    from advisor.engines.proof import WITHOUT_Z3, is_available

    if not is_available():
        raise click.ClickException(WITHOUT_Z3)
    from advisor.assurance.verify.report import report_json, report_lines

    laid_over = (*folders, *overlays)
    rulebook = load_rulebook(laid_over)
    report = _verified(rulebook, laid_over)
    if format_ == "json":
        click.echo(report_json(report, rulebook))
    else:
        for line in report_lines(report):
            click.echo(line)
    if folder is not None:
        _write(report, Path(folder))
    if not report.passed:
        raise Findings


def _verified(rulebook: Rulebook, laid_over: tuple[str, ...]) -> Report:
    from advisor.assurance import case_files, read_cases
    from advisor.assurance.verify import verify
    from advisor.rulebook import shipped_folder

    places = [shipped_folder(), *map(Path, laid_over)]
    cases = read_cases(places, rulebook) if case_files(places) else []
    bar: Any
    with click.progressbar(length=1, label="proving", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return verify(rulebook, cases, progress=progress)


def _write(report: Report, folder: Path) -> None:
    from advisor.assurance.verify.counterexample import file_name
    from advisor.reading import write_atomically

    found = [(result.obligation, each) for result in report.results if (each := result.counterexample)]
    if found:
        folder.mkdir(parents=True, exist_ok=True)
    for obligation, each in found:
        path = folder / file_name(obligation)
        write_atomically(path, each.text)
        click.echo(f"written: {path}", err=True)
