"""A brand in a Word file, beside its styles: the logo above the title, and lines at the foot of every page."""

from __future__ import annotations

import json
from io import BytesIO

from docx.document import Document
from docx.shared import Mm, Pt

from advisor.memo.looks import Logo, Looks
from advisor.memo.word.xml import element, run

_PICTURE_ID = 100_000
"""The number of the logo among the pictures of the file; charts are numbered from 1."""
_DOTS_PER_INCH = 600
_AIR = Pt(6)
"""Between the footnotes and the lines below them."""
_PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(json(bytes(sys.inputs.picture))), format: "svg", height: int(sys.inputs.height) * 1mm)
"""


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
    picture = document.add_paragraph().add_run().add_picture(BytesIO(_pixels(logo)), height=Mm(logo.height))
    properties = picture._inline.docPr
    properties.set("id", str(_PICTURE_ID))
    properties.set("descr", logo.alternative)


def _pixels(logo: Logo) -> bytes:
    """Word before 2016 shows no SVG: a drawing goes in as PNG."""
    if logo.kind != "svg":
        return logo.data
    import typst

    inputs = {"picture": json.dumps(list(logo.data)), "height": str(logo.height)}
    drawn = typst.compile(_PICTURE, format="png", ppi=_DOTS_PER_INCH, ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(drawn, bytes)
    return drawn
