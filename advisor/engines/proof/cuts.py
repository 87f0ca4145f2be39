"""A rulebook of which less is told than it says: what is left free makes proofs quick.

Fit to prove that something can never be, whatever is left free; not to find an example.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.numbers import End, Number, single
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.space import Space
from advisor.engines.proof.terms import Flag, negated
from advisor.engines.proof.values import Choice, Several, Truth, Value
from advisor.language import Signature
from advisor.rulebook import Rulebook

FREE_KINDS = frozenset({"number", "truth", "choice", "choices"})


class CutEncoding(Encoding):
    """An encoding in which the names that `is_cut` holds for are free variables, shared by rulebooks beside each other.

    `shapes` is a whole encoding over another space: it tells which numbers are never a range.
    """

    def __init__(self, rulebook: Rulebook, space: Space, is_cut: Callable[[str], bool], shapes: Encoding) -> None:
        super().__init__(rulebook, space)
        self._is_cut = is_cut
        self._shapes = shapes
        self._cut: dict[str, Value] = {}

    def _made(self, signature: Signature, firm: bool) -> Value:
        if signature.kind not in FREE_KINDS or not self._is_cut(signature.name):
            return super()._made(signature, firm)
        name = f"{signature.name} {'firm' if firm else 'assumed'}"
        if name not in self._cut:
            self._cut[name] = self._anything(signature, name, firm)
        return self._cut[name]

    def _anything(self, signature: Signature, name: str, firm: bool) -> Value:
        boolean = self.space.boolean
        inapplicable = boolean(f"{name} n/a")
        if signature.kind == "number":
            return self._number(signature, name, inapplicable, is_single=self._is_single(signature.name, firm))
        if signature.kind == "truth":
            truth = Truth(boolean(f"{name} true"), boolean(f"{name} false"), inapplicable)
            self._at_most_one(truth.true, truth.false, inapplicable)
            return truth
        words = {word: boolean(f"{name} {word}") for word in signature.choices}
        known = boolean(f"{name} known")
        self._at_most_one(known, inapplicable)
        if signature.kind == "choice":
            self._at_most_one(*words.values())
            self._own.append(known == z3.Or(*words.values()))
            return Choice(words, known, inapplicable)
        self._own += [z3.Implies(flag, known) for flag in words.values()]
        return Several(words, known, inapplicable)

    def _number(self, signature: Signature, name: str, inapplicable: Flag, *, is_single: bool) -> Number:
        ends = []
        for side in ("low",) if is_single else ("low", "high"):
            variable, absent = self.space.integer(f"{name} {side}"), self.space.boolean(f"{name} {side} open")
            self._own += self._within(signature, variable)
            ends.append(End(variable, signature.scale, absent))
        if is_single:
            return single(ends[0], inapplicable)
        low, high = ends
        ordered = z3.Implies(z3.And(negated(low.absent), negated(high.absent)), low.top <= high.top)
        self._own.append(ordered)
        return Number(low, high, inapplicable)

    def _within(self, signature: Signature, variable: z3.ArithRef) -> list[z3.BoolRef]:
        """The bounds of an answer; what is computed has none."""
        step = self.rulebook.question_steps.get(signature.name)
        if step is None or step.follows_from is not None:
            return []
        low, high = self.space.bounds(signature)
        return [variable >= end for end in (low,) if end is not None] + [
            variable <= end for end in (high,) if end is not None
        ]

    def _is_single(self, name: str, firm: bool) -> bool:
        try:
            value = self._shapes.value(name, firm=firm)
        except Beyond:
            return False
        return isinstance(value, Number) and value.is_single

    def _at_most_one(self, *flags: Flag) -> None:
        pairs = [(one, other) for place, one in enumerate(flags) for other in flags[:place]]
        self._own += [z3.Not(z3.And(one, other)) for one, other in pairs]
