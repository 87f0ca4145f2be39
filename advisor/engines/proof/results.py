"""What the advice comes to as terms: the names of `advisor.rulebook.invariants`, and the hour shares behind them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from advisor.engines.outcomes import PREPARATION, Outcomes, sharing_verdicts
from advisor.engines.proof.algebra import ProofAlgebra
from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.numbers import End, on_one_scale, single
from advisor.engines.proof.selection import Selecting
from advisor.engines.proof.terms import Flag, Term, every, negated, number_of, some, term_if, total
from advisor.engines.proof.values import Choice, Rails, Value
from advisor.engines.scoring import FULL
from advisor.language import Node, Signature, lower
from advisor.rulebook.invariants import FIRST, NO_PATTERN, RESERVE, SHARE_OF, STATUS_OF, VERDICT
from advisor.rulebook.plan import SELECTION


class Results:
    """The outcomes of one encoding, and conditions over them."""

    def __init__(self, encoding: Encoding, outcomes: Outcomes) -> None:
        self.encoding = encoding
        self.outcomes = outcomes
        self._words: dict[str, dict[str, Flag]] = {}
        self._shares: dict[str, Term] = {}

    def condition(self, node: Node) -> Rails:
        """A condition over the names that an invariant may use."""
        encoding = self.encoding
        rails: Rails = lower(node, ProofAlgebra(self._value, encoding.free))
        return rails

    def without_pattern(self) -> Flag:
        """Whether no pattern is recommended."""
        return negated(self._chosen("recommends_any"))

    def words(self, outcome: str) -> dict[str, Flag]:
        """For each word of an outcome whether it is the one; exactly one is."""
        if outcome not in self._words:
            self._words[outcome] = self._first() if outcome == FIRST else self._ladder(outcome)
        return self._words[outcome]

    def _value(self, signature: Signature) -> Value:
        name = signature.name
        if signature.origin != "outcome":
            return self.encoding.value(name)
        if signature.kind == "choice":
            return Choice(self.words(name), True)
        shares = self._shown_shares()
        return single(End(shares[name.removeprefix(SHARE_OF)] if name != RESERVE else shares[RESERVE]))

    def _ladder(self, outcome: str) -> dict[str, Flag]:
        name = PREPARATION + outcome.removeprefix(STATUS_OF) if outcome.startswith(STATUS_OF) else outcome
        ladder = self.outcomes.ladders[name]
        words: dict[str, Flag] = {}
        above: list[Flag] = []
        for word, rules in ladder.steps:
            held = some(self.encoding.rule(rule).true for rule in rules)
            words[word] = every((held, *above))
            above.append(negated(held))
        return words | {ladder.otherwise: every(above)}

    def _first(self) -> dict[str, Flag]:
        first = {each: self._chosen(f"first_{each}") for each in self.outcomes.patterns}
        return first | {NO_PATTERN: self.without_pattern()}

    def _chosen(self, name: str) -> Flag:
        self.encoding.value("recommends_any")
        return self.encoding.selected[name].true

    def _shown_shares(self) -> dict[str, Term]:
        """Shares by pattern and the reserve, in per cent; zero where the leading verdict allows none."""
        if not self._shares:
            verdicts, rulebook = self.words(VERDICT), self.encoding.rulebook
            allowed = some(verdicts[name] for name in sharing_verdicts(rulebook))
            shown = every((self._chosen("recommends_any"), allowed))
            shares = {name: self._named(name, share) for name, share in shares_of(self.encoding).items()}
            reserve = FULL - total(shares.values())
            self._shares = {pattern: term_if(shown, share, 0) for pattern, share in shares.items()}
            self._shares[RESERVE] = term_if(shown, reserve, 0)
        return self._shares

    def _named(self, pattern: str, share: Term) -> Term:
        """A share as a variable: sums over shares are then decided without looking into them."""
        variable = self.encoding.space.integer(f"share {pattern}{self.encoding.mark(SELECTION)}")
        self.encoding.require(variable == share)
        return variable


def shares_of(encoding: Encoding) -> dict[str, Term]:
    """The shares of recommended patterns as `advisor.engines.selection` gives them out: by largest remainder.

    How many whole steps a pattern has is counted as the multiples of the total support that fit into its own times
    all steps, so that no product of terms is needed.
    """
    selecting, parameters = encoding.selecting, encoding.rulebook.parameters
    policy = encoding.rulebook.frame.selection
    step, reserve = (Fraction(parameters[name].value) for name in (policy.share_step, policy.reserve))
    steps = int((FULL - reserve) / step)
    chosen = [encoding.selected[f"recommends_{each.pattern}"].true for each in selecting.scored]
    points, _ = on_one_scale([each.low for each in selecting.scored])
    support = [term_if(flag, point, 0) for flag, point in zip(chosen, points, strict=True)]
    whole = total(support)
    reached = [[part * steps >= whole * number for number in range(1, steps + 1)] for part in support]
    counts = [number_of(flags) for flags in reached]
    rests = [
        part * steps - total(term_if(flag, whole, 0) for flag in flags)
        for part, flags in zip(support, reached, strict=True)
    ]
    left = steps - total(counts)
    shares: dict[str, Term] = {}
    for place, each in enumerate(selecting.scored):
        others = [other for other in range(len(chosen)) if other != place]
        ahead = number_of(every((chosen[other], _goes_before(other, place, rests, selecting))) for other in others)
        number = counts[place] + term_if(ahead < left, 1, 0)
        share = total(term_if(number >= n, int(n * step) - int((n - 1) * step), 0) for n in range(1, steps + 1))
        shares[each.pattern] = term_if(chosen[place], share, 0)
    return shares


def _goes_before(other: int, place: int, rests: Sequence[Term], selecting: Selecting) -> Flag:
    """Whether `other` is given a step that is left over before `place` is."""
    alike = every((rests[other] == rests[place], selecting.leads(other, place)))
    return some((rests[other] > rests[place], alike))
