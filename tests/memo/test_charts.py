"""Charts that show the figures of the advice, and nothing that nobody knows."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given

from advisor.memo import memo_of
from advisor.memo.blocks import Bar, BarPart, Chart, ReferenceLine, Tone
from advisor.memo.drawing import BARS, svg
from tests.memo.documents import client_texts
from tests.memo.samples import PROFILES, advice, bare_advice

_SVG = "{http://www.w3.org/2000/svg}"


def _charts(name: str) -> list[Chart]:
    return [block for block in memo_of(advice(name)).blocks if isinstance(block, Chart)]


def _one_bar(**parts: object) -> Chart:
    chart = {"title": "t", "bars": (Bar("b", "1", (BarPart(1, "full"),)),), "span": (0, 1), "alternative": "a"}
    return Chart(**{**chart, **parts})  # type: ignore[arg-type]


def _parts(chart: Chart) -> list[ElementTree.Element]:
    """The drawn parts of the bars."""
    groups = ElementTree.fromstring(svg(chart)).iter(f"{_SVG}g")
    return list(next(each for each in groups if each.get("class") == BARS))


def _texts(picture: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(picture).iter(f"{_SVG}text")]


@pytest.mark.parametrize("name", PROFILES)
def test_a_chart_shows_something_and_says_it_all(name):
    for chart in _charts(name):
        assert any(part.length for bar in chart.bars for part in bar.parts)
        words = [words for bar in chart.bars for words in (bar.label, bar.shown)] + [each.label for each in chart.lines]
        assert [each for each in words if each not in chart.alternative] == []
        low, high = chart.span
        assert all(low <= end <= high for bar in chart.bars for end in bar.ends)
        assert all(low <= line.at <= high for line in chart.lines)


@pytest.mark.parametrize("name", PROFILES)
def test_every_word_of_a_chart_is_in_its_picture(name):
    """So none of them is too long for its place."""
    for chart in _charts(name):
        words = [words for bar in chart.bars for words in (bar.label, bar.shown)]
        words += [line.label for line in chart.lines] + [words for _, words in chart.key]
        assert sorted(_texts(svg(chart))) == sorted(words)


def test_bars_are_as_long_as_their_figures():
    bars = (Bar("a", "2", (BarPart(2, "full"), BarPart(1, "open"))), Bar("b", "1", (BarPart(-1, "lost"),), start=4))
    group = _parts(_one_bar(bars=bars, span=(0, 4), lines=(ReferenceLine("l", 3),)))
    widths = [float(part.get("width", "")) for part in group]
    assert [width / widths[1] for width in widths] == pytest.approx([2, 1, 1])


def test_tones_differ_in_lightness():
    """In greyscale and for those who see colours otherwise; the outline is dashed besides."""
    tones: tuple[Tone, ...] = ("full", "lost", "open")
    chart = _one_bar(bars=(Bar("a", "3", tuple(BarPart(1, tone) for tone in tones)),), span=(0, 3))
    group = _parts(chart)
    fills = [part.get("fill", "").removeprefix("#") for part in group]
    greys = [
        sum(share * int(fill[place : place + 2], 16) for share, place in ((0.299, 0), (0.587, 2), (0.114, 4))) / 255
        for fill in fills
    ]
    assert len(set(fills)) == len(tones)
    assert greys[1] - greys[0] > 1 / 3
    assert greys[2] - greys[1] > 1 / 8
    dashed = [bool(part.get("stroke-dasharray")) for part in group]
    assert dashed == [False, False, True]


@given(client_texts())
def test_a_text_in_a_chart_is_text(text):
    """However long; what does not fit ends in an ellipsis."""
    picture = svg(_one_bar(bars=(Bar(text, text, (BarPart(1, "full"),)),), key=(("full", text),)))
    for shown in _texts(picture):
        assert text.startswith(shown.removesuffix("…"))


def test_the_same_chart_gives_the_same_picture():
    first, second = (_one_bar(title=title) for title in ("one", "two"))
    assert svg(first) == svg(second)


def test_support_is_drawn_as_it_was_computed():
    _hours_of_units, chart, *_ = _charts("healthy-insurer")
    results = advice("healthy-insurer").document.units[0].patterns
    assert [bar.ends for bar in chart.bars] == [(0, each.low, each.high) for each in results]
    assert "only “More volume, same team”" in chart.title


def test_nothing_is_drawn_where_nothing_is_known():
    assert not any("support" in chart.title for chart in _charts("article-example"))


def test_parts_follow_one_another():
    bar = Bar("a", "", (BarPart(2, "full"), BarPart(3, "open")), start=1)
    assert [end - start for start, end in pairwise(bar.ends)] == [2, 3]


def _chart(name: str, label: str) -> Chart:
    """The first chart with a bar of that label."""
    return next(chart for chart in _charts(name) if label in {bar.label for bar in chart.bars})


def test_hours_fall_from_step_to_step_and_are_shared_out_whole():
    chart = _chart("healthy-insurer", "Gross hours")
    unit = advice("healthy-insurer").document.units[0]
    gross, net, realisable, *uses = chart.bars
    known = [unit.capacity[name] for name in ("gross_hours_per_day", "net_hours_per_day", "realisable_hours_per_day")]
    assert [bar.parts[0].length for bar in (gross, net, realisable)] == pytest.approx(known)
    for before, after in pairwise((gross, net, realisable)):
        assert after.ends[-1] == pytest.approx(before.parts[0].length)
    assert [end for bar in uses for end in bar.ends] == pytest.approx([0, 20.655, 20.655, 22.95])
    assert chart.title == "Of 36 h a day (gross hours), 23 h a day remain (hours that can be used)"


def test_steps_end_where_hours_are_not_one_number():
    chart = _chart("article-example", "Gross hours")
    assert [bar.label for bar in chart.bars] == ["Gross hours", "Net hours"]
    assert [bar.shown for bar in chart.bars] == ["about 13 h a day", "about 8 h a day"]


def test_a_gap_lies_between_the_two_views():
    chart = _chart("healthy-insurer", "Clarity")
    for bar, result in zip(chart.bars, advice("healthy-insurer").document.units[0].preparations, strict=True):
        assert result.manager is not None
        assert result.staff is not None
        assert bar.ends == pytest.approx((0, *sorted((result.manager, result.staff))))
    assert chart.title == "Clarity is where managers and staff see most differently: 20 points apart"
    assert "Authority: managers 92, staff 77" in chart.alternative


def test_an_indicator_is_dark_where_it_is_red_and_then_past_its_line():
    seen = 0
    for name in PROFILES:
        for chart in _charts(name):
            if chart.lines and chart.lines[0].label.startswith("each threshold"):
                for bar in chart.bars:
                    assert (bar.parts[0].tone == "full") == (bar.ends[-1] >= 1)
                    assert (f"“{bar.label}”" in chart.title and "Past" in chart.title) == (bar.ends[-1] >= 1)
                    seen += bar.ends[-1] >= 1
    assert seen


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", PROFILES)
def test_no_word_of_a_sample_is_cut_in_its_charts(name, language):
    charts = [block for block in memo_of(bare_advice(name, language)).blocks if isinstance(block, Chart)]
    assert [word for chart in charts for word in _texts(svg(chart)) if word.endswith("…")] == []


def test_figures_take_the_room_that_a_short_label_leaves():
    shown = "managers 83, staff at least 70 of 100, and nobody else"
    parts = (BarPart(1, "full"),)
    assert shown in _texts(svg(_one_bar(bars=(Bar("Clarity", shown, parts),))))
    wide = Bar("A label of its own length, as wide as a label may get", shown, parts)
    assert shown not in _texts(svg(_one_bar(bars=(wide,))))
