"""The row of one unit from the evaluation by another engine: where columns cannot be exact, and to compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.engines.columns.layout import Layout
from advisor.engines.columns.scores import score_scale
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import Outcomes
from advisor.language import Fact, Signature
from advisor.language.values import is_inapplicable_fact


def row_of(layout: Layout, evaluation: Evaluation) -> dict[str, Any]:
    """The cells of a row: every name and rule in both readings, the patterns, the selection and the outcomes."""
    scope = layout.rulebook.scope
    cells: dict[str, Any] = {}
    for facts, firm in ((evaluation.facts, False), (evaluation.firm, True)):
        for name, fact in facts.items():
            cells |= _cells(scope[name], layout.base(scope[name], firm), fact)
    for truths, firm in ((evaluation.truth, False), (evaluation.firm_truth, True)):
        cells |= {layout.rule(rule, firm): truth for rule, truth in truths.items()}
    return cells | _chosen(layout, evaluation)


def _cells(signature: Signature, base: str, fact: Fact) -> Iterator[tuple[str, Any]]:
    inapplicable = is_inapplicable_fact(fact)
    if signature.kind == "number":
        for which, end in zip(("low", "high"), fact, strict=True):
            yield f"{base}.{which}", None if isinstance(end, float) else end
        yield f"{base}.na", inapplicable
    elif signature.kind in ("choice", "text"):
        yield base, fact
    else:
        known = fact is not None and not inapplicable
        yield base, (fact if signature.kind == "truth" else True) if known else None
        yield f"{base}.na", inapplicable


def _chosen(layout: Layout, evaluation: Evaluation) -> dict[str, Any]:
    selection, scale = evaluation.selection, score_scale(layout)
    cells: dict[str, Any] = {}
    for each in selection.patterns:
        recommended = each.pattern in selection.recommended
        cells |= {
            f"pattern.{each.pattern}.low": None if each.low is None else each.low * scale,
            f"pattern.{each.pattern}.high": None if each.high is None else each.high * scale,
            f"pattern.{each.pattern}.excluded": bool(each.excluded_by),
            f"pattern.{each.pattern}.rank": selection.recommended.index(each.pattern) + 1 if recommended else None,
            f"pattern.{each.pattern}.share": selection.shares.get(each.pattern, 0),
        }
    cells |= {f"selection.{what}": getattr(selection, what) for what in ("reserve", "firm", "decided_by")}
    return cells | {f"outcome.{name}": word for name, word in Outcomes(layout.rulebook).of(evaluation).items()}
