"""What the shell completes: files, questions with what they offer, names that can be explained or shown."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from advisor.rulebook import Rulebook
    from advisor.rulebook.model import Question

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def from_rulebook(known: Callable[[Rulebook, str], dict[str, str]]) -> Completer:
    """Complete to the words, each with its explanation, that a rulebook knows; to nothing if it cannot be read."""

    @wraps(known)
    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from advisor.cli.options import load_rulebook
        from advisor.reading import InvalidInput

        try:
            words = known(load_rulebook(ctx.params.get("overlays") or ()), incomplete)
        except InvalidInput:
            return []
        begun = incomplete.casefold()
        return [
            CompletionItem(word, help=" ".join(text.split()) or None)
            for word, text in words.items()
            if word.casefold().startswith(begun)
        ]

    return complete


def files(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell, which knows the files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def folders(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell, which knows the folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def units(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The units of the profiles that stand before it on the command line."""
    from click.shell_completion import CompletionItem

    # Arguments before an option that has no value yet are left in `args`.
    paths = [*ctx.args, *(str(ctx.params[name]) for name in ("minimal", "output") if ctx.params.get(name))]
    names = dict.fromkeys(name for path in paths for name in _units_of(path))
    begun = incomplete.casefold()
    return [CompletionItem(_quoted(each, incomplete)) for each in names if each.casefold().startswith(begun)]


def _units_of(path: str) -> list[str]:
    """The names of the units in a file, whatever else is wrong with it; none where it cannot be read, as from "-"."""
    from pathlib import Path

    from advisor.reading import InvalidInput, compose, plain, read_text

    try:
        read = plain(compose(read_text(Path(path)), path))
    except InvalidInput:
        return []
    listed = read.get("units") if isinstance(read, dict) else None
    named = [each.get("name") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return [name for name in named if isinstance(name, str)]


def _quoted(word: str, incomplete: str) -> str:
    """A word as the shell takes it: bash puts it in as it is, and its script takes one backslash of two away."""
    in_bash = os.environ.get("_ADVISOR_COMPLETE") == "bash_complete"
    in_quotes = os.environ.get("COMP_WORDS", "").endswith((f'"{incomplete}', f"'{incomplete}"))
    return re.sub(r"([^\w@%+=:,./-])", r"\\\\\1", word) if in_bash and not in_quotes else word


@from_rulebook
def languages(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """The languages of the rulebook."""
    return {code: language.name for code, language in rulebook.languages.items()}


@from_rulebook
def sections(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """The parts of the questionnaire."""
    return {each.name: each.title for each in rulebook.sections}


@from_rulebook
def speakers(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """The roles; a number may follow."""
    from advisor.cli.options import WHO

    return dict.fromkeys(WHO, "the first of them; behind a hyphen the number of another one")


@from_rulebook
def settings(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """`NAME=` of every question, and behind it what the question offers."""
    questions = rulebook.asked
    name, equals, _ = incomplete.partition("=")
    if equals and name in questions:
        return {f"{name}={value}": words for value, words in _offered(questions[name]).items()}
    return {f"{each}=": question.ask for each, question in questions.items()}


@from_rulebook
def mapped(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """Behind `COLUMN=` every question that somebody is asked."""
    column, equals, _ = incomplete.rpartition("=")
    return {f"{column}={name}": question.ask for name, question in rulebook.asked.items()} if equals else {}


@from_rulebook
def explained(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """Outcomes, rules by code and by id, measures and questions."""
    frame = rulebook.frame
    outcomes = {"verdict": "the leading verdict", "erosion": "the erosion level"}
    for parts in (frame.patterns, frame.preparations, frame.verdicts):
        outcomes |= {each.name: each.title for each in parts}
    return outcomes | _entries(rulebook)


@from_rulebook
def warned(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """Warnings that can be judged: rules by code and by id, levels of erosion."""
    levels = {f"erosion.{level}": title for level, title in rulebook.frame.erosion.titles.items()}
    rules = {rule.code: rule.title for rule in rulebook.rules.values() if rule.code}
    return levels | rules | {rule.id: rule.title for rule in rulebook.rules.values()}


@from_rulebook
def shown(rulebook: Rulebook, incomplete: str) -> dict[str, str]:
    """Every entry of the rulebook."""
    known = _entries(rulebook) | {name: each.label or each.why for name, each in rulebook.parameters.items()}
    known |= {name: each.title for name, each in rulebook.sources.items()}
    return known | {name: each.says for name, each in rulebook.claims.items()}


def _entries(rulebook: Rulebook) -> dict[str, str]:
    known = {rule.code: rule.title for rule in rulebook.rules.values() if rule.code}
    known |= {rule.id: rule.title for rule in rulebook.rules.values()}
    known |= {name: each.label for name, each in rulebook.measures.items()}
    return known | {name: each.ask for name, each in rulebook.questions.items()}


def _offered(question: Question) -> dict[str, str]:
    offered = {choice.value: choice.label for choice in question.choices}
    if question.type == "yes_no":
        offered = {"yes": "", "no": ""}
    return offered | {"unknown": "nobody knows", "n/a": "does not apply"}
