"""From nodes to the typed parts of the rulebook; each pydantic error is given its place in the file."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from advisor.reading import Collector, Node, did_you_mean, place_of, plain

P = TypeVar("P")
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
_MISSING = ("missing", "missing_argument", "missing_keyword_only_argument")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(model: type[Any]) -> TypeAdapter[Any]:
    if model not in _ADAPTERS:
        _ADAPTERS[model] = TypeAdapter(model)
    return _ADAPTERS[model]


def part_from(model: type[P], data: object) -> P:
    """Plain data as a part of the rulebook; raises pydantic's `ValidationError`."""
    adapter: TypeAdapter[P] = _adapter(model)
    return adapter.validate_python(data)


def typed(model: type[P], node: Node, problems: Collector, **also: Any) -> P | None:
    """The node as a `model`, or None after its problems were noted; `also` gives fields that stand elsewhere."""
    data = plain(node)
    if not isinstance(data, dict):
        problems.add(node.place, "R003", "a mapping is wanted here")
        return None
    try:
        return part_from(model, {**data, **also})
    except ValidationError as error:
        for each in error.errors():
            loc = tuple(step for step in each["loc"])
            place = place_of(node, loc, of_key=each["type"] in _UNKNOWN)
            problems.add(place, "R003", _message(model, each["type"], loc, each["msg"]))
        return None


def _message(model: type[Any], kind: str, loc: tuple[int | str, ...], message: str) -> str:
    field = ".".join(map(str, loc))
    if kind in _UNKNOWN:
        known = [each.name for each in fields(model)] if len(loc) == 1 else []
        return f"unknown field '{field}'{did_you_mean(str(loc[-1]), known)}"
    if kind in _MISSING:
        return f"the field '{field}' is missing"
    return f"'{field}': {message[0].lower()}{message[1:]}"
