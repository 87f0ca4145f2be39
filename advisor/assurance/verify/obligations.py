"""What is to be proven of a rulebook: generic statements that hold in any domain, and its own invariants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Literal

from advisor.rulebook import Rule, Rulebook
from advisor.rulebook.invariants import Direction, Invariant

Group = Literal["complete", "fires", "not implied", "invariant", "growth"]
TITLES: dict[Group, str] = {
    "complete": "Every profile gets a verdict, and a pattern or the stated reason why none",
    "fires": "Every rule can fire",
    "not implied": "No rule is implied by another one with the same conclusion",
    "growth": "Adding an answer never contradicts what was settled",
    "invariant": "Invariants of the rulebook",
}


@dataclass(frozen=True, slots=True)
class Situation:
    """Profiles in which some rules are certainly true and others are not, or an invariant is broken.

    `above` are two rules of which the first is truer than the second: true where that is not, or open where that is
    false. `never` is the id of an invariant whose condition is certainly true; `without_pattern`: none is recommended.
    """

    holding: tuple[str, ...] = ()
    not_holding: tuple[str, ...] = ()
    above: tuple[str, str] | None = None
    never: str | None = None
    without_pattern: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Two profiles that differ in one answered question, and the outcome that must not be lower in the second."""

    question: str
    direction: Direction
    outcome: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """A rule is settled in the firm reading, and then otherwise.

    Between two `profiles`: where the second has all answers of the first and more. Between the two `readings` of one
    profile: in the assumed one.
    """

    rule: str
    between: Literal["profiles", "readings"]


About = Situation | Move | Growth


@dataclass(frozen=True, slots=True)
class Obligation:
    """One statement. `exists`: some profile must be as in `about`; otherwise none may be."""

    group: Group
    name: str
    says: str
    about: About
    exists: bool = False


def obligations(rulebook: Rulebook) -> list[Obligation]:
    """Everything that is to be proven of a rulebook."""
    return [
        *_complete(rulebook),
        *(_fires(rule) for rule in rulebook.rules.values()),
        *_not_implied(rulebook),
        *_growth(rulebook),
        *(each for invariant in rulebook.invariants.values() for each in _invariant(invariant)),
    ]


def _complete(rulebook: Rulebook) -> Iterator[Obligation]:
    reasons = {verdict.name for verdict in rulebook.frame.verdicts if verdict.shares == "no"}
    by_verdict = [rule for rule in rulebook.rules.values() if rule.verdict]
    every = tuple(rule.id for rule in by_verdict)
    why_none = tuple(rule.id for rule in by_verdict if rule.verdict in reasons)
    yield Obligation("complete", "verdict", "no profile is without a verdict", Situation(not_holding=every))
    none = Situation(not_holding=why_none, without_pattern=True)
    yield Obligation("complete", "pattern", "no profile is without a pattern and without a reason why none", none)


def _fires(rule: Rule) -> Obligation:
    return Obligation("fires", rule.id, f"{rule.id} can fire", Situation(holding=(rule.id,)), exists=True)


def _not_implied(rulebook: Rulebook) -> Iterator[Obligation]:
    by_conclusion: dict[object, list[str]] = {}
    for rule in rulebook.rules.values():
        for conclusion in _conclusions(rule):
            by_conclusion.setdefault(conclusion, []).append(rule.id)
    pairs = {pair: None for rules in by_conclusion.values() for pair in permutations(rules, 2)}
    for one, other in pairs:
        yield Obligation(
            "not implied", one, f"{one} adds something to {other}", Situation(above=(one, other)), exists=True
        )


def _conclusions(rule: Rule) -> Iterator[object]:
    """What a rule concludes; an indicator counts by itself and is never the same as another."""
    yield from (("excludes", pattern) for pattern in rule.excludes)
    if rule.concludes:
        yield "concludes", rule.concludes
    if rule.verdict:
        yield "verdict", rule.verdict
    if rule.level:
        yield "level", rule.level
    if rule.preparation:
        yield "preparation", rule.preparation.name, rule.preparation.status
    if rule.caps:
        yield "caps", rule.caps.pattern, rule.caps.at


def _growth(rulebook: Rulebook) -> Iterator[Obligation]:
    for rule in rulebook.rules:
        says = f"what settles {rule} settles it for good"
        yield Obligation("growth", rule, says, Growth(rule, "profiles"))
        if f"rule:{rule}" in rulebook.assumed:
            says = f"no assumption contradicts what is settled of {rule}"
            yield Obligation("growth", rule, says, Growth(rule, "readings"))


def _invariant(invariant: Invariant) -> Iterator[Obligation]:
    if invariant.never is not None:
        yield Obligation("invariant", invariant.id, invariant.title, Situation(never=invariant.id))
    for pair in combinations(invariant.opposite, 2):
        says = f"{invariant.title}: {' and '.join(pair)}"
        yield Obligation("invariant", invariant.id, says, Situation(holding=pair))
    for question, direction in invariant.moves.items():
        assert invariant.never_falls is not None
        move = Move(question, direction, invariant.never_falls, invariant.order)
        yield Obligation("invariant", invariant.id, f"{invariant.title}: {question} {direction}", move)
