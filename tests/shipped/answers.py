"""Answers to the shipped rulebook: from profiles, from a few lines, and at random near the thresholds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from math import inf, nan
from pathlib import Path
from random import Random
from typing import Any

from advisor.advice import Adviser
from advisor.advice.model import UnitAdvice
from advisor.engines.evaluation import Evaluation
from advisor.engines.plain import PlainEngine
from advisor.language import Fact, Signature
from advisor.profile import Profile, Unit, read_profile
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook

RULEBOOK = Rulebook.load()
PROFILES = sorted(path for path in (Path(__file__).parents[2] / "profiles").glob("*.yaml") if path.stem != "blank")
PLAIN = PlainEngine(RULEBOOK)
ADVISER = Adviser(RULEBOOK)
STRONG_QUALITY: dict[str, Any] = {
    "ai_phase": "live",
    "months_live": 12,
    "error_rate_pct": 6,
    "error_rate_target_pct": 2,
    "recontact_rate_pct": 40,
    "rubber_stamp_share_pct": 50,
    "decision_stakes": "high",
    "backlog_weeks": 0,
}
"""A team whose quality needs the hours most, whatever else is answered."""


def facts_in(unit: Unit) -> dict[str, Fact]:
    return facts_of(unit, RULEBOOK)


def profile_of(**answers: Any) -> Profile:
    """A profile of one unit; answers are written as in a file."""
    unit = {"name": "Unit", "answers": answers} if answers else {"name": "Unit"}
    text = json.dumps({"advisor_profile": 1, "organisation": {"name": "Example", "currency": "EUR"}, "units": [unit]})
    return read_profile(text, RULEBOOK.questions)


def advised(**answers: Any) -> UnitAdvice:
    """The advice on one unit, by both engines."""
    (unit,) = ADVISER.advise(profile_of(**answers)).document.units
    return unit


def evaluated(**answers: Any) -> Evaluation:
    """The values of one unit."""
    return PLAIN.evaluate(facts_in(profile_of(**answers).units[0]))


def measured(name: str, **answers: Any) -> Fraction | tuple[Fraction, Fraction] | None:
    """A measure as an exact number: a value, a range, or None where it is not known at all."""
    low, high = evaluated(**answers).facts[name]
    if low in (-inf, inf) or high in (-inf, inf):
        return None
    scale = RULEBOOK.scope[name].scale
    return Fraction(low, scale) if low == high else (Fraction(low, scale), Fraction(high, scale))


class Some(Enum):
    """How much of a questionnaire is answered."""

    LITTLE = 0.1
    HALF = 0.5
    MOST = 0.9
    ALL = 1.0


def facts_at_random(random: Random, answered: Some) -> dict[str, Fact]:
    """Facts for every question: that share of them answered, some as ranges, a few not applicable; none impossible."""
    return possible(
        {
            name: fact_at_random(RULEBOOK.scope[name], random)
            if random.random() < answered.value
            else _no_fact(RULEBOOK.scope[name])
            for name in RULEBOOK.questions
        }
    )


def possible(facts: dict[str, Fact]) -> dict[str, Fact]:
    """The facts without one answer of each pair that no valid profile holds together."""
    for constraint in RULEBOOK.impossible:
        if constraint.is_broken(facts):
            facts = {**facts, (name := constraint.questions[-1]): _no_fact(RULEBOOK.scope[name])}
    return facts


def _no_fact(signature: Signature) -> Fact:
    if RULEBOOK.drawn is not None and signature.name == RULEBOOK.drawn.name:
        return ()  # Nobody is asked it: where nobody was heard it has no rows.
    return (-inf, inf) if signature.kind == "number" else None


def fact_at_random(signature: Signature, random: Random, *, inapplicable: bool = True) -> Fact:
    """A value of a name, often one that a threshold of the same unit lies on or beside."""
    if inapplicable and random.random() < 0.05:
        return (nan, nan) if signature.kind == "number" else "n/a"
    match signature.kind:
        case "number":
            return _number_at_random(signature, random)
        case "truth":
            return random.choice((True, False))
        case "choice":
            return random.choice(signature.choices)
        case "choices":
            return frozenset(word for word in signature.choices if random.random() < 0.3)
        case "table":
            return tuple(_row_at_random(signature.columns, random) for _ in range(random.randrange(4)))
        case _:
            return random.choice(("A", "B"))


def _row_at_random(columns: Mapping[str, Signature], random: Random) -> dict[str, Fact]:
    return {
        name: _no_fact(column) if random.random() < 0.1 else fact_at_random(column, random, inapplicable=False)
        for name, column in columns.items()
    }


THRESHOLDS = {
    unit: sorted({Fraction(parameter.value) for parameter in RULEBOOK.parameters.values() if parameter.unit == unit})
    for unit in {parameter.unit for parameter in RULEBOOK.parameters.values()}
}


def _number_at_random(signature: Signature, random: Random) -> tuple[int, int]:
    low, high = signature.low or Fraction(0), signature.high if signature.high is not None else Fraction(100)
    unit = RULEBOOK.questions[signature.name].unit if signature.name in RULEBOOK.questions else "%"
    near = [round(value * signature.scale) + step for value in THRESHOLDS.get(unit, ()) for step in (-1, 0, 1)]
    likely = [
        random.randint(round(low * signature.scale), round(min(high, low + 200) * signature.scale)) for _ in range(3)
    ]
    ends = [round(end * signature.scale) for end in (low, high)]
    value = random.choice([*near, *likely * 4, *ends])
    value = min(max(value, ends[0]), ends[1])
    if random.random() < 0.1:
        return value, min(value + random.choice((1, 50, 500)), ends[1])
    return value, value
