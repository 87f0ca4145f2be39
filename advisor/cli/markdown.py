"""The advice as a short Markdown summary, for a ticket or a chat; the memo is the long form."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice import Advice
from advisor.advice.first_line import first_line
from advisor.advice.model import PatternResult, PreparationResult, UnitAdvice
from advisor.advice.outlook_line import outlook_line
from advisor.cli.in_words import (
    across_in_words,
    erosion_in_words,
    hours_in_words,
    money_in_words,
    score_in_words,
    still_to_assess,
)
from advisor.memo.markdown import escaped
from advisor.rulebook import SEVERITIES, Rulebook


def summary(advice: Advice) -> str:
    """The advice on one profile."""
    return "\n".join(_lines(advice)) + "\n"


def _lines(advice: Advice) -> Iterator[str]:
    document = advice.document
    yield f"# {escaped(document.profile.organisation)}"
    if document.tried:
        tried = ", ".join(f"`{each.question}={each.value}` ({escaped(each.unit)})" for each in document.tried)
        yield from ("", f"**Tried, not in the profile:** {tried}")
    for place, unit in enumerate(document.units):
        yield from _unit(unit, advice.rulebook, advice.profile.organisation.currency)
        yield from _changes(place, advice)
    if len(document.units) > 1:
        yield from ("", "## Across units", "")
        yield from (f"- {label}: {escaped(words)}" for label, words in across_in_words(advice))
    yield from _made_with(advice)


def _unit(unit: UnitAdvice, rulebook: Rulebook, currency: str | None) -> Iterator[str]:
    titles = {verdict.name: verdict.title for verdict in rulebook.frame.verdicts}
    also = f" Also: {'; '.join(titles[name] for name in unit.also)}." if unit.also else ""
    condition = f" On condition: {still_to_assess(unit)} still to be assessed." if unit.conditional_on else ""
    firm = "Firm." if unit.firm else "Open answers could still overturn it."
    yield from ("", f"## {escaped(unit.unit)}", "", f"**{unit.verdict_title}.**{also}{condition} {firm}", "")
    yield from ("| Pattern | Support of 100 | Share of hours | Worth a year |", "| --- | ---: | ---: | ---: |")
    yield from (_pattern(each, unit, currency) for each in unit.patterns)
    first = first_line(unit, rulebook)
    yield from ("", f"First: {first}") if first else ()
    yield from ("", "| Preparation | Status | Score |", "| --- | --- | ---: |")
    yield from (_preparation(each) for each in unit.preparations)
    yield from ("", f"Erosion: {erosion_in_words(unit)}.", "", f"Freed time: {hours_in_words(unit, rulebook)}.", "")
    for notice in unit.notices:
        yield from (f"**Notice.** {escaped(notice)}", "")
    for finding in sorted(unit.findings, key=lambda each: -SEVERITIES.index(each.severity)):
        provisional = " *(provisional)*" if finding.provisional else ""
        yield f"- **{finding.severity}** {escaped(finding.says)}{provisional} ({finding.code or finding.id})"
    if unit.assumptions:
        yield from ("", "Assumed:", "")
        yield from (f"- {escaped(each)}" for each in unit.assumptions)


def _pattern(pattern: PatternResult, unit: UnitAdvice, currency: str | None) -> str:
    title = f"**{pattern.title}**" if pattern.pattern in unit.recommended else pattern.title
    excluded = " (excluded)" if pattern.excluded_by else ""
    share = f"{pattern.share_pct}%" if pattern.share_pct is not None else ""
    return f"| {title}{excluded} | {score_in_words(pattern)} | {share} | {money_in_words(pattern, currency)} |"


def _preparation(each: PreparationResult) -> str:
    return f"| {each.title} | {each.status.replace('_', ' ')} | {'' if each.score is None else each.score} |"


def _changes(place: int, advice: Advice) -> Iterator[str]:
    """What is settled and what would change it, where that was asked for."""
    if advice.outlooks:
        yield from ("", f"Outlook: {escaped(outlook_line(advice.outlooks[place], advice.rulebook))}")
    if advice.flips:
        from advisor.advice.flip_lines import smallest_flips

        yield from ("", "What would change it, the smallest change of answers for each outcome:", "")
        found = list(smallest_flips(advice.flips[place], advice, advice.profile.units[place]))
        yield from (f"- {name}: {escaped(text)}" for name, text in found)
        yield from () if found else ("- nothing that the client can change was found",)


def _made_with(advice: Advice) -> Iterator[str]:
    made, overridden = advice.document.made_with, advice.document.overridden
    checked = f", checked by {made.checked_by}" if made.checked_by else ""
    rulebook = f"{made.rulebook.name} {made.rulebook.version}, `{made.rulebook.digest}`"
    yield from ("", f"Made with advisor {made.advisor} ({made.engine}{checked}), {rulebook}.")
    yield f"Profile `{advice.document.profile.digest}`."
    yield from (f"Note: {escaped(made.note)}",) if made.note else ()
    yield from (f"Overridden parameters: {', '.join(f'`{name}`' for name in overridden)}.",) if overridden else ()
