"""The shipped rulebook with other parameters: as an overlay sets them, and quickly without reading it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from advisor.language import Node, nodes
from advisor.language.nodes import rewritten
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import MeasureStep, QuestionStep, RuleStep, Step
from advisor.rulebook.spans import Spans


def exact(value: Fraction) -> Decimal:
    """The same number as a rulebook writes it."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def by_overlay(folder: Path, overlay: Path, values: Mapping[str, Fraction], rulebook: Rulebook) -> Rulebook:
    """The rulebook in `folder` with these values, read with a file that is written into `overlay`."""
    lines = ["parameters:"]
    for name, value in values.items():
        was = rulebook.parameters[name]
        lines += [f"  - name: {name}", f"    value: {exact(value)}", f"    unit: '{was.unit}'"]
        lines += ["    status: judgement", "    sources: [judgement]", "    why: as it was drawn"]
        lines += [f"    plausible: [{was.plausible[0]}, {was.plausible[1]}]"] if was.plausible else []
        lines += [f"    assumes: {was.assumes}"] if was.assumes else []
    (overlay / "drawn.yaml").write_text("\n".join(lines) + "\n")
    return Rulebook.load(folder, [overlay])


def with_parameters(rulebook: Rulebook, values: Mapping[str, Fraction]) -> Rulebook:
    """The rulebook with these values of parameters."""

    def changed(node: Node) -> Node:
        if isinstance(node, nodes.Parameter) and node.signature.name in values:
            return nodes.Parameter(replace(node.signature, value=values[node.signature.name]))
        return node

    def optional(node: Node | None) -> Node | None:
        return None if node is None else rewritten(node, changed)

    def in_step(step: Step) -> Step:
        match step:
            case QuestionStep():
                return replace(step, applies_when=optional(step.applies_when), follows_from=optional(step.follows_from))
            case MeasureStep():
                return replace(step, formula=rewritten(step.formula, changed))
            case RuleStep():
                return replace(step, condition=rewritten(step.condition, changed))
            case _:
                return step

    spans = Spans(rulebook.scope)
    parameters = {
        name: replace(each, value=exact(values[name])) if name in values else each
        for name, each in rulebook.parameters.items()
    }
    steps = tuple(spans.in_step(in_step(step)) for step in rulebook.steps)
    terms = {
        pattern: tuple(spans.filled(rewritten(node, changed)) for node in every)
        for pattern, every in rulebook.terms.items()
    }
    return replace(rulebook, parameters=parameters, steps=steps, terms=terms, fingerprint="")
