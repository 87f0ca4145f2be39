"""A check between answers: what a profile must not say, whichever rules would read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.language import Fact, Node, ValueAlgebra, lower
from advisor.language.intervals import Interval, is_known
from advisor.language.written import plain_number
from advisor.rulebook.model import Check

EXPRESSION = re.compile(r"\{([^{}]*)\}")
"""An expression in the text of a check."""


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """A check on `questions`, in the order in which they are written; `shown` are the expressions in its texts."""

    check: Check
    condition: Node
    questions: tuple[str, ...]
    shown: Mapping[str, Node]

    def is_broken(self, facts: Mapping[str, Fact]) -> bool:
        """Whether the answers certainly say what they must not; what is open says nothing."""
        return lower(self.condition, ValueAlgebra(facts, firm=True)) is True

    def message(self, facts: Mapping[str, Fact], written: Callable[[Interval], str] | None = None) -> str:
        """What is wrong and what to do, with the values in the texts as `written` writes them."""
        algebra, write = ValueAlgebra(facts, firm=True), written or _written
        text = f"{self.check.says} {self.check.remedy}"
        return EXPRESSION.sub(lambda found: write(lower(self.shown[found[1]], algebra)), text)


def _written(number: Interval) -> str:
    if not is_known(number):
        return "?"
    low, high = (plain_number(Fraction(end)) for end in number)
    return low if low == high else f"{low}–{high}"
