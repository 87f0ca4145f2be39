"""How small letters have to be for Word to show a memo on one page.

Word lays pages out only when it opens a file, so its lines are reckoned here, a little too long rather than too short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from typing import Any, NamedTuple, cast
from warnings import warn

from docx.document import Document
from docx.shared import Length, Pt
from docx.styles.style import ParagraphStyle

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
    texts,
)
from advisor.memo.document import Memo, MemoWarning
from advisor.memo.footnotes import Footnotes
from advisor.memo.one_page import SCALES
from advisor.memo.word.page import text_height, text_width
from advisor.memo.word.styles import CELL_HEAD, FIGURE, FRAMES, PARTICULARS

_LINE = 1.22
"""The height of a line of the font, as a part of the size of its letters."""
_LETTER, _BOLD = 0.47, 0.51
"""The width of a letter of running text, likewise."""
_INDENT, _FRAME = 18.0, 34.0
_RULES, _EDGES, _GAPS, _ABOVE_NOTES = 10.0, 14.0, 16.0, 20.0
"""Points that rules, frames and gaps take, whatever the size of letters."""
_NORMAL, _NOTE = "Normal", "footnote text"
_STYLES = ("Heading 1", "Heading 2", _NORMAL, _NOTE, "List Bullet", PARTICULARS, FRAMES[0], FIGURE, CELL_HEAD)
_MOST_MULTIPLE = 20
"""A line spacing of less is a multiple of the line; of more, a height."""
_USUAL = 10.0
"""Points of letters where neither a style nor the file names a size."""


def fit(document: Document, memo: Memo) -> None:
    """Make all styles so small that one page of the document holds the memo, a `MemoWarning` where none does.

    Page, margins and letters are those of the document, which a template may have set.
    """
    page = _Page(document)
    scale = next((scale for scale in SCALES if page.height_of(memo, scale) <= page.height), None)
    if scale is None:
        warn(MemoWarning("this is too long for one page, even with the smallest letters"), stacklevel=3)
    _scale_styles(document, scale or SCALES[-1])


def _scale_styles(document: Document, scale: float) -> None:
    normal, usual = cast(ParagraphStyle, document.styles["Normal"]), _letters(document, "Normal")
    # What only the file as a whole says becomes the style's, which all others follow.
    normal.font.size = Pt(usual.size)
    normal.paragraph_format.space_before, normal.paragraph_format.space_after = Pt(usual.before), Pt(usual.after)
    for style in document.styles:
        letters: Any = getattr(style, "font", None)
        if letters is not None and letters.size:
            letters.size = Pt(round(letters.size.pt * scale * 2) / 2)
        air: Any = getattr(style, "paragraph_format", None)
        if air is not None and air.space_before:
            air.space_before = Pt(round(air.space_before.pt * scale))
        if air is not None and air.space_after:
            air.space_after = Pt(round(air.space_after.pt * scale))


class _Letters(NamedTuple):
    """How a style sets text: the size of letters, the height of a line as a multiple of it, the air, all in points."""

    size: float
    line: float
    before: float
    after: float

    def height(self, said: Sequence[str], width: float, scale: float, letter: float = _LETTER) -> float:
        """The height of texts, each of which begins on a line of its own, with the air around all of them."""
        across = width / (self.size * scale * letter)
        lines = sum(max(ceil(len(words) / across), 1) for words in said)
        return (lines * self.size * self.line + self.before + self.after) * scale


def _letters(document: Document, name: str) -> _Letters:
    """What a style says, or the styles below it, or else the file as a whole."""

    def default(path: str, unit: float, without: float) -> float:
        found = document.styles.element.xpath(f"w:docDefaults/{path}")
        return float(found[0]) / unit if found else without

    size = _said(document, name, lambda style: _points(style.font.size))
    line = _said(document, name, lambda style: style.paragraph_format.line_spacing)
    before = _said(document, name, lambda style: _points(style.paragraph_format.space_before))
    after = _said(document, name, lambda style: _points(style.paragraph_format.space_after))
    size = default("w:rPrDefault/w:rPr/w:sz/@w:val", 2, _USUAL) if size is None else size
    line = default("w:pPrDefault/w:pPr/w:spacing/@w:line", 240, 1) if line is None else line
    return _Letters(
        size,
        _LINE * line if line < _MOST_MULTIPLE else Length(int(line)).pt / size,
        default("w:pPrDefault/w:pPr/w:spacing/@w:before", 20, 0) if before is None else before,
        default("w:pPrDefault/w:pPr/w:spacing/@w:after", 20, 0) if after is None else after,
    )


def _points(length: Length | None) -> float | None:
    return None if length is None else float(length.pt)


def _said(document: Document, name: str, of: Callable[[Any], float | None]) -> float | None:
    """What the style says of something, or the nearest style that it is based on."""
    style: Any = document.styles[name]
    while style is not None:
        if (found := of(style)) is not None:
            return float(found)
        style = style.base_style
    return None


class _Page:
    """The room for text on a page of a document, in points, and how much of it blocks take."""

    def __init__(self, document: Document) -> None:
        self.width, self.height = text_width(document).pt, text_height(document).pt
        self._letters = {name: _letters(document, name) for name in _STYLES}

    def height_of(self, memo: Memo, scale: float) -> float:
        """The height of all blocks and of the footnotes that they call."""
        notes = Footnotes(memo.provenance)
        body = sum(self._block(block, scale) for block in memo.blocks)
        for origin in _origins(memo.blocks):
            if called := notes.called(origin):
                notes.number(called)
        below = sum(self._set(_NOTE, [each.words], self.width, scale) for each in notes.origins)
        beside = "".join(f"{notes.margin(origin)}  " for origin in _origins(memo.blocks))
        return body + self._set(_NORMAL, [beside], self.width, scale) + (below + _ABOVE_NOTES if notes.origins else 0)

    def _set(self, style: str, said: Sequence[str], width: float, scale: float, letter: float = _LETTER) -> float:
        return self._letters[style].height(said, width, scale, letter)

    def _block(self, block: Block, scale: float) -> float:
        width = self.width
        match block:
            case Title(words):
                return self._set("Heading 1", [words], width, scale, _BOLD)
            case Heading(words):
                return self._set("Heading 2", [words], width, scale, _BOLD)
            case Particulars(rows):
                return self._set(PARTICULARS, [_labelled(rows)], width, scale) + _RULES
            case Paragraph(text):
                return self._set(_NORMAL, [_words(text)], width, scale)
            case Bullets(items):
                return sum(self._set("List Bullet", [_words(item)], width - _INDENT, scale) for item in items)
            case Callout(text=text) | Decision(text=text):
                named = [_labelled(block.fields)] if isinstance(block, Decision) and block.fields else []
                return self._set(FRAMES[0], [_words(text), *named], width - _FRAME, scale) + _EDGES
            case KeyFigures(figures):
                across = width / len(figures) - 6
                values = (self._set(FIGURE, [each.value], across, scale, _BOLD) for each in figures)
                labels = (self._set(CELL_HEAD, [each.label], across, scale, _BOLD) for each in figures)
                return max(values) + max(labels) + _GAPS
            case _:
                return 0.0


def _origins(blocks: Iterable[Block]) -> Iterator[Origin]:
    for block in blocks:
        holders: Sequence[Any] = block.figures if isinstance(block, KeyFigures) else tuple(texts(block))
        yield from (each.origin for each in holders if each.origin)


def _words(text: Text) -> str:
    return f"{text.lead} {text.words}"


def _labelled(rows: Iterable[tuple[str, str]]) -> str:
    return "   ".join(f"{label} {value}" for label, value in rows)
