"""The plain engine cut down to what is looked at: for thousands of evaluations of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.engines.evaluation import Evaluation, Working, finished
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain.program import compile_steps
from advisor.engines.selection import Selection, select
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION, FindingStep, GroupStep, Step, expressions_of, key_of, keys_read


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
            selection = select(
                self.rulebook, working.facts, {**working.truth, **working.firm_truth}, working.terms, working.firm
            )
            working.facts.update(selection.facts())
            working.firm.update(selection.firm_facts())
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
            waiting += _reads(steps[key], rulebook)
    return found


def _reads(step: Step, rulebook: Rulebook) -> list[str]:
    match step:
        case FindingStep():
            return [f"rule:{rule}" for rule in step.rules]
        case GroupStep():
            return [*(f"rule:{rule}" for rule in step.rules), *step.quantities]
        case _:
            keys = keys_read(expressions_of(step))
            return [*keys, *_keys_of_selection(rulebook)] if key_of(step) == SELECTION else keys


def _keys_of_selection(rulebook: Rulebook) -> list[str]:
    first = rulebook.frame.selection.first
    terms = (node for nodes in rulebook.terms.values() for node in nodes)
    worths = [pattern.worth for pattern in rulebook.frame.patterns if pattern.worth]
    steering = [f"rule:{rule.id}" for rule in rulebook.rules.values() if rule.caps or rule.excludes]
    return [*steering, *worths, *([first.when] if first else []), *keys_read(terms)]
