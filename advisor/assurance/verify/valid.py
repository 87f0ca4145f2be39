"""Which answers rules ever see: those of staff that could be traced to a person are withheld before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from advisor.engines.proof import numbers
from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.language import Fact
from advisor.language.values import is_known_fact, unknown_fact
from advisor.rulebook import Rulebook


def without_traceable_facts(facts: Mapping[str, Fact], rulebook: Rulebook) -> dict[str, Fact]:
    """The facts as `advisor.advice.withheld` leaves them to the rules."""
    policy = rulebook.frame.staff_answers
    kept = dict(facts)
    if policy is None:
        return kept
    minimum = Fraction(rulebook.parameters[policy.minimum].value)
    counts = [(facts[name], rulebook.scope[name].scale) for name in (policy.respondents, policy.team)]
    if any(is_known_fact(fact) and fact[0] < minimum * scale for fact, scale in counts):
        for name in _of_staff(rulebook):
            if is_known_fact(facts[name]):
                kept[name] = unknown_fact(rulebook.scope[name].kind)
    return kept


def only_untraceable(encoding: Encoding) -> Flag:
    """The same for the solver: staff answers are there only where nobody could be traced."""
    rulebook, policy = encoding.rulebook, encoding.rulebook.frame.staff_answers
    if policy is None:
        return True
    minimum = numbers.constant(Fraction(rulebook.parameters[policy.minimum].value)).low
    values = [encoding.space.raw(rulebook.scope[name]).value for name in (policy.respondents, policy.team)]
    too_few = some(
        every((value.known, numbers.below(value.low, minimum))) for value in values if isinstance(value, numbers.Number)
    )
    unknown = every(negated(encoding.space.raw(rulebook.scope[name]).value.known) for name in _of_staff(rulebook))
    return some((negated(too_few), unknown))


def _of_staff(rulebook: Rulebook) -> Iterator[str]:
    return (name for name, question in rulebook.questions.items() if question.who == "staff")
