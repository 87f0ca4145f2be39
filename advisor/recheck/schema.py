"""The JSON Schema of a recheck, from the model that writes it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from advisor.recheck.result import RecheckDocument


def recheck_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `advisor recheck --format json` prints."""
    schema = TypeAdapter(RecheckDocument).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
