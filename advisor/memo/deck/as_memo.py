"""Slides as a memo and back: so they are packed, made again and compared as any memo is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby

from advisor.memo.blocks import Block, Bullets, Heading, PageBreak, Text, Title
from advisor.memo.deck.slides import Deck, Shown, Slide
from advisor.memo.document import Memo


def as_memo(deck: Deck) -> Memo:
    """A page for each slide: its title, what it says, what it shows, and as bullets the notes of the speaker."""
    pages = [_page(slide, is_first=place == 0) for place, slide in enumerate(deck.slides)]
    blocks = chain(pages[0], *([PageBreak(), *page] for page in pages[1:]))
    return Memo(tuple(blocks), deck.furniture, looks=deck.looks)


def as_deck(memo: Memo) -> Deck:
    """The slides that became a memo; one that was no slides raises `ValueError`."""
    pages = [
        tuple(page) for is_end, page in groupby(memo.blocks, lambda block: isinstance(block, PageBreak)) if not is_end
    ]
    return Deck(tuple(map(_slide, pages)), memo.furniture, memo.looks, memo.record)


def _page(slide: Slide, *, is_first: bool) -> Iterable[Block]:
    yield Title(slide.title) if is_first else Heading(slide.title, 2)
    yield from slide.shown
    yield Bullets(tuple(map(Text, slide.notes)))


def _slide(page: tuple[Block, ...]) -> Slide:
    title, *blocks, notes = page if len(page) > 1 else (None, None)
    if not (isinstance(title, Title | Heading) and isinstance(notes, Bullets)):
        raise ValueError("a page of it is no slide")
    shown = [block for block in blocks if isinstance(block, Shown)]
    if len(shown) < len(blocks):
        raise ValueError("a page of it holds what no slide does")
    return Slide(title.words, tuple(shown), tuple(item.words for item in notes.items))
