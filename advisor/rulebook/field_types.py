"""What the fields of rulebook parts may hold; pydantic reads these marks when a file is typed, not before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def part(cls: type[T]) -> type[T]:
    """Make a class an immutable part of the rulebook that refuses unknown fields."""
    cls.__pydantic_config__ = {"extra": "forbid", "alias_generator": written_name}  # type: ignore[attr-defined]
    # Type checkers see that nothing is assigned to. What would see to it at run time, comparison and a printed form
    # are written anew for every class at every start, which would take longer than reading the rulebook.
    return dataclass(kw_only=True, eq=False, repr=False)(cls)


def written_name(field: str) -> str:
    """How a field is called in a file: one whose name is a word of Python has an underscore behind it in the code."""
    return field.rstrip("_")


@dataclass(frozen=True)
class _Limited:
    """Limits of pydantic's own schema, as keywords; `prepared` is applied before."""

    limits: tuple[tuple[str, Any], ...]
    prepared: Callable[[object], object] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        from pydantic_core import core_schema

        schema: Any = {**handler(source), **dict(self.limits)}
        if self.prepared is None:
            return schema  # type: ignore[no-any-return]
        return core_schema.no_info_before_validator_function(self.prepared, schema)


def _one_line(text: object) -> object:
    return " ".join(text.split()) if isinstance(text, str) else text


NOT_EMPTY = _Limited((("min_length", 1),))
Text = Annotated[str, _Limited((("min_length", 1),), _one_line)]
Word = Annotated[str, _Limited((("pattern", r"^[a-z][a-z0-9_]*$"),))]
RuleId = Annotated[str, _Limited((("pattern", r"^[a-z][a-z0-9-]*$"),))]
ClaimId = Annotated[str, _Limited((("pattern", r"^[A-Z]\d+$"),))]
Decimals = Annotated[int, _Limited((("ge", 0), ("le", 6)))]
Value = Annotated[Decimal, _Limited((("max_digits", 18), ("decimal_places", 6), ("allow_inf_nan", False)))]
Days = Annotated[int, _Limited((("gt", 0),))]
Version = Annotated[str, _Limited((("pattern", r"^\d+(\.\d+){0,3}$"),))]
