"""Pieces of WordprocessingML that python-docx has no names for."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def element(xml: str) -> Any:
    """One element from its XML, in which the prefix ``w`` may be used."""
    end = xml.index(">") if "/" not in xml[: xml.index(">")] else xml.index("/")
    return parse_xml(f"{xml[:end].rstrip()} {nsdecls('w')}{xml[end:]}")


def run(words: str, style: str = "") -> str:
    """A run of text in a character style; every character of `words` is text."""
    properties = f"<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>" if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def field(instruction: str, shown: str, style: str = "") -> str:
    """A field that Word computes; `shown` stands there until it does."""
    properties = f"<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>" if style else ""
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, style)}"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )
