"""A brand in a Word file, beside its styles: the logo above the title, and lines at the foot of every page."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document
from docx.shared import Mm, Pt

from advisor.memo.looks import Logo, Looks
from advisor.memo.pixels import pixels_of
from advisor.memo.word.xml import element, run

_PICTURE_ID = 100_000
"""The number of the logo among the pictures of the file; charts are numbered from 1."""
_AIR = Pt(6)
"""Between the footnotes and the lines below them."""


def add_brand(document: Document, looks: Looks) -> None:
    """Put logo and lines into a file that has its footers and no text yet."""
    if looks.logo:
        _add_logo(document, looks.logo)
    section = document.sections[0]
    lines = [(looks.confidentiality, "Strong"), (looks.footer, "")]
    for place in (section.footer, section.first_page_footer):
        for words, style in filter(lambda line: line[0], lines):
            line = place.paragraphs[-1].insert_paragraph_before(style="Footer")
            line._p.extend(element(f"<w:p>{run(words, style)}</w:p>"))
        place.paragraphs[0].paragraph_format.space_before = _AIR


def _add_logo(document: Document, logo: Logo) -> None:
    picture = document.add_paragraph().add_run().add_picture(BytesIO(pixels_of(logo)), height=Mm(logo.height))
    properties = picture._inline.docPr
    properties.set("id", str(_PICTURE_ID))
    properties.set("descr", logo.alternative)
