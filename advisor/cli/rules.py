"""`advisor rules`: is a rulebook sound, what is in it, one entry with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from advisor.cli import assurance, completion, diff, rules_sql, sameness, verify
from advisor.cli.options import load_rulebook, rules_option

if TYPE_CHECKING:
    from advisor.rulebook import Rulebook

KINDS = ("rules", "questions", "removed", "checks", "measures", "parameters", "invariants", "sources", "claims")


@click.group("rules")
def command() -> None:
    """Check, try and read a rulebook."""


command.add_command(assurance.test)
command.add_command(assurance.coverage)
command.add_command(verify.command)
command.add_command(diff.diff)
command.add_command(sameness.sameness)
command.add_command(rules_sql.command)


@command.command(
    "check",
    short_help="Say whether a rulebook is sound, with every problem.",
    epilog="\b\nExamples:\n  advisor rules check\n  advisor rules check house-rules/\n",
)
@click.argument("folders", nargs=-1, metavar="[DIR]...", shell_complete=completion.folders)
@rules_option
def check(folders: tuple[str, ...], overlays: tuple[str, ...]) -> None:
    """Check the shipped rulebook, with each DIR laid over it; every problem is reported at once.

    A rulebook that can be used may still call for remarks (codes L001 and on, docs/lint/): exit code 1.
    """
    rulebook = load_rulebook((*folders, *overlays))
    assurance.stop_if_remarks(rulebook, (*folders, *overlays))
    drawn = len(rulebook.questions) - len(rulebook.asked)
    note = (
        {"questions": f" ({len(rulebook.asked)} that are asked, {drawn} drawn from the respondents)"} if drawn else {}
    )
    counts = ", ".join(f"{len(_entries(rulebook, kind))} {kind}{note.get(kind, '')}" for kind in KINDS)
    click.echo(f"{rulebook.frame.name} {rulebook.frame.version} is sound: {counts}")
    click.echo(rulebook.digest)
    for name in rulebook.overridden:
        before = rulebook.replaced.get(name)
        was = f" (was {before.value})" if before else ""
        click.echo(f"overridden: {name} = {rulebook.parameters[name].value}{was}")


@command.command(
    "list",
    short_help="List the rules, or entries of another kind.",
    epilog="\b\nExamples:\n  advisor rules list\n  advisor rules list parameters\n",
)
@click.argument("kind", type=click.Choice(KINDS), default="rules", metavar="[KIND]")
@rules_option
def list_(kind: str, overlays: tuple[str, ...]) -> None:
    """List the rules, or another KIND of entry, one a line.

    KIND is rules, questions, checks, measures, parameters, invariants, sources or claims.
    """
    for name, line in _entries(load_rulebook(overlays), kind).items():
        click.echo(f"{name:<40} {line}")


@command.command(
    "show",
    short_help="Show one entry with what it cites.",
    epilog="\b\nExamples:\n  advisor rules show WRN-01\n  advisor rules show growth_noticeable\n",
)
@click.argument("name", metavar="NAME", shell_complete=completion.shown)
@rules_option
def show(name: str, overlays: tuple[str, ...]) -> None:
    """Show one entry with what it cites.

    NAME is a rule (by id, code or title), a question, a threshold (also by its label), a source.
    """
    rulebook = load_rulebook(overlays)
    found = list(_found(rulebook, name))
    if not found:
        from advisor.reading import did_you_mean

        rules = rulebook.rules.values()
        known = {key for kind in KINDS for key in _entries(rulebook, kind)}
        known |= {rule.code for rule in rules if rule.code} | {rule.title for rule in rules}
        known |= {each.label for each in rulebook.parameters.values() if each.label}
        raise click.BadParameter(f"the rulebook has no '{name}'{did_you_mean(name, known)}", param_hint="NAME")
    for part in found:
        for field, value in asdict(part).items():
            if value not in ("", [], (), False, None):
                click.echo(f"{field + ':':<16} {_shown(value)}")
        for cited in getattr(part, "sources", ()):
            click.echo(f"  {cited}: {_citation(rulebook, cited)}")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {inner}" for key, inner in value.items() if inner is not None)
    return ", ".join(map(_shown, value)) if isinstance(value, list | tuple) else str(value)


def _entries(rulebook: Rulebook, kind: str) -> dict[str, str]:
    match kind:
        case "rules":
            return {
                rule.id: f"{rule.code or '':<8} {rule.layer:<13} {rule.severity:<9} {rule.title}"
                for rule in rulebook.rules.values()
            }
        case "questions":
            return {name: f"{each.who:<11} {each.unit:<12} {each.ask}" for name, each in rulebook.questions.items()}
        case "removed":
            return {name: f"since {each.version}: {each.why}" for name, each in rulebook.questions.removed.items()}
        case "checks":
            return {name: f"{each.severity:<6} {each.when}" for name, each in rulebook.checks.items()}
        case "measures":
            return {
                name: f"{each.code or '':<4} {each.unit:<12} {each.label}" for name, each in rulebook.measures.items()
            }
        case "parameters":
            return {
                name: f"{each.value} {each.unit:<10} {each.status:<11} {each.label or each.why}"
                for name, each in rulebook.parameters.items()
            }
        case "invariants" | "sources":
            titled: Mapping[str, Any] = rulebook.invariants if kind == "invariants" else rulebook.sources
            return {name: each.title for name, each in titled.items()}
        case _:
            return {name: each.says for name, each in rulebook.claims.items()}


def _found(rulebook: Rulebook, name: str) -> Iterator[Any]:
    every: tuple[Mapping[str, Any], ...] = (
        rulebook.rules,
        rulebook.questions,
        rulebook.questions.removed,
        rulebook.checks,
        rulebook.measures,
        rulebook.parameters,
        rulebook.invariants,
        rulebook.sources,
        rulebook.claims,
    )
    today = rulebook.questions.renamed.get(name, name)
    yield from (parts[today] for parts in every if today in parts)
    spoken = name.casefold()
    for rule in rulebook.rules.values():
        if spoken in {part.casefold() for part in (rule.code, rule.title) if part}:
            yield rule
    yield from (each for each in rulebook.parameters.values() if each.label and each.label.casefold() == spoken)


def _citation(rulebook: Rulebook, cited: str) -> str:
    if cited in rulebook.claims:
        return rulebook.claims[cited].says
    source = rulebook.sources.get(cited)
    return f"{source.title} ({source.seen})" if source else "our judgement"
