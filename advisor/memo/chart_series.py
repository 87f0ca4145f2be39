"""A chart as the columns of a table, for programs that draw stacked bars themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal, get_args

from xlsxwriter import Workbook

from advisor.memo.blocks import Chart, Tone

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Series:
    """The lengths of all bars in one tone; `before` is what stands before bars, unseen, `line` a reference line."""

    name: str
    tone: Tone | Literal["before", "line"]
    values: tuple[float, ...]


def categories_of(chart: Chart) -> list[str]:
    """What stands beside each bar: its label with its figures, then the reference lines, each a bar of its own."""
    return [*(f"{bar.label}: {bar.shown}" for bar in chart.bars), *(line.label for line in chart.lines)]


def series_of(chart: Chart) -> list[Series]:
    """What stands before the bars, then the tones that occur, then the reference lines."""
    none, marks = (0.0,) * len(chart.bars), tuple(float(line.at) for line in chart.lines)
    blank, words = (0.0,) * len(marks), dict(chart.key)
    series = [Series(" ", "before", tuple(float(bar.start) for bar in chart.bars) + blank)]
    tones: tuple[Tone, ...] = get_args(Tone)
    for tone in tones:
        lengths = tuple(sum((part.length for part in bar.parts if part.tone == tone), 0.0) for bar in chart.bars)
        if any(lengths):
            series.append(Series(words.get(tone, chart.title), tone, lengths + blank))
    return [*series, Series(" ", "line", none + marks)] if marks else series


def workbook_of(categories: Sequence[str], series: Sequence[Series]) -> bytes:
    """The workbook from which a chart can be edited: categories below A1, series from B1 on; every text is text."""
    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": _NO_DATE})
    sheet = workbook.add_worksheet("Sheet1")
    for column, each in enumerate(series, 1):
        sheet.write_string(0, column, each.name)
        sheet.write_column(1, column, each.values)
    for row, name in enumerate(categories, 1):
        sheet.write_string(row, 0, name)
    workbook.close()
    return file.getvalue()
