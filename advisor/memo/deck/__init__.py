"""Five slides for the steering meeting as a PowerPoint file, from the blocks of the memo: native and to be edited."""

from __future__ import annotations

from io import BytesIO

from pptx import Presentation
from pptx.util import Emu

from advisor.memo.deck.page import HEIGHT, WIDTH, SlideWriter, prepare, set_properties
from advisor.memo.deck.slides import Deck, deck_of
from advisor.memo.word.package import settled

__all__ = ["deck_of", "render_deck"]


def render_deck(deck: Deck) -> bytes:
    """The slides as a PowerPoint file; the same slides give the same bytes."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(WIDTH), Emu(HEIGHT)
    layout = prepare(presentation, deck.furniture)
    set_properties(presentation, deck)
    for number, slide in enumerate(deck.slides, 1):
        SlideWriter(presentation.slides.add_slide(layout), deck.furniture, number, len(deck.slides)).write(slide)
    file = BytesIO()
    presentation.save(file)
    return settled(file.getvalue())
