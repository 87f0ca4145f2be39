"""The advice for people at a terminal: 80 columns, more where the terminal has them; readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import click

from advisor.advice import Advice
from advisor.advice.asking import asked_first
from advisor.advice.first_line import first_line
from advisor.advice.model import PatternResult, PreparationResult, RobustnessResult, UnitAdvice
from advisor.advice.outlook_line import other_lines, outlook_line
from advisor.advice.robustness_lines import MOST_DRIVERS, RobustnessLines
from advisor.advice.voice_lines import VoiceLines
from advisor.advice.wording import overridden
from advisor.cli.in_words import InWords, by_severity
from advisor.cli.terminal import NARROW
from advisor.phrases import Phrases
from advisor.rulebook import Rulebook

_LABEL = 16
_SEVERITY = 11
_CODE = 8
_COLOURS = {"stop": "red", "critical": "red", "warning": "yellow", "advice": "cyan", "info": None}
_MOST_OPEN = 8
_BAR = 20


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Text to be wrapped, after `first` and under `then`."""

    text: str
    first: str
    then: str

    def lines(self, width: int) -> list[str]:
        """The paragraph on lines of that width, without counting what colours it."""
        plain, first = click.unstyle(self.text), click.unstyle(self.first)
        lines = textwrap.wrap(
            plain, width, initial_indent=first, subsequent_indent=self.then, break_on_hyphens=False
        ) or [first]
        lines[0] = lines[0].replace(first, self.first, 1)
        return [line.replace(plain, self.text) for line in lines]


Lines = Iterator[str | _Paragraph]


def table(advice: Advice, width: int = NARROW) -> str:
    """The advice on one profile, its texts wrapped at `width` columns."""
    written = _Table(advice, InWords.of(advice))
    parts = ([part] if isinstance(part, str) else part.lines(width) for part in written.lines())
    return "\n".join(line.rstrip() for lines in parts for line in lines) + "\n"


def _field(label: str, text: str) -> _Paragraph:
    return _Paragraph(text, f"{label:<{_LABEL}}", " " * _LABEL)


def _below(text: str) -> _Paragraph:
    return _Paragraph(text, "    ", "      ")


def _bar(pattern: PatternResult) -> str:
    """`####....` : certain support, and what is still possible."""
    if pattern.low is None or pattern.high is None:
        return " " * _BAR
    sure, possible = round(pattern.low * _BAR / 100), round(pattern.high * _BAR / 100)
    return ("#" * sure + "." * (possible - sure)).ljust(_BAR)


@dataclass(frozen=True, slots=True)
class _Table:
    """Writes one advice."""

    advice: Advice
    words: InWords

    @property
    def say(self) -> Phrases:
        return self.words.say

    @property
    def rulebook(self) -> Rulebook:
        return self.advice.rulebook

    def lines(self) -> Lines:
        document, say = self.advice.document, self.say
        yield click.style(document.profile.organisation, bold=True)
        if document.tried:
            tried = [
                say("table.tried_answer", question=each.question, value=each.value, unit=each.unit)
                for each in document.tried
            ]
            yield _field(say("table.tried"), say("table.tried_answers", answers=say("list.comma").join(tried)))
        for place, unit in enumerate(document.units):
            yield ""
            yield from self._unit(place, unit)
            yield from self._voices(place, unit)
            if self.advice.flips:
                yield from self._flips(place)
        if len(document.units) > 1:
            yield ""
            yield from self._across()
        yield ""
        yield from self._made_with()

    def _unit(self, place: int, unit: UnitAdvice) -> Lines:
        say = self.say
        yield click.style(f"{unit.unit}", underline=True)
        yield from self._verdict(unit)
        if self.advice.outlooks:
            outlook = self.advice.outlooks[place]
            yield _field(say("table.outlook"), outlook_line(outlook, self.rulebook))
            yield from (_field("", line) for line in other_lines(outlook, unit, self.rulebook, str))
        if unit.robustness:
            yield from self._robustness(unit.robustness)
        yield ""
        yield say("table.patterns")
        longest = max(len(each.title) for each in unit.patterns)
        for pattern in unit.patterns:
            yield from self._pattern(pattern, unit, longest)
        first = first_line(unit, self.rulebook)
        if first:
            yield _Paragraph(say("table.first", words=first), "  ", "    ")
        yield ""
        prepared = say.in_row([self._preparation(each, unit) for each in unit.preparations])
        yield _field(say("table.preparations"), prepared)
        yield _field(say("table.erosion"), self.words.erosion(unit))
        yield _field(say("table.freed_time"), self.words.hours(unit))
        weakest = unit.weakest_evidence
        evidence = say("table.weakest", evidence=say(f"evidence.{weakest}")) if weakest else say("table.no_evidence")
        yield _field(say("table.evidence"), evidence)
        for notice in unit.notices:
            yield _field(say("table.notice"), notice)
        yield from self._findings(unit)
        yield from self._open(place, unit)
        yield from self._assumptions(unit)

    def _verdict(self, unit: UnitAdvice) -> Lines:
        say = self.say
        yield _field(say("table.verdict"), click.style(unit.verdict_title or say("word.none"), bold=True))
        titles = {verdict.name: verdict.title for verdict in self.rulebook.frame.verdicts}
        if unit.also:
            yield _field(say("table.also"), say.in_row([titles[name] for name in unit.also]))
        if unit.conditional_on:
            yield _field(say("table.condition"), self.words.still_to_assess(unit))
        yield _field(say("table.firm"), self.words.firmness(unit))

    def _pattern(self, pattern: PatternResult, unit: UnitAdvice, longest: int) -> Lines:
        say, rules = self.say, self.rulebook.rules
        mark = ">" if pattern.pattern in unit.recommended else " "
        points, share = self.words.score(pattern), self.words.share(pattern)
        yield f"{mark} {pattern.title:<{longest}} {_bar(pattern)} {points:>14}{share:>7}"
        for rule in pattern.excluded_by:
            yield _below(say("table.excluded", title=rules[rule].title))
        for cap in pattern.caps:
            if not cap.open:
                yield _below(say("table.held", at=self.words.figure(cap.at), title=rules[cap.rule].title))
        if pattern.money_per_year is not None:
            amount, notes = self.words.money(pattern, unit), self.words.worth_notes(pattern, unit)
            yield _below(say("table.worth", amount=amount, notes=notes))

    def _preparation(self, each: PreparationResult, unit: UnitAdvice) -> str:
        say, status = self.say, self.say(f"status.{each.status}")
        if each.score is None:
            words = say("table.preparation", title=each.title, status=status)
        else:
            score = self.words.preparation(each)
            words = say("table.preparation_score", title=each.title, status=status, score=score)
        return say("list.comma").join(filter(None, (words, self.words.one_side(each, unit))))

    def _findings(self, unit: UnitAdvice) -> Lines:
        yield ""
        yield self.say("table.findings", number=len(unit.findings))
        for finding in by_severity(unit):
            word = self.say(f"severity.{finding.severity}")
            severity = click.style(f"{word:<{_SEVERITY}}", fg=_COLOURS[finding.severity])
            words = self.say("table.provisional", words=finding.says) if finding.provisional else finding.says
            first = f"{severity} {finding.code or '':<{_CODE}} "
            yield _Paragraph(words, first, " " * (_SEVERITY + _CODE + 2))

    def _open(self, place: int, unit: UnitAdvice) -> Lines:
        if not unit.open_questions:
            return
        say, more = self.say, len(unit.open_questions) - _MOST_OPEN
        outlook = self.advice.outlooks[place] if self.advice.outlooks else None
        yield ""
        yield say("table.open", number=len(unit.open_questions))
        for each in asked_first(unit.open_questions, outlook)[:_MOST_OPEN]:
            yield _Paragraph(self.rulebook.questions[each.question].ask, "  - ", "    ")
            withheld = each.state == "withheld"
            yield f"    {say('table.withheld', question=each.question) if withheld else each.question}"
        if more > 0:
            yield f"  {say('table.more', number=more)}"

    def _assumptions(self, unit: UnitAdvice) -> Lines:
        if unit.assumptions:
            yield ""
            yield self.say("table.assumptions")
            for each in unit.assumptions:
                yield _Paragraph(each, "  - ", "    ")

    def _voices(self, place: int, unit: UnitAdvice) -> Lines:
        say, voices = self.say, self.advice.used[place].voices
        if not voices:
            return
        lines = VoiceLines(self.rulebook, self.words.currency)
        differing = [each for each in voices if each.differs]
        yield ""
        yield say.count("table.voices", len(voices), differing=say.count("table.differing", len(differing)))
        for each in differing[:_MOST_OPEN]:
            yield _Paragraph(lines.question(each), "  - ", "    ")
        if len(differing) > _MOST_OPEN:
            yield f"  {say('table.more', number=len(differing) - _MOST_OPEN)}"
        for voice in unit.by_voice:
            yield _Paragraph(lines.alone(voice), "  ", "    ")

    def _robustness(self, found: RobustnessResult) -> Lines:
        lines = RobustnessLines(self.rulebook, self.words.currency)
        yield _field(self.say("table.robust"), found.says)
        yield from (_field("", line) for line in (*lines.others(found), *lines.basis(found)))
        for driver in found.drivers[:MOST_DRIVERS]:
            low, high = sorted(round(float(end) * _BAR / 100) for end in (driver.at_low_pct, driver.at_high_pct))
            bar = " " * low + "#" * max(high - low, 1) + " " * _BAR
            yield _Paragraph(lines.driver(driver), f"  |{bar[:_BAR]}| ", " " * (_BAR + 5))

    def _flips(self, place: int) -> Lines:
        from advisor.advice.flip_lines import smallest_flips

        yield ""
        yield self.say("table.flips")
        found = list(smallest_flips(self.advice.flips[place], self.advice, self.advice.profile.units[place]))
        for text in found:
            yield _Paragraph(text, "  - ", "    ")
        if not found:
            yield f"  {self.say('table.no_flips')}"

    def _across(self) -> Lines:
        yield click.style(self.say("table.across"), underline=True)
        yield from (_field(label, words) for label, words in self.words.across(self.advice))

    def _made_with(self) -> Lines:
        say, document = self.say, self.advice.document
        made, used = document.made_with, document.made_with.rulebook
        engines = self.words.engines(made.engine, made.checked_by)
        made_with = say("table.made_with", version=made.advisor, engine=engines, rulebook=f"{used.name} {used.version}")
        yield _Paragraph(made_with, "", "  ")
        yield say("table.digests", rulebook=used.digest[:23], profile=document.profile.digest[:23])
        if made.note:
            yield _Paragraph(say("table.note", words=made.note), "", "  ")
        if document.overridden:
            names = say.in_row([overridden(name, self.rulebook, self.words.currency) for name in document.overridden])
            yield _Paragraph(say("table.overridden", names=names), "", "  ")
