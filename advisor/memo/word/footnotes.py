"""Footnotes, for which python-docx has no interface: a part of their own, and references to it in the text."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from advisor.memo.word.styles import FOOTNOTE_REFERENCE, FOOTNOTE_TEXT
from advisor.memo.word.xml import field, run

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def first_call(number: int) -> str:
    """The reference to a footnote where it is called first; it carries a name, so that later calls can point to it."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="note_{number}"/>'
        f'<w:r><w:rPr><w:rStyle w:val="{FOOTNOTE_REFERENCE}"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def later_call(number: int) -> str:
    """The number of a footnote that was called before."""
    return field(f"NOTEREF note_{number} \\h", str(number), FOOTNOTE_REFERENCE)


def add_footnotes(document: Document, notes: Sequence[str]) -> None:
    """Put the texts of the footnotes 1, 2, … into the file."""
    body = "".join(_footnote(number, words) for number, words in enumerate(notes, 1))
    xml = f"{_DECLARATION}<w:footnotes {nsdecls('w')}>{_SEPARATORS}{body}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(number: int, words: str) -> str:
    mark = f'<w:r><w:rPr><w:rStyle w:val="{FOOTNOTE_REFERENCE}"/></w:rPr><w:footnoteRef/></w:r>'
    properties = f'<w:pPr><w:pStyle w:val="{FOOTNOTE_TEXT}"/></w:pPr>'
    return f'<w:footnote w:id="{number}"><w:p>{properties}{mark}{run(f" {words}")}</w:p></w:footnote>'
