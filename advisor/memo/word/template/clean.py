"""What of a template stays: styles, numbering, theme, page, headers and footers; everything that acts leaves.

What may stay is listed, so that what nobody thought of leaves too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from advisor.memo import plain_svg
from advisor.memo.word.template.fields import drop_fields
from advisor.reading import quote

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STAYS = {
    "main": {"styles", "numbering", "theme", "fontTable", "settings", "header", "footer"},
    "header": {"image"},
    "footer": {"image"},
    "theme": {"image"},
    "numbering": {"image"},
}
"""By kind of part: the kinds of parts that it may refer to."""
_OBJECTS = {"oleObject", "package", "control", "activeXControlBinary", "aFChunk", "font", "chart", "diagramData"}
_SETTINGS = (
    *("mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
    *("gutterAtTop", "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone"),
    *("doNotHyphenateCaps", "evenAndOddHeaders", "characterSpacingControl", "compat", "themeFontLang"),
    *("clrSchemeMapping", "decimalSymbol", "listSeparator"),
)
_ACTING_SETTINGS = {
    "mailMerge": "a mail merge",
    "documentProtection": "a protection",
    "writeProtection": "a protection",
    "docVars": "variables of macros",
    "attachedSchema": "an attached schema",
    "saveThroughXslt": "a transformation",
}
_OF_THE_TEXT = ("w:cols", "w:type", "w:footnotePr", "w:endnotePr", "w:formProt", "w:printerSettings", "w:sectPrChange")
"""What a section says of its text, not of its page."""
_ADDRESSES = ("href", "src", "althref")
_FRAMES = tuple(map(qn, ("w:object", "w:pict", "w:drawing")))

Removed = dict[tuple[str, str], None]
"""Codes and words for what left, in the order in which it was met."""


def clean(document: Document) -> Removed:
    """Take everything from a document but its looks; gives what left and is worth telling."""
    removed: Removed = {}
    main = document.part
    package = main.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.rsplit("/")[-1] != "officeDocument":
            del package.rels[name]
    page = _page_of(document)
    body = document.element.body
    body.clear()
    body.append(page)
    _clean_settings(document, removed)
    _clean_part(main, "main", removed)
    for relation in list(main.rels.values()):
        _clean_part(relation.target_part, relation.reltype.rsplit("/")[-1], removed)
    return removed


def _page_of(document: Document) -> Any:
    """The set-up of the last section, with the headers and footers that it takes over from earlier ones."""
    sections = [section._sectPr for section in document.sections]
    if not sections:
        document.add_section()
        sections = [document.sections[0]._sectPr]
    page = sections[-1]
    references = tuple(map(qn, ("w:headerReference", "w:footerReference")))
    for earlier in reversed(sections[:-1]):
        known = {(each.tag, each.get(qn("w:type"))) for each in page.iterchildren(*references)}
        for each in earlier.iterchildren(*references):
            if (each.tag, each.get(qn("w:type"))) not in known:
                page.insert(0, each)
    for name in (
        "w:cols",
        "w:type",
        "w:footnotePr",
        "w:endnotePr",
        "w:formProt",
        "w:printerSettings",
        "w:sectPrChange",
    ):
        for each in page.findall(qn(name)):
            page.remove(each)
    return page


def _clean_settings(document: Document, removed: Removed) -> None:
    settings = document.settings.element
    for each in list(settings):
        name = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else ""
        if name in _ACTING_SETTINGS:
            removed["D013", _ACTING_SETTINGS[name]] = None
        if name not in _SETTINGS:
            settings.remove(each)


def _clean_part(part: Part, kind: str, removed: Removed) -> None:
    """Drop the references of a part that may not stay, and what shows them."""
    stays, root = _STAYS.get(kind, set()), _root(part)
    dropped = set()
    for name, relation in list(part.rels.items()):
        to = relation.reltype.rsplit("/")[-1]
        if relation.is_external or to not in stays or (to == "image" and not _only_drawn(relation.target_part)):
            dropped.add(name)
            del part.rels[name]
            _tell(to, relation.is_external, relation.target_ref, kind, removed)
    if root is None:
        return
    for each in list(root.iter()):
        if isinstance(each.tag, str):
            _without_references(each, dropped)
            _without_addresses(each, removed)
    if kind in ("header", "footer"):
        for binding in list(root.iter(qn("w:dataBinding"))):
            binding.getparent().remove(binding)
        removed.update(dict.fromkeys(("D012", f"the field {name}") for name in drop_fields(root)))
    if not hasattr(part, "element"):
        part._blob = serialize_part_xml(root)


def _root(part: Part) -> Any:
    if hasattr(part, "element"):
        return part.element
    return parse_xml(part.blob) if part.content_type.endswith("xml") else None


def _only_drawn(part: Part) -> bool:
    if "svg" not in part.content_type:
        return bool(part.content_type.startswith("image/"))
    try:
        return plain_svg.why_unsafe(part.blob) is None
    except ValueError:
        return False


def _tell(to: str, external: bool, target: str, kind: str, removed: Removed) -> None:
    if external:
        words = {"hyperlink": "a link", "image": "a picture", "attachedTemplate": "the remote template"}
        removed["D010", f"{words.get(to, to)} to {quote(target)}"] = None
    elif to in _OBJECTS and kind != "main":
        removed["D011", "embedded fonts" if to == "font" else f"an embedded object ({to})"] = None
    elif to in _OBJECTS - {"chart", "diagramData"}:
        removed["D011", f"an embedded object in its text ({to})"] = None


def _without_references(element: Any, dropped: set[str]) -> None:
    """Take what refers to something that left out of a part: a link leaves its words, a frame leaves whole."""
    named = [key for key, value in element.attrib.items() if key.startswith(_R) and value in dropped]
    if not named or element.getparent() is None:
        return
    if element.tag == qn("w:hyperlink"):
        _unwrap(element)
    elif element.tag == qn("a:blip") and element.get(f"{_R}embed") not in (None, *dropped):
        del element.attrib[f"{_R}link"]
    else:
        frame = next((each for each in _ancestors(element) if each.tag in _FRAMES), element)
        if "}hlink" in element.tag or frame.getparent() is None:
            frame = element
        frame.getparent().remove(frame)


def _without_addresses(element: Any, removed: Removed) -> None:
    """Old drawings (VML) may name what they load or lead to without a reference."""
    for key, value in list(element.attrib.items()):
        if key.rpartition("}")[2] in _ADDRESSES and not value.startswith("#"):
            del element.attrib[key]
            removed["D010", f"an address {quote(value)}"] = None


def _ancestors(element: Any) -> Iterator[Any]:
    while element is not None:
        yield element
        element = element.getparent()


def _unwrap(element: Any) -> None:
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)
