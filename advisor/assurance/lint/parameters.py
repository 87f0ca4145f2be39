"""L010: parameters outside the range in which reasonable people would set them."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assurance.lint.remarks import Remark
from advisor.rulebook import Parameter, Rulebook


def implausible_parameters(rulebook: Rulebook) -> Iterator[Remark]:
    """Parameters whose value lies outside the range that stands beside it."""
    for name, parameter in rulebook.parameters.items():
        if parameter.plausible and not parameter.plausible[0] <= parameter.value <= parameter.plausible[1]:
            yield Remark("L010", "parameters", name, _message(name, parameter, *parameter.plausible))


def _message(name: str, parameter: Parameter, low: object, high: object) -> str:
    unit = f" {parameter.unit}" if parameter.unit else ""
    where = f"outside the plausible range {low} to {high}{unit}"
    return f"'{name}' is {parameter.value}{unit}, {where}; correct it, or give the range and the reason that hold here"
