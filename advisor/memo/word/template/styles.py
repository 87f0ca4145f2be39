"""The styles that a memo needs, in a template: those that it has are used, the others are added and reported.

A style is known by its name, whatever its id: Word of another language has other ids for its own styles.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from advisor.memo.looks import Looks
from advisor.memo.word.styles import set_styles
from advisor.memo.word.template.numbering import has_numbers, number
from advisor.memo.word.xml import element

_OWN = "Advisor"
"""How the names of styles begin that only memos have; a template that has one of them decides how it looks."""
WORD = (
    *("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Heading 5", "List Bullet", "List Number"),
    *("Strong", "Header", "Footer", "footnote text", "footnote reference"),
)
"""Styles of Word that a memo needs, by the names that Word shows."""
_TABLES = "Normal Table"
_TEXT_SIZE = 22
"""Half points."""
_REFERENCES = tuple(
    map(qn, ("w:basedOn", "w:next", "w:link", "w:pStyle", "w:rStyle", "w:tblStyle", "w:styleLink", "w:numStyleLink"))
)


@dataclass(frozen=True, slots=True)
class Fate:
    """A style that a memo needs, whether the template has it, and what is used otherwise or besides."""

    name: str
    own: bool
    found: bool
    used: str


def fill_styles(document: Document, looks: Looks) -> tuple[Fate, ...]:
    """Give the needed styles the ids by which a memo calls them, add missing ones, and tell what became of each."""
    models = _models(looks)
    own = [name for name in models if name.startswith(_OWN)]
    folded = {name.casefold(): model for name, model in models.items()}
    needed = {name: folded[name.casefold()] for name in (_TABLES, *WORD, *own)}
    _rename(document, needed)
    fates = [_fate(document, name, model, needed) for name, model in needed.items()]
    return tuple(fate for fate in fates if fate.name != _TABLES)


def _models(looks: Looks) -> dict[str, Any]:
    document = docx.Document()
    set_styles(document, "en-GB", looks)
    return {_name(style): style for style in document.styles.element.iterchildren(qn("w:style"))}


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"), ""))


def _by_name(document: Document) -> dict[str, Any]:
    """The styles of a document by their names in small letters."""
    return {_name(style).casefold(): style for style in document.styles.element.iterchildren(qn("w:style"))}


def _rename(document: Document, needed: dict[str, Any]) -> None:
    """Give every needed style its name and id as memos write them; another one with that name or id gets a new one."""
    ids: dict[str, str] = {}
    wanted = {model.get(qn("w:styleId")) for model in needed.values()}
    known = _by_name(document)
    for name, model in needed.items():
        style = known.get(name.casefold())
        if style is not None and style.get(qn("w:type")) != model.get(qn("w:type")):
            style.find(qn("w:name")).set(qn("w:val"), f"{name} (template)")
        elif style is not None:
            style.find(qn("w:name")).set(qn("w:val"), model.find(qn("w:name")).get(qn("w:val")))
            ids[style.get(qn("w:styleId"))] = model.get(qn("w:styleId"))
    for style in document.styles.element.iterchildren(qn("w:style")):
        own = style.get(qn("w:styleId"), "")
        if own in wanted and own not in ids:
            ids[own] = f"{own}Template"
    for style in document.styles.element.iterchildren(qn("w:style")):
        own = style.get(qn("w:styleId"), "")
        style.set(qn("w:styleId"), ids.get(own, own))
    for root in _roots(document):
        for each in root.iter(*_REFERENCES):
            each.set(qn("w:val"), ids.get(each.get(qn("w:val")), each.get(qn("w:val"))))


def _roots(document: Document) -> list[Any]:
    """What may refer to styles: the styles themselves, numbering, headers and footers."""
    parts = [relation.target_part for relation in document.part.rels.values()]
    return [part.element for part in parts if hasattr(part, "element")]


def _fate(document: Document, name: str, model: Any, needed: dict[str, Any]) -> Fate:
    own, style = name.startswith(_OWN), _by_name(document).get(name.casefold())
    if style is not None:
        if name.startswith("List ") and not has_numbers(document, style):
            number(document, style, bullets=name == "List Bullet")
            return Fate(
                name, own, True, "with the memo's own bullets" if "Bullet" in name else "with the memo's own numbers"
            )
        return Fate(name, own, True, "")
    above = _heading_above(document, name)
    if above:
        document.styles.element.append(
            _lower_heading(model, _by_name(document)[above.casefold()], name, _size(document, above))
        )
        return Fate(name, own, False, f"made from {above}, a fifth smaller")
    added = _copy(model)
    document.styles.element.append(added)
    if name.startswith("List "):
        number(document, added, bullets=name == "List Bullet")
    if name == "Normal":
        return Fate(name, own, False, "the memo's own, in the template's standard font")
    return Fate(name, own, False, "the memo's own, in the font of Normal")


def _heading_above(document: Document, name: str) -> str:
    """The lowest heading above one that is missing; none for anything else."""
    if not name.startswith("Heading "):
        return ""
    known = _by_name(document)
    higher = (f"Heading {level}" for level in range(int(name[-1]) - 1, 0, -1))
    return next((each for each in higher if each.casefold() in known), "")


def _lower_heading(model: Any, above: Any, name: str, size: int) -> Any:
    """Like the heading above it, a fifth smaller, but never smaller than text is."""
    identity, based = model.get(qn("w:styleId")), above.get(qn("w:styleId"))
    smaller, level = max(size * 4 // 5, min(size, _TEXT_SIZE)), int(name[-1]) - 1
    return element(
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name.lower()}"/>'
        f'<w:basedOn w:val="{based}"/><w:next w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level}"/></w:pPr>'
        f'<w:rPr><w:sz w:val="{smaller}"/><w:szCs w:val="{smaller}"/></w:rPr></w:style>'
    )


def _size(document: Document, name: str) -> int:
    """The size of the letters of a style in half points: its own, or that of the styles on which it is based."""
    style: Any = document.styles[name]
    while style is not None and style.font.size is None:
        style = style.base_style
    return _TEXT_SIZE if style is None else round(style.font.size.pt * 2)


def _copy(model: Any) -> Any:
    """A style of the memo in the template's font: without fonts, numbering and links of its own."""
    style = deepcopy(model)
    for tag in ("w:rFonts", "w:lang", "w:numPr", "w:link"):
        for each in list(style.iter(qn(tag))):
            each.getparent().remove(each)
    return style
