"""The advice as a short Markdown summary, for a ticket or a chat; the memo is the long form."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from advisor.advice import Advice
from advisor.advice.model import PatternResult, PreparationResult, UnitAdvice
from advisor.advice.outcome_words import erosion_title
from advisor.advice.outlook_line import other_lines, outlook_line
from advisor.cli.table import by_severity, score_in_words, share_in_words
from advisor.memo.markdown import escaped
from advisor.phrases import Phrases, phrases_in
from advisor.rulebook import Rulebook


def summary(advice: Advice) -> str:
    """The advice on one profile."""
    return "\n".join(_lines(advice, phrases_in(advice.rulebook.spoken))) + "\n"


def _lines(advice: Advice, say: Phrases) -> Iterator[str]:
    yield f"# {escaped(advice.document.profile.organisation)}"
    if advice.document.tried:
        tried = ", ".join(f"`{each.question}={each.value}` ({escaped(each.unit)})" for each in advice.document.tried)
        yield from ("", f"**{say('brief.tried')}** {tried}")
    for place, unit in enumerate(advice.document.units):
        yield from _unit(unit, advice.rulebook, say)
        yield from _outlook(place, advice, say)
        yield from _flips(place, advice, say)
    made = advice.document.made_with
    yield ""
    rulebook = f"{made.rulebook.name} {made.rulebook.version}, `{made.rulebook.digest}`"
    yield say("brief.made_with", version=made.advisor, engine=made.engine, rulebook=rulebook)


def _unit(unit: UnitAdvice, rulebook: Rulebook, say: Phrases) -> Iterator[str]:
    titles = {verdict.name: verdict.title for verdict in rulebook.frame.verdicts}
    parts = [f"**{unit.verdict_title or say('word.none')}.**"]
    if unit.also:
        parts.append(say("brief.also", titles=say.in_row([titles[name] for name in unit.also])))
    parts.append(say("brief.firm" if unit.firm else "brief.not_firm"))
    yield from ("", f"## {escaped(unit.unit)}", "", " ".join(parts), "")
    yield from (_row(say, "pattern", "support", "share"), "| --- | ---: | ---: |")
    yield from (_pattern(each, unit, say) for each in unit.patterns)
    yield from ("", _row(say, "preparation", "status", "score"), "| --- | --- | ---: |")
    yield from (_preparation(each, say) for each in unit.preparations)
    yield from ("", say("brief.erosion", level=erosion_title(unit.erosion.level, rulebook)), "")
    for notice in unit.notices:
        yield from (f"**{say('brief.notice')}** {escaped(notice)}", "")
    for finding in by_severity(unit):
        provisional = f" *({say('brief.provisional')})*" if finding.provisional else ""
        severity = say(f"severity.{finding.severity}")
        yield f"- **{severity}** {escaped(finding.says)}{provisional} ({finding.code or finding.id})"


def _outlook(place: int, advice: Advice, say: Phrases) -> Iterator[str]:
    if advice.outlooks:
        outlook = advice.outlooks[place]
        lines = [outlook_line(outlook, advice.rulebook), *other_lines(outlook, advice.rulebook, str)]
        yield from ("", f"**{say('table.outlook')}**", "", *(f"- {escaped(line)}" for line in lines))


def _flips(place: int, advice: Advice, say: Phrases) -> Iterator[str]:
    from advisor.advice.flip_lines import smallest_flips

    if advice.flips:
        found = smallest_flips(advice.flips[place], advice, advice.profile.units[place])
        lines = list(found) or [say("table.no_flips")]
        yield from ("", f"**{say('table.flips')}**", "", *(f"- {escaped(line)}" for line in lines))


def _row(say: Phrases, *heads: str) -> str:
    return "| " + " | ".join(say(f"brief.{head}") for head in heads) + " |"


def _pattern(pattern: PatternResult, unit: UnitAdvice, say: Phrases) -> str:
    title = f"**{pattern.title}**" if pattern.pattern in unit.recommended else pattern.title
    excluded = f" ({say('brief.excluded')})" if pattern.excluded_by else ""
    return f"| {title}{excluded} | {score_in_words(pattern, say)} | {share_in_words(pattern, say)} |"


def _preparation(each: PreparationResult, say: Phrases) -> str:
    score = "" if each.score is None else say.decimal(Fraction(str(each.score)), 2)
    return f"| {each.title} | {say(f'status.{each.status}')} | {score} |"
