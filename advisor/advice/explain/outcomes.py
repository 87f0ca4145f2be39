"""Why an outcome is as it is: a pattern, a preparation, the verdict, the erosion level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.advice.explain.line import Line
from advisor.advice.explain.rules import Rules
from advisor.advice.explain.setting import Setting
from advisor.advice.figures import figure, score, worth, worth_notes
from advisor.advice.model import PatternResult, PreparationResult
from advisor.advice.nearest import Nearest, in_words, runner_up, strongest_case
from advisor.advice.outcome_words import erosion_said
from advisor.advice.preparations import one_side
from advisor.advice.voice_lines import VoiceLines
from advisor.advice.why_not import other_verdicts
from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.language import Node


class Outcomes:
    """Explains outcomes for one unit."""

    def __init__(self, setting: Setting, rules: Rules) -> None:
        """Explain in `setting`."""
        self._setting = setting
        self._rules = rules
        self._rulebook = setting.rulebook
        self._known = setting.known
        self._document = setting.document
        self._currency = setting.currency
        self._voice_lines = VoiceLines(setting.rulebook, setting.currency)

    def pattern(self, pattern: PatternResult) -> Iterator[Line]:
        """A pattern's standing, its terms, what caps or excludes it."""
        say = self._setting.say
        yield Line(say("explain.of_outcome", title=pattern.title, words=self._standing(pattern)))
        points = say("explain.cannot_be_assessed") if pattern.low is None else score(pattern.low, pattern.high, say)
        yield Line(say("explain.score", points=points), tuple(self._terms(pattern)))
        for rule in pattern.excluded_by:
            yield Line(say("explain.excluded_by"), (self._rule(rule), self._nearest_end(rule)))
        for rule in pattern.open_exclusions:
            yield Line(say("explain.could_be_excluded_by"), (self._rule(rule),))
        for cap in pattern.caps:
            key = "explain.could_be_held_down" if cap.open else "explain.held_down"
            yield Line(say(key, at=figure(cap.at, say)), (self._rules.rule(self._rulebook.rules[cap.rule]),))
        if pattern.money_per_year is not None:
            figures = self._setting.figures
            notes = tuple(Line(each) for each in worth_notes(pattern, figures) if each)
            yield Line(say("explain.worth", amount=worth(pattern, figures)), notes)

    def _rule(self, name: str) -> Line:
        return self._rules.rule(self._rulebook.rules[name])

    def _nearest_end(self, rule: str) -> Line:
        """The parts of a rule that holds with which it would end, those that are nearest to it."""
        holding = Nearest(self._known).failed(self._rulebook.conditions[rule], wanted=False)
        words = in_words(holding, self._rulebook, self._currency, wanted=False)
        return Line(self._setting.say("explain.nearest_end"), tuple(map(Line, words)))

    def _standing(self, pattern: PatternResult) -> str:
        selection, say = self._known.evaluation.selection, self._setting.say
        policy, parameters = self._rulebook.frame.selection, self._rulebook.parameters
        floor, window = parameters[policy.floor].value, parameters[policy.mix_window].value
        if pattern.pattern in self._document.recommended:
            first = self._document.recommended[0] == pattern.pattern
            place = say("explain.recommended_first" if first else "explain.recommended_also")
            firm = say("explain.firm" if self._document.firm else "explain.provisional")
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
            node = self._rulebook.terms[pattern.pattern][place]
            below = self._rules.names.opened(node) if self._setting.steps else self._answers(node)
            points = self._setting.points(term)
            yield Line(self._setting.say("explain.term", label=term.label, points=points), tuple(below))

    def _answers(self, node: Node) -> Iterator[Line]:
        for name in sorted(self._known.rests_on(node)):
            yield self._rules.names.question(name)

    def preparation(self, each: PreparationResult) -> Iterator[Line]:
        """A preparation's status, both views, and every rule that speaks about it."""
        say = self._setting.say
        frame = next(part for part in self._rulebook.frame.preparations if part.name == each.preparation)
        side = one_side(frame, self._known)
        words = [say(f"status.{each.status}")]
        words += [say(f"side.{side}")] if side else []
        words += [say("explain.provisional")] if each.provisional else []
        yield Line(say("explain.of_outcome", title=each.title, words=say("list.comma").join(words)))
        for who, name in (("manager", frame.manager_view), ("staff", frame.staff_view), ("lower", frame.score)):
            yield Line(say("explain.view", who=say(f"explain.{who}")), (self._rules.names.name(name),))
        for rule in self._rulebook.rules_in_order():
            if rule.preparation and rule.preparation.name == each.preparation:
                yield self._rules.rule(rule)
        yield from self._alone(PREPARATION + each.preparation)

    def verdict(self, name: str | None) -> Iterator[Line]:
        """Whether a verdict holds, and which one leads."""
        led, say = self._document.verdict, self._setting.say
        titles = {verdict.name: verdict.title for verdict in self._rulebook.frame.verdicts}
        yield Line(say("explain.verdict", title=titles.get(led or "", say("word.none"))))
        if self._document.also:
            also = say("list.comma").join(titles[each] for each in self._document.also)
            yield Line(say("explain.also", titles=also))
        for rule in self._rulebook.rules_in_order():
            if rule.verdict == name:
                yield self._rules.rule(rule)
        if name != led:
            return
        others = tuple(map(Line, other_verdicts(self._known, led, self._currency)))
        yield Line(say("explain.other_verdicts"), others)
        second = runner_up(self._document)
        if second is not None:
            case = strongest_case(second, self._known, self._currency)
            yield Line(say("explain.runner_up", title=second.title), tuple(map(Line, case)))
        yield from self._alone(VERDICT, FIRST)

    def erosion(self) -> Iterator[Line]:
        """The erosion level, its indicators and its blind spots."""
        erosion, say = self._document.erosion, self._setting.say
        level = erosion_said(self._document, self._rulebook)
        words = say("list.comma").join([level, say("explain.provisional")]) if erosion.provisional else level
        yield Line(say("explain.erosion", level=words))
        for key, rules in (("red", erosion.red), ("structural", erosion.structural), ("blind", erosion.blind)):
            if rules:
                yield Line(say(f"explain.{key}"), tuple(self._rule(rule) for rule in rules))
        for rule in self._rulebook.rules_in_order():
            if rule.level:
                yield self._rules.rule(rule)
        yield from self._alone(EROSION)

    def _alone(self, *outcomes: str) -> Iterator[Line]:
        """Whose view, if it counted alone, would change one of these outcomes."""
        for voice in self._document.by_voice:
            changes = [change for change in voice.changes or () if change.outcome in outcomes]
            if changes:
                yield Line(self._voice_lines.alone(replace(voice, changes=changes)))
