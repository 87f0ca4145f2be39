"""Many answers to a question as one: a mean, or how many said what; only from so many people upward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from advisor.profile import Answer, Frozen
from advisor.profile.model import Value
from advisor.rulebook import Question

_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_LEAST_TOLD = 2
"""What a single person alone said is not counted out."""


def summary(values: Sequence[Value], question: Question, minimum: int) -> Answer | None:
    """The answer of `values`, one of each person; None where it would tell what a single person said.

    A number is the mean, with the decimals of the question, half to even. Of words it says how many chose each; those
    that one person alone chose are left out, and `people` says how many answered.
    """
    people = len(values)
    if people < minimum:
        return None
    numbers = [value for value in values if isinstance(value, Decimal)]
    if numbers:
        mean = _WIDE.divide(sum(numbers, Decimal(0)), Decimal(people))
        return Answer("answered", _rounded(mean, question.decimals), people=people)
    counted = Counter(word for value in values for word in _words(value))
    order = [choice.value for choice in question.choices] or ["true", "false"]
    tally = {word: counted[word] for word in order if counted[word] >= _LEAST_TOLD}
    return Answer("answered", people=people, tally=Frozen(tally)) if tally else None


def _words(value: Value) -> tuple[str, ...]:
    if isinstance(value, bool):
        return (str(value).lower(),)
    return tuple(str(word) for word in value) if isinstance(value, tuple) else (str(value),)


def _rounded(number: Decimal, decimals: int) -> Decimal:
    text = f"{number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
