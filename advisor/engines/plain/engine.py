"""The plain engine: two compiled functions around the selection."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.engines.evaluation import Evaluation, Working, finished
from advisor.engines.plain.program import compile_steps
from advisor.engines.selection import select
from advisor.language import Fact
from advisor.rulebook import Rulebook


class PlainEngine:
    """Evaluates units of one rulebook. It is the specification in code and runs everywhere."""

    name = "plain"

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._before = compile_steps(rulebook, rulebook.before_selection, with_terms=True)
        self._after = compile_steps(rulebook, rulebook.after_selection)

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit: every question of the rulebook, as `advisor.engines.facts` lowers them."""
        working = Working(dict(facts))
        self._before(working)
        selection = select(
            self.rulebook, working.facts, {**working.truth, **working.firm_truth}, working.terms, working.firm
        )
        working.facts.update(selection.facts())
        working.firm.update(selection.firm_facts())
        self._after(working)
        order = tuple(rule for rule in self.rulebook.rules if working.truth[rule] is True)
        return finished(working, selection, order)
