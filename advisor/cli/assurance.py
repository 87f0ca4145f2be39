"""`advisor rules test` and `coverage`: do the cases of a rulebook come out, and what have they tried."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.exits import Findings
from advisor.cli.options import load_rulebook, rules_option

if TYPE_CHECKING:
    from advisor.rulebook import Rulebook


@click.command(
    "test",
    short_help="Run the cases: do they come out as expected?",
    epilog="\b\nExamples:\n  advisor rules test\n  advisor rules test house-rules/\n",
)
@click.argument("folders", nargs=-1, metavar="[DIR]...", shell_complete=completion.folders)
@rules_option
def test(folders: tuple[str, ...], overlays: tuple[str, ...]) -> None:
    """Run the cases (*.cases.yaml) of the shipped rulebook, or those in each DIR, which is laid over it.

    A case that does not come out as expected is shown with the rules and facts that decided: exit code 1.
    """
    from advisor.assurance import failure_lines, read_cases, run_cases

    rulebook = _rulebook(folders, overlays)
    cases = read_cases(map(Path, folders or (_shipped(), *overlays)), rulebook)
    failed = [result for result in run_cases(cases, rulebook) if not result.passed]
    for result in failed:
        _print(failure_lines(result))
    if failed:
        differ = "case differs from what it expects" if len(cases) == 1 else "cases differ from what they expect"
        click.echo(f"{len(failed)} of {len(cases)} {differ}")
        raise Findings
    click.echo("1 case, as expected" if len(cases) == 1 else f"{len(cases)} cases, all as expected")


@click.command(
    "coverage",
    short_help="Say what the cases have tried, and what not.",
    epilog="\b\nExamples:\n  advisor rules coverage\n  advisor rules coverage house-rules/ --all\n",
)
@click.argument("folders", nargs=-1, metavar="[DIR]...", shell_complete=completion.folders)
@click.option("--all", "everything", is_flag=True, help="Also list every rule and condition with its numbers of cases.")
@rules_option
def coverage(folders: tuple[str, ...], overlays: tuple[str, ...], *, everything: bool) -> None:
    """Say what the cases have tried: each rule, each atomic condition, each threshold from both sides.

    The cases are those of the shipped rulebook and of each DIR, which is laid over it. A gap gives exit code 1.
    """
    from advisor.assurance import Observer, read_cases
    from advisor.assurance.coverage_report import detail_lines, gap_lines, summary_lines

    rulebook = _rulebook(folders, overlays)
    cases = read_cases(map(Path, (_shipped(), *folders, *overlays)), rulebook)
    found = Observer(rulebook).coverage(cases)
    if everything:
        _print(detail_lines(found))
    _print(summary_lines(found, len(cases)))
    gaps = list(gap_lines(found))
    _print(gaps)
    if gaps:
        click.echo(f"{len(gaps)} gaps: write a case for each")
        raise Findings
    click.echo("nothing is left untried")


def stop_if_remarks(rulebook: Rulebook, folders: Iterable[str]) -> None:
    """Print what the lint objects to in the shipped rulebook with `folders` laid over it, and end with exit code 1."""
    from advisor.assurance.lint import lint

    remarks = lint(rulebook, [Path(folder) for folder in (_shipped(), *folders)])
    if remarks:
        _print(map(str, remarks))
        click.echo(
            f"{len(remarks)} {'remark' if len(remarks) == 1 else 'remarks'}; docs/lint/ has a page for each code"
        )
        raise Findings


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _shipped() -> str:
    from advisor.rulebook import shipped_folder

    return str(shipped_folder())


def _rulebook(folders: tuple[str, ...], overlays: tuple[str, ...]) -> Rulebook:
    """The shipped rulebook with the folders laid over it that hold rules of their own."""
    return load_rulebook((*(folder for folder in folders if _is_laid_over(Path(folder))), *overlays))


def _is_laid_over(folder: Path) -> bool:
    """Whether a folder adds to the shipped rulebook: it is no part of it, and not one with cases alone."""
    if folder.is_file() or folder.resolve().is_relative_to(Path(_shipped()).resolve()):
        return False
    files = list(folder.rglob("*.yaml"))
    return not files or any(not path.name.endswith(".cases.yaml") for path in files)
