"""Whether two evaluations say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.engines.evaluation import Evaluation


def same(left: Any, right: Any) -> bool:
    """Equality in which what does not apply equals itself."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(same(x, y) for x, y in zip(left, right, strict=True))
    return bool(left == right) or (left != left and right != right)


def assert_same(left: Evaluation, right: Evaluation) -> None:
    """Every value, every rule in both readings, every score term, the choice, and the set of rules that fired."""
    for what in ("facts", "firm", "truth", "firm_truth", "terms"):
        first, second = getattr(left, what), getattr(right, what)
        assert first.keys() == second.keys()
        differing = {name: (first[name], second[name]) for name in first if not same(first[name], second[name])}
        assert not differing, what
    assert left.selection == right.selection
    assert set(left.order) == set(right.order)
    assert len(set(left.order)) == len(left.order)
