"""The plain engine cut down to what is looked at: for thousands of evaluations of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.engines.evaluation import Evaluation, Working, choose, finished
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain.program import compile_steps
from advisor.engines.selection import Selection
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION, Step, key_of, keys_read_by


class PartEngine:
    """Evaluates the steps behind some keys of the rulebook, and no others; `reads` are the keys of those steps."""

    def __init__(self, rulebook: Rulebook, wanted: Iterable[str]) -> None:
        self.rulebook = rulebook
        self.reads = keys_behind(rulebook, wanted)
        self._selects = SELECTION in self.reads

        def kept(steps: Iterable[Step]) -> list[Step]:
            return [step for step in steps if key_of(step) in self.reads]

        self._before = compile_steps(rulebook, kept(rulebook.before_selection), with_terms=self._selects).run
        self._after = compile_steps(rulebook, kept(rulebook.after_selection)).run

    def run(self, facts: Mapping[str, Fact]) -> tuple[Working, Selection | None]:
        """Take the facts of one unit through the steps; without a selection where none of the keys reads it."""
        working = Working(dict(facts))
        self._before(working)
        selection = None
        if self._selects:
            selection = choose(self.rulebook, working)
        self._after(working)
        return working, selection


class QuickEngine:
    """Evaluates the steps that verdict, patterns, preparations and erosion level rest on, and no others."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes) -> None:
        self._part = PartEngine(rulebook, [SELECTION, *(f"rule:{rule}" for rule in outcomes.rules())])

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit as far as outcomes need it."""
        working, selection = self._part.run(facts)
        assert selection is not None
        return finished(working, selection)


def keys_behind(rulebook: Rulebook, keys: Iterable[str]) -> set[str]:
    """The keys of all steps that the given ones read, directly or through others, and their own."""
    steps = {key_of(step): step for step in rulebook.steps}
    waiting = list(keys)
    found: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in found and key in steps:
            found.add(key)
            waiting += keys_read_by(steps[key])
    return found


def keys_resting_on(rulebook: Rulebook, keys: Iterable[str]) -> set[str]:
    """The keys of all steps that read one of the given ones, directly or through others, and their own."""
    found = set(keys)
    for step in rulebook.steps:
        if found.intersection(keys_read_by(step)):
            found.add(key_of(step))
    return found
