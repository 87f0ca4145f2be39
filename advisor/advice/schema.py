"""The JSON Schema of the advice, from the model that writes it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from advisor.advice.model import AdviceDocument


def advice_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one advice; several profiles give an array of them."""
    schema = TypeAdapter(AdviceDocument).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
