"""The choice of patterns as terms: what `advisor.engines.selection` does with values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import TYPE_CHECKING

from advisor.engines.proof import numbers
from advisor.engines.proof.numbers import End, Number, at_most, below, end_if
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.terms import Flag, Term, every, negated, number_of, some, term_if, times, total
from advisor.engines.proof.values import Truth
from advisor.rulebook.model import Term as ScoreTerm
from advisor.rulebook.plan import keys_read

if TYPE_CHECKING:
    from advisor.engines.proof.encoding import Encoding

MOST_OPEN_TERMS = 8


@dataclass(frozen=True, slots=True)
class Scored:
    """One pattern: whether it can be assessed, its score, what stands against it, and its worth in money."""

    pattern: str
    assessed: Flag
    low: End
    high: End
    excluded: Flag
    worth: Number | None

    @property
    def open_to_choice(self) -> Flag:
        """Whether it can be assessed and nothing certain stands against it."""
        return every((self.assessed, negated(self.excluded)))


def _scored(encoding: Encoding, pattern: str, worth: str | None) -> Scored:
    rulebook = encoding.rulebook
    if encoding.left.scores:
        assessed, low, high = _any_score(encoding, pattern)
    else:
        assessed, low, high = _computed_score(encoding, pattern)
    low, high = _capped(encoding, pattern, low, high)
    against = [rule.id for rule in rulebook.rules.values() if pattern in rule.excludes]
    excluded = some(encoding.rule(rule, firm=True).true for rule in against)
    value = encoding.value(worth) if worth else None
    assert value is None or isinstance(value, Number)
    return Scored(pattern, assessed, low, high, excluded, value)


def _any_score(encoding: Encoding, pattern: str) -> tuple[Flag, End, End]:
    """Any score from 0 to 100, in hundredths."""
    name = f"score {pattern}{encoding.mark(*keys_read(encoding.rulebook.terms[pattern]))}"
    low, high = (encoding.space.integer(f"{name} {end}") for end in ("low", "high"))
    encoding.require(low >= 0, low <= high, high <= 100 * 100)
    return encoding.space.boolean(f"{name} assessed"), End(low, 100), End(high, 100)


def _computed_score(encoding: Encoding, pattern: str) -> tuple[Flag, End, End]:
    rulebook = encoding.rulebook
    terms = rulebook.scores[pattern].terms
    values = [
        encoding.rounded(encoding.lowered(node, True), 10**term.decimals)
        for term, node in zip(terms, rulebook.terms[pattern], strict=True)
    ]
    weights = [Fraction(rulebook.parameters[term.weight].value) for term in terms]
    whole = sum(weights, Fraction(0))
    scale = lcm(*(weight.denominator for weight in weights))
    applies = [negated(value.inapplicable) for value in values]
    remaining = total(term_if(flag, int(w * scale), 0) for flag, w in zip(applies, weights, strict=True))
    assessed = every((times(remaining, 2) >= int(whole * scale), remaining > 0))
    low = _score(encoding, [(value.low, 0) for value in values], applies, weights, terms)
    high = _score(encoding, [(value.high, 1) for value in values], applies, weights, terms)
    return assessed, low, high


def _score(
    encoding: Encoding,
    ends: Sequence[tuple[End, int]],
    applies: Sequence[Flag],
    weights: Sequence[Fraction],
    terms: Sequence[ScoreTerm],
) -> End:
    """The sum of the weighted terms that apply, scaled up to the whole weight, in hundredths."""
    common = lcm(*(weight.denominator * 10**term.decimals for weight, term in zip(weights, terms, strict=True)))
    parts: list[Term] = []
    for (end, absent), flag, weight, term in zip(ends, applies, weights, terms, strict=True):
        assert isinstance(end.bottom, int)
        full = 10**term.decimals
        top = _held(term_if(end.absent, absent * full, times(end.top, full // end.bottom)), full)
        parts.append(term_if(flag, times(top, int(weight * common / full)), 0))
    whole, points = sum(weights, Fraction(0)), total(parts)
    open_terms = [place for place, flag in enumerate(applies) if not isinstance(flag, bool)]
    if len(open_terms) > MOST_OPEN_TERMS:
        raise Beyond("a score of which too many terms may not apply")
    cases: dict[Fraction, list[Flag]] = {}
    for held in product((True, False), repeat=len(open_terms)):
        now = dict(zip(open_terms, held, strict=True))
        rest = sum((w for place, w in enumerate(weights) if now.get(place, applies[place])), Fraction(0))
        case = every(applies[place] if there else negated(applies[place]) for place, there in now.items())
        cases.setdefault(rest, []).append(case)
    score: Term = 0
    for rest, flags in cases.items():
        if rest * 2 >= whole and rest:
            share = 100 * whole / rest / common
            nearest = encoding.nearest(times(points, share.numerator), share.denominator)
            score = term_if(some(flags), nearest, score)
    return End(score, 100)


def _held(term: Term, full: int) -> Term:
    return term_if(term < 0, 0, term_if(term > full, full, term))


def _capped(encoding: Encoding, pattern: str, low: End, high: End) -> tuple[End, End]:
    rulebook = encoding.rulebook
    for rule in rulebook.rules.values():
        if rule.caps and rule.caps.pattern == pattern:
            truth = encoding.rule(rule.id, firm=True)
            at = numbers.constant(Fraction(rulebook.parameters[rule.caps.at].value)).low
            low = end_if(every((negated(truth.false), below(at, low))), at, low)
            high = end_if(every((truth.true, below(at, high))), at, high)
    return low, high


class Selecting:
    """The choice among the patterns of one encoding."""

    def __init__(self, encoding: Encoding) -> None:
        rulebook = encoding.rulebook
        policy = rulebook.frame.selection
        scored = [_scored(encoding, pattern.name, pattern.worth) for pattern in rulebook.frame.patterns]
        self.rulebook = rulebook
        self.scored = scored
        self.floor, self.window, self.tie, self.reach = (
            numbers.constant(Fraction(rulebook.parameters[name].value)).low
            for name in (policy.floor, policy.mix_window, policy.tie_window, policy.reach)
        )
        self.supported = [every((each.open_to_choice, at_most(self.floor, each.low))) for each in scored]
        self.tied = [self._near_best(place, self.tie) for place in range(len(scored))]
        self.law: Flag = False
        self.by_law = -1
        if policy.first is not None:
            self.by_law = [each.pattern for each in scored].index(policy.first.pattern)
            when = encoding.value(policy.first.when)
            assert isinstance(when, Truth)
            self.law = every((when.true, self.supported[self.by_law]))

    def names(self) -> dict[str, Flag]:
        """The names of the selection, and `first_<pattern>` for the pattern that leads."""
        recommended = [
            some((self._near_best(place, self.window), every((self.law, place == self.by_law))))
            for place in range(len(self.scored))
        ]
        names = {f"recommends_{each.pattern}": flag for each, flag in zip(self.scored, recommended, strict=True)}
        names |= {f"first_{each.pattern}": self._first(place) for place, each in enumerate(self.scored)}
        names["recommends_any"] = some(self.supported)
        names["supports_any"] = some(every((each.assessed, at_most(self.floor, each.low))) for each in self.scored)
        names["could_reach_any"] = some(
            every((each.open_to_choice, at_most(self.reach, each.high))) for each in self.scored
        )
        return names

    def leads(self, place: int, other: int) -> Flag:
        """Whether of two recommended patterns the one at `place` stands before the one at `other`."""
        first, second = self.scored[place], self.scored[other]
        by_law = every((self.law, place == self.by_law))
        neither = negated(some((by_law, every((self.law, other == self.by_law)))))
        both_tied = every((self.tied[place], self.tied[other]))
        earlier = self._dearer(place, other) if first.worth is not None and second.worth is not None else place < other
        by_money = self._decided_by_money()
        among_tied = some((every((by_money, earlier)), every((negated(by_money), place < other))))
        one_tied = every((self.tied[place], negated(self.tied[other])))
        none_tied = every((negated(self.tied[place]), negated(self.tied[other])))
        larger = below(second.low, first.low) if other < place else at_most(second.low, first.low)
        decided = some((every((both_tied, among_tied)), one_tied, every((none_tied, larger))))
        return some((by_law, every((neither, decided))))

    def _near_best(self, place: int, window: End) -> Flag:
        """Whether a pattern has support within `window` of every other that has support."""
        own = self.scored[place].low
        with_window = numbers.added(numbers.single(own), numbers.single(window)).low
        others = (
            some((negated(supported), at_most(other.low, with_window)))
            for other, supported in zip(self.scored, self.supported, strict=True)
            if other.low is not own
        )
        return every((self.supported[place], *others))

    def _first(self, place: int) -> Flag:
        by_order = every((self.tied[place], *(negated(flag) for flag in self.tied[:place])))
        chosen = by_order
        if any(each.worth is not None for each in self.scored):
            chosen = self._first_where_some_have_worth(place, by_order)
        return some((every((self.law, place == self.by_law)), every((negated(self.law), chosen))))

    def _first_where_some_have_worth(self, place: int, by_order: Flag) -> Flag:
        by_money = self._decided_by_money()
        if self.scored[place].worth is None:
            return every((negated(by_money), by_order))
        return some((every((by_money, self._dearest(place))), every((negated(by_money), by_order))))

    def _decided_by_money(self) -> Flag:
        known = every(
            negated(flag) if each.worth is None else some((negated(flag), each.worth.settled))
            for each, flag in zip(self.scored, self.tied, strict=True)
        )
        return every((number_of(self.tied) > 1, known))

    def _dearest(self, place: int) -> Flag:
        others = [other for other, each in enumerate(self.scored) if other != place and each.worth is not None]
        beaten = (some((negated(self.tied[other]), self._dearer(place, other))) for other in others)
        return every((self.tied[place], *beaten))

    def _dearer(self, place: int, other: int) -> Flag:
        """Whether one pattern is worth more than another; of equals the first in the rulebook."""
        one, two = self.scored[place].worth, self.scored[other].worth
        assert one is not None
        assert two is not None
        return below(two.low, one.low) if other < place else at_most(two.low, one.low)
