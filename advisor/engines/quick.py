"""The plain engine cut down to what is looked at: for thousands of evaluations of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from advisor.engines.evaluation import Evaluation, Working, choose, finished, note_choice
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain.compiled import Program
from advisor.engines.plain.program import compile_steps
from advisor.engines.selection import Selection
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.cache import kept_for
from advisor.rulebook.plan import SELECTION, QuestionStep, Step, key_of, keys_read, keys_read_by

Chosen: TypeAlias = dict[tuple[object, ...], Selection]
"""The choices of patterns that were made for a unit with changed answers, by everything that they read."""


class PartEngine:
    """Evaluates the steps behind some keys of the rulebook, and no others.

    `reads` are the keys of those steps; `steps_before` come before the choice of patterns, `after` runs what follows.
    """

    def __init__(self, rulebook: Rulebook, wanted: Iterable[str]) -> None:
        self.rulebook = rulebook
        self.reads = keys_behind(rulebook, wanted)
        self._selects = SELECTION in self.reads

        def kept(steps: Iterable[Step]) -> list[Step]:
            return [step for step in steps if key_of(step) in self.reads]

        self.steps_before = kept(rulebook.before_selection)
        self._before = compile_steps(rulebook, self.steps_before, with_terms=self._selects).run
        self.after = compile_steps(rulebook, kept(rulebook.after_selection)).run

    def run(self, facts: Mapping[str, Fact]) -> tuple[Working, Selection | None]:
        """Take the facts of one unit through the steps; without a selection where none of the keys reads it."""
        working = Working(dict(facts))
        self._before(working)
        selection = None
        if self._selects:
            selection = choose(self.rulebook, working)
        self.after(working)
        return working, selection


class QuickEngine:
    """Evaluates the steps that verdict, patterns, preparations and erosion level rest on, and no others.

    With remedies, also every rule that asks for a step.
    """

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes, *, with_remedies: bool = False) -> None:
        self.rulebook = rulebook
        self._name = "cones-with-remedies" if with_remedies else "cones"
        asking = [rule.id for rule in rulebook.rules.values() if rule.remedy] if with_remedies else []
        self._part = PartEngine(rulebook, [SELECTION, *(f"rule:{rule}" for rule in [*outcomes.rules(), *asking])])
        self._inputs = _InputsOfSelection(rulebook)

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit as far as outcomes need it."""
        working, selection = self._part.run(facts)
        assert selection is not None
        return finished(working, selection)

    def changed(self, found: Evaluation, facts: Mapping[str, Fact], names: Iterable[str], chosen: Chosen) -> Evaluation:
        """The evaluation of `facts`, which differ only in the answers to `names` from those that `found` is of.

        Gives what `evaluate` gives; only the steps are run again that read one of these answers, and a choice of
        patterns is taken from those already `chosen` where it reads the same.
        """
        working = Working(
            dict(found.facts), dict(found.firm), dict(found.truth), dict(found.firm_truth), dict(found.terms)
        )
        for name in names:
            cone = self._cones[name]
            working.facts.update((question, facts[question]) for question in cone.questions)
            cone.program(working)
        inputs = self._inputs.of(working)
        selection = chosen.get(inputs)
        if selection is None:
            selection = chosen[inputs] = choose(self.rulebook, working)
        else:
            note_choice(selection, working)
        self._part.after(working)
        return finished(working, selection)

    @cached_property
    def _cones(self) -> Mapping[str, _Cone]:
        return kept_for(self.rulebook, self._name, lambda: _cones(self.rulebook, self._part.steps_before))


@dataclass(frozen=True, slots=True)
class _Cone:
    """What is run again when the answer to a question changes; the answers to `questions` are taken as given anew."""

    questions: tuple[str, ...]
    program: Program


def _cones(rulebook: Rulebook, steps: Iterable[Step]) -> dict[str, _Cone]:
    steps = list(steps)
    behind = {key_of(step): keys_behind(rulebook, [key_of(step)]) for step in steps}
    behind_terms = keys_behind(rulebook, keys_read(node for nodes in rulebook.terms.values() for node in nodes))

    def cone(name: str) -> _Cone:
        reached = [step for step in steps if name in behind[key_of(step)]]
        questions = dict.fromkeys((name, *(step.name for step in reached if isinstance(step, QuestionStep))))
        return _Cone(tuple(questions), compile_steps(rulebook, reached, with_terms=name in behind_terms))

    return {name: cone(name) for name in rulebook.questions}


class _InputsOfSelection:
    """Everything that the choice of patterns reads."""

    def __init__(self, rulebook: Rulebook) -> None:
        first = rulebook.frame.selection.first
        self._names = [pattern.worth for pattern in rulebook.frame.patterns if pattern.worth]
        self._names += [first.when] if first else []
        self._rules = [rule.id for rule in rulebook.rules.values() if rule.caps or rule.excludes]
        self._rules += rulebook.findings[first.when] if first else ()

    def of(self, working: Working) -> tuple[object, ...]:
        """What they are now."""
        return (
            *working.terms.values(),
            *(working.truth[rule] for rule in self._rules),
            *(working.firm_truth.get(rule) for rule in self._rules),
            *(working.facts[name] for name in self._names),
            *(working.firm.get(name) for name in self._names),
        )


def keys_behind(rulebook: Rulebook, keys: Iterable[str], *, without: str = "") -> set[str]:
    """The keys of all steps that the given ones read, directly or through others but `without`, and their own."""
    steps = {key_of(step): step for step in rulebook.steps if key_of(step) != without}
    waiting = list(keys)
    found: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in found and key in steps:
            found.add(key)
            waiting += keys_read_by(steps[key])
    return found


def keys_resting_on(rulebook: Rulebook, keys: Iterable[str], *, without: str = "") -> set[str]:
    """The keys of all steps that read one of these, directly or through others but `without`, and their own."""
    found = set(keys)
    for step in rulebook.steps:
        if key_of(step) != without and found.intersection(keys_read_by(step)):
            found.add(key_of(step))
    return found
