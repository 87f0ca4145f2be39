"""The plain engine cut down to what outcomes rest on: for thousands of evaluations of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.engines.evaluation import Evaluation, Working, finished
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain.program import compile_steps
from advisor.engines.selection import select
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION, FindingStep, GroupStep, Step, expressions_of, key_of, keys_read


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
        selection = select(
            self.rulebook, working.facts, {**working.truth, **working.firm_truth}, working.terms, working.firm
        )
        working.facts.update(selection.facts())
        working.firm.update(selection.firm_facts())
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
            waiting += _reads(steps[key], rulebook)
    return found


def keys_resting_on(rulebook: Rulebook, keys: Iterable[str]) -> set[str]:
    """The keys of all steps that read one of the given ones, directly or through others, and their own."""
    found = set(keys)
    for step in rulebook.steps:
        if found.intersection(_reads(step, rulebook)):
            found.add(key_of(step))
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
