"""The freed hours step by step, down to what each use gets, as bars."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.model import Number
from advisor.memo.answer import verdict
from advisor.memo.blocks import Bar, BarPart, Chart, Tone
from advisor.memo.charts import chart_of
from advisor.memo.view import View


def waterfall(view: View) -> list[Chart]:
    """The steps as far as each is one number, and the uses once all of them are; a single number is no chart."""
    frame = view.rulebook.frame
    end = frame.selection.hours
    unit = view.rulebook.measures[end].unit
    chain = [name for name in frame.capacity.values() if view.rulebook.measures[name].unit == unit]
    steps = _settled([*chain, end], view)
    shared_out = steps[-1:] == [end]
    if shared_out and len(steps) > 1 and view.number(end) == view.number(steps[-2]):
        steps.pop()
    if len(steps) < 2 or view.number(steps[0]) <= 0:
        return []
    bars = list(_steps(steps, view))
    if shared_out:
        bars += _uses(end, view)
    title = view.say(
        "chart.capacity",
        start=view.value(steps[0]),
        first=view.say.within(view.label(steps[0])),
        end=view.value(steps[-1]),
        last=view.say.within(view.label(steps[-1])),
    )
    key: dict[Tone, str] = {
        "full": view.say("chart.left"),
        "open": view.say("chart.target"),
        "lost": view.say("chart.away"),
    }
    return chart_of(title, bars, key, view.say)


def _settled(names: list[str], view: View) -> list[str]:
    """The first names, up to one that is no single number."""
    place = next((place for place, name in enumerate(names) if not _is_number(name, view)), len(names))
    return names[:place]


def _is_number(name: str, view: View) -> bool:
    return view.applies(name) and view.is_settled(name)


def _steps(names: list[str], view: View) -> Iterator[Bar]:
    """Each step with what is left, and what fell away since the step before."""
    before = 0.0
    for name in names:
        left = view.number(name)
        away = (BarPart(before - left, "lost"),) if 0 <= left < before else ()
        yield Bar(view.label(name), view.value(name), (BarPart(left, "full"), *away))
        before = left


def _uses(name: str, view: View) -> Iterator[Bar]:
    """What each recommended use gets of the last step, one after the other, and the reserve."""
    shares: list[tuple[str, Number]] = [
        (each.title, each.share_pct) for each in view.unit.patterns if each.share_pct is not None
    ]
    if not shares or not view.number(name) > 0:
        return
    if view.unit.reserve_pct:
        shares.append((view.say("chart.reserve"), view.unit.reserve_pct))
    leading = verdict(view)
    tone: Tone = "full" if leading and leading.shares == "yes" else "open"
    start = 0.0
    for label, percent in shares:
        length = view.number(name) * float(percent) / 100
        shown = view.say("chart.part", value=view.figures.part_of(name, percent), share=view.figure(percent))
        yield Bar(label, shown, (BarPart(length, tone),), start)
        start += length
