"""Whether given profiles are as an obligation describes: the engines' word, for witnesses and counterexamples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from advisor.assurance.verify.obligations import Growth, Move, Situation
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import Outcomes, outcome_facts
from advisor.language import Fact, ValueAlgebra, lower
from advisor.language.values import is_inapplicable_fact, is_known_fact, unknown_fact
from advisor.rulebook import Rulebook

Facts = Mapping[str, Fact]
Evaluate = Callable[[Facts], Evaluation]


class Trial:
    """Tries profiles with one engine."""

    def __init__(self, rulebook: Rulebook, evaluate: Evaluate) -> None:
        self.rulebook = rulebook
        self.outcomes = Outcomes(rulebook)
        self.evaluate = evaluate

    def is_met(self, situation: Situation, raw: Facts) -> bool:
        """Whether a profile is valid and in the situation."""
        return self.rulebook.permits(raw) and self.meets(situation, self.evaluate(raw))

    def meets(self, situation: Situation, found: Evaluation) -> bool:
        """Whether what an engine found out is the situation."""
        truth = found.truth
        if not all(truth[rule] is True for rule in situation.holding):
            return False
        if any(truth[rule] is True for rule in situation.not_holding):
            return False
        if situation.above is not None:
            one, other = (truth[rule] for rule in situation.above)
            if not (other is not True and one is True) and not (other is False and one is None):
                return False
        if situation.without_pattern and found.selection.recommended:
            return False
        if situation.never is None:
            return True
        facts = outcome_facts(self.rulebook, self.outcomes, found)
        return lower(self.rulebook.never[situation.never], ValueAlgebra(facts)) is True

    def falls(self, move: Move, before: Facts, after: Facts) -> bool:
        """Whether the second of two valid profiles is as the first but for the move, and the outcome is lower."""
        if not self.is_moved(move, before, after) or not self._are_valid(before, after):
            return False
        first, second = (self._place(move, raw) for raw in (before, after))
        return second < first

    def contradicts(self, growth: Growth, profiles: Sequence[Facts]) -> bool:
        """Whether a rule is settled in the first valid profile and otherwise in the last, or in the other reading."""
        if not self._are_valid(*profiles):
            return False
        before, after = self.evaluate(profiles[0]), self.evaluate(profiles[-1])
        settled = _firm(before, growth.rule)
        if growth.between == "readings":
            return settled is not None and before.truth[growth.rule] is not settled
        return (
            settled is not None
            and _firm(after, growth.rule) is not settled
            and self._is_added(profiles[0], profiles[1], before)
        )

    def _are_valid(self, *profiles: Facts) -> bool:
        return all(map(self.rulebook.permits, profiles))

    def _is_added(self, before: Facts, after: Facts, found: Evaluation) -> bool:
        """Whether the second profile has values more than the first, none of which replaces or contradicts another."""
        for name, step in self.rulebook.question_steps.items():
            unknown = unknown_fact(self.rulebook.scope[name].kind)
            if before[name] == after[name]:
                continue
            if before[name] != unknown or not is_known_fact(after[name]) or step.follows_from is not None:
                return False
            if is_inapplicable_fact(found.facts[name]):
                return False
        return True

    def is_moved(self, move: Move, before: Facts, after: Facts) -> bool:
        """Whether the answer to the question goes from one known value to another in the direction of the move."""
        old, new = before[move.question], after[move.question]
        if not (is_known_fact(old) and is_known_fact(new)):
            return False
        low, high = (self._rank(move.question, fact) for fact in (old, new))
        return low < high if move.direction == "up" else high < low

    def _rank(self, question: str, fact: Fact) -> int:
        signature = self.rulebook.scope[question]
        if signature.kind == "number":
            return int(fact[0])
        return int(fact) if signature.kind == "truth" else signature.choices.index(fact)

    def _place(self, move: Move, raw: Facts) -> int:
        facts = outcome_facts(self.rulebook, self.outcomes, self.evaluate(raw))
        return move.order.index(facts[move.outcome])


def _firm(found: Evaluation, rule: str) -> bool | None:
    return found.firm_truth.get(rule, found.truth[rule])
