"""The JSON Schema of a brand file, for editors."""

from __future__ import annotations

from typing import Any

from advisor.memo.brand.colours import ROLES
from advisor.memo.brand.logo import HEIGHTS, LONGEST_ALTERNATIVE
from advisor.memo.brand.read import LONGEST_LINE

_COLOUR = "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"


def brand_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of brand files; contrast, fonts and the logo's content are for the strict reader."""
    low, high = HEIGHTS
    colours = {
        name: {"type": "string", "pattern": _COLOUR, "description": f"{role.use[0].upper()}{role.use[1:]}; {role.why}."}
        for name, role in ROLES.items()
    }
    family = {"type": ["string", "null"], "pattern": "^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$"}
    fonts = {
        "text": {**family, "description": "The family of the text."},
        "headings": {**family, "description": "The family of title and headings; that of the text if left out."},
        "folder": {"type": ["string", "null"], "description": "A folder beside this file with .ttf or .otf files."},
    }
    logo = {
        "file": {"type": "string", "pattern": r"\S", "description": "A PNG, JPEG or SVG, named from this file."},
        "alternative": {
            "type": "string",
            "pattern": r"\S",
            "maxLength": LONGEST_ALTERNATIVE,
            "description": "What the logo says to who does not see it.",
        },
        "height": {"type": ["integer", "null"], "minimum": low, "maximum": high, "description": "In mm on paper."},
    }
    line = {"type": ["string", "null"], "maxLength": LONGEST_LINE}
    top = {
        "advisor_brand": {"const": 1, "description": "The version of the format."},
        "colours": _object(colours),
        "fonts": _object(fonts),
        "logo": {**_object(logo), "required": ["file", "alternative"]},
        "footer": {**line, "description": "A line at the foot of every page."},
        "confidentiality": {**line, "description": "Who may read the memo; on every page."},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Brand of a memo by advisor",
        **_object(top),
        "type": "object",
        "required": ["advisor_brand"],
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}
