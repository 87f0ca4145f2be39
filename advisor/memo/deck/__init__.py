"""Five slides for the steering meeting as a PowerPoint file, from the blocks of the memo: native and to be edited."""

from __future__ import annotations

from io import BytesIO

from pptx import Presentation
from pptx.util import Emu

from advisor.advice import Advice
from advisor.memo.deck.as_memo import as_deck, as_memo
from advisor.memo.deck.page import HEIGHT, WIDTH, SlideWriter, prepare, set_properties
from advisor.memo.deck.record import add_record
from advisor.memo.deck.slides import Deck, deck_of
from advisor.memo.document import Memo, MemoOptions
from advisor.memo.record import with_record
from advisor.memo.word.package import settled

__all__ = ["deck_of", "render_deck", "render_slides", "slides_of"]
_USUAL = MemoOptions()


def slides_of(advice: Advice, options: MemoOptions = _USUAL) -> Memo:
    """The slides on a profile as a memo with a page for each; the same advice and options give the same."""
    memo = as_memo(deck_of(advice, options))
    return with_record(memo, advice, options) if options.embeds else memo


def render_slides(memo: Memo) -> bytes:
    """Slides that are a memo as a PowerPoint file; a memo that was never slides raises `ValueError`."""
    return render_deck(as_deck(memo))


def render_deck(deck: Deck) -> bytes:
    """The slides as a PowerPoint file; the same slides give the same bytes."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(WIDTH), Emu(HEIGHT)
    layout = prepare(presentation, deck.looks)
    set_properties(presentation, deck)
    for number, slide in enumerate(deck.slides, 1):
        SlideWriter(presentation.slides.add_slide(layout), deck, number).write(slide)
    if deck.record is not None:
        add_record(presentation, deck.record)
    file = BytesIO()
    presentation.save(file)
    return settled(file.getvalue())
