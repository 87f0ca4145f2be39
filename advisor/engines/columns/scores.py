"""The scores of the patterns as columns: the first half of `advisor.engines.selection`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm

from advisor.engines.columns.expression import Expression, Kind, column, literal
from advisor.engines.columns.layout import Layout
from advisor.engines.columns.numbers import Number, aligned, equal
from advisor.engines.columns.products import nearest_quotient, rounded
from advisor.engines.columns.sheet import Sheet
from advisor.engines.columns.steps import Reading
from advisor.engines.columns.whole import Flag, Whole, as_column, every, first_of, negated, smaller, some, sure
from advisor.engines.scoring import FULL
from advisor.language import Node
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Pattern


@dataclass(frozen=True, slots=True)
class ScoredColumns:
    """One pattern: the columns of `advisor.engines.selection.Scored`, none of them null.

    `low` and `high` are scaled by `score_scale`, and any number where the pattern is not `assessed`. `open` is
    `open_to_choice`, `decided` whether at least half of the weight is, `waits` whether an exclusion is open.
    """

    place: int
    pattern: str
    low: Whole
    high: Whole
    assessed: Expression
    excluded: Expression
    waits: Expression
    decided: Expression
    open: Expression
    most: Whole
    worth: Number | None
    worth_is_known: Expression
    worth_is_settled: Expression


def parameter(rulebook: Rulebook, name: str) -> Fraction:
    """The value of a parameter."""
    return Fraction(rulebook.parameters[name].value)


def score_scale(layout: Layout) -> int:
    """In which parts of a point scores and what they are compared with are whole numbers."""
    rulebook, policy = layout.rulebook, layout.rulebook.frame.selection
    names = [policy.floor, policy.mix_window, policy.tie_window, policy.reach]
    names += [rule.caps.at for rule in rulebook.rules.values() if rule.caps]
    varied = (layout.varied[name].scale for name in names if name in layout.varied)
    return lcm(100, *(parameter(rulebook, name).denominator for name in names), *varied)


class Scorer:
    """Writes the scores, in the firm reading."""

    def __init__(self, rulebook: Rulebook, sheet: Sheet, assumed: Reading, firm: Reading) -> None:
        self.rulebook, self.sheet, self.assumed, self.firm = rulebook, sheet, assumed, firm
        self.scale = score_scale(firm.layout)

    def constant(self, value: Fraction | int) -> Whole:
        """A number of points."""
        scaled = int(value * self.scale)
        return Whole(scaled, abs(scaled), self.sheet)

    def points(self, name: str) -> Whole:
        """A parameter in points."""
        end = self.firm.parameter(name)
        assert isinstance(end.bottom.value, int)
        return end.top * end.top.constant(self.scale // end.bottom.value)

    def kept(self, flag: Flag) -> Expression:
        """A flag as a column, never null."""
        return self.sheet.keep(as_column(sure(flag)))

    def scored(self, place: int, pattern: Pattern) -> ScoredColumns:
        """Score one pattern."""
        low, high, assessed, decided = self._points(pattern.name)
        low, high = self._capped(pattern.name, low, high)
        against = [self._rule(rule.id) for rule in self.rulebook.rules.values() if pattern.name in rule.excludes]
        excluded = self.kept(some(sure(rule) for rule in against))
        open_to_choice = self.kept(every((assessed, ~excluded)))
        most = first_of([(assessed, high)], self.constant(0)).kept()
        worth, known, settled = self._worth(pattern.worth)
        waits = self.kept(some(rule.is_null() for rule in against))
        return ScoredColumns(
            place,
            pattern.name,
            low,
            high,
            assessed,
            excluded,
            waits,
            decided,
            open_to_choice,
            most,
            worth,
            known,
            settled,
        )

    def _rule(self, rule: str) -> Expression:
        return column(self.firm.layout.rule(rule, True))

    def _points(self, pattern: str) -> tuple[Whole, Whole, Expression, Expression]:
        terms = self.rulebook.scores[pattern].terms
        over_one = aligned([self.firm.parameter(term.weight) for term in terms])
        assert over_one is not None
        weights, whole = over_one
        scale = lcm(*(10**term.decimals for term in terms))
        units = [
            weight * weight.constant(scale // 10**term.decimals) for weight, term in zip(weights, terms, strict=True)
        ]
        steps = [
            self._steps(node, 10**term.decimals) for node, term in zip(self.rulebook.terms[pattern], terms, strict=True)
        ]
        ends = [low for low, _, _ in steps], [high for _, high, _ in steps]
        applies = [negated(out) for _, _, out in steps]
        fixed = [every((there, low.equals(high))) for there, low, high in zip(applies, *ends, strict=True)]
        remaining, decided = self._total(applies, weights).kept(), self._total(fixed, weights)
        total = reduce(lambda one, other: one + other, weights).kept()
        two, nil = total.constant(2), total.constant(0)
        assessed = self.kept(every((total <= remaining * two, nil < remaining)))
        divisor = first_of([(nil < remaining, remaining)], total) * whole * total.constant(scale)
        low, high = (
            nearest_quotient(self._total(applies, units, end) * total * total.constant(100), divisor)
            * total.constant(self.scale // 100)
            for end in ends
        )
        return low.kept(), high.kept(), assessed, self.kept(every((assessed, total <= decided * two)))

    def _steps(self, node: Node, full: int) -> tuple[Whole, Whole, Flag]:
        """Between which whole numbers of steps a term is, from none to `full`, and whether it does not apply."""
        number = rounded(self.firm.lower(node), full)
        nil = self.constant(0).constant
        low, high = number.low.top.or_else(nil(0)), number.high.top.or_else(nil(full))
        ends = [
            first_of([(end <= nil(0), nil(0)), (nil(full) <= end, nil(full))], end).narrowed(full)
            for end in (low, high)
        ]
        return ends[0].kept(), ends[1].kept(), number.inapplicable

    def _total(self, flags: Sequence[Flag], weights: Sequence[Whole], times: Sequence[Whole] | None = None) -> Whole:
        """The sum of the weights, each times its number if there are any, whose flag is true."""
        nil = self.constant(0)
        parts = list(weights)
        if times is not None:
            parts = [part * number for part, number in zip(parts, times, strict=True)]
        held = [first_of([(flag, part)], nil) for flag, part in zip(flags, parts, strict=True)]
        return reduce(lambda one, other: one + other, held)

    def _capped(self, pattern: str, low: Whole, high: Whole) -> tuple[Whole, Whole]:
        caps = [
            (self.points(rule.caps.at), self._rule(rule.id))
            for rule in self.rulebook.rules.values()
            if rule.caps and rule.caps.pattern == pattern
        ]
        if not caps:
            return low, high
        full = self.constant(FULL)
        certain = reduce(smaller, [first_of([(sure(rule), at)], full) for at, rule in caps])
        possible = reduce(smaller, [first_of([(rule.is_null(), at)], full) for at, rule in caps])
        return smaller(smaller(low, certain), possible).kept(), smaller(high, certain).kept()

    def _worth(self, name: str | None) -> tuple[Number | None, Expression, Expression]:
        if name is None:
            return None, literal(False, Kind.TRUTH), literal(False, Kind.TRUTH)
        signature = self.rulebook.scope[name]
        known, settled = (
            self.kept(equal(number.low, number.high))
            for number in (self.assumed.number(signature), self.firm.number(signature))
        )
        return self.assumed.number(signature), known, settled
