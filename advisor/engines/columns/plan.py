"""A rulebook as columns that rest on one another, whichever engine is to compute them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from advisor.engines.columns.choice import ChoiceWriter
from advisor.engines.columns.ladders import write_outcomes
from advisor.engines.columns.layout import Layout, Varied
from advisor.engines.columns.scores import Scorer
from advisor.engines.columns.steps import StepWriter
from advisor.engines.outcomes import Outcomes
from advisor.rulebook import Rulebook

BEYOND = "beyond_limits"
"""The column that tells where a number was too large: what else stands in such a row is not to be used."""


class Plan:
    """The columns of one rulebook over those of `Layout.answers`; the meaning is that of `PlainEngine`.

    `sheet` holds them; its inputs are the answers, some under another name: `renamed` tells which.
    """

    def __init__(self, rulebook: Rulebook, varied: Mapping[str, Varied] = MappingProxyType({})) -> None:
        self.layout = Layout(rulebook, varied)
        writer = StepWriter(self.layout)
        self.sheet, self.renamed = writer.sheet, writer.renamed
        for step in rulebook.before_selection:
            writer.step(step)
        readings = writer.readings
        ChoiceWriter(Scorer(rulebook, self.sheet, readings[False], readings[True])).write()
        for step in rulebook.after_selection:
            writer.step(step)
        write_outcomes(Outcomes(rulebook), self.sheet)

    def results(self) -> list[str]:
        """Every column that can be asked for."""
        return [name for name in self.sheet.columns if not name.startswith("…")]
