"""A chart that Word draws itself and a reader can edit: stacked bars over an embedded workbook."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm

from advisor.memo.blocks import Chart, Tone
from advisor.memo.chart_series import Series, categories_of, series_of, workbook_of
from advisor.memo.looks import LOST, LOST_EDGE, WHITE, Looks
from advisor.memo.word.page import text_width
from advisor.memo.word.styles import FONT, LABEL, hexadecimal, style_id
from advisor.memo.word.xml import run

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WIDEST, _ROW = Mm(160), Mm(9)
_SWATCHES: dict[Tone, str] = {"full": "■", "lost": "■", "open": "□"}
_SOLID = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill>'
_NOTHING = "<a:noFill/><a:ln><a:noFill/></a:ln>"


def add_chart(document: Document, chart: Chart, number: int, looks: Looks) -> str:
    """Put the parts of the chart with that number (from 1) into the file; gives the run that shows it."""
    package = document.part.package
    names, series = categories_of(chart), series_of(chart)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    workbook = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, workbook_of(names, series), package
    )
    data = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _xml(chart, names, series, data, looks).encode()
    size = min(_WIDEST, text_width(document)), _ROW * len(names)
    return _run(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART), chart, number, size)


def key_of(chart: Chart, looks: Looks) -> str:
    """The runs that say what the tones of a chart mean."""
    return "".join(_swatch(tone, looks) + run(f" {words}   ", style_id(LABEL)) for tone, words in chart.key)


def _fills(looks: Looks) -> dict[str, str]:
    """The same looks as in the drawn charts: dark, grey and an empty outline are told apart without colour.

    Word has no line across lying bars, so each reference line is a bar of its own.
    """
    bars, lost, edge = _solid(looks.bars), _solid(LOST), _solid(LOST_EDGE)
    return {
        "full": f'{bars}<a:ln w="9525">{bars}</a:ln>',
        "open": f'{_solid(WHITE)}<a:ln w="9525">{bars}<a:prstDash val="dash"/></a:ln>',
        "lost": f'{lost}<a:ln w="9525">{edge}</a:ln>',
        "before": _NOTHING,
        "line": _solid(looks.ink),
    }


def _solid(colour: str) -> str:
    return _SOLID.format(hexadecimal(colour))


def _swatch(tone: Tone, looks: Looks) -> str:
    colour = hexadecimal(LOST if tone == "lost" else looks.bars)
    return f'<w:r><w:rPr><w:color w:val="{colour}"/></w:rPr><w:t>{_SWATCHES[tone]}</w:t></w:r>'


def _xml(chart: Chart, names: Sequence[str], series: Sequence[Series], data: str, looks: Looks) -> str:
    last = len(names) + 1
    categories = f"<c:cat>{_strings(f'Sheet1!$A$2:$A${last}', names)}</c:cat>"
    fills = _fills(looks)
    columns = "".join(_column(place, each, fills[each.tone], categories, last) for place, each in enumerate(series))
    low, high = map(float, chart.span)
    return (
        f'{_DECLARATION}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{columns}<c:gapWidth val="60"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="9525">{_solid(looks.quiet)}</a:ln></c:spPr>{_letters(looks)}'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="{max(high, low + 1e-9)!r}"/>'
        f'<c:min val="{low!r}"/></c:scaling><c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="General" '
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        '<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx></c:plotArea>'
        f'<c:plotVisOnly val="1"/></c:chart><c:spPr>{_NOTHING}</c:spPr>'
        f'<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _column(place: int, series: Series, fill: str, categories: str, last: int) -> str:
    letter = "BCDEF"[place]
    points = "".join(f'<c:pt idx="{row}"><c:v>{value!r}</c:v></c:pt>' for row, value in enumerate(series.values))
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx>{_strings(f'Sheet1!${letter}$1', [series.name])}</c:tx>"
        f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>{categories}'
        f"<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(series.values)}"/>{points}'
        "</c:numCache></c:numRef></c:val></c:ser>"
    )


def _strings(cells: str, texts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{row}"><c:v>{escape(text)}</c:v></c:pt>' for row, text in enumerate(texts))
    return f'<c:strRef><c:f>{cells}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'


def _letters(looks: Looks) -> str:
    font = looks.text_font.family if looks.text_font else FONT
    return (
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">'
        f'{_solid(looks.ink)}<a:latin typeface="{font}"/></a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>'
    )


def _run(relation: str, chart: Chart, number: int, size: tuple[int, int]) -> str:
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}"><wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f'<wp:docPr id="{number}" name="chart {number}" descr={quoteattr(chart.alternative)}/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
