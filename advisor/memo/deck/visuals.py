"""Native charts and tables of a slide: whoever gets the file can edit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide as Page
from pptx.util import Emu, Length, Pt

from advisor.memo.blocks import Bar, Chart, Heat, HeatMap, Table
from advisor.memo.chart_series import categories_of, series_of, workbook_of
from advisor.memo.column_widths import column_widths
from advisor.memo.deck.words import height, is_from_right, shown
from advisor.memo.looks import LOST, LOST_EDGE, NOTE_GROUND, WHITE, Looks


def colour(hexadecimal: str) -> RGBColor:
    """A colour by its name ``#rrggbb``."""
    known: Any = RGBColor
    made: RGBColor = known.from_string(hexadecimal.removeprefix("#").upper())
    return made


_SWATCHES = {"full": "■", "lost": "▨", "open": "□"}
_LABEL, _TITLE = 64, 160
_MOST_ROWS = 11
_KEY_HEIGHT = Pt(22)
_CELLS = (200, 110, 70, 30)
"""So many characters at most a cell shows, by the room that there is."""
_LETTERS, _SMALL_LETTERS, _FEW_COLUMNS = (16, 14, 12), (14, 12), 5
_AROUND_CELL, _BESIDE_CELL = Pt(3), Pt(16)


class Box(NamedTuple):
    """A place on a slide, in EMU."""

    left: Length
    top: Length
    width: Length
    height: Length


def add_chart(page: Page, chart: Chart, box: Box, looks: Looks) -> list[str]:
    """Stacked bars that PowerPoint draws from a workbook in the file; gives what had to be shortened, whole."""
    short = replace(chart, bars=tuple(map(_short, chart.bars)))
    categories = [shown(each) for each in categories_of(short)]
    series = [replace(each, name=shown(each.name, _LABEL) or " ") for each in series_of(short)]
    make: Any = CategoryChartData
    data = make(number_format="General")
    data.categories = categories
    for each in series:
        data.add_series(each.name, each.values)
    height = Emu(box.height - (_KEY_HEIGHT if chart.key else 0))
    frame: Any = page.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, box.left, box.top, box.width, height, data)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(workbook_of(categories, series))
    _number_axes(frame.chart)
    _describe(frame, "chart", f"{chart.title}: {chart.alternative}")
    _style(frame.chart, chart, [each.tone for each in series], looks)
    if chart.key:
        _key(page, chart, Box(box.left, Emu(box.top + height), box.width, _KEY_HEIGHT), looks)
    return [chart.title, chart.alternative]


def _number_axes(drawn: Any) -> None:
    """Axes by numbers that the format allows: those of python-pptx are negative, which it does not."""
    named: dict[str, str] = {}
    for each in drawn._chartSpace.xpath(".//c:axId | .//c:crossAx"):
        each.set("val", named.setdefault(each.get("val"), str(len(named) + 1)))


def _short(bar: Bar) -> Bar:
    return replace(bar, label=shown(bar.label, _LABEL), shown=shown(bar.shown, _LABEL))


def _style(drawn: Any, chart: Chart, tones: Sequence[str], looks: Looks) -> None:
    drawn.has_legend, drawn.has_title = False, False
    drawn.font.size, drawn.font.color.rgb = Pt(12), colour(looks.ink)
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    for series, tone in zip(plot.series, tones, strict=True):
        _look(series, tone, looks)
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order, names.tick_label_position = True, XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb, names.has_major_gridlines = colour(LOST_EDGE), False
    values.visible, values.has_major_gridlines = False, False
    low, high = chart.span
    values.minimum_scale, values.maximum_scale = low, max(high, low + 1e-9)


def _look(series: Any, tone: str, looks: Looks) -> None:
    """Fill and edge of a bar: dark, grey and an empty outline are told apart without colour."""
    if tone == "before":
        series.format.fill.background()
        series.format.line.fill.background()
        return
    fills = {
        "full": (looks.bars,) * 2,
        "open": (WHITE, looks.bars),
        "lost": (LOST, LOST_EDGE),
        "line": (looks.ink,) * 2,
    }
    fill, edge = fills[tone]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb, series.format.line.color.rgb = colour(fill), colour(edge)
    series.invert_if_negative = False
    if tone == "open":
        series.format.line.dash_style = MSO_LINE.DASH


def _key(page: Page, chart: Chart, box: Box, looks: Looks) -> None:
    shape = page.shapes.add_textbox(*box)
    shape.name = "key"
    run = shape.text_frame.paragraphs[0].add_run()
    run.text = "     ".join(f"{_SWATCHES[tone]} {shown(words, _TITLE)}" for tone, words in chart.key)
    run.font.size, run.font.color.rgb = Pt(11), colour(looks.quiet)


def add_grid(page: Page, grid: HeatMap | Table, box: Box, looks: Looks) -> list[str]:
    """A table, or a heat map with a ground for each cell; gives what had to be shortened or left out, whole."""
    if isinstance(grid, HeatMap):
        heads, rows, title = grid.heads, grid.texts, grid.title
        heats: list[list[Heat]] = [["none", *(heat for _, heat in row.cells)] for row in grid.rows]
    else:
        heads, rows, title = tuple(column.head for column in grid.columns), grid.rows, ""
        heats = [["none"] * len(heads) for _ in rows]
    words = [[f"{cell.lead} {cell.words}".strip() for cell in row] for row in rows]
    seen = words[:_MOST_ROWS]
    shares = column_widths(heads, rows)
    size, most = _fitting([heads, *seen], [box.width.pt * share for share in shares], box.height.pt)
    high = Pt(24 * (len(seen) + 1))
    frame: Any = page.shapes.add_table(len(seen) + 1, len(heads), box.left, box.top, box.width, high)
    _describe(frame, "table", title or "; ".join(heads))
    table = frame.table
    table.horz_banding = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(box.width * share))
    for place, head in enumerate(heads):
        _cell(table.cell(0, place), shown(head, most), size, (NOTE_GROUND, looks.quiet), bold=True)
    for row, (cells, heat) in enumerate(zip(seen, heats, strict=False), 1):
        for place, (cell, each) in enumerate(zip(cells, heat, strict=True)):
            _cell(table.cell(row, place), shown(cell, most), size, _heat(each, looks), italic=each == "open")
    return _whole(words, most)


def _fitting(rows: Sequence[Sequence[str]], widths: Sequence[float], room: float) -> tuple[int, int]:
    """The size of letters and the most characters of a cell with which all rows fit into a room, in points."""
    sizes = _LETTERS if len(widths) <= _FEW_COLUMNS else _SMALL_LETTERS
    pairs = [(size, most) for most in _CELLS for size in sizes]
    return next(((size, most) for size, most in pairs if _total(rows, widths, size, most) <= room), pairs[-1])


def _total(rows: Sequence[Sequence[str]], widths: Sequence[float], size: int, most: int) -> float:
    around, beside = 2 * _AROUND_CELL.pt, _BESIDE_CELL.pt
    return sum(
        max(height(shown(cell, most), size, max(width - beside, size)) for cell, width in zip(row, widths, strict=True))
        + around
        for row in rows
    )


def _heat(heat: Heat, looks: Looks) -> tuple[str, str]:
    """Ground and letters of a cell."""
    if heat in ("none", "open"):
        return WHITE, looks.ink if heat == "none" else looks.quiet
    return looks.heats[heat], WHITE if heat == "full" else looks.ink


def _whole(rows: Sequence[Sequence[str]], most: int) -> list[str]:
    """The rows of which a slide does not show everything."""
    return [
        "; ".join(cells)
        for place, cells in enumerate(rows)
        if place >= _MOST_ROWS or any(len(shown(cell)) > most for cell in cells)
    ]


def _cell(cell: Any, words: str, size: int, look: tuple[str, str], bold: bool = False, italic: bool = False) -> None:
    ground, letters = map(colour, look)
    cell.fill.solid()
    cell.fill.fore_color.rgb = ground
    cell.margin_top = cell.margin_bottom = _AROUND_CELL
    paragraph = cell.text_frame.paragraphs[0]
    if is_from_right(words):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.italic, run.font.color.rgb = Pt(size), bold, italic, letters


def _describe(frame: Any, name: str, words: str) -> None:
    """What a screen reader says of a chart or table."""
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", name)
    properties.set("descr", shown(words))
