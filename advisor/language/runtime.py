"""What the source that `advisor.language.source` writes refers to: all that is needed to run it again."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan
from typing import Any

from advisor.language import intervals, nodes
from advisor.language.values import Fact, ValueAlgebra

RUNTIME: dict[str, Any] = {
    "INF": inf,
    "NAN": nan,
    "points": intervals.points,
    "NO_NUMBER": intervals.NO_NUMBER,
    "multiply": intervals.multiply,
    "divide": intervals.divide,
    "bounded": intervals.bounded,
    "clamp": intervals.clamp,
    "choose": intervals.choose,
    "lowest": intervals.lowest,
    "highest": intervals.highest,
    "mean_of_known": intervals.mean_of_known,
    "first_known": intervals.first_known,
    "rounded": intervals.rounded,
}


@dataclass(frozen=True)
class OverRows:
    """An aggregate as a function of its table."""

    node: nodes.Aggregate
    function: str

    def __call__(self, table: Fact) -> Any:
        """The aggregate over the rows of `table`."""
        return getattr(ValueAlgebra({self.node.table.signature.name: table}), self.function)(self.node)
