"""Choosing patterns on certain support: the lower bound of a score, what the known answers alone carry.

All of it reads the firm reading, so that a further answer can only narrow it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple
from weakref import WeakKeyDictionary

from advisor.engines.scoring import FULL, Scored, Three, parameter_in, score_patterns
from advisor.language import Fact
from advisor.language.intervals import Interval
from advisor.language.values import disjunction
from advisor.rulebook import Rulebook


class Selection(NamedTuple):
    """The patterns in the order of the rulebook, those recommended in order, their shares in per cent."""

    patterns: tuple[Scored, ...]
    recommended: tuple[str, ...]
    shares: Mapping[str, int]
    reserve: int = 0
    firm: bool = False
    supports_any: bool = False
    could_reach_any: bool = False
    decided_by: str = ""
    settled: frozenset[str] = frozenset()

    def facts(self) -> dict[str, Fact]:
        """The names that later rules may read."""
        names: dict[str, Fact] = {
            f"recommends_{each.pattern}": each.pattern in self.recommended for each in self.patterns
        }
        names["recommends_any"] = bool(self.recommended)
        names["supports_any"] = self.supports_any
        names["could_reach_any"] = self.could_reach_any
        return names

    def firm_facts(self) -> dict[str, Fact]:
        """The same in the firm reading: open where a further answer could change it."""
        return {name: value if name in self.settled else None for name, value in self.facts().items()}


def select(
    rulebook: Rulebook,
    facts: Mapping[str, Fact],
    truth: Mapping[str, Three],
    terms: Mapping[str, Sequence[Interval]],
    firm: Mapping[str, Fact],
) -> Selection:
    """Score the patterns and choose.

    `facts` are in the assumed reading (for money), `truth` and `terms` in the firm one; `firm` holds the names that
    differ in it.
    """
    scored = score_patterns(rulebook, facts, truth, terms)
    return _Choice(rulebook, _limits(rulebook), facts, firm, truth, scored).selection()


class _Limits(NamedTuple):
    """The parameters of the choice, in points; `step` and `reserve` in per cent of the hours."""

    floor: Fraction
    window: Fraction
    tie: Fraction
    reach: Fraction
    step: Fraction
    reserve: Fraction


_made: WeakKeyDictionary[Rulebook, _Limits] = WeakKeyDictionary()


def _limits(rulebook: Rulebook) -> _Limits:
    """The limits of a rulebook, made once."""
    if rulebook not in _made:
        policy = rulebook.frame.selection
        names = (policy.floor, policy.mix_window, policy.tie_window, policy.reach, policy.share_step, policy.reserve)
        _made[rulebook] = _Limits(*(parameter_in(rulebook, name) for name in names))
    return _made[rulebook]


class _Choice:
    """The choice among scored patterns."""

    def __init__(
        self,
        rulebook: Rulebook,
        limits: _Limits,
        facts: Mapping[str, Fact],
        firm: Mapping[str, Fact],
        truth: Mapping[str, Three],
        scored: tuple[Scored, ...],
    ) -> None:
        policy = rulebook.frame.selection
        self.frame = rulebook.frame
        self.facts = facts
        self.firm = firm
        self.scored = scored
        self.worth_of = {pattern.name: pattern.worth for pattern in rulebook.frame.patterns}
        self.law: Three = (
            disjunction([truth[rule] for rule in rulebook.findings[policy.first.when]]) if policy.first else False
        )
        self.floor, self.window, self.tie, self.reach, self.step, self.reserve = limits

    def selection(self) -> Selection:
        supported = [each for each in self.scored if each.open_to_choice and self._support(each) >= self.floor]
        recommended, decided_by = self._ordered(supported)
        shares = self._shares(recommended)
        return Selection(
            patterns=self.scored,
            settled=frozenset(self._settled(supported, recommended)),
            recommended=tuple(each.pattern for each in recommended),
            shares=shares,
            reserve=FULL - sum(shares.values()) if shares else 0,
            firm=self._is_firm(recommended),
            supports_any=any(each.low is not None and each.low >= self.floor for each in self.scored),
            could_reach_any=any(
                each.open_to_choice and each.high is not None and each.high >= self.reach for each in self.scored
            ),
            decided_by=decided_by,
        )

    @staticmethod
    def _support(each: Scored) -> Fraction:
        assert each.low is not None
        return each.low

    def _ordered(self, supported: list[Scored]) -> tuple[list[Scored], str]:
        """The mix, best first, and what broke a tie; patterns keep the rulebook's order, which is the tie order."""
        if not supported:
            return [], ""
        best = max(self._support(each) for each in supported)
        mix = [each for each in supported if self._support(each) >= best - self.window]
        tied = [each for each in mix if self._support(each) >= best - self.tie]
        rest = sorted((each for each in mix if each not in tied), key=lambda each: -self._support(each))
        decided_by = ""
        if len(tied) > 1:
            by_money = all(each.worth is not None for each in tied)
            decided_by = "money" if by_money else "order"
            if by_money:
                tied.sort(key=lambda each: -(each.worth or 0))
        first = self._first_by_law(supported)
        if first is None:
            return [*tied, *rest], decided_by
        return [first, *(each for each in [*tied, *rest] if each is not first)], "first"

    def _first_by_law(self, supported: list[Scored]) -> Scored | None:
        first = self.frame.selection.first
        if first is None or self.facts[first.when] is not True:
            return None
        return next((each for each in supported if each.pattern == first.pattern), None)

    def _shares(self, recommended: list[Scored]) -> dict[str, int]:
        """Shares in proportion to support, in whole steps by largest remainder, after the reserve."""
        if not recommended:
            return {}
        steps = int((FULL - self.reserve) / self.step)
        total = sum(self._support(each) for each in recommended)
        exact = {each.pattern: steps * self._support(each) / total for each in recommended}
        whole = {pattern: int(share) for pattern, share in exact.items()}
        by_remainder = sorted(exact, key=lambda pattern: -(exact[pattern] - whole[pattern]))
        for pattern in by_remainder[: steps - sum(whole.values())]:
            whole[pattern] += 1
        return {pattern: int(share * self.step) for pattern, share in whole.items()}

    def _settled(self, supported: list[Scored], recommended: list[Scored]) -> Iterator[str]:
        """The names of the selection that no further answer can change."""
        hopeless = all(not each.open_to_choice or self._most(each) < self.floor for each in self.scored)
        sure = [each for each in supported if self._is_sure(each)]
        if sure or hopeless:
            yield "recommends_any"
        lasting = any(
            each.low is not None and each.low >= self.floor and each.decided_weight * 2 >= 1 for each in self.scored
        )
        if lasting or all(self._most(each) < self.floor for each in self.scored):
            yield "supports_any"
        reached = [each for each in sure if self._support(each) >= self.reach]
        if reached or all(not each.open_to_choice or self._most(each) < self.reach for each in self.scored):
            yield "could_reach_any"
        best_now = max((self._support(each) for each in sure), default=Fraction(0))
        best_ever = max((self._most(each) for each in self.scored if each.open_to_choice), default=Fraction(0))
        for each in self.scored:
            enough = self.floor if self._may_lead_by_law(each) else max(self.floor, best_now - self.window)
            out = not each.open_to_choice or self._most(each) < enough
            if out or (each in sure and each in recommended and self._support(each) >= best_ever - self.window):
                yield f"recommends_{each.pattern}"

    @staticmethod
    def _is_sure(each: Scored) -> bool:
        """Whether a pattern that has support keeps it: no exclusion is open, enough of its terms is sure to apply."""
        return not each.open_exclusions and each.decided_weight * 2 >= 1

    def _may_lead_by_law(self, each: Scored) -> bool:
        first = self.frame.selection.first
        return first is not None and each.pattern == first.pattern and self.law is not False

    @staticmethod
    def _most(each: Scored) -> Fraction:
        return Fraction(0) if each.high is None else each.high

    def _is_firm(self, recommended: list[Scored]) -> bool:
        """Whether no further answer can overturn the choice of the first pattern."""
        others = [each for each in self.scored if each.open_to_choice]
        if not recommended:
            return all(each.high is not None and each.high < self.floor for each in others)
        first = recommended[0]
        rivals = [each for each in others if each is not first]
        return (
            first.decided_weight * 2 >= 1
            and all(each.high is not None and each.high <= self._support(first) for each in rivals)
            and not any(each.open_exclusions for each in recommended)
            and not any(self._may_lead_by_law(each) and self._most(each) >= self.floor for each in rivals)
            and self._tie_is_settled(first, rivals)
        )

    def _tie_is_settled(self, first: Scored, rivals: list[Scored]) -> bool:
        """Whether those that are or may come within the tie window cannot take the first place by order or money."""
        if self.law is True and self._may_lead_by_law(first):
            return True
        near = [each for each in rivals if self._most(each) >= max(self.floor, self._support(first) - self.tie)]
        if not near:
            return True
        group = [first, *near]
        by_money = all(self.worth_of[each.pattern] for each in group)
        if all(each.low == each.high and not each.open_exclusions for each in group):
            return not by_money or all(self._worth_is_settled(each) for each in group)
        later = self.scored[self.scored.index(first) + 1 :]
        paid = [each for each in group if self.worth_of[each.pattern]]
        return all(each in later for each in near) and (first not in paid or len(paid) == 1)

    def _worth_is_settled(self, each: Scored) -> bool:
        name = self.worth_of[each.pattern]
        assert name is not None
        low, high = self.firm.get(name, self.facts[name])
        return bool(low == high)
