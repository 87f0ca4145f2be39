"""The plain engine cut down to what outcomes rest on: for thousands of evaluations of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.engines.evaluation import Evaluation, Working, choose, finished
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain.program import compile_steps
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION, Step, key_of, keys_read_by


class QuickEngine:
    """Evaluates the steps that verdict, patterns, preparations and erosion level rest on, and no others."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes) -> None:
        self.rulebook = rulebook
        needed = keys_behind(rulebook, [SELECTION, *(f"rule:{rule}" for rule in outcomes.rules())])

        def kept(steps: Iterable[Step]) -> list[Step]:
            return [step for step in steps if key_of(step) in needed]

        self._before = compile_steps(rulebook, kept(rulebook.before_selection), with_terms=True).run
        self._after = compile_steps(rulebook, kept(rulebook.after_selection)).run

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit as far as outcomes need it."""
        working = Working(dict(facts))
        self._before(working)
        selection = choose(self.rulebook, working)
        self._after(working)
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
