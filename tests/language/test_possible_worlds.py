"""The meaning against an oracle that shares nothing with it: Python's own evaluator on exact fractions, world by world.

A world is a complete set of answers that the facts leave possible. What the meaning says is certain must be so in every
world; where everything is answered, the meaning and the only world are the same.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import inf
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.language import Fact, ValueAlgebra, lower
from tests.engines.random_rulebooks import CHOICES, Author
from tests.language.names import SCOPE, checked, compiled

EXAMPLES = settings().max_examples
NUMBERS = [name for name in SCOPE if re.fullmatch(r"n\d", name)]
TRUTHS = [name for name in SCOPE if re.fullmatch(r"b\d", name)]
seeds = st.integers(0, 2**32 - 1)


class Writer(Author):
    """Expressions that Python reads as well: no tables, and no `first_known`, which chooses between answers."""

    def _table(self) -> str:
        return self.name("number")

    def _of_several(self, depth: int) -> str:
        text = super()._of_several(depth)
        return self.name("number") if "first_known" in text else text

    def _test(self) -> str:
        return super()._test().replace("rows", "tags")


def writer(seed: int) -> Writer:
    made = Writer(Random(seed))
    made.assuming = True
    return made


PYTHON: dict[str, Any] = {
    "__builtins__": {}, "F": Fraction, "true": True, "false": False, **{word: word for word in CHOICES},
    "lowest": min, "highest": max, "known": lambda x: True, "applicable": lambda x: True, "default": lambda x, d: x,
    "ramp": lambda x, a, b: min(max((F(x) - a) / (b - a), 0), 1), "clamp": lambda x, a, b: min(max(x, a), b),
    "count": lambda *c: sum(map(bool, c)), "mean_of_known": lambda n, *x: F(sum(x)) / len(x),
    **{name: signature.value for name, signature in SCOPE.items() if signature.origin == "parameter"},
}  # fmt: skip
F = Fraction


def in_world(text: str, world: dict[str, Any]) -> Any:
    """The value that Python gives the text where every answer is there; None where it divides by zero."""
    exact = re.sub(r"(?<![\w.])(\d+(\.\d+)?)", r"F('\1')", text)
    try:
        return eval(exact, {**PYTHON, **world})  # our own text, and a world without builtins
    except ZeroDivisionError:
        return None


def an_answer(name: str, random: Random) -> Any:
    if name in NUMBERS:
        return F(random.choice((0, 100, 300, 500, 1250, -400, 299, 301, 50, random.randrange(-1500, 1500))), 100)
    if name in TRUTHS:
        return random.random() < 0.5
    return random.choice(CHOICES) if name == "colour" else frozenset(word for word in CHOICES if random.random() < 0.5)


NAMES = (*NUMBERS, *TRUTHS, "colour", "tags")


def as_fact(value: Any) -> Fact:
    return (int(value * 100),) * 2 if isinstance(value, Fraction) else value


def facts_and_worlds(random: Random) -> tuple[dict[str, Fact], list[dict[str, Any]]]:
    """Facts, some unknown and some ranges, and worlds that they leave possible, the ends of ranges among them."""
    worlds: list[dict[str, Any]] = [{} for _ in range(12)]
    facts: dict[str, Fact] = {}
    for name in NAMES:
        value, other = an_answer(name, random), an_answer(name, random)
        state = random.random()
        if state < 0.6:
            facts[name], possible = as_fact(value), [value]
        elif state < 0.8 and name in NUMBERS:
            low, high = sorted((value, other))
            facts[name], possible = (int(low * 100), int(high * 100)), [low, high, (low + high) / 2]
        else:
            facts[name] = (-inf, inf) if name in NUMBERS else None
            possible = [an_answer(name, random) for _ in range(4)]
        for world in worlds:
            world[name] = random.choice(possible)
    return facts, worlds


def facts_of_one_world(random: Random) -> tuple[dict[str, Fact], dict[str, Any]]:
    world = {name: an_answer(name, random) for name in NAMES}
    return {name: as_fact(value) for name, value in world.items()}, world


@given(seeds)
@settings(max_examples=EXAMPLES * 5)
def test_where_everything_is_answered_there_is_one_world(seed: int):
    random = Random(seed)
    facts, world = facts_of_one_world(random)
    author = writer(seed)
    condition, number = author.condition(), author.number()
    expected, expected_number = in_world(condition, world), in_world(number, world)
    for firm in (False, True):
        if expected is not None:
            assert lower(checked(condition, "truth"), ValueAlgebra(facts, firm)) is bool(expected), condition
        if expected_number is not None:
            low, high = lower(checked(number), ValueAlgebra(facts, firm))
            assert low == high == expected_number, number


@given(seeds)
@settings(max_examples=EXAMPLES * 3)
def test_what_is_certain_is_so_in_every_world(seed: int):
    random = Random(seed)
    facts, worlds = facts_and_worlds(random)
    author = writer(seed)
    condition, number = author.condition(), author.number()
    certain = lower(checked(condition, "truth"), ValueAlgebra(facts, firm=True))
    low, high = lower(checked(number), ValueAlgebra(facts, firm=True))
    for world in worlds:
        if certain is not None and (found := in_world(condition, world)) is not None:
            assert certain is bool(found), (condition, world)
        if (value := in_world(number, world)) is not None:
            assert low <= value <= high, (number, world)


@given(seeds)
@settings(max_examples=EXAMPLES * 5)
def test_at_the_boundary_itself(seed: int):
    """A constant taken from the exact left side: where floats go wrong, in both forms of the language."""
    random = Random(seed)
    facts, world = facts_of_one_world(random)
    left = writer(seed).number()
    exact = in_world(left, world)
    if exact is None or len(f"{exact.numerator}{exact.denominator}") > 15 or abs(exact.numerator) > 10**14:
        return
    for step in (-1, 0, 1):
        limit = Fraction(exact) + Fraction(step, 10**6)
        if limit.denominator > 10**14 or abs(limit.numerator) > 10**14:
            continue
        for op, holds in {
            "<": step > 0,
            "<=": step >= 0,
            ">": step < 0,
            ">=": step <= 0,
            "==": step == 0,
            "!=": step != 0,
        }.items():
            node = checked(f"{left} {op} ({limit.numerator} / {limit.denominator})", "truth")
            assert lower(node, ValueAlgebra(facts)) is holds
            assert compiled(node, facts, firm=False) is holds
