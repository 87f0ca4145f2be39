"""A portfolio at a terminal: a line for each unit, then what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from textwrap import wrap

from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.portfolio.headline import hours
from advisor.portfolio.results import FREE_HOURS, RECOMMENDED
from advisor.portfolio.run import Done
from advisor.portfolio.sameness import sameness
from advisor.portfolio.sources.heads import ORGANISATION, UNIT
from advisor.portfolio.summary import Summary, erosion_told
from advisor.portfolio.words import Words

MOST_UNITS = 200
"""Lines of units at a terminal or in a pipe; files have them all."""
_MARKS = {"in_place": "+", "partial": "~", "missing": "-", "not_assessed": "?"}
_VERDICT, _USE, _EROSION, _HOURS, _BAR, _LABEL = 22, 15, 8, 7, 20, 38


def table(done: Done, summary: Summary, words: Words, width: int) -> Iterator[str]:
    """The lines of a whole portfolio."""
    if summary.units:
        yield from _units(done, summary, words, width)
        yield ""
        yield from _sums(summary, words)
        yield ""
        for sentence in _told(summary, words):
            yield from wrap(sentence, width, subsequent_indent="  ")
    else:
        yield words.say("units.nobody")


def _units(done: Done, summary: Summary, words: Words, width: int) -> Iterator[str]:
    say = words.say
    preparations = words.rulebook.frame.preparations
    marks = "".join(each.title[0] for each in preparations)
    left = width - _VERDICT - _USE - len(marks) - _EROSION - _HOURS - 5
    heads = [say(f"units.{name}") for name in ("unit", "verdict", "use", "erosion", "hours")]
    yield _line(heads[:3], marks, heads[3], heads[4], left)
    yield "-" * width
    told = (frame.with_columns(erosion_told()) for frame in done.frames())
    rows = (row for frame in told for row in frame.iter_rows(named=True))
    for row in islice(rows, MOST_UNITS):
        name = row[UNIT] if summary.organisations == 1 else f"{row[UNIT]}, {row[ORGANISATION]}"
        state = "".join(_MARKS.get(row[each.name], "?") for each in preparations)
        hours = "" if row[FREE_HOURS] is None else words.number(row[FREE_HOURS])
        cells = [name, row[VERDICT] or "", row[RECOMMENDED] or ""]
        yield _line(cells, state, _MARKS.get(row[EROSION], row[EROSION]), hours, left)
    if summary.units > MOST_UNITS:
        yield say.count("units.more", summary.units - MOST_UNITS, shown=words.number(summary.units - MOST_UNITS))
    initials = ", ".join(f"{each.title[0]} {each.title.lower()}" for each in preparations)
    yield from wrap(say("units.legend", preparations=initials), width)


def _line(cells: list[str], marks: str, erosion: str, hours: str, left: int) -> str:
    name, verdict, use = cells
    parts = [_cut(name, left), _cut(verdict, _VERDICT), _cut(use, _USE), marks, _cut(erosion, _EROSION)]
    return (" ".join(parts) + f" {hours:>{_HOURS}}").rstrip()


def _cut(text: str, width: int) -> str:
    return f"{text if len(text) <= width else text[: width - 1] + '…':<{width}}"


def _sums(summary: Summary, words: Words) -> Iterator[str]:
    say = words.say
    parts = (("units", summary.units), ("organisations", summary.organisations))
    units, organisations = (say.count(f"sum.{name}", many, shown=words.number(many)) for name, many in parts)
    yield say("sum.heading", units=units, organisations=organisations)
    if summary.blank:
        yield say.count("sum.blank", summary.blank, shown=words.number(summary.blank))
    names = [PREPARATION + each.name for each in words.rulebook.frame.preparations]
    for outcome in (VERDICT, FIRST, *names, EROSION):
        yield from ("", words.outcome(outcome))
        counts = {words.word(outcome, word): count for word, count in summary.frequencies.words_of(outcome).items()}
        found = {label: count for label, count in counts.items() if count}
        widest = max(_LABEL, *map(len, found))
        for label, count in found.items():
            share = summary.share(count)
            bar = "#" * max(1, round(_BAR * share / 100))
            yield f"  {label:<{widest}} {count:>{_LABEL + 10 - widest},} {words.percent(share):>6}  {bar}"


def _told(summary: Summary, words: Words) -> Iterator[str]:
    """What is said in sentences."""
    yield from hours(summary, words)
    yield from sameness(summary, words)
