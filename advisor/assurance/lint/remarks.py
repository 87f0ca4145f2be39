"""Remarks on a rulebook: each with a code that has a page in docs/lint/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.language import Node
from advisor.reading import Place
from advisor.rulebook import Rulebook

LINTS: dict[str, str] = {
    "L001": "A question that nothing reads or shows.",
    "L002": "A measure that nothing reads or shows.",
    "L003": "A parameter that nothing reads or shows.",
    "L004": "A condition that the bounds of the questions make always true or always false.",
    "L005": "A finding that no condition reads.",
    "L006": "Something without a source.",
    "L007": "The same text in two places.",
    "L008": "A threshold that is not a parameter.",
    "L009": "A yes/no question negated with 'not'.",
    "L010": "A parameter outside its plausible range.",
    "L011": "A text that a language of the rulebook lacks.",
    "L012": "A parameter without a label.",
}

Kind: TypeAlias = Literal[
    "questions",
    "checks",
    "measures",
    "parameters",
    "rules",
    "scores",
    "invariants",
    "sections",
    "sources",
    "claims",
    "rulebook",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """An objection to the entry `name` of a list of the rulebook."""

    code: str
    kind: Kind
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Located:
    """A remark with its place in the files."""

    remark: Remark
    place: Place

    def __str__(self) -> str:
        """Give ``file:line:col CODE message``."""
        return f"{self.place} {self.remark.code} {self.remark.message}"


@dataclass(frozen=True, slots=True)
class Written:
    """An expression, and the entry of the rulebook that it stands in."""

    kind: Kind
    name: str
    node: Node


def expressions(rulebook: Rulebook) -> Iterator[Written]:
    """Every expression of the rulebook."""
    yield from _each("rules", rulebook.conditions)
    yield from _each("measures", rulebook.formulas)
    yield from _each("invariants", rulebook.never)
    for name, step in rulebook.question_steps.items():
        parts = (step.applies_when, step.follows_from)
        yield from (Written("questions", name, part) for part in parts if part is not None)
    yield from _each("checks", {each.check.id: each.condition for each in rulebook.constraints})
    for pattern, terms in rulebook.terms.items():
        yield from (Written("scores", pattern, term) for term in terms)


def _each(kind: Kind, nodes: Mapping[str, Node]) -> Iterator[Written]:
    yield from (Written(kind, name, node) for name, node in nodes.items())
