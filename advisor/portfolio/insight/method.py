"""What stands around a portfolio: what it was made from, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.portfolio.insight.overview import Overview
from advisor.portfolio.results import PLAIN
from advisor.portfolio.sources.part import HINTS
from advisor.portfolio.words import Words
from advisor.version import __version__

_MOST_FILES = 3


def about(overview: Overview, words: Words) -> Iterator[tuple[str, str]]:
    """Labels with what they say of the portfolio."""
    say, summary, frame = words.say, overview.summary, overview.rulebook.frame
    yield say("about.organisations"), words.number(summary.organisations)
    yield say("about.units"), words.number(summary.units)
    if summary.blank:
        yield say("about.blank"), _more([overview.called(*each) for each in overview.blank], summary.blank, words)
    if summary.rejected:
        yield say("about.rejected"), words.number(summary.rejected)
    yield say("about.files"), _more(overview.files[:_MOST_FILES], len(overview.files), words)
    yield say("about.rulebook"), f"{frame.name} {frame.version}"


def _more(named: Sequence[str], number: int, words: Words) -> str:
    """The first of so many by name, and how many more there are."""
    more = number - len(named)
    return (
        words.say("about.more", names=", ".join(named), number=words.number(more)) if more else words.say.listed(named)
    )


def method(overview: Overview, words: Words) -> Iterator[str]:
    """How the figures came about, what was left out, and which versions made them."""
    say, flags, frame = words.say, overview.summary.flags, overview.rulebook.frame
    yield say("dash.method_text")
    for flag, key in ((PLAIN, "plain"), ("withheld", "withheld"), (HINTS, "hints")):
        if flags[flag]:
            yield say.count(f"dash.method_{key}", flags[flag])
    if overview.reject_codes:
        codes = [f"{code} {words.number(count)}" for code, count in sorted(overview.reject_codes.items())]
        yield say("dash.method_rejects", codes=", ".join(codes))
    yield say(
        "dash.made_with",
        version=__version__,
        rulebook=frame.name,
        rulebook_version=frame.version,
        digest=overview.rulebook.digest,
    )
