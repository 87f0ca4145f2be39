"""The guide as a Word file to print or to type into: a framed field for each answer, in the looks of the memo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from advisor.intake.guide.content import Chapter, Guide, Item
from advisor.memo.looks import USUAL
from advisor.memo.word.package import settled
from advisor.memo.word.page import TEXT_WIDTH
from advisor.memo.word.styles import CELL, CELL_HEAD, FONT, LINE, hexadecimal, set_styles, style_id
from advisor.memo.word.xml import element, field, run
from advisor.rulebook import Question

_ASK, _SMALL, _TICK = "Guide Question", "Guide Small", "Guide Tick"
_BOX, _SHORT, _LONG = "☐", "____________", "______________________"
_LEFT = 0.62
"""The share of the page's width that the answer has; the rest is for how it is known."""
_EMPTY_ROWS, _ROW_HEIGHT = 6, Mm(8)
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_HEADINGS = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}


def render(guide: Guide) -> bytes:
    """The guide as a Word file; the same guide gives the same bytes."""
    document = Document()
    set_styles(document, guide.asked.language)
    _own_styles(document)
    _set_page(document, guide)
    _Writer(document, guide).write()
    file = BytesIO()
    document.save(file)
    return settled(file.getvalue())


def _own_styles(document: Any) -> None:
    styles = document.styles
    for name, size, colour, above, below in (
        (_ASK, 10.5, None, 12, 2),
        (_SMALL, 8.5, hexadecimal(USUAL.quiet), 0, 3),
        (_TICK, 10, None, 2, 3),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), name == _ASK
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.keep_with_next = name != _TICK
    # A box hangs before its text.
    styles[_TICK].paragraph_format.left_indent, styles[_TICK].paragraph_format.first_line_indent = Mm(5), Mm(-5)


def _set_page(document: Any, guide: Guide) -> None:
    """A4, the title and the page number below; what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    below = f"{run(f'{guide.title} – ')}{field('PAGE', '1')}{run(' / ')}{field('NUMPAGES', '1')}"
    for each in element(f"<w:p>{below}</w:p>"):
        section.footer.paragraphs[0]._p.append(each)
    own = document.core_properties
    own.title, own.language, own.author = guide.title, guide.asked.language, ""
    own.comments = own.last_modified_by = ""
    own.created = own.modified = _NO_DATE


class _Writer:
    """Adds the parts of a guide to a document."""

    def __init__(self, document: Any, guide: Guide) -> None:
        self._document = document
        self._guide = guide
        self._texts = guide.asked.texts
        self._unknown = guide.asked.wording.unknown_word

    def write(self) -> None:
        guide, texts = self._guide, self._texts
        self._paragraph(guide.title, _HEADINGS[1])
        if guide.about:
            self._paragraph(" · ".join(guide.about), _SMALL)
        self._table([[_cell([run(f"{label}:")], CELL) for label in texts.guide_filled_in]], heights=[_ROW_HEIGHT])
        for line in texts.guide_how_to:
            self._paragraph(line, _SMALL)
        for chapter in guide.chapters:
            self._chapter(chapter)

    def _chapter(self, chapter: Chapter) -> None:
        if chapter.unit:
            self._paragraph(chapter.unit, _HEADINGS[2])
        if not chapter.topics:
            self._paragraph(self._texts.guide_nothing, "Normal")
        for topic in chapter.topics:
            self._paragraph(topic.title, _HEADINGS[3 if chapter.unit else 2])
            for item in topic.items:
                self._item(item)

    def _item(self, item: Item) -> None:
        question = item.question
        self._paragraph(f"{item.number}. {question.ask}", _ASK)
        if hint := self._guide.hint(item):
            self._paragraph(hint, _SMALL)
        self._paragraph(question.help, _SMALL)
        if question.type == "table":
            self._paragraph(self._guide.offered(question), _SMALL)
            self._rows(question)
        lines = [_cell_paragraph(line, _TICK) for line in self._lines(question)]
        known = [_cell_paragraph(self._texts.guide_known, CELL_HEAD)]
        self._table([["".join(lines), "".join(known)]], shares=[_LEFT, 1 - _LEFT])

    def _lines(self, question: Question) -> Iterator[str]:
        """What can be ticked or written, a line each."""
        texts = self._texts
        if question.type == "number":
            unit = f" {self._guide.asked.unit(question)}" if question.unit else ""
            yield f"{_SHORT}{unit}   {texts.guide_from_to.format(line=_SHORT)}"
        for option in self._guide.options(question):
            yield f"{_BOX} {option}"
        yield f"{_BOX} {self._unknown}      {_BOX} {texts.guide_does_not_apply.format(line=_LONG)}"

    def _rows(self, question: Question) -> None:
        """An empty table to write into."""
        heads = [_cell([run(self._guide.head(column))], CELL_HEAD) for column in question.columns]
        empty = [_cell([], CELL) for _ in question.columns]
        self._table([heads, *[empty] * _EMPTY_ROWS], heights=[Mm(0), *[_ROW_HEIGHT] * _EMPTY_ROWS])

    def _paragraph(self, text: str, style: str) -> None:
        self._document.add_paragraph(text, style=style)

    def _table(self, rows: Sequence[Sequence[str]], shares: Sequence[float] = (), heights: Sequence[Mm] = ()) -> None:
        """A framed table; every row stays on one page, together with what stands before it."""
        shares = shares or [1 / len(rows[0])] * len(rows[0])
        widths = [round(share * TEXT_WIDTH.twips) for share in shares]
        frame = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:color="{LINE}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        lines = "".join(_row(cells, widths, heights[place] if heights else Mm(0)) for place, cells in enumerate(rows))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        table = (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{frame}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="110" w:type="dxa"/>'
            f'<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'
        )
        after = self._document.add_paragraph(style="Advisor Gap")
        after._p.addprevious(element(table))


def _row(cells: Sequence[str], widths: Sequence[int], height: Any) -> str:
    tall = f'<w:trHeight w:val="{height.twips}" w:hRule="atLeast"/>' if height else ""
    shown = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{shown}</w:tr>"


def _cell(runs: Sequence[str], style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{"".join(runs)}</w:p>'


def _cell_paragraph(text: str, style: str) -> str:
    return _cell([run(text)], style)
