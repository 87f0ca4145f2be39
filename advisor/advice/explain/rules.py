"""Why a rule holds, does not hold, or is open."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.explain.line import Line
from advisor.advice.explain.names import MARKS, Names
from advisor.advice.explain.setting import Setting
from advisor.advice.nearest import Nearest, in_words
from advisor.language import Node, Trace, names_in, nodes
from advisor.language.written import written
from advisor.rulebook import Rule
from advisor.rulebook.model import JUDGEMENT, PLACEHOLDER

_OUTCOMES = {True: "explain.holds", False: "explain.does_not_hold", None: "explain.is_open"}


class Rules:
    """Explains rules for one unit."""

    def __init__(self, setting: Setting) -> None:
        """Explain in `setting`."""
        self._setting = setting
        self._say = setting.say
        self._rulebook = setting.rulebook
        self._known = setting.known
        self.names = Names(setting, self.rule)

    def standing(self, rule: Rule) -> str:
        """A rule by its code, title and name, and whether it holds."""
        truth, say = self._known.evaluation.truth[rule.id], self._say
        named = say("explain.rule", code=rule.code or "", title=rule.title, name=rule.id).strip()
        key = "explain.holds_provisionally" if self._known.evaluation.is_provisional(rule.id) else _OUTCOMES[truth]
        return say(key, rule=named)

    def rule(self, rule: Rule) -> Line:
        """A rule, its condition and what decided it, and where the figures in its words are from."""
        truth, say = self._known.evaluation.truth[rule.id], self._say
        node = self._rulebook.conditions[rule.id]
        traced = self._known.traced(node)
        condition = Line(say("explain.condition", condition=written(traced.node)), tuple(self.parts(traced)))
        below = [condition]
        if truth is True:
            below = [self._told("says", rule.says, node), condition, self._told("because", rule.because, node)]
        if truth is False:
            failed = in_words(Nearest(self._known).failed(node), self._rulebook, self._setting.currency)
            below += [Line(say("explain.not_so", words=words)) for words in failed]
        if truth is None:
            below.append(self.waiting(self._known.waits_of_rule(rule.id)))
        if rule.limits:
            below.append(Line(say("explain.limits", words=self._setting.filled(rule.limits))))
        cited = say("list.comma").join(say("explain.judgement") if each == JUDGEMENT else each for each in rule.sources)
        below.append(Line(say("explain.sources", sources=cited)))
        return Line(self.standing(rule), tuple(below))

    def _told(self, key: str, text: str, condition: Node) -> Line:
        """A text with its values, and below it the figures in it that the condition does not show."""
        shown = names_in(condition)
        names = [each for each in dict.fromkeys(PLACEHOLDER.findall(text)) if each not in shown]
        figures = tuple(self.names.name(each) for each in names if each in self._rulebook.measures)
        return Line(self._say(f"explain.{key}", words=self._setting.filled(text)), figures)

    def waiting(self, questions: frozenset[str]) -> Line:
        """The questions that something waits for."""
        asked = (
            self._say("explain.question", question=self._rulebook.questions[name].ask, name=name)
            for name in sorted(questions)
        )
        return Line(self._say("explain.waits_for"), tuple(map(Line, asked)))

    def parts(self, traced: Trace) -> Iterator[Line]:
        """The parts of a condition that decided it; all of them with every step."""
        node = traced.node
        if isinstance(node, nodes.All | nodes.Some):
            decisive = (
                traced.parts
                if self._setting.steps
                else [part for part in traced.parts if part.value is traced.value] or traced.parts
            )
            for part in decisive:
                yield Line(self._marked(part.value, part.node), tuple(self._within(part)))
        else:
            yield Line(self._marked(traced.value, node), tuple(self.names_of(node)))

    def _marked(self, truth: bool | None, node: Node) -> str:
        return f"[{self._say(MARKS[truth])}] {written(node)}"

    def _within(self, part: Trace) -> Iterator[Line]:
        if isinstance(part.node, nodes.All | nodes.Some):
            yield from self.parts(part)
        elif isinstance(part.node, nodes.Not):
            yield from self.parts(part.parts[0])
        else:
            yield from self.names_of(part.node)

    def names_of(self, node: Node) -> Iterator[Line]:
        """Every name in an expression."""
        yield from map(self.names.name, names_in(node))
