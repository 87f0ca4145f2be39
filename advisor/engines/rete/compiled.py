"""A rulebook as durable_rules gets it: all that is needed to run it again."""

from __future__ import annotations

from typing import Any, NamedTuple

from advisor.engines.plain.compiled import Program

Meaning = tuple[tuple[str, bool], ...]


class BeyondLimits(Exception):
    """A rulebook that durable_rules cannot take safely; the message names the rule."""


class Part(NamedTuple):
    """Rules that are decided in one session.

    `meanings` tells for each firing which rules became true or false; `fields` is what the fact of the part holds;
    `awaits` are the findings that some rule looks at; `twice` the rules that are decided in the firm reading as well.
    """

    definition: dict[str, Any]
    meanings: dict[str, Meaning]
    fields: tuple[str, ...]
    awaits: tuple[str, ...]
    twice: tuple[str, ...]


class Stage(NamedTuple):
    """What is computed, and then decided part by part.

    `program` gives for each part the values of its fields, in the assumed reading and, for rules that need it, in the
    firm one. `settled` are rules that are true or false whatever is told.
    """

    program: Program
    parts: tuple[Part, ...]
    settled: tuple[tuple[str, bool], ...]


class Network(NamedTuple):
    """The compiled rulebook: the stages before and after the choice of patterns."""

    before: tuple[Stage, ...]
    after: tuple[Stage, ...]


def derived_word(finding: str, truth: bool) -> str:
    """How a derived result is called in a fact."""
    return f"{finding}|{'t' if truth else 'f'}"
