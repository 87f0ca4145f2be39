"""Random units with valid answers: what stands for the whole space of profiles where it is too large to go through.

An answer keeps to the type, bounds and choices of its question, half of the numbers lie on or beside a threshold, and a
question that does not apply is not answered. How much is answered differs from unit to unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from advisor.engines.completions import Completions
from advisor.language import Fact, intervals
from advisor.language.values import inapplicable_fact, unknown_fact
from advisor.rulebook import Rulebook

LEAST_ANSWERED = 0.1
_COMPLETE = 0.25
_INAPPLICABLE = 0.02


def random_units(rulebook: Rulebook, number: int, seed: int = 1) -> Iterator[dict[str, Fact]]:
    """The facts of `number` units, the same for the same seed.

    A quarter of the units answer every question that applies to them, the others between a tenth and all of them. Where
    a count of people is below what staff answers need, that count is not answered, so that none is withheld.
    """
    random = Random(seed)
    empty = {name: unknown_fact(rulebook.scope[name].kind) for name in rulebook.questions}
    completions = Completions(rulebook, empty, rulebook.questions)
    for _ in range(number):
        share = 1.0 if random.random() < _COMPLETE else random.uniform(LEAST_ANSWERED, 1)
        facts = completions.draw(random)
        for name in rulebook.questions:
            if random.random() >= share:
                facts[name] = empty[name]
            elif share < 1 and random.random() < _INAPPLICABLE:
                facts[name] = inapplicable_fact(rulebook.scope[name].kind)
        yield facts | {name: empty[name] for name in too_few(rulebook, facts)}


def too_few(rulebook: Rulebook, facts: dict[str, Fact]) -> list[str]:
    """The counts of people, of those that staff answers rest on, that are too low."""
    policy = rulebook.frame.staff_answers
    if policy is None:
        return []
    least = Fraction(rulebook.parameters[policy.minimum].value)
    return [
        name
        for name in (policy.respondents, policy.team)
        if intervals.is_known(facts[name]) and facts[name][0] < least * rulebook.scope[name].scale
    ]
