"""A portfolio at a terminal: a line for each unit, then what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from textwrap import wrap

from advisor.engines.outcomes import EROSION, FIRST, NO_VERDICT, PREPARATION, VERDICT
from advisor.portfolio.headline import hours
from advisor.portfolio.results import FREE_HOURS, RECOMMENDED
from advisor.portfolio.run import Done
from advisor.portfolio.sameness import sameness
from advisor.portfolio.sources.heads import ORGANISATION, UNIT
from advisor.portfolio.summary import NOT_YET, Summary, erosion_told
from advisor.portfolio.words import Words

MOST_UNITS = 200
"""Lines of units at a terminal or in a pipe; files have them all."""
LEAST_WIDTH = 60
"""Columns without which a line says nothing."""
_MARKS = {"in_place": "+", "partial": "~", "missing": "-", "not_assessed": "?"}
_EROSION, _NAME, _VERDICT = 22, 35, 41
"""How many hundredths of the room erosion gets at most, and of what is left name and verdict; the use has the rest."""
_HOURS, _BAR, _LABEL, _FIGURES = 7, 20, 38, 60


def table(done: Done, summary: Summary, words: Words, width: int) -> Iterator[str]:
    """The lines of a whole portfolio."""
    if summary.units:
        yield from _units(done, summary, words, width)
        yield ""
        yield from _sums(summary, words, width)
        yield ""
        for sentence in _told(summary, words):
            yield from wrap(sentence, width, subsequent_indent="  ")
    else:
        yield words.say("units.nobody")


def _units(done: Done, summary: Summary, words: Words, width: int) -> Iterator[str]:
    say = words.say
    preparations = words.rulebook.frame.preparations
    marks = "".join(each.title[0] for each in preparations)
    room = _room(width - len(marks) - _HOURS - 5, words)
    unit, verdict, use, erosion, hours = (
        say(f"units.{name}") for name in ("unit", "verdict", "use", "erosion", "hours")
    )
    yield _line([unit, verdict, use], marks, erosion, hours, room)
    yield "-" * width
    told = (frame.with_columns(erosion_told()) for frame in done.frames())
    rows = (row for frame in told for row in frame.iter_rows(named=True))
    for row in islice(rows, MOST_UNITS):
        name = row[UNIT] if summary.organisations == 1 else f"{row[UNIT]}, {row[ORGANISATION]}"
        state = "".join(_MARKS.get(row[each.name], "?") for each in preparations)
        hours = "" if row[FREE_HOURS] is None else words.number(row[FREE_HOURS])
        cells = [name, words.verdicts[row[VERDICT] or NO_VERDICT], _uses(row[RECOMMENDED], words, room[2])]
        yield _line(cells, state, _erosion(row[EROSION], words), hours, room)
    if summary.units > MOST_UNITS:
        yield say.count("units.more", summary.units - MOST_UNITS, shown=words.number(summary.units - MOST_UNITS))
    initials = ", ".join(f"{each.title[0]} {each.word}" for each in preparations)
    yield from wrap(say("units.legend", preparations=initials), width)


def _room(columns: int, words: Words) -> tuple[int, int, int, int]:
    """The widths of name, verdict, use and erosion, which together have so many columns."""
    levels = [_erosion(level, words) for level in (*words.rulebook.frame.erosion.levels, NOT_YET)]
    erosion = min(max(map(len, levels)), columns * _EROSION // 100)
    name, verdict = ((columns - erosion) * share // 100 for share in (_NAME, _VERDICT))
    return name, verdict, columns - erosion - name - verdict, erosion


def _uses(recommended: str | None, words: Words, width: int) -> str:
    """The first use by its title, and how many more there are."""
    if not recommended:
        return ""
    first, *others = recommended.split(", ")
    more = f" +{len(others)}" if others else ""
    return shortened(words.patterns[first], width - len(more)) + more


def _erosion(level: str, words: Words) -> str:
    return _MARKS.get(level) or (words.say("units.not_yet") if level == NOT_YET else words.word(EROSION, level))


def _line(cells: list[str], marks: str, erosion: str, hours: str, room: tuple[int, int, int, int]) -> str:
    *widths, last = room
    parts = [f"{shortened(cell, width):<{width}}" for cell, width in zip(cells, widths, strict=True)]
    parts += [marks, f"{shortened(erosion, last):<{last}}"]
    return (" ".join(parts) + f" {hours:>{_HOURS}}").rstrip()


def shortened(text: str, width: int) -> str:
    """A text in at most `width` characters: cut between words, or within one where that would lose much."""
    if len(text) <= width:
        return text
    begun = text[: width - 1]
    whole = begun if text[width - 1] == " " else begun.rpartition(" ")[0]
    return (whole if 5 * len(whole) >= 4 * len(begun) else begun).rstrip(" ,;:") + "…"


def _sums(summary: Summary, words: Words, width: int) -> Iterator[str]:
    say = words.say
    parts = (("units", summary.units), ("organisations", summary.organisations))
    units, organisations = (say.count(f"sum.{name}", many, shown=words.number(many)) for name, many in parts)
    yield from wrap(say("sum.heading", units=units, organisations=organisations), width)
    if summary.blank:
        yield from wrap(say.count("sum.blank", summary.blank, shown=words.number(summary.blank)), width)
    most = min(_BAR, width - _FIGURES)
    names = [PREPARATION + each.name for each in words.rulebook.frame.preparations]
    for outcome in (VERDICT, FIRST, *names, EROSION):
        yield from ("", words.outcome(outcome))
        counts = {words.word(outcome, word): count for word, count in summary.frequencies.words_of(outcome).items()}
        found = {label: count for label, count in counts.items() if count}
        widest = max(_LABEL, *map(len, found))
        for label, count in found.items():
            share = summary.share(count)
            bar = "#" * min(most, max(1, round(most * share / 100)))
            yield f"  {label:<{widest}} {count:>{_LABEL + 10 - widest},} {words.percent(share):>6}  {bar}".rstrip()


def _told(summary: Summary, words: Words) -> Iterator[str]:
    """What is said in sentences."""
    yield from hours(summary, words)
    yield from sameness(summary, words)
