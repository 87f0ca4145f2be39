"""Numbers of the result: two decimals, half to even; whole where they are whole."""

from __future__ import annotations

from fractions import Fraction

from advisor.advice.model import Number
from advisor.language import Fact, Signature, intervals
from advisor.language.intervals import Exact, Interval
from advisor.language.values import NOT_APPLICABLE


def number(value: Fraction | int) -> Number:
    """A number as JSON takes it."""
    rounded = round(Fraction(value) * 100)
    return rounded // 100 if rounded % 100 == 0 else rounded / 100


def optional(value: Fraction | None) -> Number | None:
    """A number, or null where there is none."""
    return None if value is None else number(value)


def end(value: Exact, scale: int) -> Number | None:
    """One end of a stored number, null where it is open or does not apply."""
    return None if isinstance(value, float) else number(Fraction(value, scale))


def point(fact: Interval, scale: int) -> Number | None:
    """A stored number, null while it is not settled to one value."""
    return end(fact[0], scale) if fact[0] == fact[1] else None


def as_json(fact: Fact, signature: Signature) -> object:
    """A fact as JSON shows it: null for unknown, `n/a` where it does not apply, low and high for an interval."""
    if signature.kind != "number":
        return _word_as_json(fact)
    if intervals.is_not_applicable(fact):
        return NOT_APPLICABLE
    if fact[0] == fact[1]:
        return end(fact[0], signature.scale)
    low, high = end(fact[0], signature.scale), end(fact[1], signature.scale)
    return None if low is None and high is None else {"low": low, "high": high}


def _word_as_json(fact: Fact) -> object:
    if isinstance(fact, frozenset):
        return sorted(fact)
    if isinstance(fact, tuple):
        return f"{len(fact)} rows"
    return fact
