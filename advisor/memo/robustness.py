"""How robust the advice is: how often it stays while inputs and thresholds vary, and a tornado of what decides it."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.advice.model import DriverResult, RobustnessResult
from advisor.advice.robustness_lines import RobustnessLines
from advisor.memo.blocks import Bar, BarPart, Block, Bullets, Chart, Paragraph, ReferenceLine, Text
from advisor.memo.charts import chart_of
from advisor.memo.view import View

_MOST_BARS = 8


def robustness_part(view: View) -> list[Block]:
    """The sentence, the tornado, its bars in words, and what was varied; nothing where it was not asked for."""
    found = view.unit.robustness
    if found is None:
        return []
    lines = RobustnessLines(view.rulebook, view.currency)
    share, drivers = found.headline.share_pct, found.drivers[:_MOST_BARS]
    if share is None:
        unknown = view.heading(view.say("robustness.heading_unknown"))
        return [unknown, Paragraph(Text(" ".join((found.says, *lines.basis(found)))))]
    blocks: list[Block] = [view.heading(view.say("robustness.heading", share=lines.of_hundred(share)))]
    blocks += [Paragraph(Text(" ".join((found.says, *lines.others(found)))))]
    blocks += _tornado(found, drivers, lines, view)
    blocks += [Bullets(tuple(_ends_in_words(each, lines, view) for each in drivers))] if drivers else []
    return [*blocks, Paragraph(Text(" ".join(lines.basis(found))))]


def _tornado(
    found: RobustnessResult, drivers: Sequence[DriverResult], lines: RobustnessLines, view: View
) -> list[Chart]:
    if not drivers:
        return []
    share = float(found.headline.share_pct or 0)
    line = ReferenceLine(view.say("robustness.all", share=lines.of_hundred(share)), share)
    least, most = (lines.of_hundred(end) for end in _ends(drivers[0]))
    title = view.say("robustness.chart", name=lines.quoted(drivers[0].name), most=most, least=least)
    return chart_of(title, [_bar(each, lines, view) for each in drivers], {}, view.say, [line], whole=100)


def _ends(driver: DriverResult) -> list[float]:
    return sorted((float(driver.at_low_pct), float(driver.at_high_pct)))


def _bar(driver: DriverResult, lines: RobustnessLines, view: View) -> Bar:
    low, high = _ends(driver)
    first, last = lines.briefly(driver.at_low_pct), lines.briefly(driver.at_high_pct)
    shown = view.say("robustness.shown", at_low=first, at_high=last)
    return Bar(view.label(driver.name), shown, (BarPart(high - low, "full"),), start=low)


def _ends_in_words(driver: DriverResult, lines: RobustnessLines, view: View) -> Text:
    """How often the advice stays at both ends; of a threshold also what it is set at, and why."""
    ends = lines.ends(driver)
    words = f"{ends[:1].upper()}{ends[1:]}."
    if driver.kind == "answer":
        return Text(words, f"{view.label(driver.name)}.", view.origin_of([driver.name], ()))
    parameter = view.rulebook.parameters[driver.name]
    lead = view.say("robustness.set_at", name=view.label(driver.name), value=view.exact(driver.name))
    return Text(f"{words} {parameter.why}", f"{lead}.", view.origin_of((), parameter.sources))
