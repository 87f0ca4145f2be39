"""Random but realistic units: the answers of the sample profiles, mixed, moved a little, and some of them missing."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from pathlib import Path
from random import Random
from typing import Any

from advisor.language import Fact, Signature
from advisor.language.values import inapplicable_fact, unknown_fact
from advisor.profile import read_profile
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Question

SAMPLES = Path(__file__).resolve().parent.parent / "profiles"
LEAST_ANSWERED, MOST_ANSWERED = 0.4, 0.95
NOT_APPLICABLE = 0.03
RANGE = 0.05


def random_units(rulebook: Rulebook, how_many: int, seed: int = 1) -> list[dict[str, Fact]]:
    """The lowered answers of `how_many` invented units: between 40 and 95 % of the questions are answered."""
    random = Random(seed)
    said = _said_in_samples(rulebook)
    return [_unit(rulebook, said, random) for _ in range(how_many)]


def _said_in_samples(rulebook: Rulebook) -> Mapping[str, list[Fact]]:
    """What the sample profiles answer to each question."""
    said: dict[str, list[Fact]] = {name: [] for name in rulebook.questions}
    for path in sorted(SAMPLES.glob("*.yaml")):
        for unit in read_profile(path, rulebook.questions).units:
            for name, fact in facts_of(unit, rulebook).items():
                if _is_answer(fact):
                    said[name].append(fact)
    return said


def _is_answer(fact: Fact) -> bool:
    if isinstance(fact, tuple) and len(fact) == 2 and isinstance(fact[0], int | float):
        return -inf < fact[0] and fact[1] < inf
    return fact is not None and fact != "n/a"


def _unit(rulebook: Rulebook, said: Mapping[str, list[Fact]], random: Random) -> dict[str, Fact]:
    answered = random.uniform(LEAST_ANSWERED, MOST_ANSWERED)
    unit: dict[str, Fact] = {}
    for name, question in rulebook.questions.items():
        signature = rulebook.scope[name]
        if random.random() > answered:
            unit[name] = unknown_fact(signature.kind)
        elif random.random() < NOT_APPLICABLE:
            unit[name] = inapplicable_fact(signature.kind)
        else:
            unit[name] = _answer(question, signature, said[name], random)
    return unit


def _answer(question: Question, signature: Signature, said: list[Fact], random: Random) -> Fact:
    if signature.kind == "number":
        return _number(question, signature, said, random)
    if signature.kind == "truth":
        return random.random() < 0.5
    words = [choice.value for choice in question.choices]
    if signature.kind == "choices":
        return frozenset(random.sample(words, random.randint(0, min(3, len(words)))))
    return random.choice(said or [()]) if signature.kind == "table" else random.choice(words)


def _number(question: Question, signature: Signature, said: list[Any], random: Random) -> tuple[int, int]:
    """A number near one that a sample says, in the question's bounds and whole where it asks for whole numbers."""
    low = int((question.minimum if question.minimum is not None else -1000) * signature.scale)
    high = int((question.maximum if question.maximum is not None else 1000) * signature.scale)
    near = random.choice(said)[0] if said else random.randint(low, min(high, low + 100 * signature.scale))
    value = min(max(int(near * random.uniform(0.5, 1.5)), low), high)
    if random.random() < RANGE:
        return value, min(high, int(value + abs(value) * random.uniform(0, 0.5)))
    return value, value
