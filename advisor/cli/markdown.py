"""The advice as a short text in Markdown, for a ticket or a mail; the memo is the long form."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice import Advice
from advisor.advice.first_line import first_line
from advisor.advice.model import PatternResult, PreparationResult, UnitAdvice
from advisor.advice.outlook_line import other_lines, outlook_line
from advisor.advice.robustness_lines import MOST_DRIVERS, RobustnessLines
from advisor.advice.voice_lines import VoiceLines
from advisor.advice.wording import overridden
from advisor.cli.in_words import InWords, by_severity
from advisor.memo.markdown import escaped


def summary(advice: Advice) -> str:
    """The advice on one profile."""
    return "\n".join(_lines(advice, InWords.of(advice))) + "\n"


def _lines(advice: Advice, words: InWords) -> Iterator[str]:
    document, say = advice.document, words.say
    yield f"# {escaped(document.profile.organisation)}"
    if document.tried:
        tried = ", ".join(f"`{each.question}={each.value}` ({escaped(each.unit)})" for each in document.tried)
        yield from ("", f"**{say('brief.tried')}** {tried}")
    for place, unit in enumerate(document.units):
        yield from _unit(unit, words)
        yield from _voices(place, advice, words)
        yield from _changes(place, advice, words)
    if len(document.units) > 1:
        yield from ("", f"## {say('table.across')}", "")
        yield from (f"- {label}: {escaped(said)}" for label, said in words.across(advice))
    yield from _made_with(advice, words)


def _unit(unit: UnitAdvice, words: InWords) -> Iterator[str]:
    say = words.say
    yield from ("", f"## {escaped(unit.unit)}", "", " ".join(_verdict(unit, words)), "")
    yield from (_heads(words, "pattern", "support", "share", "worth"), "| --- | ---: | ---: | ---: |")
    yield from (_pattern(each, unit, words) for each in unit.patterns)
    notes = [notes for each in unit.patterns if (notes := words.worth_notes(each, unit))]
    yield from ("", *(escaped(each) for each in notes)) if notes else ()
    first = first_line(unit, words.rulebook)
    yield from ("", say("brief.first", words=escaped(first))) if first else ()
    yield from ("", _heads(words, "preparation", "status", "score"), "| --- | --- | ---: |")
    yield from (_preparation(each, unit, words) for each in unit.preparations)
    yield from ("", say("brief.erosion", level=words.erosion(unit)))
    yield from ("", say("brief.freed_time", hours=words.hours(unit)), "")
    for notice in unit.notices:
        yield from (f"**{say('brief.notice')}** {escaped(notice)}", "")
    for finding in by_severity(unit):
        provisional = f" *({say('brief.provisional')})*" if finding.provisional else ""
        severity = say(f"severity.{finding.severity}")
        yield f"- **{severity}** {escaped(finding.says)}{provisional} ({finding.code or finding.id})"
    if unit.assumptions:
        yield from ("", say("brief.assumed"), "", *(f"- {escaped(each)}" for each in unit.assumptions))


def _verdict(unit: UnitAdvice, words: InWords) -> Iterator[str]:
    say = words.say
    titles = {verdict.name: verdict.title for verdict in words.rulebook.frame.verdicts}
    yield f"**{unit.verdict_title or say('word.none')}.**"
    if unit.also:
        yield say("brief.also", titles=say.in_row([titles[name] for name in unit.also]))
    if unit.conditional_on:
        yield say("brief.condition", words=words.still_to_assess(unit))
    yield say("brief.firm", words=words.firmness(unit))


def _heads(words: InWords, *heads: str) -> str:
    return "| " + " | ".join(words.say(f"brief.{head}") for head in heads) + " |"


def _pattern(pattern: PatternResult, unit: UnitAdvice, words: InWords) -> str:
    title = f"**{pattern.title}**" if pattern.pattern in unit.recommended else pattern.title
    excluded = f" ({words.say('brief.excluded')})" if pattern.excluded_by else ""
    cells = (f"{title}{excluded}", words.score(pattern), words.share(pattern), words.money(pattern, unit))
    return "| " + " | ".join(cells) + " |"


def _preparation(each: PreparationResult, unit: UnitAdvice, words: InWords) -> str:
    status = [words.say(f"status.{each.status}"), words.one_side(each, unit)]
    return f"| {each.title} | {words.say('list.comma').join(filter(None, status))} | {words.preparation(each)} |"


def _voices(place: int, advice: Advice, words: InWords) -> Iterator[str]:
    lines, unit = VoiceLines(advice.rulebook, words.currency), advice.document.units[place]
    told = [lines.question(each) for each in advice.used[place].voices if each.differs]
    told += [lines.alone(each) for each in unit.by_voice]
    if told:
        yield from ("", f"**{words.say('voice.differs')}**", "", *(f"- {escaped(each)}" for each in told))


def _changes(place: int, advice: Advice, words: InWords) -> Iterator[str]:
    """What is settled and what would change it, where that was asked for."""
    say = words.say
    if advice.outlooks:
        outlook = advice.outlooks[place]
        unit = advice.document.units[place]
        lines = [outlook_line(outlook, advice.rulebook), *other_lines(outlook, unit, advice.rulebook, str)]
        yield from ("", f"**{say('table.outlook')}**", "", *(f"- {escaped(line)}" for line in lines))
    found = advice.document.units[place].robustness
    if found:
        told = RobustnessLines(advice.rulebook, words.currency)
        lines = [found.says, *told.others(found)]
        lines += [told.driver(each) for each in found.drivers[:MOST_DRIVERS]]
        lines += told.basis(found)
        yield from ("", f"**{say('table.robust')}**", "", *(f"- {escaped(line)}" for line in lines))
    if advice.flips:
        from advisor.advice.flip_lines import smallest_flips

        flips = smallest_flips(advice.flips[place], advice, advice.profile.units[place])
        lines = list(flips) or [say("table.no_flips")]
        yield from ("", f"**{say('table.flips')}**", "", *(f"- {escaped(line)}" for line in lines))


def _made_with(advice: Advice, words: InWords) -> Iterator[str]:
    say, document = words.say, advice.document
    made = document.made_with
    rulebook = f"{made.rulebook.name} {made.rulebook.version}, `{made.rulebook.digest}`"
    engines = words.engines(made.engine, made.checked_by)
    yield from ("", say("brief.made_with", version=made.advisor, engine=engines, rulebook=rulebook))
    yield say("brief.profile", digest=f"`{document.profile.digest}`")
    if made.note:
        yield say("brief.note", words=escaped(made.note))
    if document.overridden:
        names = say.in_row([escaped(overridden(name, advice.rulebook, words.currency)) for name in document.overridden])
        yield say("brief.overridden", names=names)
