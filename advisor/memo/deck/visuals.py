"""Native charts and tables of a slide: whoever gets the file can edit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide as Page
from pptx.util import Emu, Length, Pt

from advisor.memo.blocks import Bar, Block, Chart, Heat, HeatMap, Table, Text
from advisor.memo.chart_series import categories_of, series_of, workbook_of
from advisor.memo.column_widths import column_widths
from advisor.memo.deck.words import BOLD, height, is_from_right, shown
from advisor.memo.looks import LOST, LOST_EDGE, NOTE_GROUND, WHITE, Looks


def colour(hexadecimal: str) -> RGBColor:
    """A colour by its name ``#rrggbb``."""
    known: Any = RGBColor
    made: RGBColor = known.from_string(hexadecimal.removeprefix("#").upper())
    return made


_SWATCHES = {"full": "■", "lost": "▨", "open": "□"}
_LABEL, _TITLE = 64, 160
_MOST_ROWS = 11
_KEY_HEIGHT, _AXIS_HEIGHT = Pt(22), 20
_CAPTION = 13
_AIRY_BAR, _BAR = 40, 24
"""Points for each bar of a chart: where there is room, and at least."""
_POINTS = (0, 100)
"""The scale of points, whose axis a chart shows; on any other the figures beside the bars say more than an axis."""
_CELLS = (200, 110, 70, 30)
"""So many characters at most a cell shows, by the room that there is."""
_LETTERS, _SMALL_LETTERS, _FEW_COLUMNS = (18, 16, 14, 12), (16, 14, 12), 5
_AIRY_LETTERS, _AROUND_ROW, _AROUND_HEAT = 14, 16, 44
"""Points of letters where there is room, and how many are left at most around a row and around that of a heat map."""
_AVERAGE = 0.5
"""The width of a letter, as a part of its size."""
_AROUND_CELL, _BESIDE_CELL = Pt(3), Pt(16)


class Box(NamedTuple):
    """A place on a slide, in EMU."""

    left: Length
    top: Length
    width: Length
    height: Length


def needed(shown: Block, width: float, *, is_airy: bool) -> float:
    """How high a chart or table is in a width, in points: with room around it, or at least; nothing is shortened."""
    if isinstance(shown, Chart):
        bars = len(shown.bars) + len(shown.lines)
        around = _caption_height(shown.title, width) + (_KEY_HEIGHT.pt if shown.key else 0) + _AXIS_HEIGHT
        return bars * (_AIRY_BAR if is_airy else _BAR) + around
    assert isinstance(shown, HeatMap | Table)
    heads, words, _ = _cells(shown)
    size = _AIRY_LETTERS if is_airy else _LETTERS[-1]
    return _total([heads, *words[:_MOST_ROWS]], _widths(shown, width, size), size, _CELLS[0])


def add_chart(page: Page, chart: Chart, box: Box, looks: Looks, *, is_named: bool) -> list[str]:
    """Stacked bars that PowerPoint draws from a workbook in the file; gives what had to be shortened, whole.

    What the chart shows stands above it, unless it is named already.
    """
    short = replace(chart, bars=tuple(map(_short, chart.bars)))
    categories = [shown(each) for each in categories_of(short)]
    series = [replace(each, name=shown(each.name, _LABEL) or " ") for each in series_of(short)]
    make: Any = CategoryChartData
    data = make(number_format="General")
    data.categories = categories
    for each in series:
        data.add_series(each.name, each.values)
    said = shown(chart.title, _TITLE)
    caption = Pt(0 if is_named else _caption_height(said, box.width.pt))
    top = Emu(box.top + caption)
    end = Emu(box.top + box.height - (_KEY_HEIGHT if chart.key else 0))
    frame: Any = page.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, box.left, top, box.width, Emu(end - top), data)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(workbook_of(categories, series))
    _style(frame.chart, chart, [each.tone for each in series], looks)
    _number_axes(frame.chart)
    _describe(frame, "chart", f"{chart.title}: {chart.alternative}")
    if not is_named:
        _line(page, "caption", said, box._replace(height=caption), looks.ink, bold=True)
    if chart.key:
        said = "     ".join(f"{_SWATCHES[tone]} {shown(words, _TITLE)}" for tone, words in chart.key)
        _line(page, "key", said, box._replace(top=end, height=_KEY_HEIGHT), looks.quiet)
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
    values.visible, values.has_major_gridlines = chart.span == _POINTS, False
    if values.visible:
        _number_points(values)
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


def _number_points(values: Any) -> None:
    """The scale of points below the bars: where the last of them is, since they run from above."""
    values.major_unit, values.major_tick_mark = 25, XL_TICK_MARK.OUTSIDE
    values.format.line.color.rgb = colour(LOST_EDGE)
    values._element.xpath("c:crosses")[0].set("val", "max")


def _line(page: Page, name: str, words: str, box: Box, ink: str, bold: bool = False) -> None:
    """One line of small words above or below a chart."""
    shape = page.shapes.add_textbox(*box)
    shape.name = name
    shape.text_frame.word_wrap = True
    paragraph = shape.text_frame.paragraphs[0]
    if is_from_right(words):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.color.rgb = Pt(_CAPTION if bold else 11), bold, colour(ink)


def add_grid(page: Page, grid: HeatMap | Table, box: Box, looks: Looks) -> list[str]:
    """A table, or a heat map with a ground for each cell; gives what had to be shortened or left out, whole."""
    heads, words, heats = _cells(grid)
    seen = words[:_MOST_ROWS]
    size, most = _fitting(grid, [heads, *seen], box)
    widths = _widths(grid, box.width.pt, size)
    frame: Any = page.shapes.add_table(len(seen) + 1, len(heads), *box)
    _describe(frame, "table", grid.title if isinstance(grid, HeatMap) else "; ".join(heads))
    table = frame.table
    table.horz_banding = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    around = _AROUND_HEAT if isinstance(grid, HeatMap) else _AROUND_ROW
    spare = (box.height.pt - _total([heads, *seen], widths, size, most)) / (len(seen) + 1)
    for row, cells in zip(table.rows, [heads, *seen], strict=True):
        row.height = Pt(_total([cells], widths, size, most) + min(max(spare, 0), around))
    for place, head in enumerate(heads):
        _cell(table.cell(0, place), shown(head, most), size, (NOTE_GROUND, looks.quiet), bold=True)
    for at, (cells, heat) in enumerate(zip(seen, heats, strict=False), 1):
        for place, (cell, each) in enumerate(zip(cells, heat, strict=True)):
            _cell(table.cell(at, place), shown(cell, most), size, _heat(each, looks), italic=each == "open")
    return _whole(words, most)


def rows_of(grid: HeatMap | Table) -> list[str]:
    """A table in words, a line for each row."""
    return ["; ".join(cells) for cells in _cells(grid)[1]]


def _cells(grid: HeatMap | Table) -> tuple[Sequence[str], list[list[str]], list[list[Heat]]]:
    """The heads of a table, its rows, and how dark each cell is."""
    words = [[f"{cell.lead} {cell.words}".strip() for cell in row] for row in _rows(grid)]
    if isinstance(grid, HeatMap):
        return grid.heads, words, [["none", *(heat for _, heat in row.cells)] for row in grid.rows]
    return tuple(column.head for column in grid.columns), words, [["none"] * len(grid.columns) for _ in words]


def _rows(grid: HeatMap | Table) -> Sequence[Sequence[Text]]:
    return grid.texts if isinstance(grid, HeatMap) else grid.rows


def _widths(grid: HeatMap | Table, width: float, size: float) -> list[float]:
    """The widths of the columns, in points, with letters of a size."""
    heads = grid.heads if isinstance(grid, HeatMap) else [column.head for column in grid.columns]
    return [width * share for share in column_widths(heads, _rows(grid), width / (size * _AVERAGE))]


def _fitting(grid: HeatMap | Table, rows: Sequence[Sequence[str]], box: Box) -> tuple[int, int]:
    """The size of letters and the most characters of a cell with which all rows fit into a box."""
    sizes = _LETTERS if len(rows[0]) <= _FEW_COLUMNS else _SMALL_LETTERS
    pairs = [(size, most) for most in _CELLS for size in sizes]
    width, room = box.width.pt, box.height.pt
    fits = ((size, most) for size, most in pairs if _total(rows, _widths(grid, width, size), size, most) <= room)
    return next(fits, pairs[-1])


def _caption_height(title: str, width: float) -> float:
    return height(shown(title, _TITLE), _CAPTION, width, BOLD) + _KEY_HEIGHT.pt / 3


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
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
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
