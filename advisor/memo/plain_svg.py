"""Whether a drawing (SVG) is nothing but a drawing: no script, nothing loaded from elsewhere, nothing that acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

from advisor.reading import quote

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    (
        *("svg", "g", "defs", "title", "desc", "metadata", "style", "symbol", "use", "switch"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath"),
        *("linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter"),
        *("feBlend", "feColorMatrix", "feComposite", "feFlood", "feGaussianBlur", "feMerge", "feMergeNode"),
        *("feMorphology", "feOffset", "feDropShadow", "feTurbulence", "feTile", "feComponentTransfer"),
        *("feFuncR", "feFuncG", "feFuncB", "feFuncA"),
    )
)
"""What only draws; everything else is refused."""
_NOTES = (
    "{http://www.inkscape.org/",
    "{http://sodipodi.sourceforge.net/",
    "{http://www.w3.org/1999/02/22-rdf",
    "{http://purl.org/dc/",
    "{http://creativecommons.org/",
    "{http://web.resource.org/cc/",
)
"""What drawing programs write for themselves; renderers pass over it."""
_ELSEWHERE = re.compile(r"url\(\s*(?![\s\"']*#)|@import|javascript:|expression\(|\\", re.IGNORECASE)


def why_unsafe(data: bytes) -> str | None:
    """What in a drawing could act or be loaded from elsewhere, in words; None where there is nothing.

    Raises `ValueError` where it is no drawing.
    """
    if re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE) or b"\0" in data:
        return "a document type or entities, which can stand for anything"
    if re.search(rb"<\?(?!xml\s)", data):
        return "a processing instruction, which can load a style sheet"
    root = _root(data)
    return next((said for element in root.iter() for said in _unsafe(element)), None)


def size(data: bytes) -> tuple[float, float]:
    """Width and height of a drawing in its own units; raises `ValueError` where they are not stated."""
    root = _root(data)
    box = root.get("viewBox", "").replace(",", " ").split()
    width, height = (box[2], box[3]) if len(box) == 4 else (root.get("width", ""), root.get("height", ""))
    parts = float(width.removesuffix("px").removesuffix("mm")), float(height.removesuffix("px").removesuffix("mm"))
    if not all(0 < part < 1e6 for part in parts):
        raise ValueError("no size")
    return parts


def _root(data: bytes) -> Element:
    try:
        root = fromstring(data.decode("utf-8-sig"), XMLParser())
    except (ParseError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if root.tag != f"{_NAMESPACE}svg":
        raise ValueError("its outermost element is not svg")
    return root


def _unsafe(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    name = tag.removeprefix(_NAMESPACE)
    if tag.startswith(_NAMESPACE) and name not in _DRAWN:
        yield f"the element {quote(name)}, which does more than draw"
    if not tag.startswith((_NAMESPACE, *_NOTES)):
        yield f"the element {quote(tag)}, which is none of a drawing"
    if name == "style" and _ELSEWHERE.search(element.text or ""):
        yield "a style that loads something"
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2].lower()
        if attribute.startswith("on"):
            yield f"the attribute {quote(attribute)}, which can run a script"
        if attribute in ("href", "src") and not value.startswith("#"):
            yield f"a reference to {quote(value)}"
        if attribute == "base" or _ELSEWHERE.search(value):
            yield f"the attribute {quote(attribute)}, which refers to something outside"
