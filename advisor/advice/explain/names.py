"""What is behind a name: an answer, a parameter, a figure with its formula and what went into it, a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.advice.assumptions import fallback_in_words
from advisor.advice.explain.answers import Answers
from advisor.advice.explain.formulas import FormulaWords, Input, inputs
from advisor.advice.explain.line import Line
from advisor.advice.explain.setting import Setting
from advisor.advice.figures import span
from advisor.advice.wording import label_and_name, label_of
from advisor.language import Node
from advisor.language.written import written
from advisor.rulebook import Rule

MARKS = {True: "mark.true", False: "mark.false", None: "mark.open"}


class Names:
    """Explains names for one unit; `rule` explains the rules behind a finding."""

    def __init__(self, setting: Setting, rule: Callable[[Rule], Line]) -> None:
        """Explain in `setting`."""
        self._setting = setting
        self._rule = rule
        self._say = setting.say
        self._rulebook = setting.rulebook
        self._answers = Answers(setting)
        self._formulas = FormulaWords(setting)
        self._opened: set[str] = set()

    def name(self, name: str) -> Line:
        """A question as it is asked, with its answer; a parameter with its status; a figure; a finding."""
        if name in self._rulebook.questions:
            return self.question(name)
        return self._figure(name)

    def question(self, name: str) -> Line:
        """An answer with its evidence and source, the voices behind it, and what it follows from."""
        asked = self._rulebook.questions[name].ask
        text = self._say("explain.asked", question=asked, words=self._answers.words(name), name=name)
        return Line(text, (*self._answers.voices(name), *self._follows(name)))

    def in_full(self, name: str) -> Line:
        """A name that was asked for; of a measure also the values that went in, and the answers behind them."""
        if name not in self._rulebook.measures or self._setting.steps:
            return self.name(name)
        direct = inputs(self._rulebook.formulas[name], self._setting)
        below = [self._formula(name), *map(self._input, direct)]
        behind = [each for each in self._leaves(self._rulebook.formulas[name]) if each not in direct]
        if behind:
            below.append(Line(self._say("explain.rests_on"), tuple(map(self._input, behind))))
        return Line(self._valued(name), tuple(below))

    def _figure(self, name: str) -> Line:
        if name in self._rulebook.parameters:
            return Line(self._parameter(name))
        if name not in self._rulebook.measures:
            return self._result(name)
        if name in self._opened:
            return Line(self._say("explain.measure_again", label=self._label(name), name=name, value=self._value(name)))
        self._opened.add(name)
        if not self._setting.steps:
            return Line(self._valued(name), tuple(self._in_brief(name)))
        return Line(self._valued(name), (self._formula(name), *self._behind(self._rulebook.formulas[name])))

    def _parameter(self, name: str) -> str:
        parameter, called = self._rulebook.parameters[name], label_and_name(name, self._rulebook)
        words = {"value": self._value(name), "status": self._say(f"parameter.{parameter.status}")}
        return self._say("explain.parameter", parameter=called, why=parameter.why, **words)

    def _valued(self, name: str) -> str:
        return self._say("explain.measure", label=self._label(name), name=name, value=self._value(name))

    def _value(self, name: str) -> str:
        return self._setting.valued(name)

    def _label(self, name: str) -> str:
        return label_of(name, self._rulebook)

    def _formula(self, name: str) -> Line:
        words = self._formulas.formula(self._rulebook.formulas[name])
        return Line(self._say("formula.of", label=self._label(name), formula=words))

    def opened(self, node: Node) -> tuple[Line, ...]:
        """An expression in the words of the rulebook and as it stands there, and what went into it."""
        formula = self._formulas.formula(node)
        return Line(self._say("formula.equals", formula=formula)), *self._behind(node)

    def _behind(self, node: Node) -> tuple[Line, ...]:
        return Line(self._say("explain.written", formula=written(node))), *self._inputs(node)

    def _in_brief(self, name: str) -> Iterator[Line]:
        """The formula of a measure, and in one line the answers that went in."""
        yield self._formula(name)
        leaves, say = self._leaves(self._rulebook.formulas[name]), self._say
        told = [each for each in leaves if self._is_told(each)]
        said = [say("explain.input", label=self._label_of(each), value=self._words(each)) for each in told]
        open_ = [say("word.quoted", words=self._label_of(each)) for each in leaves if each not in told]
        said += [say("explain.open_inputs", labels=say("list.comma").join(open_))] if open_ else []
        if said:
            yield Line(say("explain.from", inputs=say.in_row(said)))

    def _is_told(self, each: Input) -> bool:
        """Whether there is more to say of an input than that nobody gave it."""
        return each.fallback is not None or not self._setting.applies(each.name) or self._setting.is_known(each.name)

    def _leaves(self, node: Node) -> list[Input]:
        """The answers and assumptions behind an expression, through figures, in the order in which they are written."""
        found: dict[str, Input] = {}
        for each in inputs(node, self._setting):
            leaves = self._leaves_of(each)
            found |= {leaf.name: leaf for leaf in leaves if leaf.name not in found or leaf.fallback is not None}
        return list(found.values())

    def _leaves_of(self, each: Input) -> list[Input]:
        rulebook, name = self._rulebook, each.name
        if name in rulebook.parameters:
            return [each] if rulebook.parameters[name].assumes else []
        if name in rulebook.questions:
            return [each]
        if name in rulebook.formulas:
            return [*([each] if each.fallback is not None else []), *self._leaves(rulebook.formulas[name])]
        return [Input(question) for question in sorted(self._setting.known.rests_of(name))]

    def _inputs(self, node: Node) -> Iterator[Line]:
        yield from map(self._input, inputs(node, self._setting))

    def _input(self, each: Input) -> Line:
        """One of the values that went in; with every step with all that is behind it."""
        if each.name in self._rulebook.questions:
            return Line(self._input_words(each), tuple(self._follows(each.name)))
        if self._assumes(each) and not self._setting.steps:
            return Line(self._input_words(each))
        if each.fallback is not None:
            below = self._figure(each.name).below if self._setting.steps else ()
            return Line(self._input_words(each), below)
        if self._setting.steps or each.name not in self._rulebook.measures:
            return self._figure(each.name)
        return Line(self._valued(each.name))

    def _input_words(self, each: Input) -> str:
        return self._say("explain.measure", label=self._label_of(each), name=each.name, value=self._words(each))

    def _label_of(self, each: Input) -> str:
        assumes = self._assumes(each)
        return assumes or self._label(each.name)

    def _assumes(self, each: Input) -> str | None:
        return self._rulebook.parameters[each.name].assumes if each.name in self._rulebook.parameters else None

    def _words(self, each: Input) -> str:
        """A value and how it is known, or what was assumed for it."""
        name, say = each.name, self._say
        if self._assumes(each):
            return say("explain.assumed", words=say("word.not_known"), value=self._value(name))
        words = self._answers.words(name) if name in self._rulebook.questions else self._value(name)
        if each.fallback is None:
            return words
        value = fallback_in_words(each.fallback, name, self._setting.known, self._setting.currency)
        return say("explain.assumed", words=words, value=value)

    def _follows(self, name: str) -> Iterator[Line]:
        """What an answer that nobody gave follows from, or why it is not asked."""
        step = self._rulebook.question_steps[name]
        if name in self._setting.unit.answers:
            return
        if step.applies_when is not None and self._setting.known.value(step.applies_when) is False:
            condition = self._formulas.written(step.applies_when)
            yield Line(self._say("explain.asked_only", condition=condition), tuple(self._inputs(step.applies_when)))
        elif step.follows_from is not None and self._answers.follows(name):
            formula = self._formulas.formula(step.follows_from)
            yield Line(self._say("explain.follows_from", formula=formula), tuple(self._inputs(step.follows_from)))

    def _result(self, name: str) -> Line:
        fact, say = self._setting.facts[name], self._say
        if isinstance(fact, tuple):
            return Line(say("explain.result", name=name, value=span(fact[0], fact[1], say)))
        rules = [self._rulebook.rules[rule] for rule in self._rulebook.findings.get(name, ())]
        below = tuple(map(self._rule, rules)) if self._setting.steps else ()
        return Line(say("explain.result", name=name, value=say(MARKS[fact])), below)
