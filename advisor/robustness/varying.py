"""What varies: answers within the range that they state or that their evidence leaves, thresholds within theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal

from advisor.language import Node
from advisor.language.nodes import Aggregate, Parameter, walk
from advisor.profile import Answer, Unit
from advisor.profile.facts import scaled
from advisor.robustness.means import moving_spans
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Parameter as RulebookParameter
from advisor.rulebook.model import Spread
from advisor.rulebook.plan import expressions_of, key_of

Kind = Literal["answer", "threshold"]
Basis = Literal["stated", "evidence", "plausible"]
"""Where a range is from: the profile states it, the rulebook gives it to the evidence, a parameter's own."""
_MOST_LEVELS = 1_000_000


@dataclass(frozen=True, slots=True)
class Varying:
    """A quantity that varies: `levels` whole numbers over `scale`, from `low` on in steps of `step`, all alike."""

    name: str
    basis: Basis
    low: int
    levels: int
    step: int
    scale: int

    @property
    def kind(self) -> Kind:
        """What it is."""
        return "threshold" if self.basis == "plausible" else "answer"

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The smallest and the largest value."""
        return Fraction(self.low, self.scale), Fraction(self.low + (self.levels - 1) * self.step, self.scale)


def answers_that_vary(unit: Unit, rulebook: Rulebook, behind: Collection[str]) -> list[Varying]:
    """The answers in `behind` with a range of more than one value, in the order of the rulebook.

    `unit` holds the answers that count. Whatever is no number, or is unknown, stays as it is.
    """
    numbers = (name for name in rulebook.asked if name in behind and rulebook.scope[name].kind == "number")
    answered = ((name, unit.answers.get(name)) for name in numbers)
    found = (_answer(name, answer, rulebook) for name, answer in answered if answer and answer.state == "answered")
    return [each for each in found if each is not None]


def _answer(name: str, answer: Answer, rulebook: Rulebook) -> Varying | None:
    signature, policy = rulebook.scope[name], rulebook.frame.robustness
    spread = policy.spread_of(rulebook.questions[name]) if policy else None
    whole = signature.scale if spread and spread.whole else 1
    if answer.low is not None and answer.high is not None:
        low, high = scaled(answer.low, signature), scaled(answer.high, signature)
        return _between(name, "stated", (low, high), whole, signature.scale)
    parameter = spread.by.get(answer.evidence) if spread else None
    if spread is None or parameter is None:
        return None
    assert isinstance(answer.value, Decimal)
    about = scaled(answer.value, signature)
    ends = [None if end is None else int(end * signature.scale) for end in (signature.low, signature.high)]
    off = _off(spread, Fraction(rulebook.parameters[parameter].value), about, ends, signature.scale)
    steps = floor(off / whole)
    low = about - whole * steps if ends[0] is None else max(about - whole * steps, ends[0])
    high = about + whole * steps if ends[1] is None else min(about + whole * steps, ends[1])
    return _between(name, "evidence", (low, high), whole, signature.scale)


def _off(spread: Spread, size: Fraction, about: int, ends: list[int | None], scale: int) -> Fraction:
    """How far the truth may lie from an answer, scaled like it."""
    if spread.of == "unit":
        return size * scale
    distances = [abs(about)]
    if spread.of == "nearer_bound":
        distances += [abs(about - end) for end in ends if end is not None]
    return size / 100 * min(distances)


def _between(name: str, basis: Basis, ends: tuple[int, int], step: int, scale: int) -> Varying | None:
    """What varies between two ends; None where that is one value."""
    low, high = ends
    step = max(step, (high - low) // _MOST_LEVELS)
    levels = (high - low) // step + 1
    return Varying(name, basis, low, levels, step, scale) if levels > 1 else None


def thresholds_that_vary(rulebook: Rulebook, behind: Collection[str]) -> list[Varying]:
    """The parameters with a plausible range that the steps in `behind`, the scores or the choice of patterns read.

    They take the values that are as round as the rulebook writes theirs. A parameter stays as it is where it is read
    over the rows of a table, counts how many values a mean needs or could change how far these reach, or is a weight of
    several scores.
    """
    read = {name for name in _read(rulebook, behind) if rulebook.parameters[name].plausible}
    found = (_threshold(parameter) for name, parameter in rulebook.parameters.items() if name in read)
    varying = [each for each in found if each is not None]
    moving = moving_spans(rulebook, {each.name: each.ends for each in varying})
    return [each for each in varying if each.name not in moving]


def _read(rulebook: Rulebook, behind: Collection[str]) -> set[str]:
    expressions = [node for step in rulebook.steps if key_of(step) in behind for node in expressions_of(step)]
    expressions += [node for terms in rulebook.terms.values() for node in terms]
    parts = [part for node in expressions for part in walk(node)]
    in_tables = {name for part in parts if isinstance(part, Aggregate) for name in _named(walk(part))}
    policy = rulebook.frame.selection
    steering = {policy.floor, policy.mix_window, policy.tie_window, policy.reach}
    steering |= {rule.caps.at for rule in rulebook.rules.values() if rule.caps}
    weights = [term.weight for score in rulebook.scores.values() for term in score.terms]
    several = {name for name in weights if weights.count(name) > 1}
    return {*_named(parts), *steering, *weights} - in_tables - several


def _named(parts: Iterable[Node]) -> Iterator[str]:
    yield from (part.signature.name for part in parts if isinstance(part, Parameter))


def _threshold(parameter: RulebookParameter) -> Varying | None:
    assert parameter.plausible is not None
    numbers = (parameter.value, *parameter.plausible)
    scale = 10 ** max(0, *(-int(number.normalize().as_tuple().exponent) for number in numbers))
    low, high = (int(number * scale) for number in (min(numbers), max(numbers)))
    return _between(parameter.name, "plausible", (low, high), 1, scale)
