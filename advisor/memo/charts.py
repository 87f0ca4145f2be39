"""The charts of a memo: what each part shows as bars, in words as well as in figures."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.memo.blocks import Bar, Chart, ReferenceLine, Tone
from advisor.phrases import Phrases


def chart_of(
    title: str,
    bars: Sequence[Bar],
    key: dict[Tone, str],
    say: Phrases,
    lines: Sequence[ReferenceLine] = (),
    whole: float = 0,
) -> list[Chart]:
    """A chart whose scale holds zero, `whole`, all bars and lines, and whose key names the tones that occur.

    None where no bar would have a length.
    """
    values = [0, whole, *(line.at for line in lines), *(end for bar in bars for end in bar.ends)]
    used = {part.tone for bar in bars for part in bar.parts if part.length}
    if not used:
        return []
    figures = [say("chart.figure", label=bar.label, shown=bar.shown) for bar in bars]
    said = [say("chart.bars", figures=say.in_row(figures))]
    said += [say("chart.lines", lines=say.in_row([line.label for line in lines]))] if lines else []
    chart = Chart(
        title=title,
        bars=tuple(bars),
        span=(min(values), max(values)),
        alternative=" ".join(said),
        lines=tuple(lines),
        key=tuple((tone, words) for tone, words in key.items() if tone in used) if len(used) > 1 else (),
    )
    return [chart]
