"""Why something came out, or why not: lines at two depths, from the evaluated expressions themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from advisor.advice.adviser import Advice
from advisor.advice.model import PatternResult, PreparationResult, UnitAdvice
from advisor.advice.naming import Subject, named
from advisor.advice.nearest import Nearest, in_words, runner_up, strongest_case
from advisor.advice.voice_lines import VoiceLines
from advisor.advice.waits import Dependencies
from advisor.advice.wording import decimal, filled, shown
from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.language import Node, Trace, intervals, names_in, nodes
from advisor.language.values import NOT_APPLICABLE, UNKNOWN
from advisor.language.written import written
from advisor.profile import Unit
from advisor.profile.voices import HeardQuestion
from advisor.rulebook import Rule

_OUTCOMES = {True: "holds", False: "does not hold", None: "is open"}
_MARKS = {True: "true", False: "false", None: "open"}


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
    parts = zip(advice.units, advice.profile.units, advice.document.units, advice.voices, strict=True)
    for known, unit, document, voices in parts:
        explainer = _Explainer(known, unit, document, advice.profile.organisation.currency, steps=steps)
        explainer.voices = {each.question: each for each in voices}
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
        self.facts = known.evaluation.facts

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
        truth = self.known.evaluation.truth[rule.id]
        provisional = (
            " provisionally: a new answer may withdraw it" if self.known.evaluation.is_provisional(rule.id) else ""
        )
        traced = self.known.traced(self.rulebook.conditions[rule.id])
        below = [Line(f"condition: {written(traced.node)}", tuple(self.parts(traced)))]
        if truth is True:
            below.insert(0, Line(f"says: {filled(rule.says, self.rulebook, self.facts, self.currency)}"))
            below.append(Line(f"because: {filled(rule.because, self.rulebook, self.facts, self.currency)}"))
        if truth is False:
            failed = Nearest(self.known).failed(self.rulebook.conditions[rule.id])
            below += [Line(f"not so: {text}") for text in in_words(failed, self.rulebook, self.currency)]
        if truth is None:
            below.append(self.waiting(self.known.waits_of_rule(rule.id)))
        if rule.limits:
            below.append(Line(f"limits: {filled(rule.limits, self.rulebook, self.facts, self.currency)}"))
        below.append(Line(f"sources: {', '.join(rule.sources)}"))
        return Line(f"{rule.code or ''} {rule.title} ({rule.id}) {_OUTCOMES[truth]}{provisional}".strip(), tuple(below))

    def waiting(self, questions: frozenset[str]) -> Line:
        return Line(
            "waits for:", tuple(Line(f"{self.rulebook.questions[name].ask} ({name})") for name in sorted(questions))
        )

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
                yield Line(f"[{_MARKS[part.value]}] {written(part.node)}", tuple(self._within(part)))
        else:
            yield Line(f"[{_MARKS[traced.value]}] {written(node)}", tuple(self._names(node)))

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
        rulebook = self.rulebook
        if name in rulebook.parameters:
            parameter = rulebook.parameters[name]
            return Line(
                f"{name} is {shown(name, rulebook, self.facts, self.currency)} ({parameter.status}): {parameter.why}"
            )
        if name in rulebook.questions:
            return self.question(name)
        if name in rulebook.measures:
            again = name in self.opened and self.steps
            below = () if again or not self.steps else tuple(self._formula(name))
            above = ", see above" if again else ""
            label = rulebook.measures[name].label
            return Line(f"{label} ({name}): {shown(name, rulebook, self.facts, self.currency)}{above}", below)
        return self._result(name)

    def _formula(self, name: str) -> Iterator[Line]:
        self.opened.add(name)
        formula = self.rulebook.formulas[name]
        yield Line(f"= {written(formula)}")
        yield from (self.name(each) for each in names_in(formula))

    def _result(self, name: str) -> Line:
        fact = self.facts[name]
        if isinstance(fact, tuple):
            low, high = fact
            return Line(f"{name}: {low if low == high else f'{low} to {high}'}")
        rules = [self.rulebook.rules[rule] for rule in self.rulebook.findings.get(name, ())]
        below = tuple(self.rule(rule) for rule in rules) if self.steps else ()
        return Line(f"{name}: {_MARKS[fact]}", below)

    def question(self, name: str) -> Line:
        """An answer with its evidence and source, and the voices behind it."""
        heard = self.voices.get(name)
        below = [Line(self.voice_lines.view(name, view)) for view in heard.views] if heard else []
        below += [Line(self.voice_lines.counts(heard))] if heard else []
        return Line(f"{self.rulebook.questions[name].ask} {self._answered(name)} ({name})", tuple(below))

    def _answered(self, name: str) -> str:
        answer, fact = self.unit.answers.get(name), self.facts[name]
        value = shown(name, self.rulebook, self.facts, self.currency)
        if answer is None:
            return "not asked" if fact is UNKNOWN or _is_open(fact) else f"{value} (follows from other answers)"
        if name in self.document.withheld or (answer.state == "unknown" and self._contradicted(name)):
            return str(answer.note)
        tried = "tried, not in the profile" if answer.tried is not None else ""
        if answer.state == "unknown":
            return f"{tried or 'asked'}, nobody knows"
        if answer.state == "not_applicable":
            return f"not applicable{f': {answer.reason}' if answer.reason else ''}"
        details = ", ".join(str(part) for part in (tried or answer.evidence, answer.source, answer.as_of) if part)
        return f"{value} ({details})"

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
        yield Line(f"{pattern.title}: {self._standing(pattern)}")
        yield Line(
            "score, of 100: " + (_span(pattern.low, pattern.high) if pattern.low is not None else "cannot be assessed"),
            tuple(self._terms(pattern)),
        )
        for rule in pattern.excluded_by:
            yield Line("excluded by", (self.rule(self.rulebook.rules[rule]),))
        for rule in pattern.open_exclusions:
            yield Line("could still be excluded by", (self.rule(self.rulebook.rules[rule]),))
        for cap in pattern.caps:
            word = "support held down, while open, to" if cap.open else "held down to"
            yield Line(f"{word} {cap.at} by", (self.rule(self.rulebook.rules[cap.rule]),))
        if pattern.money_per_year is not None:
            yield Line(f"worth a year: {self.currency or ''} {pattern.money_per_year}")

    def _standing(self, pattern: PatternResult) -> str:
        selection = self.known.evaluation.selection
        policy = self.rulebook.frame.selection
        floor = self.rulebook.parameters[policy.floor].value
        if pattern.pattern in self.document.recommended:
            place = "first" if self.document.recommended[0] == pattern.pattern else "also"
            firm = "firm" if self.document.firm else "provisional"
            tie = {"money": "; money decided a tie", "order": "; the rulebook's order decided a tie"}.get(
                selection.decided_by, ""
            )
            first = f"; {policy.first.says}" if selection.decided_by == "first" and policy.first else ""
            return f"recommended {place}, {firm}{tie}{first}"
        if pattern.low is None:
            return "not recommended: too little of it applies to this work"
        if pattern.excluded_by:
            return "not recommended: excluded"
        if pattern.low < floor:
            return (
                f"not recommended: support {pattern.low} is below {floor}, short by {_difference(floor, pattern.low)}"
            )
        window = self.rulebook.parameters[policy.mix_window].value
        return f"not recommended: support {pattern.low} is more than {window} below the best"

    def _terms(self, pattern: PatternResult) -> Iterator[Line]:
        for place, term in enumerate(pattern.terms):
            points = "does not apply" if term.low is None else f"{_span(term.low, term.high)} of {term.weight}"
            node = self.rulebook.terms[pattern.pattern][place]
            below = (Line(f"= {written(node)}"), *self._names(node)) if self.steps else tuple(self._answers(node))
            yield Line(f"{term.label}: {points}", below)

    def _answers(self, node: Node) -> Iterator[Line]:
        for name in sorted(self.known.rests_on(node)):
            yield self.question(name)

    def preparation(self, each: PreparationResult) -> Iterator[Line]:
        """A preparation's status, both views, and every rule that speaks about it."""
        status = each.status.replace("_", " ")
        side = ", one side only" if each.one_sided else ""
        provisional = ", provisional" if each.provisional else ""
        yield Line(f"{each.title}: {status}{side}{provisional}")
        frame = next(part for part in self.rulebook.frame.preparations if part.name == each.preparation)
        for who, name in (
            ("manager", frame.manager_view),
            ("staff", frame.staff_view),
            ("the lower counts", frame.score),
        ):
            yield Line(f"{who}:", (self.name(name),))
        for rule in self.rulebook.rules_in_order():
            if rule.preparation and rule.preparation.name == each.preparation:
                yield self.rule(rule)
        yield from self._alone(PREPARATION + each.preparation)

    def verdict(self, name: str | None) -> Iterator[Line]:
        """Whether a verdict holds, and which one leads."""
        led = self.document.verdict
        titles = {verdict.name: verdict.title for verdict in self.rulebook.frame.verdicts}
        yield Line(f"the verdict is: {titles.get(led or '', 'none')}")
        if self.document.also:
            yield Line(f"also true: {', '.join(titles[each] for each in self.document.also)}")
        for rule in self.rulebook.rules_in_order():
            if rule.verdict == name:
                yield self.rule(rule)
        second = runner_up(self.document)
        if second is not None and name == led:
            yield Line(f"strongest case for the runner-up, {second.title}", tuple(map(Line, strongest_case(second))))
        yield from self._alone(VERDICT, FIRST)

    def erosion(self) -> Iterator[Line]:
        """The erosion level, its indicators and its blind spots."""
        erosion = self.document.erosion
        yield Line(f"erosion: {erosion.level.replace('_', ' ')}{', provisional' if erosion.provisional else ''}")
        for label, rules in (("red", erosion.red), ("structural", erosion.structural), ("nobody knows", erosion.blind)):
            if rules:
                yield Line(f"{label}:", tuple(self.rule(self.rulebook.rules[rule]) for rule in rules))
        for rule in self.rulebook.rules_in_order():
            if rule.level:
                yield self.rule(rule)
        yield from self._alone(EROSION)


def _difference(floor: object, low: object) -> str:
    return decimal(Fraction(str(floor)) - Fraction(str(low)), 2)


def _span(low: object, high: object) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _is_open(fact: object) -> bool:
    return fact == NOT_APPLICABLE or (isinstance(fact, tuple) and not intervals.is_known(fact))
