"""What follows from answers: measures, scores, and rules with their conclusions and remedies."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from advisor.rulebook.field_types import NOT_EMPTY, Days, Decimals, RuleId, Text, Word, part

Layer = Literal["diagnosis", "patterns", "preparations", "warnings", "governance", "verdict"]
LAYERS: tuple[Layer, ...] = ("diagnosis", "patterns", "preparations", "warnings", "governance", "verdict")
Severity = Literal["info", "advice", "warning", "critical", "stop"]
SEVERITIES: tuple[Severity, ...] = ("info", "advice", "warning", "critical", "stop")
PreparationStatus = Literal["missing", "in_place", "partial"]
PREPARATION_STATUSES: tuple[PreparationStatus, ...] = ("missing", "in_place", "partial")
"""In the order in which they are tried: the first with a rule that holds is the status."""
NOT_ASSESSED: Literal["not_assessed"] = "not_assessed"
"""The status of a preparation, and the level of erosion, where no rule holds."""
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""A name in a text, in whose place its value is shown."""


@part
class Measure:
    """What is computed from answers."""

    name: Word
    label: Text
    type: Literal["number", "yes_no", "text"] = "number"
    unit: str = ""
    decimals: Decimals = 2
    signed: bool = False
    formula: Text
    because: Text | None = None
    code: str | None = None
    sources: tuple[str, ...] = ()


@part
class Term:
    """A weighted part of a score."""

    label: Text
    weight: Word
    of: Text
    decimals: Decimals = 2
    sources: tuple[str, ...] = ()


@part
class Score:
    """The score of one pattern."""

    pattern: Word
    terms: Annotated[tuple[Term, ...], NOT_EMPTY]


@part
class Cap:
    """A pattern's score is at most the parameter `at`."""

    pattern: Word
    at: Word


@part
class StatusConclusion:
    """A rule's word on a preparation."""

    name: Word
    status: PreparationStatus


@part
class Indicator:
    """A rule that is counted in a group, and the quantity it looks at."""

    group: Word
    of: Word


@part
class Remedy:
    """What is to be done, by whom, within how many days.

    `about` stands for `{about}` in the action; remedies that differ in nothing else are one step for a reader.
    """

    action: Text
    owner: Text
    within_days: Days
    about: Text | None = None

    def said_of(self, about: str) -> str:
        """The action with what it is about put in."""
        return self.action.replace("{about}", about)


@part
class Rule:
    """A condition and what follows where it is certainly true."""

    id: RuleId
    layer: Layer
    title: Text
    when: Text
    code: str | None = None
    concludes: Word | None = None
    excludes: tuple[Word, ...] = ()
    caps: Cap | None = None
    verdict: Word | None = None
    preparation: StatusConclusion | None = None
    level: Word | None = None
    indicator: Indicator | None = None
    severity: Severity
    says: Text
    because: Text
    limits: Text | None = None
    remedy: Remedy | None = None
    sources: Annotated[tuple[str, ...], NOT_EMPTY]
