"""Whether what the parts of a rulebook name exists: sources, parameters, patterns, verdicts, names in texts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from advisor.reading import Collector, Place, did_you_mean
from advisor.rulebook.invariants import Invariant, mistakes, outcome_signatures
from advisor.rulebook.model import JUDGEMENT, PLACEHOLDER, Question, Rule
from advisor.rulebook.sheet import Sheet
from advisor.rulebook.voices import check_voices

FEWEST_STAFF = 5
"""Answers of fewer people could be traced to one of them; no rulebook may go below."""
LONGEST_VALIDITY = 3650
"""In days: an advice does not stand for longer."""
MONTH = "month"
"""The unit of what grows with the calendar."""
MEMO_NAMES = ("uses", "missing", "condition")
"""What a verdict's sentences may name besides values: patterns chosen, preparations missing, conditions."""


def check_references(sheet: Sheet, problems: Collector) -> None:
    """Note every reference to something that is not there."""
    checker = _References(sheet, problems)
    checker.sources()
    checker.frame()
    for rule in sheet.rules.values():
        checker.rule(rule)
    for invariant in sheet.invariants.values():
        checker.invariant(invariant)
    for pattern, score in sheet.scores.items():
        patterns = [each.name for each in sheet.frame.patterns]
        checker.one_of(pattern, patterns, sheet.places["scores"][pattern], "pattern")
        for term in score.terms:
            checker.one_of(term.weight, sheet.parameters, sheet.places["scores"][pattern], "parameter")
            checker.between(term.weight, 0, 100)
    sections = {section.name for section in sheet.sections}
    for question in sheet.questions.values():
        checker.one_of(question.section, sections, sheet.places["questions"][question.name], "section")
        if question.explains:
            checker.one_of(question.explains, sheet.questions, sheet.places["questions"][question.name], "question")
        checker.steps(question)
        checker.growth(question)
    check_voices(sheet, problems)


class _References:
    def __init__(self, sheet: Sheet, problems: Collector) -> None:
        self.sheet = sheet
        self.problems = problems

    def one_of(self, name: str, known: Iterable[str], place: Place, what: str) -> None:
        known = list(known)
        if name not in known:
            self.problems.add(place, "R005", f"there is no {what} '{name}'{did_you_mean(name, known)}")

    def between(self, name: str, low: int, high: int | None) -> None:
        """Note a parameter with which the program could not work."""
        parameter = self.sheet.parameters.get(name)
        if parameter and not (low <= parameter.value and (high is None or parameter.value <= high)):
            allowed = f"at least {low}" if high is None else f"{low} to {high}"
            self.problems.add(
                self.sheet.places["parameters"][name], "R013", f"'{name}' is {parameter.value}; it must be {allowed}"
            )

    def steps(self, question: Question) -> None:
        """Note a `step` or `least_changed` by which no answer to the question could change."""
        for key, number in (("step", question.step), ("least_changed", question.least_changed)):
            mistake = None if number is None else _mistaken(key, number, question)
            if mistake:
                message = f"'{question.name}': {key} {number} {mistake}"
                self.problems.add(self.sheet.places["questions"][question.name], "R018", message)

    def growth(self, question: Question) -> None:
        """Note a question whose answer cannot grow by a month with each month."""
        if question.grows_monthly and (question.type, question.unit) != ("number", MONTH):
            message = f"'{question.name}': grows_monthly is for numbers in the unit '{MONTH}' only; remove it"
            self.problems.add(self.sheet.places["questions"][question.name], "R018", message)

    def sources(self) -> None:
        sheet = self.sheet
        bibliography = {*sheet.sources, *sheet.claims, JUDGEMENT}
        for key in ("parameters", "questions", "measures", "rules", "invariants"):
            for name, part in getattr(sheet, key).items():
                for cited in part.sources:
                    if cited not in bibliography:
                        hint = did_you_mean(cited, bibliography)
                        self.problems.add(
                            sheet.places[key][name],
                            "R009",
                            f"'{name}' cites '{cited}', which sources.yaml does not hold{hint}",
                        )
        for name, parameter in sheet.parameters.items():
            if parameter.status in ("published", "article") and not parameter.sources:
                self.problems.add(
                    sheet.places["parameters"][name], "R009", f"'{name}' is {parameter.status} but cites nothing"
                )

    def frame(self) -> None:
        sheet, place, frame = self.sheet, self.sheet.frame_place, self.sheet.frame
        selection = frame.selection
        for name in (
            selection.floor,
            selection.mix_window,
            selection.tie_window,
            selection.reach,
            selection.share_step,
            selection.reserve,
        ):
            self.one_of(name, sheet.parameters, place, "parameter")
            # Shares are in proportion to support, so there must be some.
            self.between(name, 1 if name in (selection.share_step, selection.floor) else 0, 100)
        across = frame.across_units
        measures = [*frame.capacity.values(), selection.hours, across.free_hours, across.later_hours, across.growth]
        measures += [pattern.worth for pattern in frame.patterns if pattern.worth]
        for preparation in frame.preparations:
            measures += [preparation.score, preparation.manager_view, preparation.staff_view]
        for name in measures:
            self.one_of(name, sheet.measures, place, "measure")
        findings = [across.growing_when, *([selection.first.when] if selection.first else [])]
        findings += [frame.erosion.not_before] if frame.erosion.not_before else []
        for name in findings:
            self.one_of(name, (n for n, s in sheet.scope.items() if s.origin == "finding"), place, "finding")
        staff = frame.staff_answers
        if staff:
            self.one_of(staff.minimum, sheet.parameters, place, "parameter")
            self.between(staff.minimum, FEWEST_STAFF, None)
            self.one_of(staff.respondents, sheet.questions, place, "question")
            self.one_of(staff.team, sheet.questions, place, "question")
            for text in (staff.note, staff.notice, staff.unsure):
                for name in PLACEHOLDER.findall(text):
                    self.one_of(name, sheet.parameters, place, "parameter")
        if frame.voices:
            self.one_of(frame.voices.majority, sheet.parameters, place, "parameter")
            # Two words cannot both be what most people say.
            self.between(frame.voices.majority, 51, 100)
        for pattern in frame.patterns:
            if pattern.name not in sheet.scores:
                self.problems.add(place, "R011", f"the pattern '{pattern.name}' has no score")

        self._spreads()
        self._named_parameters()
        self._frame_texts()

    def _named_parameters(self) -> None:
        """What the memo and the dates of a profile are judged by."""
        sheet, place, frame = self.sheet, self.sheet.frame_place, self.sheet.frame
        if frame.earliest_year:
            self.one_of(frame.earliest_year, sheet.parameters, place, "parameter")
        if frame.memo.valid_for:
            self.one_of(frame.memo.valid_for, sheet.parameters, place, "parameter")
            self.between(frame.memo.valid_for, 1, LONGEST_VALIDITY)
        if frame.memo.first_steps:
            self.one_of(frame.memo.first_steps, sheet.parameters, place, "parameter")
            self.between(frame.memo.first_steps, 1, None)

    def _spreads(self) -> None:
        sheet, policy = self.sheet, self.sheet.frame.robustness
        for spread in policy.spreads if policy else ():
            for question in spread.questions:
                self.one_of(question, sheet.questions, sheet.frame_place, "question")
            for name in spread.by.values():
                self.one_of(name, sheet.parameters, sheet.frame_place, "parameter")
                self.between(name, 0, None)

    def _frame_texts(self) -> None:
        """The sentences of the memo; besides values they may name what the advice puts in."""
        frame, own = self.sheet.frame, MEMO_NAMES
        texts = [text for group in frame.memo.situation for text in group]
        texts += [pattern.worth_if for pattern in frame.patterns if pattern.worth_if]
        for verdict in frame.verdicts:
            headline, across = verdict.headline, verdict.across
            texts += [headline.firm, headline.provisional or "", headline.open or ""] if headline else []
            texts += [across.one, across.many or ""] if across else []
            texts += [verdict.complication or "", verdict.decision or ""]
        shown = {*self._shown(), *own}
        for name in (name for text in texts for name in PLACEHOLDER.findall(text) if name not in shown):
            message = f"a sentence of the memo shows {{{name}}}, which has no value{did_you_mean(name, shown)}"
            self.problems.add(self.sheet.frame_place, "R010", message)

    def _shown(self) -> set[str]:
        counts = (name for name, signature in self.sheet.scope.items() if signature.origin == "group")
        return {*self.sheet.questions, *self.sheet.measures, *self.sheet.parameters, *counts}

    def rule(self, rule: Rule) -> None:
        place, frame = self.sheet.places["rules"][rule.id], self.sheet.frame
        patterns = [pattern.name for pattern in frame.patterns]
        for pattern in rule.excludes:
            self.one_of(pattern, patterns, place, "pattern")
        if rule.caps:
            self.one_of(rule.caps.pattern, patterns, place, "pattern")
            self.one_of(rule.caps.at, self.sheet.parameters, place, "parameter")
        if rule.verdict:
            self.one_of(rule.verdict, [verdict.name for verdict in frame.verdicts], place, "verdict")
        if rule.preparation:
            self.one_of(rule.preparation.name, [each.name for each in frame.preparations], place, "preparation")
        if rule.level:
            self.one_of(rule.level, frame.erosion.levels, place, "erosion level")
        if rule.indicator:
            self.one_of(
                rule.indicator.of, {**self.sheet.questions, **self.sheet.measures}, place, "question or measure"
            )
        self._texts(rule, place)

    def invariant(self, invariant: Invariant) -> None:
        """Note what an invariant names that is not there, or cannot be moved or put in order."""
        place, sheet = self.sheet.places["invariants"][invariant.id], self.sheet
        for mistake in mistakes(invariant):
            self.problems.add(place, "R003", f"'{invariant.id}' {mistake}")
        for rule in invariant.opposite:
            self.one_of(rule, sheet.rules, place, "rule")
        movable = {name for name in sheet.questions if sheet.scope[name].kind in ("number", "truth", "choice")}
        for name in invariant.moves:
            self.one_of(name, movable, place, "question with a number, a yes/no or a choice")
        words = {name: each.choices for name, each in outcome_signatures(sheet.frame).items() if each.choices}
        if invariant.never_falls is not None:
            self.one_of(invariant.never_falls, words, place, "outcome in words")
            wanted = words.get(invariant.never_falls, invariant.order)
            if sorted(invariant.order) != sorted(wanted):
                missing = ", ".join(word for word in wanted if word not in invariant.order) or "each of its words once"
                self.problems.add(
                    place, "R003", f"the order of {invariant.never_falls} in '{invariant.id}' must hold {missing}"
                )

    def _texts(self, rule: Rule, place: Place) -> None:
        action = rule.remedy.said_of(rule.remedy.about or "{about}") if rule.remedy else ""
        texts = [rule.says, rule.because, rule.limits or "", action]
        shown = self._shown()
        for name in (name for text in texts for name in PLACEHOLDER.findall(text)):
            if name not in shown:
                hint = did_you_mean(name, shown)
                self.problems.add(
                    place, "R010", f"'{rule.id}' shows {{{name}}}, which is no question, measure or parameter{hint}"
                )


def _mistaken(key: str, number: Decimal, question: Question) -> str | None:
    """What is wrong with a number by which answers change."""
    low, high = question.minimum, question.maximum
    if question.type != "number":
        return "is for numbers only; remove it"
    if number != round(number, question.decimals):
        return f"has more decimals than the {question.decimals} of the question; round it"
    if key == "step":
        return None if number > 0 else "is not above 0; correct it"
    if (low is not None and number < low) or (high is not None and number > high):
        return "is out of the question's bounds; correct it"
    return None
