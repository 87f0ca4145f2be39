"""Means and thresholds: what a mean takes for known rests on how far its values reach, which is settled beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from advisor.engines.quick import keys_behind
from advisor.language import Node
from advisor.language.nodes import MeanOfKnown, Parameter, rewritten, walk
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import MeasureStep, expressions_of, keys_read
from advisor.rulebook.spans import Spans

_MOST = 8
"""With more parameters behind a mean, not every combination of their ends is tried."""

Ends = Mapping[str, tuple[Fraction, Fraction]]


def moving_spans(rulebook: Rulebook, ends: Ends) -> set[str]:
    """The parameters of `ends` that could change the span of a mean while they go from one end to the other.

    Tried are all combinations of ends for each mean.
    """
    expressions = [node for step in rulebook.steps for node in expressions_of(step)]
    expressions += [node for terms in rulebook.terms.values() for node in terms]
    means = [part for node in expressions for part in walk(node) if isinstance(part, MeanOfKnown)]
    return {name for mean in means for name in _moving(mean, rulebook, ends)}


def _moving(mean: MeanOfKnown, rulebook: Rulebook, ends: Ends) -> Iterable[str]:
    behind = keys_behind(rulebook, keys_read(mean.operands))
    steps = [step for step in rulebook.steps if isinstance(step, MeasureStep) and step.name in behind]
    names = sorted(ends.keys() & {*_parameters([*(step.formula for step in steps), mean])})
    corners = product(*(ends[name] for name in names))
    moves = len(names) > _MOST or any(
        _span(mean, steps, rulebook, dict(zip(names, corner, strict=True))) != mean.span for corner in corners
    )
    return names if moves else ()


def _parameters(nodes: Iterable[Node]) -> Iterator[str]:
    yield from (part.signature.name for node in nodes for part in walk(node) if isinstance(part, Parameter))


def _span(
    mean: MeanOfKnown, steps: Sequence[MeasureStep], rulebook: Rulebook, values: Mapping[str, Fraction]
) -> object:
    """The span that the mean would have with these values of parameters."""

    def changed(part: Node) -> Node:
        if isinstance(part, Parameter) and part.signature.name in values:
            return Parameter(replace(part.signature, value=values[part.signature.name]))
        return part

    spans = Spans(rulebook.scope)
    for step in steps:
        spans.in_step(replace(step, formula=rewritten(step.formula, changed)))
    filled = spans.filled(rewritten(mean, changed))
    assert isinstance(filled, MeanOfKnown)
    return filled.span
