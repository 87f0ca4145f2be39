"""How small letters have to be for Word to show a memo on one page.

Word lays pages out only when it opens a file, so its lines are reckoned here, a little too long rather than too short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Any
from warnings import warn

from docx.document import Document
from docx.shared import Pt

from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Decision,
    Heading,
    KeyFigures,
    Origin,
    Paragraph,
    Particulars,
    Text,
    Title,
)
from advisor.memo.document import Memo, MemoWarning
from advisor.memo.footnotes import Footnotes
from advisor.memo.one_page import SCALES
from advisor.memo.word.page import TEXT_HEIGHT, TEXT_WIDTH

_WIDTH, _HEIGHT = TEXT_WIDTH.pt, TEXT_HEIGHT.pt
_LINE = 1.22
"""The height of a line of the font, as a part of the size of its letters."""
_LETTER, _BOLD = 0.47, 0.51
"""The width of a letter of running text, likewise."""
_INDENT, _FRAME = 18.0, 34.0
_BODY, _NOTE = 10.0, 8.0


def fit(document: Document, memo: Memo) -> None:
    """Make all styles so small that one page holds the memo; a `MemoWarning` where it is too long for that."""
    scale = next((scale for scale in SCALES if _height(memo, scale) <= _HEIGHT), None)
    if scale is None:
        warn(MemoWarning("this is too long for one page, even with the smallest letters"), stacklevel=3)
    _scale_styles(document, scale or SCALES[-1])


def _scale_styles(document: Document, scale: float) -> None:
    for style in document.styles:
        letters: Any = getattr(style, "font", None)
        if letters is not None and letters.size:
            letters.size = Pt(round(letters.size.pt * scale * 2) / 2)
        air: Any = getattr(style, "paragraph_format", None)
        if air is not None and air.space_before:
            air.space_before = Pt(round(air.space_before.pt * scale))
        if air is not None and air.space_after:
            air.space_after = Pt(round(air.space_after.pt * scale))


def _height(memo: Memo, scale: float) -> float:
    """The height of all blocks and of the footnotes that they call, in points."""
    notes = Footnotes(memo.provenance)
    body = sum(_block(block, scale) for block in memo.blocks)
    for origin in _origins(memo.blocks):
        if called := notes.called(origin):
            notes.number(called)
    below = sum(_lines([each.words], _NOTE, _WIDTH, scale) + scale for each in notes.origins)
    beside = [f"{notes.margin(origin)}  " for origin in _origins(memo.blocks)]
    return body + _lines(["".join(beside)], _BODY, _WIDTH, scale) + (below + 20 if notes.origins else 0)


def _origins(blocks: Iterable[Block]) -> Iterator[Origin]:
    for block in blocks:
        holders: Sequence[Any] = block.figures if isinstance(block, KeyFigures) else _texts(block)
        yield from (each.origin for each in holders if each.origin)


def _texts(block: Block) -> Sequence[Text]:
    match block:
        case Paragraph(text) | Callout(text=text) | Decision(text=text):
            return (text,)
        case Bullets(items=items):
            return items
        case _:
            return ()


def _block(block: Block, scale: float) -> float:
    match block:
        case Title(words) | Heading(words):
            size, air = (17, 10) if isinstance(block, Title) else (13, 26)
            return _lines([words], size, _WIDTH, scale, _BOLD) + air * scale
        case Particulars(rows):
            return _lines(["   ".join(f"{label} {value}" for label, value in rows)], 9, _WIDTH, scale) + 20
        case Paragraph(text):
            return _lines([_words(text)], _BODY, _WIDTH, scale) + 6 * scale
        case Bullets(items):
            return sum(_lines([_words(item)], _BODY, _WIDTH - _INDENT, scale) + 3 * scale for item in items)
        case Callout(text=text) | Decision(text=text):
            fields = block.fields if isinstance(block, Decision) else ()
            named = ["   ".join(f"{label} {value}" for label, value in fields)] if fields else []
            return _lines([_words(text), *named], _BODY, _WIDTH - _FRAME, scale) + 16 * scale + 14
        case KeyFigures(figures):
            width = _WIDTH / len(figures) - 6
            values = max(_lines([each.value], 14, width, scale, _BOLD) for each in figures)
            return values + max(_lines([each.label], 9, width, scale, _BOLD) for each in figures) + 20
        case _:
            return 0.0


def _words(text: Text) -> str:
    return f"{text.lead} {text.words}"


def _lines(texts: Sequence[str], size: float, width: float, scale: float, letter: float = _LETTER) -> float:
    """The height of texts, each of which begins on a line of its own."""
    across = width / (size * scale * letter)
    return sum(max(ceil(len(words) / across), 1) for words in texts) * size * scale * _LINE
