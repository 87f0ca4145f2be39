"""The interview itself, without a front: what was said, what comes next, and how one step leads to the other.

A `State` is a value; every step gives a new one. What is kept between sittings is the profile and the answers that
were set aside, so that a sitting can be taken up from the file alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol

from advisor.advice.withheld import used_unit
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import Outcomes
from advisor.engines.quick import PartEngine, keys_behind
from advisor.interview.order import Order, Proposal
from advisor.interview.settled import Foresight, Headline
from advisor.interview.targets import Part, Target, Targets
from advisor.language import Fact
from advisor.language.trace import is_settled
from advisor.language.values import is_inapplicable_fact, unknown_fact
from advisor.profile import Answer, Frozen, Unit
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Respondent
from advisor.rulebook.plan import keys_read


class Evaluates(Protocol):
    """What evaluates the facts of one unit."""

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Which questions are asked: of one respondent, of one section, also what can change nothing."""

    who: Respondent | None = None
    section: str | None = None
    everything: bool = False

    def is_whole(self) -> bool:
        """Whether everybody is asked about everything."""
        return self.who is None and self.section is None


@dataclass(frozen=True, slots=True)
class State:
    """What was said about a unit, and how far this sitting has come.

    `speaker` is the place, among the respondents of the unit, of the person who is heard; without one answers are
    recorded. `aside` holds answers whose question does not apply at present: they count for nothing and are offered
    again when it does. `returned` are answered questions to be looked at again, since what they rest on has changed.
    `wanted` is a question that somebody went back to; `passed` are those of this sitting, in order.
    """

    unit: Unit
    speaker: int | None = None
    aside: Frozen[Answer] = field(default_factory=Frozen)
    passed: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()
    returned: tuple[str, ...] = ()
    wanted: str | None = None

    @property
    def answers(self) -> Frozen[Answer]:
        """What this interview has answered: what is recorded, or what one person says."""
        return self.unit.said_by(self.speaker)

    def with_answers(self, answers: Mapping[str, Answer]) -> State:
        """The state in which these are the answers of this interview."""
        return replace(self, unit=self.unit.with_answers(Frozen(answers), self.speaker))

    def before(self, name: str) -> Answer | None:
        """What was answered to a question so far, also where it was set aside."""
        return self.answers.get(name) or self.aside.get(name)

    def told_here(self) -> Unit:
        """The unit as far as it may be repeated to who answers: one person hears what is recorded and nobody else's."""
        if self.speaker is None:
            return self.unit
        return replace(self.unit, answers=Frozen({**self.answers, **self.unit.answers}), respondents=())


@dataclass(frozen=True, slots=True)
class View:
    """What follows from a state.

    `standing` is the advice on what counts now; `evaluation` is the same, or where one person is heard without what
    others have said to questions that are still put to that person. `open` are the questions without an answer, whoever
    is asked; `askable` those of this sitting. `left` is how many the headline takes, at least and at most; None once it
    is settled.
    """

    facts: Mapping[str, Fact]
    evaluation: Evaluation
    standing: Evaluation
    open: tuple[str, ...]
    askable: tuple[str, ...]
    headline: Headline
    next: Proposal | None = None
    left: tuple[int, int] | None = None


class Interview:
    """The steps of an interview with one rulebook."""

    def __init__(self, rulebook: Rulebook, engine: Evaluates, scope: Scope | None = None) -> None:
        self.rulebook = rulebook
        self.scope = scope or Scope()
        self.outcomes = Outcomes(rulebook)
        self._engine = engine
        self._targets = Targets(rulebook, self.outcomes)
        self._order = Order(rulebook)
        self._foresight = Foresight(rulebook, self.outcomes, self._targets)
        conditions = {
            name: step.applies_when
            for name, step in rulebook.question_steps.items()
            if name in rulebook.questions and step.applies_when is not None
        }
        self._behind = {name: keys_behind(rulebook, keys_read([when])) for name, when in conditions.items()}
        self._conditional = [name for name in rulebook.question_steps if name in conditions]
        self._applies = PartEngine(rulebook, self._conditional)

    def view(self, state: State) -> View:
        """Look at a state: takes tens of milliseconds where the order has to be worked out."""
        used = used_unit(state.unit, self.rulebook)
        facts = facts_of(used.unit, self.rulebook)
        last = state.passed[-1] if state.passed else None
        answered = {*state.unit.answers, *(each.question for each in used.voices if each.answer is not None)}
        if state.speaker is None:
            view = self.view_of(facts, answered, state.skipped, last)
        else:
            view = self._view_of_one(state, facts, answered, last)
        fixed = state.wanted or (state.returned[0] if state.returned else None)
        return replace(view, next=Proposal(fixed), left=None) if fixed else view

    def _view_of_one(self, state: State, facts: Mapping[str, Fact], answered: set[str], last: str | None) -> View:
        """The view of one person's sitting: what that person has not answered is open, whatever others have said to it.

        What is recorded prevails over voices, so it is asked only where everything is.
        """
        unheard = {name for name in self.rulebook.asked if self.in_scope(name) and name not in state.answers}
        open_names = unheard.difference(state.unit.answers)
        without = {**facts, **{name: unknown_fact(self.rulebook.scope[name].kind) for name in open_names}}
        answered -= unheard if self.scope.everything else open_names
        view = self.view_of(without, answered | {*state.answers}, state.skipped, last)
        return replace(view, standing=self._engine.evaluate(facts))

    def view_of(
        self, facts: Mapping[str, Fact], answered: Collection[str], skipped: Collection[str], last: str | None
    ) -> View:
        """The same from facts: `answered` are the questions with an answer, also unknown; `last` is the one before."""
        evaluation = self._engine.evaluate(facts)
        known = evaluation.facts
        applying = [
            name for name in self.rulebook.asked if name not in answered and not is_inapplicable_fact(known[name])
        ]
        following = tuple(name for name in applying if not is_settled(known[name]))
        among = applying if self.scope.everything else following
        askable = tuple(name for name in among if name not in skipped and self.in_scope(name))
        targets = self._targets.headline(evaluation)
        headline = self._foresight.headline(facts, evaluation, following, targets)
        view = View(facts, evaluation, evaluation, following, askable, headline)
        if self.scope.everything:
            return replace(view, next=Proposal(askable[0]) if askable else None)
        targets = _open_of(headline, targets)
        every = chain(targets, self._targets.rest(evaluation))
        proposed = self._order.propose(facts, every, following, {*askable}, last)
        if proposed is None or self._foresight.is_settled(headline):
            return replace(view, next=proposed)
        return replace(view, next=proposed, left=self._foresight.left(facts, following, targets, proposed.question))

    def mattering(self, view: View) -> dict[str, Part]:
        """The questions of this sitting that can still change the advice, each with the most important part of it."""
        targets = _open_of(view.headline, self._targets.headline(view.evaluation))
        found: dict[str, Part] = {}
        for target in chain(targets, self._targets.rest(view.evaluation)):
            for name in target.waits.intersection(view.askable):
                found[name] = min(target.part, found.get(name, target.part))
        return {name: found[name] for name in view.askable if name in found}

    def is_settled(self, view: View) -> bool:
        """Whether no open answer can change the headline of the advice."""
        return self._foresight.is_settled(view.headline)

    def in_scope(self, name: str) -> bool:
        """Whether a question is one of this sitting, whatever was answered."""
        question = self.rulebook.questions[name]
        return self.scope.who in (None, question.who) and self.scope.section in (None, question.section)

    def answered(self, state: State, name: str, answer: Answer) -> State:
        """Give an answer, for the first time or anew.

        Answers whose question does not apply any more are set aside. Where an earlier answer changed, the answered
        questions that depend on it come back with what was said; so do those that apply again.
        """
        before = state.answers.get(name)
        changed = before is not None and _meaning(before) != _meaning(answer)
        answers = {**state.answers, name: answer}
        aside = {other: kept for other, kept in state.aside.items() if other != name}
        returned = [other for other in state.returned if other != name]
        for other in self._dependants(name):
            if not self._does_apply(other, state.with_answers(answers).unit):
                returned = [each for each in returned if each != other]
                if other in answers:
                    aside[other] = answers.pop(other)
            elif other in aside or (changed and other in answers):
                returned += [other] if other not in returned and self.in_scope(other) else []
        return replace(
            self._passed(state, name).with_answers(answers),
            aside=Frozen(aside),
            returned=tuple(returned),
            skipped=state.skipped - {name},
        )

    def held(self, state: State, name: str, answer: Answer) -> State:
        """Keep what there is of an answer that is still being given, such as the first rows of a table."""
        aside = Frozen({other: kept for other, kept in state.aside.items() if other != name})
        return replace(state.with_answers({**state.answers, name: answer}), aside=aside)

    def obstacles(self, state: State, name: str) -> list[str]:
        """The questions whose answers keep this one from applying; none where it applies or may apply."""
        if name not in self._behind or self._does_apply(name, state.unit):
            return []
        return [other for other in self.rulebook.questions if other in self._behind[name]]

    def stale(self, state: State) -> list[str]:
        """Answers whose question does not apply, as a file edited by hand may have them."""
        return [name for name in self._conditional if name in state.answers and not self._does_apply(name, state.unit)]

    def skipped(self, state: State, name: str) -> State:
        """Leave a question for another sitting; what was answered to it before stays."""
        returned = tuple(other for other in state.returned if other != name)
        return replace(self._passed(state, name), skipped=state.skipped | {name}, returned=returned)

    def back(self, state: State, name: str | None = None) -> State:
        """Go back to the question before, or to the one named; without any the state stays as it is."""
        if name is not None:
            return replace(state, wanted=name)
        if not state.passed:
            return state
        *earlier, last = state.passed
        return replace(state, passed=tuple(earlier), wanted=last, skipped=state.skipped - {last})

    @staticmethod
    def _passed(state: State, name: str) -> State:
        passed = (*(other for other in state.passed if other != name), name)
        return replace(state, passed=passed, wanted=None if state.wanted == name else state.wanted)

    def _dependants(self, name: str) -> list[str]:
        """The questions whose applying rests on this one, each after those that it rests on itself."""
        return [other for other in self._conditional if name in self._behind[other]]

    def _does_apply(self, name: str, unit: Unit) -> bool:
        """Whether a question applies or may apply, whatever was answered to it."""
        facts = facts_of(unit, self.rulebook)
        facts[name] = unknown_fact(self.rulebook.scope[name].kind)
        working, _ = self._applies.run(facts)
        return not is_inapplicable_fact(working.facts[name])


def _open_of(headline: Headline, targets: Sequence[Target]) -> tuple[Target, ...]:
    """What is open about the headline; a verdict that is proven is not, even where three-valued logic cannot tell."""
    return tuple(each for each in targets if not (each.part is Part.VERDICT and headline.is_proven()))


def _meaning(answer: Answer) -> tuple[object, ...]:
    """What the rules see of an answer; evidence and notes change nothing that depends on it."""
    return answer.state, answer.value, answer.low, answer.high
