"""Bullets and numbers of a template: its own where its list styles have some, otherwise those of the memo."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from advisor.memo.word.xml import element


def has_numbers(document: Document, style: Any) -> bool:
    """Whether a list style has bullets or numbers of its own, or from the styles that it is based on.

    In the latter case they become its own, since lists that begin anew look for them there.
    """
    numbers = _inherited(document, style)
    if numbers is None or not _defines(document, numbers):
        return False
    properties = style.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = numbers
    return True


def number(document: Document, style: Any, *, bullets: bool) -> None:
    """Give a list style bullets, or numbers with a full stop, of the memo."""
    numbering = _numbering(document)
    taken = [int(each.get(qn("w:abstractNumId"))) for each in numbering.iterchildren(qn("w:abstractNum"))]
    new = max(taken, default=-1) + 1
    form, text = ("bullet", "•") if bullets else ("decimal", "%1.")
    first = numbering.find(qn("w:num"))
    definition = element(
        f'<w:abstractNum w:abstractNumId="{new}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )
    if first is None:
        numbering.append(definition)
    else:
        first.addprevious(definition)
    properties = style.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = int(numbering.add_num(new).numId)


def _numbering(document: Document) -> Any:
    known = next((each for each in document.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.NUMBERING), None)
    if known is None:
        root: Any = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return root
    return known.target_part.element


def _inherited(document: Document, style: Any) -> int | None:
    """The number of the numbering of a style or of the nearest style that it is based on."""
    by_id = {each.get(qn("w:styleId")): each for each in document.styles.element.iterchildren(qn("w:style"))}
    seen: set[str] = set()
    while style is not None and style.get(qn("w:styleId")) not in seen:
        seen.add(style.get(qn("w:styleId")))
        numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if numbers is not None:
            return int(numbers.get(qn("w:val")))
        based = style.find(qn("w:basedOn"))
        style = by_id.get(based.get(qn("w:val"))) if based is not None else None
    return None


def _defines(document: Document, numbers: int) -> bool:
    root = _numbering(document)
    found = next((each for each in root.iterchildren(qn("w:num")) if each.get(qn("w:numId")) == str(numbers)), None)
    if found is None:
        return False
    abstract = found.find(qn("w:abstractNumId"))
    known = {each.get(qn("w:abstractNumId")) for each in root.iterchildren(qn("w:abstractNum"))}
    return abstract is not None and abstract.get(qn("w:val")) in known
