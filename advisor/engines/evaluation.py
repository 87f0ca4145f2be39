"""What an engine finds out about one unit: the common result of all engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from advisor.engines.selection import Selection, select
from advisor.language import Fact
from advisor.language.intervals import Interval
from advisor.rulebook import Rulebook

Three = bool | None


@dataclass(slots=True)
class Working:
    """Values while a rulebook is evaluated.

    `facts` holds each name in the assumed reading, `firm` those that differ in the firm one; `truth` and `firm_truth`
    the same for rules by id; `terms` the score terms of each pattern (firm reading, scaled by the term's decimals).
    """

    facts: dict[str, Fact]
    firm: dict[str, Fact] = field(default_factory=dict)
    truth: dict[str, Three] = field(default_factory=dict)
    firm_truth: dict[str, Three] = field(default_factory=dict)
    terms: dict[str, tuple[Interval, ...]] = field(default_factory=dict)


class Evaluation(NamedTuple):
    """The finished values of one unit, and the patterns that were chosen.

    `order` is the sequence in which the rules became certain, as the engine saw it.
    """

    facts: Mapping[str, Fact]
    firm: Mapping[str, Fact]
    truth: Mapping[str, Three]
    firm_truth: Mapping[str, Three]
    terms: Mapping[str, tuple[Interval, ...]]
    selection: Selection
    order: tuple[str, ...] = ()

    def is_provisional(self, rule: str) -> bool:
        """Whether the rule holds in the assumed reading only: a new answer may withdraw it."""
        return self.truth[rule] is True and self.firm_truth.get(rule, True) is not True

    def is_excluded(self, rule: str) -> bool:
        """Whether no open answer can make the rule hold."""
        return self.firm_truth.get(rule, self.truth[rule]) is False

    def firm_facts(self) -> dict[str, Fact]:
        """All names in the firm reading."""
        return {**self.facts, **self.firm}


def choose(rulebook: Rulebook, working: Working) -> Selection:
    """Choose the patterns on what `working` has come to, and note there what later steps may read of it."""
    truth = {**working.truth, **working.firm_truth}
    selection = select(rulebook, working.facts, truth, working.terms, working.firm)
    note_choice(selection, working)
    return selection


def note_choice(selection: Selection, working: Working) -> None:
    """Note in `working` what later steps may read of a choice."""
    working.facts.update(selection.facts())
    working.firm.update(selection.firm_facts())


def finished(working: Working, selection: Selection, order: tuple[str, ...] = ()) -> Evaluation:
    """The evaluation that `working` has become."""
    return Evaluation(working.facts, working.firm, working.truth, working.firm_truth, working.terms, selection, order)
