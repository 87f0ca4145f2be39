"""The digest of a profile: what it says, not how it is laid out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from advisor.profile.model import Profile
from advisor.reading import Place

Canonical: TypeAlias = "dict[str, Canonical] | list[Canonical] | str | bool | int"


def digest(profile: Profile) -> str:
    """Give ``sha256:…`` over the canonical sorted JSON of the profile's content."""
    text = json.dumps(_canonical(profile), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def _canonical(value: object) -> Canonical:
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: _canonical(part) for name, part in named.items() if not _says_nothing(name, part)}
    if isinstance(value, Mapping):
        return {str(key): "unknown" if part is None else _canonical(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return _canonical_tuple(value)
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, bool | str | int), value
    return value


def _canonical_tuple(items: tuple[object, ...]) -> Canonical:
    # The choices of one question are a set: their order says nothing.
    texts = [item for item in items if isinstance(item, str)]
    return list[Canonical](sorted(texts)) if texts else [_canonical(item) for item in items]


def _says_nothing(name: str, part: object) -> bool:
    # A profile without respondents keeps the digest that it had when there were none.
    return part is None or isinstance(part, Place) or (name == "respondents" and part == ())


def plain_number(number: Decimal) -> str:
    """Write a number without exponent and without zeros at its end; equal numbers give equal texts."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
