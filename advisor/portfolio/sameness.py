"""Does everyone get the same advice? Sentences on what does not tell the units of a portfolio apart."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.engines.outcomes import PATTERN
from advisor.portfolio.summary import Summary
from advisor.portfolio.words import Words

_MOST_NAMED = 6


def untelling(summary: Summary, words: Words) -> list[tuple[str, list[str]]]:
    """The rules that hold for all units, and those that hold for none, by their titles; each under what it is."""
    if summary.units < 2:
        return []
    rules, found = words.rulebook.rules, summary.frequencies
    groups = (("always", found.always()), ("never", found.never()))
    return [(words.say(f"dash.rules_{key}"), [rules[rule].title for rule in those]) for key, those in groups if those]


def sameness(summary: Summary, words: Words) -> Iterator[str]:
    """Sentences, the most important first; none for fewer than two units."""
    say, most = words.say, summary.advice[0] if summary.advice else None
    if most is None or summary.units < 2:
        return
    if most.units == 1:
        yield say("sameness.none")
    else:
        advice = words.advice(most.verdict, most.recommended)
        if len(summary.advice) > 1:
            yield say("sameness.same", share=words.percent(summary.share(most.units)), advice=advice)
        yield say.count("sameness.different", len(summary.advice), shown=words.number(len(summary.advice)))
    constant = [name for name in summary.frequencies.constant() if not name.startswith(PATTERN)]
    if constant:
        yield say("sameness.constant", outcomes=say.in_row([words.outcome(name) for name in constant]))
    always, never = summary.frequencies.always(), summary.frequencies.never()
    if always:
        titles = [words.rulebook.rules[rule].title for rule in always]
        named = [*titles[:_MOST_NAMED], "…"] if len(titles) > _MOST_NAMED else titles
        yield say.count("sameness.always", len(always), rules=say.in_row(named))
    if never:
        yield say.count("sameness.never", len(never))
