"""The plain engine: two compiled functions around the selection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from advisor.engines.evaluation import Evaluation, Working, choose, finished
from advisor.engines.plain.compiled import Program
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.cache import kept_for


class PlainEngine:
    """Evaluates units of one rulebook. It is the specification in code and runs everywhere."""

    name: Literal["rete", "plain"] = "plain"

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        before, after = kept_for(rulebook, "plain", lambda: _compiled(rulebook))
        self._before, self._after = before.run, after.run

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit: every question of the rulebook, as `advisor.profile.facts` lowers them."""
        working = Working(dict(facts))
        self._before(working)
        selection = choose(self.rulebook, working)
        self._after(working)
        order = tuple(rule for rule in self.rulebook.rules if working.truth[rule] is True)
        return finished(working, selection, order)


def _compiled(rulebook: Rulebook) -> tuple[Program, Program]:
    from advisor.engines.plain.program import compile_steps

    before = compile_steps(rulebook, rulebook.before_selection, with_terms=True)
    return before, compile_steps(rulebook, rulebook.after_selection)
