"""What a template says of its colours and its font, for what no style can say: charts, and styles that are added."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from advisor.memo.contrast import GRAPHICS, TEXT, contrast, nearest_shade
from advisor.memo.looks import LOST, USUAL, WHITE, Font, Looks

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COLOUR = re.compile("[0-9a-fA-F]{6}")
_FAMILY = re.compile(r"[^<>&\"'\x00-\x1f]{1,64}")


def looks_of(document: Document) -> Looks:
    """The usual looks in the first accent of the theme, as dark as it must be, and in the font of the text."""
    theme = _theme(document)
    accent = _accent(theme)
    family = _family(document, theme)
    looks = replace(USUAL, text_font=Font(family)) if family else USUAL
    if accent is None:
        return looks
    return replace(
        looks,
        graphics=nearest_shade(accent, lambda shade: contrast(shade, WHITE) >= GRAPHICS),
        accent=nearest_shade(accent, lambda shade: contrast(shade, WHITE) >= TEXT),
        bars=nearest_shade(accent, lambda shade: contrast(shade, LOST) >= GRAPHICS),
    )


def _theme(document: Document) -> Any:
    parts = [each.target_part for each in document.part.rels.values() if each.reltype.endswith("/theme")]
    return parse_xml(parts[0].blob) if parts else None


def _accent(theme: Any) -> str | None:
    colour = None if theme is None else theme.find(f".//{_A}accent1/{_A}srgbClr")
    value = "" if colour is None else colour.get("val", "")
    return f"#{value.lower()}" if _COLOUR.fullmatch(value) else None


def _family(document: Document, theme: Any) -> str | None:
    """The font of Normal, of all styles, or of the theme's text."""
    styles = document.styles.element
    normal = next((each for each in styles.iterchildren(qn("w:style")) if each.get(qn("w:default")) == "1"), None)
    named = [
        each.find(f".//{qn('w:rFonts')}") for each in (normal, styles.find(qn("w:docDefaults"))) if each is not None
    ]
    latin = None if theme is None else theme.find(f".//{_A}minorFont/{_A}latin")
    families = [each.get(qn("w:ascii")) for each in named if each is not None and not each.get(qn("w:asciiTheme"))]
    families.append(None if latin is None else latin.get("typeface"))
    return next((each for each in families if each and _FAMILY.fullmatch(each)), None)
