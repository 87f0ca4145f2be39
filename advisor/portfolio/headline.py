"""A portfolio in one sentence and a few figures."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.engines.outcomes import EROSION, VERDICT
from advisor.portfolio.summary import Summary
from advisor.portfolio.words import Words
from advisor.rulebook.model import Verdict

_MOST_NAMED = 3


def headline(summary: Summary, words: Words) -> str:
    """How many units do what: the most frequent verdicts."""
    say, counts = words.say, summary.frequencies.words_of(VERDICT)
    order = {each.name: each for each in words.rulebook.frame.verdicts}
    found = sorted((name for name in order if counts[name]), key=lambda name: -counts[name])
    most = found[:_MOST_NAMED]
    if not most:
        return say("title.nobody")
    if summary.units == 1:
        return say("title.one", what=_does(order[most[0]], 1))
    parts = [
        say("title.part", number=words.number(counts[name]), what=_does(order[name], counts[name])) for name in most
    ]
    if others := sum(counts[name] for name in found[_MOST_NAMED:]):
        parts.append(say.count("title.others", others, shown=words.number(others)))
    return say(
        "title.whole",
        units=say.count("sum.units", summary.units, shown=words.number(summary.units)),
        parts=say.listed(parts),
    )


def _does(verdict: Verdict, units: int) -> str:
    """What units with a verdict do; a sentence that needs more than their number is not used."""
    across = verdict.across
    forms = [] if across is None else [across.one, across.many] if units == 1 else [across.many, across.one]
    return next((form for form in forms if form and "{" not in form), verdict.title)


def figures(summary: Summary, words: Words) -> Iterator[tuple[str, str]]:
    """A few figures with what they say."""
    say, frame = words.say, words.rulebook.frame
    yield words.number(summary.units), say("figures.units")
    counts = summary.frequencies.words_of(VERDICT)
    now = sum(counts[each.name] for each in frame.verdicts if each.shares == "yes")
    yield _of(now, summary, words), say("figures.redeploy")
    worst = frame.erosion.levels[0]
    at_worst = summary.frequencies.words_of(EROSION).get(worst, 0)
    yield _of(at_worst, summary, words), frame.erosion.titles.get(worst, worst)
    if summary.free_hours is None:
        yield say("figures.not_known"), say("figures.hours_not_known")
    else:
        held = words.number(summary.held_hours)
        yield (
            words.number(summary.free_hours),
            say("figures.hours_held" if summary.held_units else "figures.hours", held=held),
        )
    yield _of(summary.flags["firm"], summary, words), say("figures.firm")


def _of(units: int, summary: Summary, words: Words) -> str:
    return words.say("figures.of", number=words.number(units), share=words.percent(summary.share(units)))


def hours(summary: Summary, words: Words) -> Iterator[str]:
    """In how many units hours are free, held back or still to come, and in how many demand grows."""
    free = _hours("sum.hours", summary.free_units, summary.free_hours or 0, words)
    held = _hours("sum.held", summary.held_units, summary.held_hours, words) if summary.held_units else ""
    yield f"{free} {held}".rstrip()
    if summary.later_units:
        yield _hours("sum.later", summary.later_units, summary.later_hours, words)
    growing = summary.growing_units
    yield words.say.count("sum.growing", growing, shown=words.number(growing))


def _hours(key: str, units: int, number: float, words: Words) -> str:
    return words.say.count(key, units, shown=words.number(units), hours=words.number(number))
