"""Adding an answer narrows intervals and settles what was open: no rule then contradicts what it had settled.

A rule is asked with nothing known of the names it reads but that in the second profile they say the same as in the
first, or more: what was settled stays, an interval is no wider, and what was wholly unknown may come not to apply. The
same is asked of the two readings of one profile: the assumed one must not contradict what the firm one settles.
That a measure only becomes narrower while its operands do is a matter of the language, not of one rulebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import z3

from advisor.engines.proof import numbers
from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.numbers import Number
from advisor.engines.proof.space import TWIN, Space
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.engines.proof.values import Choice, Rails, Several, Table, Truth, Value
from advisor.engines.quick import keys_behind
from advisor.language import Signature, names_in, nodes
from advisor.language.nodes import walk
from advisor.language.values import unknown_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import QuestionStep, Step, expressions_of, key_of

Between = Literal["profiles", "readings"]
"""What is compared: a profile with one that has more answers, or the firm with the assumed reading of one."""


class Refinement:
    """Two profiles of which the second has all answers of the first and more, or the two readings of one profile."""

    def __init__(self, rulebook: Rulebook, between: Between) -> None:
        names = list(rulebook.questions)
        empty = {name: unknown_fact(rulebook.scope[name].kind) for name in names}
        space = Space(rulebook, empty, names, "any", free_tables=True)
        self.rulebook = rulebook
        self.grows = between == "profiles"
        self.before = Encoding(rulebook, space)
        self.after = self.before.twin(space.twin(added=self.grows), ())
        self._given: list[Flag] = []

    def contradicted(self, rule: str, *, exact: bool) -> list[Flag]:
        """What holds where a rule is settled at first and otherwise then.

        With `exact` all that the rule reads is computed; without, it may have any value.
        """
        if exact:
            self._given += [flag for step in self._asked(rule) for flag in self._added(step)] if self.grows else []
        else:
            for signature in names_in(self.rulebook.conditions[rule]).values():
                self._assume(signature)
        first, second = self.before.rule(rule, firm=True), self.after.rule(rule, firm=self.grows)
        return [*self._given, negated(_refines(first, second)), *self.after.constraints]

    def _assume(self, signature: Signature) -> None:
        """Let a name have any value, and in the second encoding any that refines it."""
        if signature.origin not in ("parameter", "column"):
            first, second = (_anything(self.before, signature, signature.name + mark) for mark in (" ", f" {TWIN}"))
            self.before.assume(signature.name, first)
            self.after.assume(signature.name, second)
            self._given.append(_refines(first, second))

    def _asked(self, rule: str) -> list[Step]:
        """The steps that a rule rests on, and every other question that is no table: what is not asked is not added."""
        keys = keys_behind(self.rulebook, [f"rule:{rule}"])
        keys |= {name for name in self.rulebook.questions if self.rulebook.scope[name].kind != "table"}
        return [step for step in self.rulebook.steps if key_of(step) in keys]

    def _added(self, step: Step) -> list[Flag]:
        """What adding an answer means: a value where there was none, that replaces nothing (docs/rulebook.md, 4)."""
        flags: list[Flag] = []
        if isinstance(step, QuestionStep):
            signature = self.rulebook.scope[step.name]
            before, after = (each.space.raw(signature) for each in (self.before, self.after))
            same = some((before.answered, negated(after.answered)))
            flags += [some((negated(before.answered), after.answered)), some((same, after.value.known))]
            if step.follows_from is not None:
                flags.append(same)
            if step.applies_when is not None:
                flags.append(some((same, negated(self.before.lowered(step.applies_when, firm=True).false))))
        every_node = (node for part in expressions_of(step) for node in walk(part))
        return flags + [self._no_replacement(node) for node in every_node if isinstance(node, nodes.FirstKnown)]

    def _no_replacement(self, node: nodes.FirstKnown) -> Flag:
        """No operand comes to be known before one that was known: that is a correction."""
        before, after = (
            [encoding.lowered(operand, firm=True).known for operand in node.operands]
            for encoding in (self.before, self.after)
        )
        return every(
            some((negated(known), negated(after[early]), before[early]))
            for place, known in enumerate(before)
            for early in range(place)
        )


def _refines(first: Value | Rails, second: Value | Rails) -> Flag:
    """Whether the second value says what the first says, or more."""
    match first, second:
        case Rails(), Rails():
            return every((_implies(first.true, second.true), _implies(first.false, second.false)))
        case Number(), Number():
            return _narrower(first, second)
        case Truth(), Truth():
            same = [_implies(first.true, second.true), _implies(first.false, second.false)]
        case Choice(), Choice():
            same = [_implies(flag, second.words[word]) for word, flag in first.words.items()]
        case Several(), Several():
            pairs = [(flag, second.words[word]) for word, flag in first.words.items()]
            alike = [some((every((one, two)), every((negated(one), negated(two))))) for one, two in pairs]
            same = [_implies(first.known, every((second.known, *alike)))]
        case Table(), Table():
            same = [_implies(first.known, second.known)]
        case _:
            raise TypeError(f"{first} and {second} are of different kinds")
    return every((*same, _implies(first.inapplicable, second.inapplicable)))


def _narrower(first: Number, second: Number) -> Flag:
    unknown = every((first.low.absent, first.high.absent))
    lows = some((first.low.absent, numbers.at_most(first.low, second.low)))
    highs = some((first.high.absent, numbers.at_most(second.high, first.high)))
    came_not_to_apply = every((second.inapplicable, some((first.inapplicable, unknown))))
    still_applies = every((negated(second.inapplicable), negated(first.inapplicable), lows, highs))
    return some((came_not_to_apply, still_applies))


def _implies(one: Flag, other: Flag) -> Flag:
    return some((negated(one), other))


def _anything(encoding: Encoding, signature: Signature, name: str) -> Value:
    """Any value of a name's kind."""
    if signature.kind in ("number", "truth"):
        return encoding.anything(signature, name)
    boolean = encoding.space.boolean
    given, refused = boolean(f"{name}?"), boolean(f"{name} n/a")
    known, inapplicable = every((given, negated(refused))), every((given, refused))
    if signature.kind == "table":
        return Table((), known, inapplicable, is_free=True)
    flags = {word: boolean(f"{name}={word}") for word in signature.choices}
    words: dict[str, Any] = {word: every((known, flag)) for word, flag in flags.items()}
    if signature.kind == "choices":
        return Several(words, known, inapplicable)
    encoding.require(*_exactly_one(list(flags.values())))
    return Choice(words, known, inapplicable)


def _exactly_one(flags: Sequence[z3.BoolRef]) -> list[z3.BoolRef]:
    return [z3.Sum([z3.If(flag, 1, 0) for flag in flags]) == 1] if flags else []
