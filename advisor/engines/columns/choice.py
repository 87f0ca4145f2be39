"""Choosing patterns in columns: the second half of `advisor.engines.selection`, whose rules these are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from advisor.engines.columns.expression import Expression, Kind, by_case, literal
from advisor.engines.columns.numbers import at_most, below
from advisor.engines.columns.scores import ScoredColumns, Scorer, parameter
from advisor.engines.columns.whole import Flag, Whole, as_column, every, first_of, larger, negated, number_of, some
from advisor.engines.scoring import FULL

Scored = ScoredColumns
Test = Callable[[Scored], Flag]


class ChoiceWriter:
    """Writes the columns ``pattern.<name>.…``, ``selection.…`` and the names of the selection in both readings."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer, self.sheet, self.rulebook = scorer, scorer.sheet, scorer.rulebook
        patterns = self.rulebook.frame.patterns
        self.scored = [scorer.scored(place, pattern) for place, pattern in enumerate(patterns)]
        policy = self.rulebook.frame.selection
        self.floor, self.window, self.tie, self.reach = (
            scorer.points(name) for name in (policy.floor, policy.mix_window, policy.tie_window, policy.reach)
        )
        self.nil = scorer.constant(0)
        self.first = policy.first.pattern if policy.first else None
        finding = self.rulebook.scope[policy.first.when] if policy.first else None
        self.law = scorer.firm.column(finding) if finding else literal(False, Kind.TRUTH)
        law_now = scorer.assumed.column(finding) if finding else literal(False, Kind.TRUTH)
        self.supported = self._each(lambda one: every((one.open, self.floor <= one.low)))
        self.leads = self._each(lambda one: every((one.pattern == self.first, law_now, self.supported[one.pattern])))
        best = self._highest(self.supported, None)
        mix = self._each(lambda one: every((self.supported[one.pattern], best - self.window <= one.low)))
        self.tied = self._each(lambda one: every((mix[one.pattern], best - self.tie <= one.low)))
        self.recommended = self._each(lambda one: some((mix[one.pattern], self.leads[one.pattern])))
        by_money = every(some((~self.tied[one.pattern], one.worth_is_known)) for one in self.scored)
        self.by_money = scorer.kept(by_money)
        self.rank = {one.pattern: self._rank(one) for one in self.scored}

    def write(self) -> None:
        """Write everything."""
        self._patterns()
        shares = self._shares()
        name, any_recommended = self.sheet.name, self._any(self.recommended)
        for pattern, share in shares.items():
            name(f"pattern.{pattern}.share", share.column())
        left = reduce(lambda one, other: one - other, shares.values(), self.nil.constant(FULL))
        name("selection.reserve", first_of([(any_recommended, left)], self.nil).column())
        name("selection.firm", self._is_firm())
        several = self.nil.constant(1) < number_of(self.tied.values(), self.sheet)
        first, money, order, none = (literal(word, Kind.TEXT) for word in ("first", "money", "order", ""))
        tie = by_case([(as_column(several), by_case([(self.by_money, money)], order))], none)
        name("selection.decided_by", by_case([(self._any(self.leads), first)], tie))
        self._names(any_recommended)

    def _each(self, test: Test) -> dict[str, Expression]:
        return {one.pattern: self.scorer.kept(test(one)) for one in self.scored}

    def _any(self, flags: dict[str, Expression]) -> Expression:
        return self.scorer.kept(some(flags.values()))

    def _highest(self, flags: dict[str, Expression], otherwise: Whole | None) -> Whole:
        """The highest support of the patterns with a flag; null, or `otherwise`, where there is none."""
        absent = Whole(literal(None, Kind.NARROW), 0, self.sheet)
        lows = [first_of([(flags[one.pattern], one.low)], absent) for one in self.scored]
        best = reduce(larger, lows)
        return (best if otherwise is None else best.or_else(otherwise)).kept()

    def _patterns(self) -> None:
        for one in self.scored:
            none = Whole(literal(None, Kind.NARROW), 0, self.sheet)
            cells = {
                "low": first_of([(one.assessed, one.low)], none).column(),
                "high": first_of([(one.assessed, one.high)], none).column(),
                "excluded": one.excluded,
                "rank": first_of([(self.recommended[one.pattern], self.rank[one.pattern])], none).column(),
            }
            for what, column in cells.items():
                self.sheet.name(f"pattern.{one.pattern}.{what}", column)

    def _rank(self, one: Scored) -> Whole:
        """The place of a pattern if it is recommended, from 1."""
        ahead = [
            every((self.recommended[other.pattern], self._comes_before(other, one)))
            for other in self.scored
            if other is not one
        ]
        return (number_of(ahead, self.sheet) + self.nil.constant(1)).kept()

    def _comes_before(self, left: Scored, right: Scored) -> Flag:
        earlier = left.place < right.place
        tied, other_tied = self.tied[left.pattern], self.tied[right.pattern]
        by_support = right.low <= left.low if earlier else right.low < left.low
        by_worth: Flag = earlier
        if left.worth is not None and right.worth is not None:
            wins = at_most if earlier else below
            by_worth = some(
                (every((self.by_money, wins(right.worth.low, left.worth.low))), every((~self.by_money, earlier)))
            )
        in_order = some(
            (
                every((tied, ~other_tied)),
                every((tied, other_tied, by_worth)),
                every((~tied, ~other_tied, by_support)),
            )
        )
        return some((self.leads[left.pattern], every((~self.leads[right.pattern], in_order))))

    def _shares(self) -> dict[str, Whole]:
        """Shares in proportion to support, in whole steps by largest remainder, after the reserve."""
        policy, constant = self.rulebook.frame.selection, self.nil.constant
        step, reserve = (parameter(self.rulebook, name) for name in (policy.share_step, policy.reserve))
        steps = constant(int((FULL - reserve) / step))
        lows = {one.pattern: first_of([(self.recommended[one.pattern], one.low)], self.nil) for one in self.scored}
        total = larger(reduce(lambda one, other: one + other, lows.values()), constant(1)).kept()
        parts = {pattern: (low * steps).kept() for pattern, low in lows.items()}
        whole = {pattern: (part // total).kept() for pattern, part in parts.items()}
        rest = {pattern: part.rest(whole[pattern], total).kept() for pattern, part in parts.items()}
        left = reduce(lambda one, other: one - other, whole.values(), steps).kept()
        shares = {}
        for pattern in lows:
            ahead = [
                every((self.recommended[other], self._has_more_left(other, pattern, rest)))
                for other in lows
                if other != pattern
            ]
            gets_more = every((self.recommended[pattern], number_of(ahead, self.sheet) < left))
            count = first_of([(gets_more, whole[pattern] + constant(1))], whole[pattern])
            shares[pattern] = (count * constant(step.numerator) // constant(step.denominator)).kept()
        return shares

    def _has_more_left(self, one: str, other: str, rest: dict[str, Whole]) -> Flag:
        same = every((rest[one].equals(rest[other]), self.rank[one] < self.rank[other]))
        return some((rest[other] < rest[one], same))

    def _names(self, any_recommended: Expression) -> None:
        """The names of the selection, and in the firm reading only what no further answer can change."""
        scored, floor, reach = self.scored, self.floor, self.reach
        sure = self._each(lambda one: every((self.supported[one.pattern], ~one.waits, one.decided)))
        best_now = self._highest(sure, self.nil)
        best_ever = reduce(larger, [first_of([(one.open, one.most)], self.nil) for one in scored]).kept()
        supports = some(every((one.assessed, floor <= one.low)) for one in scored)
        could_reach = some(every((one.open, reach <= one.high)) for one in scored)
        self._name("recommends_any", any_recommended, [*sure.values(), self._none_reaches(floor)])
        lasting = [every((one.assessed, floor <= one.low, one.decided)) for one in scored]
        self._name("supports_any", supports, [*lasting, every(one.most < floor for one in scored)])
        reached = [every((sure[one.pattern], reach <= one.low)) for one in scored]
        self._name("could_reach_any", could_reach, [*reached, self._none_reaches(reach)])
        for one in scored:
            enough = first_of([(self._may_lead(one), floor)], larger(floor, best_now - self.window))
            stays = every((sure[one.pattern], self.recommended[one.pattern], best_ever - self.window <= one.low))
            settled = [~one.open, one.most < enough, stays]
            self._name(f"recommends_{one.pattern}", self.recommended[one.pattern], settled)

    def _name(self, name: str, value: Flag, settled: Iterable[Flag]) -> None:
        layout = self.scorer.firm.layout
        signature = self.rulebook.scope[name]
        column = self.sheet.name(layout.base(signature, False), as_column(value))
        lasting = by_case([(as_column(some(settled)), column)], literal(None, Kind.TRUTH))
        self.sheet.name(layout.base(signature, True), lasting)

    def _none_reaches(self, points: Whole) -> Flag:
        return every(some((~one.open, one.most < points)) for one in self.scored)

    def _may_lead(self, one: Scored) -> Flag:
        return self.law.fill_null(True) if one.pattern == self.first else False

    def _is_firm(self) -> Expression:
        """Whether no further answer can overturn the choice of the first pattern."""
        nobody = every(some((~one.open, one.high < self.floor)) for one in self.scored)
        settled = every(some((~self.recommended[one.pattern], ~one.waits)) for one in self.scored)
        leading = some(
            every(
                (
                    self.recommended[one.pattern],
                    self.rank[one.pattern].equals(self.nil.constant(1)),
                    self._is_fixed(one),
                )
            )
            for one in self.scored
        )
        return as_column(some((every((~self._any(self.recommended), nobody)), every((settled, leading)))))

    def _is_fixed(self, first: Scored) -> Flag:
        rivals = [one for one in self.scored if one is not first]
        none_above = every(some((~one.open, one.high <= first.low)) for one in rivals)
        led = some(every((one.open, self._may_lead(one), self.floor <= one.most)) for one in rivals)
        return every((first.decided, none_above, negated(led), self._tie_is_settled(first, rivals)))

    def _tie_is_settled(self, first: Scored, rivals: list[Scored]) -> Flag:
        """Whether those that are or may come within the tie window cannot take the first place by order or money."""
        within = larger(self.floor, first.low - self.tie).kept()
        near = {one.pattern: self.scorer.kept(every((one.open, within <= one.most))) for one in rivals}

        def all_near(test: Test) -> Flag:
            return every(some((~near[one.pattern], test(one))) for one in rivals)

        def is_closed(one: Scored) -> Flag:
            return every((one.low.equals(one.high), ~one.waits))

        by_money = every((first.worth is not None, all_near(lambda one: one.worth is not None)))
        worth_settled = every((first.worth_is_settled, all_near(lambda one: one.worth_is_settled)))
        closed = every((is_closed(first), all_near(is_closed)))
        later = all_near(lambda one: one.place > first.place)
        alone_paid = first.worth is None or all_near(lambda one: one.worth is None)
        by_law = every((first.pattern == self.first, self.law.fill_null(False)))
        nobody_near = negated(some(near.values()))
        in_time = every((closed, some((negated(by_money), worth_settled))))
        in_order = every((negated(closed), later, alone_paid))
        return some((by_law, nobody_near, in_time, in_order))
