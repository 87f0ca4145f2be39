"""The looks of the Word file: all of them are styles, so that a reader can change each in one place."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from advisor.memo.blocks import Heat
from advisor.memo.looks import CRITICAL_GROUND, LOST, NOTE_GROUND, USUAL, WARNING_GROUND, Looks
from advisor.memo.word.xml import element

FONT = "Calibri"
FRAMES = ("Advisor Warning", "Advisor Critical", "Advisor Note", "Advisor Decision")
"""Styles of framed paragraphs."""
PARTICULARS, CELL, CELL_HEAD, FIGURE = "Advisor Particulars", "Advisor Cell", "Advisor Cell Head", "Advisor Figure"
GAP, LABEL, CHART_TITLE, CHART = "Advisor Gap", "Advisor Label", "Advisor Chart Title", "Advisor Chart"
MARK = "Advisor Mark"
ON_DARK, NOT_KNOWN = "Advisor On Dark", "Advisor Not Known"
LETTERS: dict[Heat, str] = {"none": "", "low": "", "high": "", "full": "AdvisorOnDark", "open": "AdvisorNotKnown"}
"""The character styles that can be read on the grounds of a heat map."""
RULED_TABLE, FIGURES_TABLE = "AdvisorTable", "AdvisorFigures"
FOOTNOTE_TEXT, FOOTNOTE_REFERENCE = "FootnoteText", "FootnoteReference"
LINE = LOST.removeprefix("#").upper()
_HEADINGS = {
    1: (17, "title", 0, 10),
    2: (13, "accent", 20, 6),
    3: (11, "ink", 13, 4),
    4: (10, "quiet", 11, 3),
    5: (10, "quiet", 9, 3),
}
"""By level: size, colour, points of air above and below."""


def set_styles(document: Document, language: str, looks: Looks = USUAL) -> None:
    """Give the styles of Word's own template our looks, and add ours."""
    ink, quiet, graphics = map(hexadecimal, (looks.ink, looks.quiet, looks.graphics))
    font = looks.text_font.family if looks.text_font else FONT
    headings = looks.heading_font.family if looks.heading_font else font
    styles: Any = document.styles
    normal = styles["Normal"]
    _letters(normal, 10, ink, font)
    _air(normal, 0, 6)
    normal.element.get_or_add_rPr().append(element(f'<w:lang w:val="{language}" w:eastAsia="{language}"/>'))
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for level, (size, colour, above, below) in _HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _letters(heading, size, hexadecimal(getattr(looks, colour)), headings, bold=True)
        _air(heading, above, below)
        heading.font.italic = False
        _insert(heading.element.get_or_add_pPr(), element("<w:suppressAutoHyphens/>"))
        heading.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number", "Header", "Footer"):
        _air(styles[name], 0, 3)
    for name in ("Header", "Footer"):
        _letters(styles[name], 8, quiet, font)
        styles[name].paragraph_format.tab_stops.clear_all()
    for name in (PARTICULARS, CELL, CELL_HEAD, FIGURE, GAP, CHART_TITLE, CHART, *FRAMES):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = normal
    for name, (edge, ground) in zip(FRAMES, _frames(looks), strict=True):
        _frame(styles[name], edge, ground)
    _letters(styles[PARTICULARS], 9, ink, font)
    _air(styles[PARTICULARS], 0, 10)
    _ruled(styles[PARTICULARS], graphics)
    _letters(styles[CELL], 9, ink, font)
    _air(styles[CELL], 2, 2)
    _letters(styles[CELL_HEAD], 9, quiet, font, bold=True)
    _air(styles[CELL_HEAD], 2, 2)
    styles[CELL_HEAD].paragraph_format.keep_with_next = True
    _letters(styles[FIGURE], 13, ink, font, bold=True)
    _air(styles[FIGURE], 4, 0)
    _air(styles[CHART_TITLE], 8, 2)
    _air(styles[CHART], 0, 6)
    styles[CHART_TITLE].paragraph_format.keep_with_next = styles[CHART].paragraph_format.keep_with_next = True
    _letters(styles[GAP], 4, ink, font)
    _air(styles[GAP], 0, 2)
    for name in (LABEL, MARK):
        styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor.from_string(quiet)
    styles.add_style(ON_DARK, WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor(255, 255, 255)
    unknown = styles.add_style(NOT_KNOWN, WD_STYLE_TYPE.CHARACTER).font
    unknown.color.rgb, unknown.italic = RGBColor.from_string(quiet), True
    styles[MARK].font.size, styles[MARK].font.bold = Pt(7), False
    _footnote_styles(styles, normal, quiet, font)
    styles.element.append(_table_style(RULED_TABLE, f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/>', LINE))
    styles.element.append(_table_style(FIGURES_TABLE, f'<w:top w:val="single" w:sz="16" w:color="{graphics}"/>', ""))


def _frames(looks: Looks) -> list[tuple[str, str]]:
    """By frame: colour of the edge, colour of the ground."""
    edges = ("#8a5300", "#b3261e", looks.quiet, looks.graphics)
    grounds = (WARNING_GROUND, CRITICAL_GROUND, NOTE_GROUND, looks.soft)
    return [(hexadecimal(edge), hexadecimal(ground)) for edge, ground in zip(edges, grounds, strict=True)]


def hexadecimal(colour: str) -> str:
    """A colour of the looks as Word writes it."""
    return colour.removeprefix("#").upper()


def style_id(name: str) -> str:
    """The id under which a style of this module stands in the file."""
    return name.replace(" ", "")


def _table_style(name: str, rules: str, under_head: str) -> Any:
    last = f'<w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>' if under_head else ""
    inner = rules if under_head else ""
    outer = "" if under_head else rules
    head = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:color="{under_head}"/></w:tcBorders></w:tcPr></w:tblStylePr>'
        if under_head
        else ""
    )
    return element(
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{outer}{last}{inner}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{head}</w:style>"
    )


def _footnote_styles(styles: Any, normal: ParagraphStyle, quiet: str, font: str) -> None:
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.element.set(qn("w:styleId"), FOOTNOTE_TEXT)
    text.base_style = normal
    _letters(text, 7.5, quiet, font)
    _air(text, 0, 1)
    text.paragraph_format.line_spacing = 0.9
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.element.set(qn("w:styleId"), FOOTNOTE_REFERENCE)
    reference.font.superscript = True


def _letters(style: Any, size: float, colour: str, font: str, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = font, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), font)


def _air(style: Any, above: int, below: int) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)


def _frame(style: Any, edge: str, ground: str) -> None:
    _air(style, 8, 8)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(3)
    style.paragraph_format.keep_together = True
    properties = style.element.get_or_add_pPr()
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="6" w:color="{colour}"/>'
        for side, size, colour in (("top", 4, ground), ("left", 24, edge), ("bottom", 4, ground), ("right", 4, ground))
    )
    _insert(properties, element(f"<w:pBdr>{sides}</w:pBdr>"))
    _insert(properties, element(f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'))


def _ruled(style: Any, colour: str) -> None:
    rules = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="{colour}"/>' for side in ("top", "bottom"))
    _insert(style.element.get_or_add_pPr(), element(f"<w:pBdr>{rules}</w:pBdr>"))


_LATER = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _insert(properties: Any, part: Any) -> None:
    """Put a border or a ground where the schema of paragraph properties wants it: before spacing and indents."""
    later = [qn(name) for name in _LATER if qn(name) != part.tag]
    place = next((index for index, each in enumerate(properties) if each.tag in later), len(properties))
    properties.insert(place, part)
