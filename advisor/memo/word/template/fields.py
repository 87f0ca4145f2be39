"""Fields of headers and footers: those that only say something about the document stay."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_STAYS = frozenset(
    ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE", "AUTHOR", "DATE", "TIME", "CREATEDATE", "IF")
)


def drop_fields(root: Any) -> list[str]:
    """Make words of all fields that may not stay, as they were shown last; gives their names."""
    dropped = []
    for field in list(root.iter(qn("w:fldSimple"))):
        name = _name(field.get(qn("w:instr"), ""))
        if name not in _STAYS:
            dropped.append(name)
            for child in list(field):
                field.addprevious(child)
            field.getparent().remove(field)
    for marks, instruction in _fields(root):
        if _name(instruction) not in _STAYS:
            dropped.append(_name(instruction))
            for mark in marks:
                if mark.getparent() is not None:
                    mark.getparent().remove(mark)
    return dropped


def _name(instruction: str) -> str:
    words = instruction.split()
    return words[0].upper()[:30] if words else "without a name"


def _fields(root: Any) -> list[tuple[list[Any], str]]:
    """Each field that is written in pieces: the elements that make it a field, and its instruction."""
    found: list[tuple[list[Any], str]] = []
    opened: list[tuple[list[Any], list[str]]] = []
    for each in root.iter(qn("w:fldChar"), qn("w:instrText")):
        begins = each.get(qn("w:fldCharType")) == "begin"
        if begins:
            opened.append(([], []))
        if not opened:
            found.append(([each], each.text or ""))
            continue
        marks, words = opened[-1]
        marks.append(each)
        if each.tag == qn("w:instrText"):
            words.append(each.text or "")
        if each.get(qn("w:fldCharType")) == "end":
            found.append((marks, "".join(words)))
            opened.pop()
    return [*found, *((marks, "") for marks, _ in opened)]
