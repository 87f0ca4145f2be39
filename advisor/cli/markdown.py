"""The advice as a short Markdown summary, for a ticket or a chat; the memo is the long form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.advice import Advice
from advisor.advice.model import PatternResult, PreparationResult, UnitAdvice
from advisor.advice.voice_lines import VoiceLines
from advisor.cli.table import score_in_words
from advisor.memo.markdown import escaped
from advisor.profile.voices import HeardQuestion
from advisor.rulebook import SEVERITIES, Rulebook


def summary(advice: Advice) -> str:
    """The advice on one profile."""
    return "\n".join(_lines(advice)) + "\n"


def _lines(advice: Advice) -> Iterator[str]:
    yield f"# {escaped(advice.document.profile.organisation)}"
    if advice.document.tried:
        tried = ", ".join(f"`{each.question}={each.value}` ({escaped(each.unit)})" for each in advice.document.tried)
        yield from ("", f"**Tried, not in the profile:** {tried}")
    for unit, voices in zip(advice.document.units, advice.voices, strict=True):
        yield from _unit(unit, advice.rulebook)
        yield from _voices(unit, voices, VoiceLines(advice.rulebook, advice.profile.organisation.currency))
    made = advice.document.made_with
    yield ""
    rulebook = f"{made.rulebook.name} {made.rulebook.version}, `{made.rulebook.digest}`"
    yield f"Made with advisor {made.advisor} ({made.engine}), {rulebook}."


def _unit(unit: UnitAdvice, rulebook: Rulebook) -> Iterator[str]:
    titles = {verdict.name: verdict.title for verdict in rulebook.frame.verdicts}
    also = f" Also: {'; '.join(titles[name] for name in unit.also)}." if unit.also else ""
    firm = "Firm." if unit.firm else "Open answers could still overturn it."
    yield from ("", f"## {escaped(unit.unit)}", "", f"**{unit.verdict_title}.**{also} {firm}", "")
    yield from ("| Pattern | Support of 100 | Share of hours |", "| --- | ---: | ---: |")
    yield from (_pattern(each, unit) for each in unit.patterns)
    yield from ("", "| Preparation | Status | Score |", "| --- | --- | ---: |")
    yield from (_preparation(each) for each in unit.preparations)
    yield from ("", f"Erosion: {unit.erosion.level.replace('_', ' ')}.", "")
    for notice in unit.notices:
        yield from (f"**Notice.** {escaped(notice)}", "")
    for finding in sorted(unit.findings, key=lambda each: -SEVERITIES.index(each.severity)):
        provisional = " *(provisional)*" if finding.provisional else ""
        yield f"- **{finding.severity}** {escaped(finding.says)}{provisional} ({finding.code or finding.id})"


def _voices(unit: UnitAdvice, voices: Sequence[HeardQuestion], lines: VoiceLines) -> Iterator[str]:
    told = [lines.question(each) for each in voices if each.differs] + [lines.alone(each) for each in unit.by_voice]
    if told:
        yield from ("", "Who says otherwise:", "", *(f"- {escaped(each)}" for each in told))


def _pattern(pattern: PatternResult, unit: UnitAdvice) -> str:
    title = f"**{pattern.title}**" if pattern.pattern in unit.recommended else pattern.title
    excluded = " (excluded)" if pattern.excluded_by else ""
    share = f"{pattern.share_pct}%" if pattern.share_pct is not None else ""
    return f"| {title}{excluded} | {score_in_words(pattern)} | {share} |"


def _preparation(each: PreparationResult) -> str:
    return f"| {each.title} | {each.status.replace('_', ' ')} | {'' if each.score is None else each.score} |"
