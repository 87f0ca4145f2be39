"""What an answer, a figure or a threshold influences: the rules, figures and scores that read it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.explain.line import Line
from advisor.advice.explain.rules import Rules
from advisor.advice.explain.setting import Setting
from advisor.advice.wording import label_of
from advisor.engines.quick import keys_resting_on
from advisor.language import names_in
from advisor.rulebook import Rule
from advisor.rulebook.plan import SELECTION, MeasureStep, QuestionStep, Step, expressions_of


class Uses:
    """Lists what reads a name, and what of that holds for one unit."""

    def __init__(self, setting: Setting, rules: Rules) -> None:
        """List it for the unit of `setting`."""
        self._setting = setting
        self._say = setting.say
        self._rulebook = setting.rulebook
        self._rules = rules

    def of(self, name: str) -> Line:
        """All that reads a name itself, and how many rules read it through that; all of those with every step."""
        direct = [*self._figures(name), *self._rule_lines(name), *self._terms(name), *self._others(name)]
        below = tuple(map(Line, direct)) + tuple(self._through(name))
        return Line(self._say("explain.read_by" if below else "explain.read_by_nothing"), below)

    def _figures(self, name: str) -> Iterator[str]:
        for step in self._rulebook.steps:
            if isinstance(step, MeasureStep | QuestionStep) and _reads(step, name):
                value = self._setting.valued(step.name)
                yield self._say(
                    "explain.measure", label=label_of(step.name, self._rulebook), name=step.name, value=value
                )

    def _rules_reading(self, name: str) -> list[Rule]:
        conditions = self._rulebook.conditions
        return [rule for rule in self._rulebook.rules_in_order() if name in names_in(conditions[rule.id])]

    def _rule_lines(self, name: str) -> Iterator[str]:
        yield from map(self._rules.standing, self._rules_reading(name))

    def _terms(self, name: str) -> Iterator[str]:
        for pattern in self._setting.document.patterns:
            for term, node in zip(pattern.terms, self._rulebook.terms[pattern.pattern], strict=True):
                if name in names_in(node):
                    points = self._setting.points(term)
                    yield self._say("explain.term_of", pattern=pattern.title, label=term.label, points=points)

    def _others(self, name: str) -> Iterator[str]:
        yield from self._explained(name)
        yield from self._compared(name)

    def _explained(self, name: str) -> Iterator[str]:
        """The question that this one only explains."""
        question = self._rulebook.questions.get(name)
        if question is not None and question.explains is not None:
            yield self._say("explain.tells_of", label=label_of(question.explains, self._rulebook))

    def _compared(self, name: str) -> Iterator[str]:
        """That the units of a profile are compared by it."""
        across = self._rulebook.frame.across_units
        if name in (across.free_hours, across.later_hours, across.growing_when, across.growth):
            yield self._say("explain.compared")

    def _through(self, name: str) -> Iterator[Line]:
        """The rules that read a name through figures, findings and counts, but not through the choice of patterns."""
        reached = keys_resting_on(self._rulebook, [name], without=SELECTION)
        direct = [rule.id for rule in self._rules_reading(name)]
        found = [
            rule for rule in self._rulebook.rules_in_order() if f"rule:{rule.id}" in reached and rule.id not in direct
        ]
        if not found:
            return
        truth = self._setting.known.evaluation.truth
        held = [rule.code or rule.title for rule in found if truth[rule.id] is True]
        words = self._say("list.comma").join(dict.fromkeys(held)) or self._say("word.none")
        below = tuple(Line(self._rules.standing(rule)) for rule in found) if self._setting.steps else ()
        yield Line(self._say.count("explain.through", len(found), held=words), below)


def _reads(step: Step, name: str) -> bool:
    return any(name in names_in(part) for part in expressions_of(step))
