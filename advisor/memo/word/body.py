"""The blocks as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Decision,
    Heading,
    Heat,
    HeatMap,
    KeyFigures,
    Origin,
    PageBreak,
    Paragraph,
    Particulars,
    Provenance,
    Steps,
    Table,
    Text,
    Title,
    heads_rows,
)
from advisor.memo.column_widths import column_widths
from advisor.memo.footnotes import Footnotes
from advisor.memo.looks import USUAL, Looks
from advisor.memo.word.chart import add_chart, key_of
from advisor.memo.word.footnotes import first_call, later_call
from advisor.memo.word.page import text_width
from advisor.memo.word.styles import (
    CELL,
    CELL_HEAD,
    CHART,
    CHART_TITLE,
    FIGURE,
    FIGURES_TABLE,
    GAP,
    LETTERS,
    MARK,
    PARTICULARS,
    RULED_TABLE,
    hexadecimal,
    style_id,
)
from advisor.memo.word.xml import element, run

_STRONG, _QUIET, _GAP = "Strong", "AdvisorLabel", "   "
_INTRODUCTION = 400
"""So many characters at most has a paragraph that stays on the page of what follows."""
_WHOLE_ROWS = 6
"""A table of no more rows stays on one page, and of a longer one the first two and the last two."""


class Body:
    """Adds blocks to a document, and numbers their footnotes."""

    def __init__(self, document: Document, provenance: Provenance, looks: Looks = USUAL) -> None:
        """Begin at the end of a document."""
        self.notes = Footnotes(provenance)
        self._document = document
        self._looks = looks
        self._twips = text_width(document).twips
        self._end = document.element.body.find(qn("w:sectPr"))
        self._styles = {style.name: style for style in document.styles}
        self._default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._page_is_over = False
        self._charts = self._under = 0

    def add(self, block: Block, following: Block | None = None) -> None:
        """Add one block; the one that follows decides whether a paragraph introduces it."""
        match block:
            case Title(words):
                self._paragraph(run(words), "Heading 1")
            case Heading(words, level):
                self._paragraph(run(words), f"Heading {level}")
            case Particulars(rows):
                self._paragraph(_labelled(rows), PARTICULARS)
            case Paragraph(text):
                self._text(text, following)
            case Bullets(items, numbered):
                self._bullets(items, numbered)
            case Callout(kind, text):
                self._paragraph(self._inline(text), f"Advisor {kind.capitalize()}")
            case Decision(text, fields):
                line = f"{self._inline(text)}<w:r><w:br/></w:r>{_labelled(fields)}"
                self._paragraph(line, "Advisor Decision")
            case KeyFigures() | Table() | HeatMap() | Steps():
                self._tabular(block)
            case Chart():
                self._chart(block)
            case PageBreak():
                self._page_is_over = True
        self._under = block.level if isinstance(block, Heading) else 0

    def _text(self, text: Text, following: Block | None) -> None:
        """A paragraph; it stays with a table or a chart below it, and under a heading with a part of that."""
        deeper = bool(self._under) and isinstance(following, Heading) and following.level > self._under
        introduces = deeper or isinstance(following, Table | HeatMap | Chart | Steps)
        keep = introduces and len(text.words) <= _INTRODUCTION
        self._paragraph(self._inline(text), "Normal", keep=keep)

    def _tabular(self, block: KeyFigures | Table | HeatMap | Steps) -> None:
        match block:
            case KeyFigures(figures):
                values = [_cell(run(each.value) + self._mark(each.origin), FIGURE) for each in figures]
                labels = [_cell(run(each.label), CELL_HEAD) for each in figures]
                self._table(FIGURES_TABLE, [1 / len(figures)] * len(figures), [values, labels])
            case Table(columns, rows):
                self._grid([(each.head, each.align) for each in columns], rows)
            case HeatMap():
                self._heat_map(block)
            case Steps(heads, steps):
                cells = [(each.action, Text(each.role), Text(each.person), Text(each.due)) for each in steps]
                self._grid([(head, "left") for head in heads], cells)

    def _paragraph(self, runs: str, style: str, *, keep: bool = False, numbers: int | None = None) -> None:
        """Add a paragraph; python-docx would look through all styles for each of them."""
        kept = "<w:keepNext/>" if keep else ""
        first = "<w:pageBreakBefore/>" if self._page_is_over else ""
        numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbers}"/></w:numPr>' if numbers else ""
        # Nothing stands above it that a heading would have to keep away from.
        spaced = '<w:spacing w:before="0"/>' if self._page_is_over else ""
        properties = f"<w:pPr>{self._style(style)}{kept}{first}{numbered}{spaced}</w:pPr>"
        self._end.addprevious(element(f"<w:p>{properties}{runs}</w:p>"))
        self._page_is_over = False

    def _style(self, name: str) -> str:
        """The property of a paragraph in a style; that of all which name none needs none."""
        style = self._styles[name]
        return "" if style == self._default else f'<w:pStyle w:val="{style.style_id}"/>'

    def _bullets(self, items: Sequence[Text], numbered: bool) -> None:
        style = "List Number" if numbered else "List Bullet"
        numbers = self._new_numbers(self._styles[style]) if numbered else None
        for item in items:
            self._paragraph(self._inline(item), style, numbers=numbers)

    def _chart(self, chart: Chart) -> None:
        self._charts += 1
        self._paragraph(run(chart.title, _STRONG), CHART_TITLE)
        self._paragraph(add_chart(self._document, chart, self._charts, self._looks), CHART)
        if chart.key:
            self._paragraph(key_of(chart, self._looks), "Normal")

    def _heat_map(self, heat_map: HeatMap) -> None:
        self._paragraph(run(heat_map.title, _STRONG), CHART_TITLE)
        heads = [_cell(run(head), CELL_HEAD) for head in heat_map.heads]
        rows = []
        for place, row in enumerate(heat_map.rows, 1):
            words: list[tuple[str, Heat]] = [(row.label, "none"), *row.cells]
            keep = _stays(place, len(heat_map.rows))
            rows.append([_cell(run(each, LETTERS[heat]), CELL, keep=keep) for each, heat in words])
        ground = {heat: hexadecimal(colour) for heat, colour in self._looks.heats.items()}
        grounds = [
            [""] * len(heads),
            *(["", *(ground.get(heat, "") for _, heat in row.cells)] for row in heat_map.rows),
        ]
        self._table(RULED_TABLE, column_widths(heat_map.heads, heat_map.texts), [heads, *rows], True, grounds)

    def _new_numbers(self, style: Any) -> int:
        """A numbering like that of the style, but from 1 again."""
        numbering = self._document.part.numbering_part.element
        of_style = style.element.pPr.numPr.numId.val
        number = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
        number.add_lvlOverride(0).add_startOverride(1)
        return int(number.numId)

    def _grid(self, heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[Text]]) -> None:
        first = [_cell(run(head), CELL_HEAD, align) for head, align in heads]
        aligns = [align for _, align in heads]
        others = [
            [
                _cell(self._inline(cell), CELL, align, keep=_stays(place, len(rows), heads_rows(row)))
                for cell, align in zip(row[:1] if heads_rows(row) else row, aligns, strict=False)
            ]
            for place, row in enumerate(rows, 1)
        ]
        self._table(RULED_TABLE, column_widths([head for head, _ in heads], rows), [first, *others], head=True)

    def _table(
        self,
        style: str,
        shares: Sequence[float],
        rows: Sequence[Sequence[str]],
        head: bool = False,
        grounds: Sequence[Sequence[str]] = (),
    ) -> None:
        widths = [round(share * self._twips) for share in shares]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        grounds = grounds or [[""] * len(widths)] * len(rows)
        lines = [
            _row(cells, widths, ground, is_head=head and place == 0)
            for place, (cells, ground) in enumerate(zip(rows, grounds, strict=True))
        ]
        table = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="{int(head)}" w:lastRow="0" '
            f'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )
        if self._page_is_over:
            self._paragraph("", GAP)
        self._end.addprevious(element(table))
        self._paragraph("", GAP)

    def _inline(self, text: Text) -> str:
        between = " " if text.lead and text.words else ""
        lead = run(text.lead + between, _STRONG) if text.lead else ""
        words = run(text.words) if text.words else ""
        return f"{lead}{words}{self._mark(text.origin)}"

    def _mark(self, origin: Origin | None) -> str:
        """The runs that call the footnote of a statement, or stand beside it."""
        called, beside = self.notes.called(origin), self.notes.margin(origin)
        if called is None:
            return run(f" [{beside}]", style_id(MARK)) if beside else ""
        again = self.notes.has(called)
        number = self.notes.number(called)
        return later_call(number) if again else first_call(number)


def _labelled(rows: Sequence[tuple[str, str]]) -> str:
    gap = run(_GAP)
    return gap.join(f"{run(f'{label} ', _QUIET)}{run(value)}" for label, value in rows)


def _stays(place: int, rows: int, heads: bool = False) -> bool:
    """Whether a row of a table, counted from 1, stays on the page of the next."""
    return place < rows and (heads or rows <= _WHOLE_ROWS or place in (1, rows - 1))


def _cell(runs: str, style: str, align: str = "left", keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    aligned = '<w:jc w:val="right"/>' if align == "right" else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{kept}{aligned}</w:pPr>{runs}</w:p>'


def _row(cells: Sequence[str], widths: Sequence[int], grounds: Sequence[str], is_head: bool) -> str:
    """A row; a cell alone in it is as wide as the table."""
    span = ""
    if len(cells) == 1 < len(widths):
        span, widths, grounds = f'<w:gridSpan w:val="{len(widths)}"/>', [sum(widths)], grounds[:1]
    repeated = "<w:tblHeader/>" if is_head else ""
    shown = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{_shade(ground)}</w:tcPr>{cell}</w:tc>'
        for cell, width, ground in zip(cells, widths, grounds, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{shown}</w:tr>"


def _shade(ground: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
