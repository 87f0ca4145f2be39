"""Why something came out, or why not: lines at two depths, from the evaluated expressions themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from advisor.advice.adviser import Advice
from advisor.advice.figures import Figures, figure, score, span, worth, worth_notes
from advisor.advice.model import PatternResult, PreparationResult, UnitAdvice
from advisor.advice.naming import Subject, named
from advisor.advice.nearest import Nearest, in_words, runner_up, strongest_case
from advisor.advice.outcome_words import erosion_said
from advisor.advice.voice_lines import VoiceLines
from advisor.advice.waits import Dependencies
from advisor.advice.why_not import other_verdicts
from advisor.advice.wording import label_and_name, shown
from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.language import Node, Trace, intervals, names_in, nodes
from advisor.language.values import NOT_APPLICABLE, UNKNOWN
from advisor.language.written import written
from advisor.phrases import phrases_in
from advisor.profile import Unit
from advisor.profile.voices import HeardQuestion
from advisor.rulebook import Rule
from advisor.rulebook.model import JUDGEMENT

_OUTCOMES = {True: "explain.holds", False: "explain.does_not_hold", None: "explain.is_open"}
_MARKS = {True: "mark.true", False: "mark.false", None: "mark.open"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation and what stands below it."""

    text: str
    below: tuple[Line, ...] = field(default=())


def explain(advice: Advice, name: str, *, steps: bool = False) -> list[Line]:
    """Explain what is called `name` for every unit; with `steps` down to every part of every expression and formula.

    Raises `NothingToExplain` where no thing or several are called so.
    """
    subjects = named(name, advice.rulebook)
    lines = []
    parts = zip(advice.units, advice.profile.units, advice.document.units, advice.used, strict=True)
    for known, unit, document, used in parts:
        explainer = _Explainer(known, unit, document, advice.profile.organisation.currency, steps=steps)
        explainer.voices = {each.question: each for each in used.voices}
        lines.append(Line(unit.name, tuple(line for subject in subjects for line in explainer.about(subject))))
    return lines


class _Explainer:
    def __init__(
        self, known: Dependencies, unit: Unit, document: UnitAdvice, currency: str | None, *, steps: bool
    ) -> None:
        self.known = known
        self.unit = unit
        self.document = document
        self.currency = currency
        self.steps = steps
        self.opened: set[str] = set()
        self.voices: Mapping[str, HeardQuestion] = {}
        self.voice_lines = VoiceLines(known.rulebook, currency)
        self.rulebook = known.rulebook
        self.say = phrases_in(known.rulebook.spoken)
        self.facts = known.evaluation.facts
        self.figures = Figures(known, unit, currency)

    def about(self, subject: Subject) -> Iterator[Line]:
        document = self.document
        match subject.kind:
            case "pattern":
                yield from self.pattern(next(each for each in document.patterns if each.pattern == subject.name))
            case "preparation":
                each = next(each for each in document.preparations if each.preparation == subject.name)
                yield from self.preparation(each)
            case "verdict":
                yield from self.verdict(subject.name or document.verdict)
            case "erosion":
                yield from self.erosion()
            case "rule":
                yield self.rule(self.rulebook.rules[subject.name])
            case "finding":
                yield from (self.rule(self.rulebook.rules[rule]) for rule in self.rulebook.findings[subject.name])
            case "name":
                yield self.name(subject.name)

    def rule(self, rule: Rule) -> Line:
        """A rule, its condition and what decided it."""
        truth, say = self.known.evaluation.truth[rule.id], self.say
        traced = self.known.traced(self.rulebook.conditions[rule.id])
        condition = Line(say("explain.condition", condition=written(traced.node)), tuple(self.parts(traced)))
        below = [condition]
        if truth is True:
            below = [self._told("says", rule.says), condition, self._told("because", rule.because)]
        if truth is False:
            failed = Nearest(self.known).failed(self.rulebook.conditions[rule.id])
            below += [
                Line(say("explain.not_so", words=words)) for words in in_words(failed, self.rulebook, self.currency)
            ]
        if truth is None:
            below.append(self.waiting(self.known.waits_of_rule(rule.id)))
        if rule.limits:
            below.append(self._told("limits", rule.limits))
        cited = say("list.comma").join(say("explain.judgement") if each == JUDGEMENT else each for each in rule.sources)
        below.append(Line(say("explain.sources", sources=cited)))
        named = say("explain.rule", code=rule.code or "", title=rule.title, name=rule.id).strip()
        key = "explain.holds_provisionally" if self.known.evaluation.is_provisional(rule.id) else _OUTCOMES[truth]
        return Line(say(key, rule=named), tuple(below))

    def _told(self, key: str, text: str) -> Line:
        return Line(self.say(f"explain.{key}", words=self.figures.filled(text)))

    def waiting(self, questions: frozenset[str]) -> Line:
        asked = (
            self.say("explain.question", question=self.rulebook.questions[name].ask, name=name)
            for name in sorted(questions)
        )
        return Line(self.say("explain.waits_for"), tuple(map(Line, asked)))

    def parts(self, traced: Trace) -> Iterator[Line]:
        """The parts of a condition that decided it; all of them with every step."""
        node = traced.node
        if isinstance(node, nodes.All | nodes.Some):
            decisive = (
                traced.parts
                if self.steps
                else [part for part in traced.parts if part.value is traced.value] or traced.parts
            )
            for part in decisive:
                yield Line(self._marked(part.value, part.node), tuple(self._within(part)))
        else:
            yield Line(self._marked(traced.value, node), tuple(self._names(node)))

    def _marked(self, truth: bool | None, node: Node) -> str:
        return f"[{self.say(_MARKS[truth])}] {written(node)}"

    def _within(self, part: Trace) -> Iterator[Line]:
        if isinstance(part.node, nodes.All | nodes.Some):
            yield from self.parts(part)
        elif isinstance(part.node, nodes.Not):
            yield from self.parts(part.parts[0])
        else:
            yield from self._names(part.node)

    def _names(self, node: Node) -> Iterator[Line]:
        for name in names_in(node):
            yield self.name(name)

    def name(self, name: str) -> Line:
        """A question with its answer, a parameter with its status, a measure with its formula, a finding."""
        rulebook, say = self.rulebook, self.say
        if name in rulebook.parameters:
            called, parameter = label_and_name(name, rulebook), rulebook.parameters[name]
            value, status = self._shown(name), say(f"parameter.{parameter.status}")
            return Line(say("explain.parameter", parameter=called, value=value, status=status, why=parameter.why))
        if name in rulebook.questions:
            return self.question(name)
        if name in rulebook.measures:
            again = name in self.opened and self.steps
            below = () if again or not self.steps else tuple(self._formula(name))
            key = "explain.measure_again" if again else "explain.measure"
            return Line(say(key, label=rulebook.measures[name].label, name=name, value=self._shown(name)), below)
        return self._result(name)

    def _shown(self, name: str) -> str:
        return shown(name, self.rulebook, self.facts, self.currency)

    def _formula(self, name: str) -> Iterator[Line]:
        self.opened.add(name)
        formula = self.rulebook.formulas[name]
        yield Line(f"= {written(formula)}")
        yield from (self.name(each) for each in names_in(formula))

    def _result(self, name: str) -> Line:
        fact, say = self.facts[name], self.say
        if isinstance(fact, tuple):
            return Line(say("explain.result", name=name, value=self._span(*fact)))
        rules = [self.rulebook.rules[rule] for rule in self.rulebook.findings.get(name, ())]
        below = tuple(self.rule(rule) for rule in rules) if self.steps else ()
        return Line(say("explain.result", name=name, value=say(_MARKS[fact])), below)

    def question(self, name: str) -> Line:
        """An answer with its evidence and source, and the voices behind it."""
        heard = self.voices.get(name)
        below = [Line(self.voice_lines.view(name, view)) for view in heard.views] if heard else []
        below += [Line(self.voice_lines.counts(heard))] if heard else []
        return Line(self._answered(name), tuple(below))

    def _answered(self, name: str) -> str:
        answer, question, say = self.unit.answers.get(name), self.rulebook.questions[name], self.say
        if answer is None:
            fact = self.facts[name]
            key = "explain.not_asked" if fact is UNKNOWN or _is_open(fact) else "explain.follows"
            return say(key, question=question.ask, value=self._shown(name), name=name)
        if name in self.document.withheld or (answer.state == "unknown" and self._contradicted(name)):
            return say("explain.question", question=f"{question.ask} {answer.note}", name=name)
        tried = answer.tried is not None
        if answer.state == "unknown":
            key = "explain.nobody_knows_tried" if tried else "explain.nobody_knows"
            return say(key, question=question.ask, name=name)
        if answer.state == "not_applicable":
            key = "explain.does_not_apply" if answer.reason else "explain.does_not_apply_unsaid"
            return say(key, question=question.ask, reason=answer.reason, name=name)
        known = say("explain.tried") if tried else say(f"evidence.{answer.evidence}")
        as_of = say.date(answer.as_of, "medium") if answer.as_of else None
        details = say("list.comma").join(part for part in (known, answer.source, as_of) if part)
        return say("explain.answer", question=question.ask, value=self._shown(name), details=details, name=name)

    def _contradicted(self, name: str) -> bool:
        heard = self.voices.get(name)
        return heard is not None and heard.counts == "contradictory"

    def _alone(self, *outcomes: str) -> Iterator[Line]:
        """Whose view, if it counted alone, would change one of these outcomes."""
        for voice in self.document.by_voice:
            changes = [change for change in voice.changes or () if change.outcome in outcomes]
            if changes:
                yield Line(self.voice_lines.alone(replace(voice, changes=changes)))

    def pattern(self, pattern: PatternResult) -> Iterator[Line]:
        """A pattern's standing, its terms, what caps or excludes it."""
        say = self.say
        yield Line(say("explain.of_outcome", title=pattern.title, words=self._standing(pattern)))
        points = say("explain.cannot_be_assessed") if pattern.low is None else score(pattern.low, pattern.high, say)
        yield Line(say("explain.score", points=points), tuple(self._terms(pattern)))
        for rule in pattern.excluded_by:
            yield Line(say("explain.excluded_by"), (self.rule(self.rulebook.rules[rule]), self._nearest_end(rule)))
        for rule in pattern.open_exclusions:
            yield Line(say("explain.could_be_excluded_by"), (self.rule(self.rulebook.rules[rule]),))
        for cap in pattern.caps:
            key = "explain.could_be_held_down" if cap.open else "explain.held_down"
            yield Line(say(key, at=figure(cap.at, say)), (self.rule(self.rulebook.rules[cap.rule]),))
        if pattern.money_per_year is not None:
            notes = tuple(Line(each) for each in worth_notes(pattern, self.figures) if each)
            yield Line(say("explain.worth", amount=worth(pattern, self.figures)), notes)

    def _nearest_end(self, rule: str) -> Line:
        """The parts of a rule that holds with which it would end, those that are nearest to it."""
        holding = Nearest(self.known).failed(self.rulebook.conditions[rule], wanted=False)
        words = in_words(holding, self.rulebook, self.currency, wanted=False)
        return Line(self.say("explain.nearest_end"), tuple(map(Line, words)))

    def _standing(self, pattern: PatternResult) -> str:
        selection, say = self.known.evaluation.selection, self.say
        policy, parameters = self.rulebook.frame.selection, self.rulebook.parameters
        floor, window = parameters[policy.floor].value, parameters[policy.mix_window].value
        if pattern.pattern in self.document.recommended:
            first = self.document.recommended[0] == pattern.pattern
            place = say("explain.recommended_first" if first else "explain.recommended_also")
            firm = say("explain.firm" if self.document.firm else "explain.provisional")
            decided = selection.decided_by
            tie = [say(f"explain.{decided}_decided")] if decided in ("money", "order") else []
            tie += [policy.first.says] if decided == "first" and policy.first else []
            return say.in_row([say("list.comma").join([place, firm]), *tie])
        if pattern.low is None:
            return say("explain.too_little_applies")
        points = score(pattern.low, pattern.low, say)
        least, apart = (figure(float(each), say) for each in (floor, window))
        if pattern.low < floor:
            gap = figure(float(floor) - int(points), say)
            key = "explain.excluded_and_below" if pattern.excluded_by else "explain.below_floor"
            return say(key, points=points, floor=least, gap=gap)
        if pattern.excluded_by:
            return say("explain.excluded")
        return say("explain.far_below_best", points=points, window=apart)

    def _terms(self, pattern: PatternResult) -> Iterator[Line]:
        for place, term in enumerate(pattern.terms):
            points, weight = span(term.low, term.high, self.say), figure(term.weight, self.say)
            words = self.say("explain.term_does_not_apply")
            words = words if term.low is None else self.say("explain.points_of", points=points, weight=weight)
            node = self.rulebook.terms[pattern.pattern][place]
            below = (Line(f"= {written(node)}"), *self._names(node)) if self.steps else tuple(self._answers(node))
            yield Line(self.say("explain.term", label=term.label, points=words), below)

    def _answers(self, node: Node) -> Iterator[Line]:
        for name in sorted(self.known.rests_on(node)):
            yield self.question(name)

    def preparation(self, each: PreparationResult) -> Iterator[Line]:
        """A preparation's status, both views, and every rule that speaks about it."""
        say = self.say
        words = [say(f"status.{each.status}")]
        words += [say("explain.one_side_only")] if each.one_sided else []
        words += [say("explain.provisional")] if each.provisional else []
        yield Line(say("explain.of_outcome", title=each.title, words=say("list.comma").join(words)))
        frame = next(part for part in self.rulebook.frame.preparations if part.name == each.preparation)
        for who, name in (("manager", frame.manager_view), ("staff", frame.staff_view), ("lower", frame.score)):
            yield Line(say("explain.view", who=say(f"explain.{who}")), (self.name(name),))
        for rule in self.rulebook.rules_in_order():
            if rule.preparation and rule.preparation.name == each.preparation:
                yield self.rule(rule)
        yield from self._alone(PREPARATION + each.preparation)

    def verdict(self, name: str | None) -> Iterator[Line]:
        """Whether a verdict holds, and which one leads."""
        led, say = self.document.verdict, self.say
        titles = {verdict.name: verdict.title for verdict in self.rulebook.frame.verdicts}
        yield Line(say("explain.verdict", title=titles.get(led or "", say("word.none"))))
        if self.document.also:
            also = say("list.comma").join(titles[each] for each in self.document.also)
            yield Line(say("explain.also", titles=also))
        for rule in self.rulebook.rules_in_order():
            if rule.verdict == name:
                yield self.rule(rule)
        if name != led:
            return
        others = tuple(map(Line, other_verdicts(self.known, led, self.currency)))
        yield Line(say("explain.other_verdicts"), others)
        second = runner_up(self.document)
        if second is not None:
            case = strongest_case(second, self.known, self.currency)
            yield Line(say("explain.runner_up", title=second.title), tuple(map(Line, case)))
        yield from self._alone(VERDICT, FIRST)

    def erosion(self) -> Iterator[Line]:
        """The erosion level, its indicators and its blind spots."""
        erosion, say = self.document.erosion, self.say
        level = erosion_said(self.document, self.rulebook)
        words = say("list.comma").join([level, say("explain.provisional")]) if erosion.provisional else level
        yield Line(say("explain.erosion", level=words))
        for key, rules in (("red", erosion.red), ("structural", erosion.structural), ("blind", erosion.blind)):
            if rules:
                yield Line(say(f"explain.{key}"), tuple(self.rule(self.rulebook.rules[rule]) for rule in rules))
        for rule in self.rulebook.rules_in_order():
            if rule.level:
                yield self.rule(rule)
        yield from self._alone(EROSION)

    def _span(self, low: object, high: object) -> str:
        if low == high:
            return self._number(low)
        return self.say("word.range", low=self._number(low), high=self._number(high))

    def _number(self, number: object) -> str:
        return self.say.decimal(Fraction(str(number)), 2)


def _is_open(fact: object) -> bool:
    return fact == NOT_APPLICABLE or (isinstance(fact, tuple) and not intervals.is_known(fact))
