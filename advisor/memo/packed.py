"""A memo before it has a format, as a short text and back: what was written stays known when the rulebook moves on."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args

from advisor.memo.blocks import Block, Provenance
from advisor.memo.document import Furniture, Memo
from advisor.rulebook.field_types import written_name

MOST_BYTES = 50_000_000
"""Of the text unpacked; a memo on 500 units has a fifth of it."""
_KINDS = {kind.__name__: kind for kind in get_args(Block)}


def as_fields(part: Any) -> Any:
    """What JSON has no word for: a dataclass as its fields, anything else as its text."""
    names = _names(part.__class__)
    return str(part) if names is None else {written: getattr(part, name) for name, written in names}


@cache
def _names(kind: type[Any]) -> tuple[tuple[str, str], ...] | None:
    """The fields of a dataclass, each with how it is written; none of any other class."""
    return tuple((field.name, written_name(field.name)) for field in fields(kind)) if is_dataclass(kind) else None


ENCODER = json.JSONEncoder(ensure_ascii=False, default=as_fields, check_circular=False)
"""Takes dataclasses as they are: `asdict` copies all that is in them first, which takes several times as long.

Nothing that is immutable holds itself, so that is not looked for.
"""
_LEVEL = 5
"""Of compression: in a third of the time that the highest takes, a twenty-fifth longer."""


class NotPacked(ValueError):
    """A text that this module did not write."""


def pack(memo: Memo) -> str:
    """The blocks and what stands around them, compressed, in letters and digits."""
    blocks = [[type(block).__name__, block] for block in memo.blocks]
    text = ENCODER.encode([memo.furniture, memo.provenance, memo.one_page, blocks])
    return b64encode(zlib.compress(text.encode(), _LEVEL)).decode()


def unpack(packed: str) -> Memo:
    """The memo that was packed, without its record; anything else raises `NotPacked`."""
    from pydantic import TypeAdapter

    try:
        furniture, provenance, one_page, blocks = json.loads(_inflated(b64decode(packed, validate=True)))
        return Memo(
            blocks=tuple(TypeAdapter(_KINDS[kind]).validate_python(parts) for kind, parts in blocks),
            furniture=TypeAdapter(Furniture).validate_python(furniture),
            provenance=TypeAdapter[Provenance](Provenance).validate_python(provenance),
            one_page=one_page is True,
        )
    except (ValueError, TypeError, KeyError, RecursionError, zlib.error) as error:
        raise NotPacked(str(error)) from error


def _inflated(data: bytes) -> Any:
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(data, MOST_BYTES)
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise NotPacked("it is too long or cut off")
    return text
