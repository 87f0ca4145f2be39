"""What stands around a portfolio: what it was made from, and how."""

from __future__ import annotations

from collections.abc import Iterator

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
    if summary.rejected:
        yield say("about.rejected"), words.number(summary.rejected)
    named, more = overview.files[:_MOST_FILES], len(overview.files) - _MOST_FILES
    files = say.listed(named)
    yield (
        say("about.files"),
        say("about.more", names=", ".join(named), number=words.number(more)) if more > 0 else files,
    )
    yield say("about.rulebook"), f"{frame.name} {frame.version}"


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
