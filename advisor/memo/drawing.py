"""A chart as SVG: bars on one scale, each below its label, in plain shapes and texts.

A library of charts measures every text before it draws, which takes longer than all else in a memo; here every text
stands where it begins or ends, and nothing depends on how wide it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from advisor.memo.blocks import Bar, Chart, Tone
from advisor.memo.looks import LOST, LOST_EDGE, USUAL, WHITE, Looks

WIDTH = 500
"""Width of every picture in pixels of 1/96 inch: wide enough for labels, narrow enough for a phone."""
BARS = "bars"
"""The class of the group that holds the parts of all bars, in their order."""
_ROW, _BAR, _KEY, _EDGE, _TOP = 36, 11, 18, 6, 19
_INNER = WIDTH - 2 * _EDGE
_FONT = "'Source Sans Pro', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"
_LABEL, _ACROSS = 56, 87
"""Characters of a label, and of a label and its figures beside each other."""

Scale = Callable[[float], float]
"""Where on the picture a value stands, in pixels from the left."""


def svg(chart: Chart, looks: Looks = USUAL) -> str:
    """The picture of a chart; the same chart gives the same text. Labels that are too long end in an ellipsis."""
    below = len(chart.bars) * _ROW
    height = below + (_KEY if chart.lines else 0) + len(chart.key) * _KEY + 2 * _EDGE
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}")
    root.attrib |= {"width": str(WIDTH), "height": str(height)}
    moved = f"translate({_EDGE},{_EDGE})"
    ground = _put(root, "g", transform=moved, fill=looks.ink, font_family=_font(looks), font_size=12)
    scale = _scale(chart)
    _draw_bars(ground, chart, looks, scale)
    _draw_labels(ground, chart)
    for line in chart.lines:
        anchor = "end" if scale(line.at) > _INNER / 2 else "start"
        _put(ground, "text", _short(line.label, 40), x=scale(line.at), y=below + 11, text_anchor=anchor)
    _draw_key(ground, chart, looks, below + (_KEY if chart.lines else 0))
    return tostring(root, encoding="unicode")


def _scale(chart: Chart) -> Scale:
    low, high = chart.span
    length = high - low if low < high else 1
    return lambda value: (value - low) / length * _INNER


def _font(looks: Looks) -> str:
    return f"'{looks.text_font.family}', {_FONT}" if looks.text_font else _FONT


def _tones(looks: Looks) -> dict[Tone, dict[str, str]]:
    """Dark, grey and an empty outline are told apart without colour."""
    return {
        "full": {"fill": looks.bars, "stroke": looks.bars},
        "lost": {"fill": LOST, "stroke": LOST_EDGE},
        "open": {"fill": WHITE, "stroke": looks.bars, "stroke_dasharray": "3,2"},
    }


def _draw_bars(ground: Element, chart: Chart, looks: Looks, scale: Scale) -> None:
    """The bars, where zero is, and what they are measured against."""
    bars, tones = _put(ground, "g", **{"class": BARS}), _tones(looks)
    for y, bar in _rows(chart.bars):
        for part, start, end in zip(bar.parts, bar.ends, bar.ends[1:], strict=False):
            left, right = sorted((scale(start), scale(end)))
            if part.length:
                _put(bars, "rect", x=left, y=y + _TOP, width=right - left, height=_BAR, **tones[part.tone])
    for y, _ in _rows(chart.bars):
        _upright(ground, scale(0), y, beyond=2, stroke=looks.quiet)
        for line in chart.lines:
            _upright(ground, scale(line.at), y, beyond=3, stroke=looks.ink, stroke_width=2)


def _upright(ground: Element, x: float, y: float, beyond: int, **looks: str | float) -> None:
    """A line across a bar, and so far beyond it."""
    _put(ground, "line", x1=x, x2=x, y1=y + _TOP - beyond, y2=y + _TOP + _BAR + beyond, **looks)


def _draw_labels(ground: Element, chart: Chart) -> None:
    """Above each bar its label at the left, and at the right its figures, which take what is left."""
    for y, bar in _rows(chart.bars):
        label = _short(bar.label, _LABEL)
        shown = _short(bar.shown, _ACROSS - len(label))
        _put(ground, "text", label, x=0, y=y + _TOP - 7)
        _put(ground, "text", shown, x=_INNER, y=y + _TOP - 7, text_anchor="end", font_weight=600)


def _draw_key(ground: Element, chart: Chart, looks: Looks, top: int) -> None:
    """What the tones mean."""
    tones = _tones(looks)
    for place, (tone, words) in enumerate(chart.key):
        y = top + place * _KEY
        _put(ground, "rect", x=0, y=y + 4, width=18, height=9, **tones[tone])
        _put(ground, "text", _short(words, 72), x=26, y=y + 12, fill=looks.quiet)


def _rows(bars: Sequence[Bar]) -> Iterator[tuple[int, Bar]]:
    """The bars with where each of them begins."""
    return ((place * _ROW, bar) for place, bar in enumerate(bars))


def _short(words: str, most: int) -> str:
    """Words that fit their place."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _put(ground: Element, kind: str, words: str = "", /, **attributes: str | float) -> Element:
    """Add an element with a text; an underscore in the name of an attribute is written as a hyphen."""
    shown = {name.replace("_", "-"): _number(each) for name, each in attributes.items()}
    element = SubElement(ground, kind, shown)
    element.text = words or None
    return element


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 3):g}"
