"""A chart as SVG through Vega: one fixed specification, into which a chart goes as data."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import vl_convert

from advisor.memo.blocks import Bar, Chart, ReferenceLine, Tone
from advisor.memo.looks import LOST, LOST_EDGE, USUAL, WHITE, Looks

WIDTH = 500
"""Width of every picture in pixels of 1/96 inch: wide enough for labels, narrow enough for a phone."""
_ROW, _BAR, _KEY, _EDGE = 36, 11, 18, 6
_FONT = "'Source Sans Pro', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"
_LABEL, _ACROSS = 56, 87
"""Characters of a label, and of a label and its figures beside each other."""


@lru_cache(maxsize=256)
def svg(chart: Chart, looks: Looks = USUAL) -> str:
    """The picture of a chart; the same chart gives the same text. Labels that are too long end in an ellipsis."""
    below = len(chart.bars) * _ROW
    height = below + (_KEY if chart.lines else 0) + len(chart.key) * _KEY
    drawn: str = vl_convert.vega_to_svg(
        {
            "width": WIDTH - 2 * _EDGE,
            "height": height,
            "padding": _EDGE,
            "autosize": "none",
            "config": {"text": {"font": _font(looks), "fontSize": 12, "fill": looks.ink}},
            "scales": [{"name": "x", "type": "linear", "domain": _domain(chart), "range": "width"}],
            "data": [{"name": name, "values": values} for name, values in _data(chart, below, _tones(looks)).items()],
            "marks": _marks(looks),
        }
    )
    return drawn


def _tones(looks: Looks) -> dict[Tone, dict[str, Any]]:
    """Dark, grey and an empty outline are told apart without colour."""
    return {
        "full": {"fill": looks.bars, "stroke": looks.bars, "dash": []},
        "lost": {"fill": LOST, "stroke": LOST_EDGE, "dash": []},
        "open": {"fill": WHITE, "stroke": looks.bars, "dash": [3, 2]},
    }


def _font(looks: Looks) -> str:
    return f"'{looks.text_font.family}', {_FONT}" if looks.text_font else _FONT


def _domain(chart: Chart) -> list[float]:
    low, high = chart.span
    return [low, high] if low < high else [low, low + 1]


def _data(chart: Chart, below: int, tones: dict[Tone, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    rows = [(place * _ROW, bar) for place, bar in enumerate(chart.bars)]
    return {
        "labels": [{"y": y, **_named(bar)} for y, bar in rows],
        "parts": [
            {"y": y, "from": start, "to": end, **tones[part.tone]}
            for y, bar in rows
            for part, start, end in zip(bar.parts, bar.ends, bar.ends[1:], strict=False)
            if part.length
        ],
        "zeros": [{"y": y} for y, _ in rows],
        "rules": [{"y": y, "at": line.at} for y, _ in rows for line in chart.lines],
        "lines": [
            {"y": below, "at": line.at, "label": _short(line.label, 40), "align": _side(line, chart)}
            for line in chart.lines
        ],
        "key": [
            {"y": below + (place + bool(chart.lines)) * _KEY, "label": _short(words, 72), **tones[tone]}
            for place, (tone, words) in enumerate(chart.key)
        ],
    }


def _named(bar: Bar) -> dict[str, str]:
    """What stands above a bar: its label at the left, and at the right its figures, which take what is left."""
    label = _short(bar.label, _LABEL)
    return {"label": label, "shown": _short(bar.shown, _ACROSS - len(label))}


def _short(words: str, most: int) -> str:
    """Words that fit their place; Vega's own limit cuts some characters in two."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _side(line: ReferenceLine, chart: Chart) -> str:
    """On which side of a line its label has room."""
    low, high = _domain(chart)
    return "left" if line.at <= (low + high) / 2 else "right"


def _mark(kind: str, data: str, **channels: Any) -> dict[str, Any]:
    shown = {name: value if isinstance(value, dict) else {"value": value} for name, value in channels.items()}
    # What a screen reader says is the alternative text, not the single marks.
    return {"type": kind, "from": {"data": data}, "aria": False, "encode": {"update": shown}}


def _at(field: str) -> dict[str, str]:
    return {"scale": "x", "field": field}


def _below(offset: int) -> dict[str, Any]:
    return {"field": "y", "offset": offset}


_TONE = {"fill": {"field": "fill"}, "stroke": {"field": "stroke"}, "strokeDash": {"field": "dash"}}
_TOP = 19


def _marks(looks: Looks) -> list[dict[str, Any]]:
    return [
        _mark("rect", "parts", x=_at("from"), x2=_at("to"), y=_below(_TOP), height=_BAR, **_TONE),
        _mark(
            "rule",
            "zeros",
            x={"scale": "x", "value": 0},
            y=_below(_TOP - 2),
            y2=_below(_TOP + _BAR + 2),
            stroke=looks.quiet,
        ),
        _mark(
            "rule",
            "rules",
            x=_at("at"),
            y=_below(_TOP - 3),
            y2=_below(_TOP + _BAR + 3),
            stroke=looks.ink,
            strokeWidth=2,
        ),
        _mark("text", "labels", x=0, y=_below(_TOP - 7), text={"field": "label"}),
        _mark(
            "text",
            "labels",
            x={"signal": "width"},
            y=_below(_TOP - 7),
            text={"field": "shown"},
            align="right",
            fontWeight=600,
        ),
        _mark("text", "lines", x=_at("at"), y=_below(11), text={"field": "label"}, align={"field": "align"}),
        _mark("rect", "key", x=0, y=_below(4), width=18, height=9, **_TONE),
        _mark("text", "key", x=26, y=_below(12), text={"field": "label"}, fill=looks.quiet),
    ]
