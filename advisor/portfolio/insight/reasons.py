"""Why a unit stands out, in words."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.model import FindingResult
from advisor.engines.outcomes import VERDICT
from advisor.portfolio.insight.outliers import Outlier
from advisor.portfolio.insight.overview import Overview
from advisor.portfolio.insight.told import Told
from advisor.portfolio.sources.heads import UNIT
from advisor.portfolio.words import Words


def rare_words(outlier: Outlier, overview: Overview, words: Words) -> list[str]:
    """The rare outcomes of a unit, each with how many units have it."""
    row, say = overview.listed.row(outlier.place, named=True), words.say
    found = []
    for outcome in outlier.rare:
        word = str(row[outcome])
        units = overview.summary.frequencies.words_of(outcome)[word]
        count = say.count("dash.rare_count", units, all=words.number(overview.summary.units))
        found.append(f"{say('dash.rare', outcome=words.short(outcome), word=words.word(outcome, word))} ({count})")
    if outlier.others:
        found.append(say.count("dash.others", outlier.others, shown=words.number(outlier.others)))
    return found


def reasons(outlier: Outlier) -> Iterator[tuple[FindingResult, str]]:
    """The findings behind them, each with what it says beyond its title."""
    for finding in outlier.reasons:
        yield finding, finding.says.removeprefix(f"{finding.title}.").strip()


def like(outlier: Outlier, overview: Overview, words: Words) -> str:
    """The unit most like it that gets another verdict, and in what the two differ; nothing where there is none."""
    other = overview.similar[outlier.place].other
    if other is None:
        return ""
    row, say, told = overview.listed.row(other.place, named=True), words.say, Told(overview.rulebook)
    said = say("dash.like", unit=row[UNIT], verdict=words.word(VERDICT, row[VERDICT]))
    differences = [
        say(
            "dash.difference",
            question=told.question(name),
            here=overview.answer(told, name, outlier.place),
            there=overview.answer(told, name, other.place),
        )
        for name in other.differs
    ]
    return f"{said} {say('dash.differs', differences=say.in_row(differences))}" if differences else said
