"""From nodes to the typed parts of the rulebook; each pydantic error is given its place in the file."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from advisor.reading import Collector, Node, did_you_mean, place_of, plain
from advisor.rulebook.model import Part

P = TypeVar("P", bound=Part)


def typed(model: type[P], node: Node, problems: Collector, **also: Any) -> P | None:
    """The node as a `model`, or None after its problems were noted; `also` gives fields that stand elsewhere."""
    data = plain(node)
    if not isinstance(data, dict):
        problems.add(node.place, "R003", "a mapping is wanted here")
        return None
    try:
        return model.model_validate({**data, **also})
    except ValidationError as error:
        for each in error.errors():
            loc = tuple(part for part in each["loc"])
            place = place_of(node, loc, of_key=each["type"] == "extra_forbidden")
            problems.add(place, "R003", _message(model, each["type"], loc, each["msg"]))
        return None


def _message(model: type[Part], kind: str, loc: tuple[int | str, ...], message: str) -> str:
    field = ".".join(map(str, loc))
    if kind == "extra_forbidden":
        return f"unknown field '{field}'{did_you_mean(str(loc[-1]), model.model_fields)}"
    if kind == "missing":
        return f"the field '{field}' is missing"
    return f"'{field}': {message[0].lower()}{message[1:]}"
