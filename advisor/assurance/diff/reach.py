"""What the edits between two rulebooks can reach: only that has to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from advisor.engines.outcomes import Outcomes
from advisor.engines.quick import keys_behind
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION, key_of, key_of_name


class Reach:
    """The steps that were edited, and what reads them; an edit that is proven to change nothing is `settled`.

    `shared` are the questions that both ask alike, `apart` the others; `checks` are those that refuse other answers, by
    their conditions as written.
    """

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self.old, self.new = old, new
        asked = dict.fromkeys((*old.questions, *new.questions))
        self.shared = tuple(name for name in asked if self._asked_alike(name))
        self.apart = tuple(name for name in asked if name not in self.shared)
        self.checks = self._checks_apart()
        self._edited = self._edited_keys()

    def _asked_alike(self, name: str) -> bool:
        if name not in self.old.questions or name not in self.new.questions:
            return False
        columns = [
            [(each.name, each.minimum, each.maximum) for each in rulebook.questions[name].columns]
            for rulebook in (self.old, self.new)
        ]
        return self.old.scope[name] == self.new.scope[name] and columns[0] == columns[1]

    def _checks_apart(self) -> tuple[str, ...]:
        """The checks with a condition that only one of them refuses."""
        first, second = self.old.impossible, self.new.impossible
        found = [each for each in first if not any(each.condition == other.condition for other in second)]
        found += [each for each in second if not any(each.condition == other.condition for other in first)]
        return tuple(dict.fromkeys(each.check.id for each in found))

    def _edited_keys(self) -> set[str]:
        first, second = ({key_of(step): step for step in rulebook.steps} for rulebook in (self.old, self.new))
        edited = {key for key in {*first, *second} if first.get(key) != second.get(key)}
        return edited | ({SELECTION} if _selection(self.old) != _selection(self.new) else set())

    def edited(self) -> list[str]:
        """The edited steps that both have, each after those that it reads."""
        return [key for key in (key_of(step) for step in self.new.steps) if key in self._edited and key in self._known]

    def settled(self, key: str) -> None:
        """Take an edited step as the same."""
        self._edited.discard(key)

    def touches(self, key: str) -> bool:
        """Whether an edit can change what a step gives."""
        return any(not self._edited.isdisjoint(behind.get(key, ())) for behind in self._behind)

    def is_same(self, name: str) -> bool:
        """Whether a name has the same value under both, in both readings."""
        first, second = self.old.scope.get(name), self.new.scope.get(name)
        if first is None or first != second:
            return False
        key = key_of_name(first)
        return (key in self.old.assumed) == (key in self.new.assumed) and not self.touches(key)

    @cached_property
    def _behind(self) -> list[dict[str, set[str]]]:
        return [
            {key: keys_behind(rulebook, [key]) for key in map(key_of, rulebook.steps)}
            for rulebook in (self.old, self.new)
        ]

    @cached_property
    def _known(self) -> set[str]:
        return {key_of(step) for step in self.old.steps}

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that may fire for others than before, or fire otherwise."""
        names = dict.fromkeys((*self.old.rules, *self.new.rules))
        return tuple(rule for rule in names if self.touches(f"rule:{rule}") or self.severity_changed(rule))

    def severity_changed(self, rule: str) -> bool:
        """Whether a rule is more or less severe than it was."""
        first, second = self.old.rules.get(rule), self.new.rules.get(rule)
        return bool(first and second and first.severity != second.severity)

    @property
    def selects_alike(self) -> bool:
        """Whether scores and the choice of patterns are the same by construction."""
        return not self.touches(SELECTION)

    @property
    def capacity(self) -> tuple[str, ...]:
        """The measures shown as capacity that may be others than before."""
        return tuple(name for name in self.old.frame.capacity.values() if self.touches(name))

    @cached_property
    def ladders(self) -> tuple[str, ...]:
        """The outcomes that follow from other rules than before."""
        first, second = Outcomes(self.old).ladders, Outcomes(self.new).ladders
        return tuple(name for name in dict.fromkeys((*first, *second)) if first.get(name) != second.get(name))

    @property
    def nothing(self) -> bool:
        """Whether no edit reaches anything."""
        return not (self.rules or self.capacity or self.ladders) and self.selects_alike

    def beyond_proof(self) -> Iterator[str]:
        """What differs and is in no formula of the solver: only an example can show it."""
        if _verdicts(self.old) != _verdicts(self.new):
            yield "verdicts: their order, or when they stand alone"
        if self.old.frame.capacity != self.new.frame.capacity:
            yield "capacity: which measures are shown"
        if _shares(self.old) != _shares(self.new):
            yield "shares of the hours: their step or the reserve"
        if _staff(self.old) != _staff(self.new):
            yield "staff answers: when they are withheld"
        if any(book.frame.staff_answers for book in (self.old, self.new)):
            first, second = (_of_staff(book) for book in (self.old, self.new))
            for name in self.shared:
                if (name in first) != (name in second):
                    yield f"staff answers: whether {name} is one of them"
        if _majority(self.old) != _majority(self.new):
            yield "respondents: which share of people speaks for all of their role"
        for name in self.shared:
            one, other = self.old.questions[name], self.new.questions[name]
            if one.combined_by != other.combined_by:
                yield f"respondents: how their answers on {name} become one"
            elif one.section != other.section and self.old.drawn and self.new.drawn:
                yield f"respondents: to which part a difference on {name} belongs"


def _selection(rulebook: Rulebook) -> Any:
    """What scores and the choice of patterns rest on, beside the steps that they read."""
    policy, values = rulebook.frame.selection, rulebook.parameters
    weights = {
        pattern: [(values[term.weight].value, term.decimals) for term in score.terms]
        for pattern, score in rulebook.scores.items()
    }
    steering = {
        rule.id: (rule.excludes, rule.caps and (rule.caps.pattern, values[rule.caps.at].value))
        for rule in rulebook.rules.values()
        if rule.excludes or rule.caps
    }
    limits = [values[name].value for name in (policy.floor, policy.mix_window, policy.tie_window, policy.reach)]
    first = policy.first and (policy.first.pattern, policy.first.when)
    patterns = [(each.name, each.worth) for each in rulebook.frame.patterns]
    return rulebook.terms, weights, steering, limits, first, patterns


def _verdicts(rulebook: Rulebook) -> Any:
    return [(each.name, each.only_alone) for each in rulebook.frame.verdicts]


def _shares(rulebook: Rulebook) -> Any:
    policy = rulebook.frame.selection
    return [rulebook.parameters[name].value for name in (policy.share_step, policy.reserve)]


def _of_staff(rulebook: Rulebook) -> set[str]:
    """The questions whose answers are withheld where too few people gave them."""
    return {name for name, question in rulebook.questions.items() if question.who == "staff"}


def _majority(rulebook: Rulebook) -> Any:
    return rulebook.frame.voices and rulebook.parameters[rulebook.frame.voices.majority].value


def _staff(rulebook: Rulebook) -> Any:
    policy = rulebook.frame.staff_answers
    return policy and (policy.respondents, policy.team, rulebook.parameters[policy.minimum].value)
