"""A slide: title, words, a native chart or table, a line below, and the notes of the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.util import Emu, Inches, Pt

from advisor.memo.blocks import Bullets, Callout, Chart, Decision, Figure, KeyFigures, Paragraph, Text
from advisor.memo.deck.slides import Deck, Slide, Words
from advisor.memo.deck.visuals import INK, QUIET, Box, add_chart, add_grid, colour
from advisor.memo.deck.words import fitting, height, is_from_right, shown, total
from advisor.memo.document import Furniture

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _ACROSS = Inches(0.6), Inches(12.13)
_TITLE = Box(_LEFT, Inches(0.4), _ACROSS, Inches(1.15))
_BODY = Box(_LEFT, Inches(1.75), _ACROSS, Inches(5.0))
_FOOT = Box(_LEFT, Inches(6.95), _ACROSS, Inches(0.3))
_BELOW, _BETWEEN = 8, 6
"""Points below a paragraph, and between two frames."""
_FIGURES_HEIGHT, _GAP, _INSET = Inches(0.95), Inches(0.25), 10
_NO_DATE = date(1980, 1, 1)
_LONGEST_PROPERTY, _LONGEST_TITLE = 255, 320
_TITLE_ONLY = 5
_ACCENT = colour("0B6E69")
_FRAMES = {
    "warning": (colour("8A5300"), colour("FDF3E1")),
    "critical": (colour("B3261E"), colour("FDECEB")),
    "note": (QUIET, colour("F1F4F7")),
    "decision": (_ACCENT, colour("E8F3F2")),
}


def prepare(presentation: Presentation, furniture: Furniture) -> Any:
    """The layout of all slides: a title over an empty page, as wide as the slide."""
    layout = presentation.slide_layouts[_TITLE_ONLY]
    for place in (*layout.placeholders, *presentation.slide_master.placeholders):
        if place.placeholder_format.type in (1, 3):  # a title
            _put(place, _TITLE)
            place.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for other in list(presentation.slide_layouts):
        if other != layout:
            presentation.slide_layouts.remove(other)
    for place in list(layout.placeholders):
        if place.placeholder_format.type not in (1, 3):
            place._element.getparent().remove(place._element)
    return layout


def set_properties(presentation: Presentation, deck: Deck) -> None:
    """Title, author, language and date as stated, and nothing else: what the template says of itself leaves."""
    own, furniture = presentation.core_properties, deck.furniture
    own.title = shown(deck.slides[0].title, _LONGEST_PROPERTY)
    own.author, own.language = shown(furniture.prepared_by, _LONGEST_PROPERTY), furniture.language
    own.comments = own.keywords = own.subject = own.category = own.last_modified_by = ""
    own.revision = 1
    day = furniture.date or _NO_DATE
    own.created = own.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for holder in (presentation.part.package._rels, presentation.part.rels):
        for name, relation in list(holder.items()):
            if relation.reltype.endswith(("/thumbnail", "/extended-properties", "/printerSettings")):
                holder.pop(name)


class SlideWriter:
    """Writes one slide; whatever does not fit there stands whole in its notes."""

    def __init__(self, page: Page, furniture: Furniture, number: int, every: int) -> None:
        """Begin with an empty page, which is that number of so many."""
        self._page, self._furniture, self._number, self._every = page, furniture, number, every
        self._cut: list[str] = []

    def write(self, slide: Slide) -> None:
        """Put everything on the page."""
        self._title(slide.title)
        words, visual = _BODY, _BODY
        if slide.words and slide.visual is not None:
            half = Emu((_BODY.width - _GAP) * 2 // 5)
            words = Box(_BODY.left, _BODY.top, half, _BODY.height)
            visual = Box(Emu(_BODY.left + half + _GAP), _BODY.top, Emu(_BODY.width - half - _GAP), _BODY.height)
        self._words(slide.words, words)
        if isinstance(slide.visual, Chart):
            self._cut += add_chart(self._page, slide.visual, visual)
        elif slide.visual is not None:
            self._cut += add_grid(self._page, slide.visual, visual)
        self._foot()
        notes = self._page.notes_slide.notes_text_frame
        assert notes is not None
        notes.text = "\n".join(shown(line) for line in (*self._cut, *slide.notes))

    def _title(self, words: str) -> None:
        title = self._page.shapes.title
        assert title is not None
        said = self._kept(words, _LONGEST_TITLE)
        size = next((size for size in (28, 24, 20, 18) if height(said, size, _TITLE.width.pt) <= _TITLE.height.pt), 16)
        _write(title.text_frame, [("", said)], size, INK, bold=True)

    def _kept(self, words: str, most: int) -> str:
        """Words cut to a length; where they are, the whole of them goes to the notes."""
        if len(shown(words)) > most:
            self._cut.append(words)
        return shown(words, most)

    def _words(self, blocks: Sequence[Words], box: Box) -> None:
        top, room = box.top, box.height.pt
        for block in blocks:
            if isinstance(block, KeyFigures):
                self._figures(block.figures, Box(box.left, top, box.width, _FIGURES_HEIGHT))
                top, room = Emu(top + _FIGURES_HEIGHT + _GAP), room - _FIGURES_HEIGHT.pt - _GAP.pt
        told = [block for block in blocks if not isinstance(block, KeyFigures)]
        inner = box.width.pt - 3 * _INSET
        room -= len(told) * (2 * _INSET + _BETWEEN)
        size, most = fitting([line for block in told for line in _lines(block)], inner, room, _BELOW)
        for block in told:
            lines = [(self._kept(lead, most), self._kept(words, most)) for lead, words in _lines(block)]
            high = total(lines, size, inner, _BELOW, most) + 2 * _INSET
            self._text(block, lines, size, Box(box.left, top, box.width, Pt(high)))
            top = Emu(top + Pt(high + _BETWEEN))

    def _text(self, block: Words, lines: Sequence[tuple[str, str]], size: int, box: Box) -> None:
        kind = block.kind if isinstance(block, Callout) else "decision" if isinstance(block, Decision) else ""
        if not kind:
            shape: Any = self._page.shapes.add_textbox(*box)
        else:
            shape = self._page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box)
            edge, ground = _FRAMES[kind]
            shape.fill.solid()
            shape.fill.fore_color.rgb, shape.line.color.rgb, shape.shadow.inherit = ground, edge, False
        shape.name = kind or "words"
        marks = "number" if isinstance(block, Bullets) and block.numbered else ""
        numbered = [
            (f"{place}. {lead}".rstrip(), words) if marks else (lead, words)
            for place, (lead, words) in enumerate(lines, 1)
        ]
        _write(shape.text_frame, numbered, size, INK)

    def _figures(self, figures: Sequence[Figure], box: Box) -> None:
        width = Emu((box.width - _GAP * (len(figures) - 1)) // len(figures))
        longest = max(len(figure.value) for figure in figures)
        size = next((size for size in (24, 20, 18) if longest * size * 0.5 <= width.pt - 2 * _INSET), 16)
        for place, figure in enumerate(figures):
            left = Emu(box.left + place * (width + _GAP))
            shape = self._page.shapes.add_textbox(left, box.top, width, box.height)
            shape.name = "figure"
            frame = shape.text_frame
            _write(frame, [(self._kept(figure.value, 40), ""), ("", self._kept(figure.label, 60))], 14, QUIET)
            for run in frame.paragraphs[0].runs:
                run.font.size, run.font.color.rgb = Pt(size), INK

    def _foot(self) -> None:
        furniture = self._furniture
        page = furniture.page.replace("{number}", str(self._number)).replace("{total}", str(self._every))
        parts = [self._kept(part, 80) for part in (furniture.organisation, furniture.reference) if part]
        shape = self._page.shapes.add_textbox(*_FOOT)
        shape.name = "foot"
        _write(shape.text_frame, [("", "   ·   ".join([*parts, page]))], 10, QUIET)


def _lines(block: Words) -> list[tuple[str, str]]:
    """The paragraphs of a block: what is bold, and what follows it."""
    match block:
        case Bullets(items=items):
            return [_line(item) for item in items]
        case Paragraph(text) | Callout(text=text):
            return [_line(text)]
        case Decision(text, fields):
            return [_line(text), ("", "   ".join(f"{label}: {value}" for label, value in fields))]
        case _:
            return []


def _line(text: Text) -> tuple[str, str]:
    return text.lead, text.words


def _put(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box


def _write(frame: Any, lines: Sequence[tuple[str, str]], size: int, colour: RGBColor, bold: bool = False) -> None:
    """Paragraphs of text, each with what is bold in it first; every character is text."""
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if bold else MSO_ANCHOR.TOP
    for place, (lead, words) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(6)
        properties = paragraph._p.get_or_add_pPr()
        from_right = is_from_right(f"{lead} {words}")
        properties.set("algn", "r" if from_right else "l")
        if from_right:
            properties.set("rtl", "1")
        for part, strong in ((lead, True), (f" {words}" if lead and words else words, bold)):
            if part:
                run = paragraph.add_run()
                run.text = part
                run.font.size, run.font.bold, run.font.color.rgb = Pt(size), strong, colour
