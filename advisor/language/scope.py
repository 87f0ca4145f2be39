"""What the names in an expression stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from advisor.language.units import DIMENSIONLESS, Dimension

Kind = Literal["number", "truth", "choice", "choices", "table", "text"]
Origin = Literal["question", "measure", "parameter", "finding", "group", "selection", "column", "outcome"]


@dataclass(frozen=True)
class Signature:
    """The type of one name.

    Numbers are kept as integers scaled by ``10 ** decimals``; ``low`` and ``high`` are the closed bounds of a valid
    value, unscaled. A parameter carries its value.
    """

    name: str
    kind: Kind
    origin: Origin
    dimension: Dimension = DIMENSIONLESS
    decimals: int = 0
    low: Fraction | None = None
    high: Fraction | None = None
    choices: tuple[str, ...] = ()
    value: Fraction | None = None
    columns: Mapping[str, Signature] = field(default_factory=dict)

    @property
    def scale(self) -> int:
        """By how much a stored value is larger than the real one."""
        return int(10**self.decimals)


Scope = Mapping[str, Signature]
