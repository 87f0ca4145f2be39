"""The steps of a rulebook as terms, written when something asks for them: only what an outcome rests on is encoded."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import z3

from advisor.engines.completions import columns_of
from advisor.engines.proof import products
from advisor.engines.proof.algebra import ProofAlgebra
from advisor.engines.proof.numbers import End, Number, single
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.space import TWIN, Raw, Space, holds
from advisor.engines.proof.terms import Flag, Term, every, negated, number_of, some
from advisor.engines.proof.values import Choice, Rails, Truth, Value, chosen, nothing, without
from advisor.language import Node, Signature, lower, nodes
from advisor.language.nodes import walk
from advisor.language.written import written
from advisor.rulebook import Rulebook
from advisor.rulebook.constraint import Constraint
from advisor.rulebook.plan import key_of_name

if TYPE_CHECKING:
    from advisor.engines.proof.selection import Selecting


@dataclass(frozen=True, slots=True)
class Left:
    """What is left open instead of being computed: a proof then needs less, and holds all the more.

    The `measures` may have any value; with `scores` every pattern may have any score before its caps.
    """

    measures: frozenset[str] = frozenset()
    scores: bool = False


EXACT = Left()


class Encoding:
    """Names and rules of one unit over a space of answers; `constraints` say what the terms stand for."""

    def __init__(self, rulebook: Rulebook, space: Space, left: Left = EXACT) -> None:
        self.rulebook = rulebook
        self.space = space
        self.left = left
        self.changed: frozenset[str] = frozenset()
        self._values: dict[tuple[str, bool], Value] = {}
        self._rules: dict[tuple[str, bool], Rails] = {}
        self._roundings: dict[tuple[Any, int], Term] = {}
        self._aggregates: dict[tuple[str, tuple[Fraction, ...]], Number] = {}
        self._own: list[z3.BoolRef] = []
        self._kept: list[tuple[Term, Term]] = []
        """Terms whose ids are keys: they must live as long as this."""
        self.selected: dict[str, Truth] = {}
        self.selecting: Selecting

    def twin(self, space: Space, changed: Collection[str]) -> Encoding:
        """The same unit over a second space of the same context.

        `changed` are the keys of all steps that rest on what differs there; all others have the same terms.
        """
        twin = Encoding(self.rulebook, space, self.left)
        twin.changed = frozenset(changed)
        twin._roundings, twin._aggregates, twin._own = self._roundings, self._aggregates, self._own
        twin._kept = self._kept
        return twin

    def mark(self, *keys: str) -> str:
        """What tells the variables for these keys from those of the first of two encodings."""
        return TWIN if self.changed.intersection(keys) else ""

    @property
    def constraints(self) -> list[z3.BoolRef]:
        """What every solution fulfils; among it that no valid profile says what is impossible."""
        possible = self._possible
        return [*self.space.constraints, *self._own, *possible]

    @cached_property
    def _possible(self) -> list[z3.BoolRef]:
        flags = [flag for each in self.rulebook.impossible if (flag := self._not_broken(each)) is not True]
        return [z3.BoolVal(flag, self.space.context) if isinstance(flag, bool) else flag for flag in flags]

    def _not_broken(self, constraint: Constraint) -> Flag:
        if self.space.open_names.isdisjoint(constraint.questions):
            return True

        def answer(signature: Signature) -> Value:
            # What follows from other answers is no answer, and a check looks at answers alone.
            is_open = signature.name in self.space.open_names
            return self.value(signature.name, firm=True) if is_open else self.space.raw(signature).value

        try:
            return negated(lower(constraint.condition, ProofAlgebra(answer, self.free, firm=True)).true)
        except Beyond:
            return True

    def beside(self, rulebook: Rulebook) -> Self:
        """Another rulebook over the same answers; what is computed alike in both has the same terms."""
        other = copy(self)
        other.rulebook, other._values, other._rules, other.selected = rulebook, {}, {}, {}
        vars(other).pop("_possible", None)
        return other

    def value(self, name: str, *, firm: bool = False) -> Value:
        """A name in one reading."""
        signature = self.rulebook.scope[name]
        firm = firm and key_of_name(signature) in self.rulebook.assumed
        key = name, firm
        if key not in self._values:
            self._values[key] = self._made(signature, firm)
        return self._values[key]

    def assume(self, name: str, value: Value) -> None:
        """Let a name have this value in both readings."""
        self._values[name, False] = self._values[name, True] = value

    def rule(self, rule: str, *, firm: bool = False) -> Rails:
        """Whether a rule is true or false in one reading."""
        key = rule, firm and f"rule:{rule}" in self.rulebook.assumed
        if key not in self._rules:
            self._rules[key] = self.lowered(self.rulebook.conditions[rule], key[1])
        return self._rules[key]

    def lowered(self, node: Node, firm: bool) -> Any:
        """An expression in one reading."""
        algebra = ProofAlgebra(lambda signature: self.value(signature.name, firm=firm), self.free, firm=firm)
        return lower(node, algebra)

    def rounded(self, number: Number, scale: int) -> Number:
        """A number rounded as a measure is."""
        return products.rounded(number, scale, self.nearest)

    def nearest(self, top: Term, bottom: Term) -> Term:
        """The whole number nearest to `top / bottom`, half to even, as a variable with its two bounds."""
        if isinstance(bottom, int):
            if bottom == 1:
                return top
            if isinstance(top, int):
                return _half_even(top, bottom)
        key = (top if isinstance(top, int) else top.get_id(), bottom if isinstance(bottom, int) else bottom.get_id())
        if key not in self._roundings:
            result = self.space.integer(f"rounded {len(self._roundings)}")
            twice = 2 * bottom * result
            even = result % 2 == 0
            self._own += [
                twice <= 2 * top + bottom,
                twice >= 2 * top - bottom,
                z3.Implies(twice == 2 * top + bottom, even),
                z3.Implies(twice == 2 * top - bottom, even),
            ]
            self._roundings[key] = result
            self._kept.append((top, bottom))
        return self._roundings[key]

    def solution(self, model: z3.ModelRef) -> dict[str, Any]:
        """The answers that a model stands for, those left open that do not apply or that nothing reads."""
        idle = [name for name in self.space.open_names if self._does_not_apply(name, model)]
        return self.space.solution(model, idle)

    def _does_not_apply(self, name: str, model: z3.ModelRef) -> bool:
        value = self._values.get((name, False))
        return value is not None and self.space.openness == "answered" and holds(value.inapplicable, model)

    def _made(self, signature: Signature, firm: bool) -> Value:
        name, rulebook = signature.name, self.rulebook
        match signature.origin:
            case "question":
                return self._question(signature, firm)
            case "measure" if name in self.left.measures and signature.kind != "text":
                return self.anything(signature, f"{name}{self.mark(name)}{' firm' if firm else ''}")
            case "measure":
                return self._as_value(self.lowered(rulebook.formulas[name], firm), signature)
            case "finding":
                rules = [self.rule(rule, firm=firm) for rule in rulebook.findings[name]]
                return Truth(some(rule.true for rule in rules), every(rule.false for rule in rules))
            case "group":
                return self._group(name, firm)
            case "selection":
                return self._chosen(name, firm)
            case _:
                raise Beyond(f"a name of kind {signature.origin}")

    def _chosen(self, name: str, firm: bool) -> Truth:
        if firm:
            raise Beyond("what the choice of patterns is in the firm reading")
        if not self.selected:
            from advisor.engines.proof.selection import Selecting

            self.selecting = Selecting(self)
            self.selected = {name: Truth(flag, negated(flag)) for name, flag in self.selecting.names().items()}
        return self.selected[name]

    def require(self, *flags: z3.BoolRef) -> None:
        """Say what variables stand for that were made outside."""
        self._own += flags

    def anything(self, signature: Signature, name: str) -> Value:
        """Any value of a kind: a range, unknown or not applicable."""
        inapplicable = self.space.boolean(f"{name} n/a")
        if signature.kind == "number":
            low, high = (
                End(self.space.integer(f"{name} {end}"), signature.scale, self.space.boolean(f"{name} no {end}"))
                for end in ("low", "high")
            )
            self.require(low.top <= high.top)
            return Number(low, high, inapplicable)
        true, false = self.space.boolean(name), self.space.boolean(f"not {name}")
        self.require(z3.Not(z3.And(true, false)))
        applies = negated(inapplicable)
        return Truth(every((applies, true)), every((applies, false)), inapplicable)

    def _as_value(self, lowered: Any, signature: Signature) -> Value:
        if isinstance(lowered, Number):
            return self.rounded(lowered, signature.scale)
        if isinstance(lowered, Rails):
            return Truth(lowered.true, lowered.false)
        assert isinstance(lowered, Choice)
        return lowered

    def _question(self, signature: Signature, firm: bool) -> Value:
        raw = self.space.raw(signature)
        step = self.rulebook.question_steps[signature.name]
        if signature.name in self.space.open_names and self.space.openness == "answered":
            if step.applies_when is None:
                return raw.value
            applies: Rails = self.lowered(step.applies_when, firm)
            return without(raw.value, applies.false)
        if raw.answered is True:
            return raw.value
        return self._unanswered(signature, raw, firm)

    def _unanswered(self, signature: Signature, raw: Raw, firm: bool) -> Value:
        step = self.rulebook.question_steps[signature.name]
        value = raw.value
        if step.follows_from is not None:
            follows = self._as_value(self.lowered(step.follows_from, firm), signature)
            value = chosen(raw.answered, raw.value, follows)
        if step.applies_when is not None:
            applies: Rails = self.lowered(step.applies_when, firm)
            value = chosen(every((negated(raw.answered), applies.false)), nothing(signature), value)
        return value

    def _group(self, name: str, firm: bool) -> Number:
        group, what = name.rsplit("_", 1)
        step = self.rulebook.groups[group]
        if what == "count":
            rails = [self.rule(rule, firm=firm) for rule in step.rules]
        else:
            algebra = ProofAlgebra(lambda signature: self.value(signature.name, firm=firm), self.free, firm=firm)
            rails = [algebra.known(self.rulebook.scope[quantity]) for quantity in step.quantities]
        low = End(number_of(each.true for each in rails))
        high = End(number_of(negated(each.false) for each in rails))
        return single(low) if _same(low.top, high.top) else Number(low, high)

    def free(self, node: nodes.Aggregate) -> Number:
        """What an aggregate over an open table may be: any number of its kind, at least zero where no cell is below."""
        key = written(node), tuple(part.value for part in walk(node) if isinstance(part, nodes.Parameter))
        if key not in self._aggregates:
            self._aggregates[key] = self._any_number(node)
        return self._aggregates[key]

    def _any_number(self, node: nodes.Aggregate) -> Number:
        column = node.column.signature if isinstance(node.column, nodes.Name) else None
        if node.function == "largest" or (node.column is not None and column is None):
            raise Beyond("a formula over the rows of an open table")
        variable = self.space.integer(f"aggregate {len(self._aggregates)}")
        cells = {each.name: each for each in columns_of(self.rulebook, node.table.signature.name)}
        low = cells[column.name].low if column else 0
        if low is not None and low >= 0:
            self._own.append(variable >= 0)
        return single(End(variable, column.scale if column else 1))


def _same(left: Term, right: Term) -> bool:
    if isinstance(left, int) or isinstance(right, int):
        return isinstance(left, int) and isinstance(right, int) and left == right
    return bool(left.eq(right))


def _half_even(top: int, bottom: int) -> int:
    whole, rest = divmod(top, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole & 1))
