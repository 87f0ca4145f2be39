"""A slide: title, words, a native chart or table, a line below, and the notes of the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.util import Emu, Inches, Pt

from advisor.memo.blocks import Block, Bullets, Callout, Chart, Decision, Figure, HeatMap, KeyFigures, Table
from advisor.memo.deck.brand import add_logo, set_theme
from advisor.memo.deck.layout import INSET, Place, arranged, lines_of
from advisor.memo.deck.slides import Deck, Slide
from advisor.memo.deck.visuals import Box, add_chart, add_grid, colour, rows_of
from advisor.memo.deck.words import BOLD, height, is_from_right, shown
from advisor.memo.looks import CRITICAL_GROUND, NOTE_GROUND, WARNING_GROUND, Looks

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _ACROSS = Inches(0.6), Inches(12.13)
_TITLE = Box(_LEFT, Inches(0.4), _ACROSS, Inches(1.15))
_BODY = Box(_LEFT, Inches(1.65), _ACROSS, Inches(5.1))
_FOOT = Box(_LEFT, Inches(6.85), _ACROSS, Inches(0.5))
_RULE = Box(Inches(0.7), Inches(0.3), Inches(0.9), Inches(0.06))
_EDGE = Inches(0.06)
_LOOSE, _TIGHT = Pt(6), Pt(2)
_GAP = Inches(0.25)
_WIDE, _AROUND_TITLE = 0.7, 15
"""The width of a letter in the widest bold fonts as a part of its size; points that a frame leaves around a title."""
_NO_DATE = date(1980, 1, 1)
_LONGEST_PROPERTY, _LONGEST_TITLE = 255, 320
_TITLE_ONLY = 5
_EDGES = {"warning": "#8a5300", "critical": "#b3261e"}
_GROUNDS = {"warning": WARNING_GROUND, "critical": CRITICAL_GROUND, "note": NOTE_GROUND}


def prepare(presentation: Presentation, looks: Looks) -> Any:
    """The layout of all slides: a title over an empty page, as wide as the slide, in the fonts of the looks."""
    set_theme(presentation, looks)
    layout = presentation.slide_layouts[_TITLE_ONLY]
    for place in (*layout.placeholders, *presentation.slide_master.placeholders):
        if place.placeholder_format.type in (1, 3):  # a title
            _put(place, _TITLE)
            place.text_frame.vertical_anchor = MSO_ANCHOR.TOP
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

    def __init__(self, page: Page, deck: Deck, number: int) -> None:
        """Begin with an empty page, which has that number in the deck."""
        self._page, self._deck, self._looks, self._number = page, deck, deck.looks, number
        self._ink, self._quiet = colour(deck.looks.ink), colour(deck.looks.quiet)
        self._cut: list[str] = []

    def write(self, slide: Slide) -> None:
        """Put everything on the page."""
        self._title(slide.title)
        places, left_out = arranged(slide.shown, _BODY)
        for place in places:
            self._show(place, slide.title)
        self._foot()
        notes = self._page.notes_slide.notes_text_frame
        assert notes is not None
        said = [line for block in left_out for line in _told(block)]
        notes.text = "\n".join(shown(line) for line in (*self._cut, *said, *slide.notes))

    def _show(self, place: Place, title: str) -> None:
        match place.block:
            case Chart() as chart:
                self._cut += add_chart(self._page, chart, place.box, self._looks, is_named=chart.title == title)
            case HeatMap() | Table() as grid:
                self._cut += add_grid(self._page, grid, place.box, self._looks)
            case KeyFigures(figures):
                self._figures(figures, place.box)
            case _:
                self._text(place)

    def _title(self, words: str) -> None:
        title, room = self._page.shapes.title, _TITLE
        assert title is not None
        self._rectangle("rule", _RULE, self._looks.graphics)
        if self._looks.logo:
            room = add_logo(self._page, self._looks.logo, _TITLE)
            _put(title, room)
        said = self._kept(words, _LONGEST_TITLE)
        size = _title_size(said, room, has_own_font=bool(self._looks.heading_font or self._looks.text_font))
        _write(title.text_frame, [("", said)], size, colour(self._looks.title), bold=True)

    def _rectangle(self, name: str, box: Box, ground: str) -> Any:
        """A ground without an edge, and without the shadow that the theme gives to shapes."""
        shape: Any = self._page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box)
        shape.name = name
        shape._element.remove(shape._element.find(qn("p:style")))
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(ground)
        shape.line.fill.background()
        return shape

    def _kept(self, words: str, most: int) -> str:
        """Words cut to a length; where they are, the whole of them goes to the notes."""
        if len(shown(words)) > most:
            self._cut.append(words)
        return shown(words, most)

    def _text(self, place: Place) -> None:
        block, box = place.block, place.box
        lines = [(self._kept(lead, place.most), self._kept(words, place.most)) for lead, words in lines_of(block)]
        kind = block.kind if isinstance(block, Callout) else "decision" if isinstance(block, Decision) else ""
        if kind:
            edge = self._looks.graphics if kind == "decision" else _EDGES.get(kind, self._looks.quiet)
            self._rectangle("edge", Box(box.left, box.top, _EDGE, box.height), edge)
            inner = Box(Emu(box.left + _EDGE), box.top, Emu(box.width - _EDGE), box.height)
            shape: Any = self._rectangle(kind, inner, _GROUNDS.get(kind, self._looks.soft))
        else:
            shape = self._page.shapes.add_textbox(*box)
            shape.name = "words"
        marks = "number" if isinstance(block, Bullets) and block.numbered else ""
        numbered = [
            (f"{place}. {lead}".rstrip(), words) if marks else (lead, words)
            for place, (lead, words) in enumerate(lines, 1)
        ]
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE if kind else MSO_ANCHOR.TOP
        _write(shape.text_frame, numbered, place.size, self._ink)

    def _figures(self, figures: Sequence[Figure], box: Box) -> None:
        width = Emu((box.width - _GAP * (len(figures) - 1)) // len(figures))
        longest = max(len(figure.value) for figure in figures)
        size = next((size for size in (24, 20, 18) if longest * size * 0.5 <= width.pt - 2 * INSET), 16)
        for place, figure in enumerate(figures):
            left = Emu(box.left + place * (width + _GAP))
            shape = self._page.shapes.add_textbox(left, box.top, width, box.height)
            shape.name = "figure"
            frame = shape.text_frame
            _write(frame, [(self._kept(figure.value, 40), ""), ("", self._kept(figure.label, 60))], 14, self._quiet)
            for run in frame.paragraphs[0].runs:
                run.font.size, run.font.color.rgb = Pt(size), self._ink

    def _foot(self) -> None:
        furniture, looks = self._deck.furniture, self._looks
        page = furniture.page.replace("{number}", str(self._number)).replace("{total}", str(len(self._deck.slides)))
        parts = [self._kept(part, 80) for part in (furniture.organisation, furniture.reference) if part]
        shape = self._page.shapes.add_textbox(*_FOOT)
        shape.name = "foot"
        branded = [(looks.confidentiality, looks.footer)] if looks.confidentiality or looks.footer else []
        _write(shape.text_frame, [*branded, ("", "   ·   ".join([*parts, page]))], 10, self._quiet, below=_TIGHT)


def _told(block: Block) -> list[str]:
    """A block that is not on the slide, in words."""
    match block:
        case Chart():
            return [block.title, block.alternative]
        case HeatMap() | Table():
            return rows_of(block)
        case _:
            return [f"{lead} {words}".strip() for lead, words in lines_of(block)]


def _title_size(words: str, room: Box, *, has_own_font: bool) -> int:
    """Points of the letters of a title; a font that is not installed gives way to one that may be much wider."""
    share = _WIDE if has_own_font else BOLD
    width, high = room.width.pt - _AROUND_TITLE, room.height.pt - _AROUND_TITLE
    return next((size for size in (28, 24, 20, 18) if height(words, size, width, share) <= high), 16)


def _put(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box


def _write(
    frame: Any, lines: Sequence[tuple[str, str]], size: int, colour: RGBColor, bold: bool = False, below: Pt = _LOOSE
) -> None:
    """Paragraphs of text, each with what is bold in it first; every character is text."""
    frame.word_wrap = True
    for place, (lead, words) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = below
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
