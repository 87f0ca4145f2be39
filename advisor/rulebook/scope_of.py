"""What every name of a rulebook stands for."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from advisor.language import Kind, Signature
from advisor.language.units import dimension
from advisor.rulebook.model import Column, Frame, Measure, Parameter, Question, Rule

_KINDS: dict[str, Kind] = {
    "number": "number",
    "yes_no": "truth",
    "choice": "choice",
    "choices": "choices",
    "table": "table",
    "text": "text",
}
SELECTION_NAMES = ("recommends_any", "supports_any", "could_reach_any")


def question_signature(question: Question) -> Signature:
    """The signature of an answer."""
    return Signature(
        name=question.name,
        kind=_KINDS[question.type],
        origin="question",
        dimension=dimension(question.unit),
        decimals=question.decimals,
        low=None if question.minimum is None else Fraction(question.minimum),
        high=None if question.maximum is None else Fraction(question.maximum),
        choices=tuple(choice.value for choice in question.choices),
        columns={column.name: column_signature(column) for column in question.columns},
    )


def column_signature(column: Column) -> Signature:
    """The signature of a cell in a table."""
    return Signature(
        name=column.name,
        kind=_KINDS[column.type],
        origin="column",
        dimension=dimension(column.unit),
        decimals=column.decimals,
        choices=tuple(choice.value for choice in column.choices),
    )


def measure_signature(measure: Measure) -> Signature:
    """The signature of a computed value."""
    return Signature(
        measure.name, _KINDS[measure.type], "measure", dimension=dimension(measure.unit), decimals=measure.decimals
    )


def parameter_signature(parameter: Parameter) -> Signature:
    """The signature of a parameter, with its value."""
    return Signature(
        parameter.name, "number", "parameter", dimension=dimension(parameter.unit), value=Fraction(parameter.value)
    )


def given_names(frame: Frame, rules: Iterable[Rule]) -> dict[str, Signature]:
    """The names that exist without being written: findings, counts of indicator groups, results of the selection."""
    names: dict[str, Signature] = {}
    for rule in rules:
        if rule.concludes:
            names[rule.concludes] = Signature(rule.concludes, "truth", "finding")
        if rule.indicator:
            for what in ("count", "known"):
                name = f"{rule.indicator.group}_{what}"
                names[name] = Signature(name, "number", "group")
    for name in (*SELECTION_NAMES, *(f"recommends_{pattern.name}" for pattern in frame.patterns)):
        names[name] = Signature(name, "truth", "selection")
    return names
