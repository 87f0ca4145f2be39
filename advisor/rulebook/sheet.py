"""What stands in the files of a rulebook, and while it is being loaded: with places and checked expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.language import Node, Signature
from advisor.reading import Place
from advisor.rulebook.invariants import Invariant
from advisor.rulebook.model import Check, Claim, Frame, Measure, Parameter, Rule, Score, Section, Source
from advisor.rulebook.questionnaire import Questionnaire


@dataclass(frozen=True, eq=False)
class Contents:
    """The typed parts of a rulebook; `scope` tells what each name is."""

    frame: Frame
    parameters: Mapping[str, Parameter]
    sections: tuple[Section, ...]
    questions: Questionnaire
    checks: Mapping[str, Check]
    measures: Mapping[str, Measure]
    scores: Mapping[str, Score]
    rules: Mapping[str, Rule]
    invariants: Mapping[str, Invariant]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    context_only: Mapping[str, str]
    scope: Mapping[str, Signature]


@dataclass(frozen=True, eq=False)
class Sheet(Contents):
    """Typed parts with their places, by list and name."""

    places: Mapping[str, Mapping[str, Place]]
    frame_place: Place


@dataclass(frozen=True, slots=True)
class Expressions:
    """Every expression of the rulebook, checked."""

    applies: dict[str, Node | None] = field(default_factory=dict)
    follows: dict[str, Node | None] = field(default_factory=dict)
    formulas: dict[str, Node] = field(default_factory=dict)
    conditions: dict[str, Node] = field(default_factory=dict)
    terms: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    invariants: dict[str, Node] = field(default_factory=dict)
