"""A brand on slides: fonts and colours in the theme of the file, and the logo beside the title."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.util import Emu, Mm

from advisor.memo.deck.visuals import Box
from advisor.memo.looks import Logo, Looks
from advisor.memo.pixels import pixels_of

_WIDEST = Mm(70)


def set_theme(presentation: Presentation, looks: Looks) -> None:
    """The fonts of titles and of text, and the colours that PowerPoint offers first to who edits the file."""
    part: Any = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode()
    fonts = {"majorFont": looks.heading_font or looks.text_font, "minorFont": looks.text_font}
    for place, font in fonts.items():
        if font:
            before, after = re.split(rf'(?<=<a:{place}>)\s*<a:latin typeface="[^"]*"', xml)
            xml = f"{before}<a:latin typeface={quoteattr(font.family)}{after}"
    for place, colour in (("dk1", looks.ink), ("accent1", looks.graphics), ("hlink", looks.accent)):
        named = f'<a:{place}><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:{place}>'
        xml = re.sub(rf"<a:{place}>.*?</a:{place}>", named, xml, flags=re.DOTALL)
    part._blob = xml.encode()


def add_logo(page: Page, logo: Logo, beside: Box) -> Box:
    """Put the logo at the right end of a box, as high as it is on paper; gives the room that is left of the box."""
    picture: Any = page.shapes.add_picture(BytesIO(pixels_of(logo)), Emu(0), Emu(0), height=Mm(logo.height))
    share = min(1, _WIDEST / picture.width, beside.height / picture.height)
    picture.width, picture.height = Emu(int(picture.width * share)), Emu(int(picture.height * share))
    picture.left, picture.top = Emu(beside.left + beside.width - picture.width), beside.top
    picture.name = "logo"
    picture._element.nvPicPr.cNvPr.set("descr", logo.alternative)
    return Box(beside.left, beside.top, Emu(beside.width - picture.width - Mm(6)), beside.height)
