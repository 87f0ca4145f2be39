"""Advice is computed twice and shown only if both results agree.

The engines share the exact arithmetic of measures, the truth of compound comparisons and the choice of patterns; what
each decides by itself is which rules hold, in both readings, and what follows from their findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from advisor.engines import rete
from advisor.engines.evaluation import Evaluation
from advisor.engines.plain import PlainEngine
from advisor.language import Fact
from advisor.rulebook import Rulebook

EngineName = Literal["rete", "plain"]


@dataclass(frozen=True, slots=True)
class Alone:
    """Why the plain engine ran alone, unchecked; `detail` names the limit that the rulebook passes."""

    why: Literal["without_rete", "beyond_limits"]
    detail: str = ""


class Engine(Protocol):
    """Anything that evaluates the facts of one unit."""

    @property
    def name(self) -> EngineName:
        """What it is called."""
        ...

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit."""
        ...


class Disagreement(RuntimeError):
    """Two engines gave different results: an error in the program, never advice."""


class CheckedEngine:
    """One engine whose every result is compared with the other's.

    Where durable_rules is missing or cannot take the rulebook, the plain one runs alone, and `alone` says why.
    """

    def __init__(self, rulebook: Rulebook, engine: EngineName = "rete") -> None:
        plain = PlainEngine(rulebook)
        other, self.alone = _rete(rulebook)
        self._engine: Engine = other if other and engine == "rete" else plain
        self._checker: Engine | None = (plain if engine == "rete" else other) if other else None
        self._rulebook = rulebook

    @property
    def name(self) -> EngineName:
        """The engine whose results are shown."""
        return self._engine.name

    @property
    def checked_by(self) -> EngineName | None:
        """The engine that they are compared with."""
        return self._checker.name if self._checker else None

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit; `Disagreement` names the first rule on which the engines differ."""
        evaluation = self._engine.evaluate(facts)
        if self._checker:
            self._compare(evaluation, self._checker.evaluate(facts))
        return evaluation

    def _compare(self, shown: Evaluation, other: Evaluation) -> None:
        for rule in self._rulebook.rules:
            first = shown.truth[rule], shown.firm_truth.get(rule)
            second = other.truth[rule], other.firm_truth.get(rule)
            if first != second:
                raise Disagreement(f"on the rule '{rule}' {self.name} says {first} and {self.checked_by} says {second}")
        if shown.selection != other.selection:
            raise Disagreement(f"{self.name} and {self.checked_by} choose different patterns")


def _rete(rulebook: Rulebook) -> tuple[Engine | None, Alone | None]:
    """The rete engine, or why there is none."""
    if not rete.is_available():
        return None, Alone("without_rete")
    try:
        return rete.ReteEngine(rulebook), None
    except rete.BeyondLimits as limit:
        return None, Alone("beyond_limits", str(limit))
