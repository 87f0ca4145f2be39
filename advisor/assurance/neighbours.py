"""The answers that lie one step away from given ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from advisor.language import Fact, Signature
from advisor.language.intervals import Interval, is_known
from advisor.rulebook import Rulebook


def neighbours(facts: Mapping[str, Fact], rulebook: Rulebook) -> Iterator[dict[str, Fact]]:
    """The facts with one known number moved by one of its steps, within its bounds; each of them up and down."""
    for name, question in rulebook.questions.items():
        signature = rulebook.scope[name]
        if signature.kind == "number" and is_known(facts[name]):
            step = Fraction(question.step) if question.step is not None else Fraction(1, signature.scale)
            for by in (step, -step):
                moved = _moved(facts[name], by, signature)
                if moved != facts[name]:
                    yield {**facts, name: moved}


def _moved(number: Interval, by: Fraction, signature: Signature) -> Interval:
    ends = (min(max(end + by * signature.scale, *_floor(signature)), *_ceiling(signature)) for end in number)
    low, high = (int(end) for end in ends)
    return low, high


def _floor(signature: Signature) -> tuple[float | Fraction, ...]:
    return (float("-inf"),) if signature.low is None else (signature.low * signature.scale,)


def _ceiling(signature: Signature) -> tuple[float | Fraction, ...]:
    return (float("inf"),) if signature.high is None else (signature.high * signature.scale,)
