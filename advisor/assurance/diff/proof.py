"""Two rulebooks read by the solver over the same answers: can this piece of the advice be another?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from advisor.assurance.diff.reach import Reach
from advisor.engines.outcomes import Outcomes
from advisor.engines.proof.cuts import CutEncoding
from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.numbers import End, Number, equal
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.prover import Found, ask, outcome_flag
from advisor.engines.proof.selection import Scored
from advisor.engines.proof.space import Space
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.engines.proof.values import Rails
from advisor.language import Fact
from advisor.language.values import unknown_fact
from advisor.rulebook import Rulebook

Difference = Callable[[Encoding, Encoding], Flag]
"""When a piece of the advice is not the same under two rulebooks over one space."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the solver says of one piece: whether it can differ, and with which answers."""

    what: str
    says: Literal["impossible", "possible", "undecided"]
    facts: Mapping[str, Fact] | None = None
    why: str = ""


class Comparison:
    """Every piece that the edits reach, over all answers that are valid for both rulebooks.

    A question may be answered with any valid value, be unknown or not apply; the questions that the two do not ask
    alike are unknown.
    """

    def __init__(self, old: Rulebook, new: Rulebook, reach: Reach) -> None:
        self.old, self.new, self.reach = old, new, reach
        scope = {**new.scope, **old.scope}
        names = dict.fromkeys((*old.questions, *new.questions))
        self._facts = {name: unknown_fact(scope[name].kind) for name in names}

    def settle(self) -> int:
        """Take out of the reach every edited step that is proven to give the same as before; gives their number.

        What a step reads is left free where it is the same under both: so the proof is about the step alone.
        """
        return sum(self._is_settled(key) for key in self.reach.edited())

    def _is_settled(self, key: str) -> bool:
        try:
            found, _ = self._asked(partial(_steps_differ, key), cut_at=self.reach.is_same)
        except Beyond:
            return False
        if found.says == "impossible":
            self.reach.settled(key)
        return found.says == "impossible"

    def all(self) -> Iterator[Said]:
        """What the solver says of each piece."""
        for what, difference in self._pieces():
            yield self._said(what, difference)

    def _pieces(self) -> Iterator[tuple[str, Difference]]:
        for rule in self.reach.rules:
            yield f"rule {rule}", self._rule(rule)
        for name in self.reach.capacity:
            yield f"measure {name}", partial(_values_differ, name)
        if not self.reach.selects_alike:
            for place, pattern in enumerate(self.old.frame.patterns):
                yield f"score of {pattern.name}", partial(_scores_differ, place)
            yield "the choice of patterns", _choices_differ
        for name in self.reach.ladders:
            yield name, partial(self._outcomes_differ, name)

    def _outcomes_differ(self, name: str, old: Encoding, new: Encoding) -> Flag:
        pairs = [(encoding, Outcomes(encoding.rulebook)) for encoding in (old, new)]
        if any(name not in outcomes.ladders for _, outcomes in pairs):
            raise Beyond("an outcome that only one of them has")
        words = dict.fromkeys(word for _, outcomes in pairs for word in outcomes.words()[name])
        flags = [[outcome_flag(encoding, outcomes, name, word) for word in words] for encoding, outcomes in pairs]
        return some(_differ(first, second) for first, second in zip(*flags, strict=True))

    def _rule(self, rule: str) -> Difference:
        severity_changed = self.reach.severity_changed(rule)

        def difference(old: Encoding, new: Encoding) -> Flag:
            first, second = _fires(old, rule), _fires(new, rule)
            if severity_changed:
                return some((first.true, second.true))
            surely = (_fires(old, rule, firm=True).true, _fires(new, rule, firm=True).true)
            otherwise = every((first.true, second.true, _differ(*surely)))
            steers = any(rule in book.rules and book.rules[rule].excludes for book in (self.old, self.new))
            return some((_differ(first.true, second.true), _differ(*surely) if steers else otherwise))

        return difference

    def _said(self, what: str, difference: Difference) -> Said:
        """Whether a piece can differ.

        Asked first with what is the same left free; then whether it can be, with the rows of tables spelled out, and
        whether it cannot, with their sums free.
        """
        try:
            if self._asked(difference, cut_at=self.reach.is_same)[0].says == "impossible":
                return Said(what, "impossible")
            found, has_tables = self._asked(difference)
            if found.says == "impossible" and has_tables:
                found, _ = self._asked(difference, free_tables=True)
                if found.says == "possible":
                    return Said(what, "undecided", why="a table could have more rows")
        except Beyond as beyond:
            return Said(what, "undecided", why=f"cannot be expressed: {beyond}")
        return Said(what, found.says, found.facts, found.why)

    def _asked(
        self, difference: Difference, *, cut_at: Callable[[str], bool] | None = None, free_tables: bool = False
    ) -> tuple[Found, bool]:
        """Whether the difference can be; and whether it rests on rows of a table."""
        space = self._space(free_tables=free_tables or cut_at is not None)
        if cut_at is None:
            old = Encoding(self.old, space)
        else:
            shapes = Encoding(self.old, self._space(free_tables=True))
            old = CutEncoding(self.old, space, cut_at, shapes)
        new = old.beside(self.new)
        flag = difference(old, new)
        return ask(old, [flag, *self._withheld_is_unknown(space), *new.constraints]), bool(space.tables_used)

    def _space(self, *, free_tables: bool) -> Space:
        return Space(self.old, self._facts, self.reach.shared, "any", free_tables=free_tables)

    def _withheld_is_unknown(self, space: Space) -> Iterator[Flag]:
        """Where too few people answered, the staff's answers are not known."""
        for rulebook in (self.old, self.new):
            policy = rulebook.frame.staff_answers
            if policy is None:
                continue
            staff = [name for name in self.reach.shared if rulebook.questions[name].who == "staff"]
            none_known = every(negated(space.raw(rulebook.scope[name]).value.known) for name in staff)
            for name in {policy.respondents, policy.team} & {*self.reach.shared}:
                count = space.raw(rulebook.scope[name]).value
                assert isinstance(count, Number)
                least = int(rulebook.parameters[policy.minimum].value * rulebook.scope[name].scale)
                yield some((negated(count.known), count.low.top >= least, none_known))


def _steps_differ(key: str, old: Encoding, new: Encoding) -> Flag:
    """Whether a step gives something else in one of the two readings."""
    return some(_differ_in_reading(key, old, new, firm) for firm in (False, True))


def _differ_in_reading(key: str, old: Encoding, new: Encoding, firm: bool) -> Flag:
    kind, _, rule = key.partition(":")
    if kind == "rule" and rule:
        return _rails_differ(old.rule(rule, firm=firm), new.rule(rule, firm=firm))
    if key not in old.rulebook.formulas:
        raise Beyond("an edit of this kind")
    if old.rulebook.scope[key] != new.rulebook.scope[key]:
        return True
    pair = [book.lowered(book.rulebook.formulas[key], firm) for book in (old, new)]
    if all(isinstance(value, Number) for value in pair):
        return _numbers_differ(*pair)
    if all(isinstance(value, Rails) for value in pair):
        return _rails_differ(*pair)
    raise Beyond("a formula for a word")


def _rails_differ(left: Rails, right: Rails) -> Flag:
    return some((_differ(left.true, right.true), _differ(left.false, right.false)))


def _fires(encoding: Encoding, rule: str, *, firm: bool = False) -> Rails:
    """Whether a rule fires; one that the rulebook does not have never does."""
    return encoding.rule(rule, firm=firm) if rule in encoding.rulebook.rules else Rails(False, True)


def _differ(left: Flag, right: Flag) -> Flag:
    return some((every((left, negated(right))), every((right, negated(left)))))


def _values_differ(name: str, old: Encoding, new: Encoding) -> Flag:
    left, right = old.value(name), new.value(name)
    if not isinstance(left, Number) or not isinstance(right, Number):
        raise Beyond("a measure that is no number")
    return _numbers_differ(left, right)


def _numbers_differ(left: Number, right: Number) -> Flag:
    apart = some((_ends_differ(left.low, right.low), _ends_differ(left.high, right.high)))
    both_apply = every((negated(left.inapplicable), negated(right.inapplicable)))
    return some((_differ(left.inapplicable, right.inapplicable), every((both_apply, apart))))


def _ends_differ(left: End, right: End) -> Flag:
    there = every((negated(left.absent), negated(right.absent)))
    return some((_differ(left.absent, right.absent), every((there, negated(equal(left, right))))))


def _scores(encoding: Encoding) -> list[Scored]:
    """Every pattern with its score, in the order of the rulebook."""
    encoding.value("recommends_any")
    return encoding.selecting.scored


def _scores_differ(place: int, old: Encoding, new: Encoding) -> Flag:
    left, right = _scores(old)[place], _scores(new)[place]
    apart = some((_ends_differ(left.low, right.low), _ends_differ(left.high, right.high)))
    return some((_differ(left.assessed, right.assessed), every((left.assessed, right.assessed, apart))))


def _choices_differ(old: Encoding, new: Encoding) -> Flag:
    if [each.pattern for each in _scores(old)] != [each.pattern for each in _scores(new)]:
        raise Beyond("other patterns")
    return some(_differ(old.selected[name].true, new.selected[name].true) for name in old.selected)
