"""What the rulebook rests on: publications, their statements, and the parameters that cite them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from advisor.rulebook.field_types import ClaimId, Text, Value, Word, part

JUDGEMENT = "judgement"
"""What an entry cites where its author vouches for it alone."""


@part
class Source:
    """A publication and how it was seen. `quote` says how it may be quoted; without it, in other words only."""

    id: str
    title: Text
    where: Text
    who: Text | None = None
    when: Text | None = None
    seen: Literal["at the source", "second-hand", "from memory"]
    quote: Text | None = None
    note: Text | None = None


@part
class Claim:
    """A statement of a source article, in our words."""

    id: ClaimId
    source: str
    says: Text
    kind: Literal["fact", "observation", "mechanism", "norm", "question", "context"]


@part
class Parameter:
    """A threshold, weight or default: its value, unit, status and source.

    `label` is what a reader calls it; without one its name stands. `assumes` names what the value stands for where a
    figure takes it because nobody answered: a listed assumption.
    """

    name: Word
    label: Text | None = None
    value: Value
    unit: str
    status: Literal["published", "judgement", "article", "definition"]
    sources: tuple[str, ...] = ()
    plausible: tuple[Decimal, Decimal] | None = None
    why: Text
    assumes: Text | None = None
