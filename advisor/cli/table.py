"""The advice for people at a terminal: 80 columns, more where the terminal has them; readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import click

from advisor.advice import Advice
from advisor.advice.model import FindingResult, Number, PatternResult, PreparationResult, UnitAdvice
from advisor.advice.outcome_words import erosion_title
from advisor.advice.outlook_line import outlook_line
from advisor.advice.wording import with_unit
from advisor.cli.terminal import NARROW
from advisor.phrases import Phrases, phrases_in
from advisor.rulebook import SEVERITIES, Rulebook
from advisor.rulebook.model import NOT_ASSESSED

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
    written = _Table(advice, phrases_in(advice.rulebook.spoken))
    parts = ([part] if isinstance(part, str) else part.lines(width) for part in written.lines())
    return "\n".join(line.rstrip() for lines in parts for line in lines) + "\n"


def score_in_words(pattern: PatternResult, say: Phrases) -> str:
    """The score as `45`, `45 to 79` or `no score`."""
    if pattern.low is None or pattern.high is None:
        return say("table.no_score")
    low, high = (say.decimal(Fraction(str(end)), 1) for end in (pattern.low, pattern.high))
    return low if low == high else say("word.range", low=low, high=high)


def share_in_words(pattern: PatternResult, say: Phrases) -> str:
    """The share of the hours, or nothing."""
    return "" if pattern.share_pct is None else say.percent(say.decimal(Fraction(str(pattern.share_pct)), 2))


def by_severity(unit: UnitAdvice) -> list[FindingResult]:
    """The findings, the most severe first."""
    return sorted(unit.findings, key=lambda each: -SEVERITIES.index(each.severity))


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
    say: Phrases

    @property
    def rulebook(self) -> Rulebook:
        return self.advice.rulebook

    @property
    def currency(self) -> str | None:
        return self.advice.profile.organisation.currency

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
            yield _field(say("table.outlook"), outlook_line(self.advice.outlooks[place], self.rulebook))
        yield ""
        yield say("table.patterns")
        longest = max(len(each.title) for each in unit.patterns)
        for pattern in unit.patterns:
            yield from self._pattern(pattern, unit, longest)
        yield ""
        prepared = say.in_row([self._preparation(each) for each in unit.preparations])
        yield _field(say("table.preparations"), prepared)
        yield _field(say("table.erosion"), self._erosion(unit))
        yield _field(say("table.freed_time"), self._capacity(unit))
        weakest = unit.weakest_evidence
        evidence = say("table.weakest", evidence=say(f"evidence.{weakest}")) if weakest else say("table.no_evidence")
        yield _field(say("table.evidence"), evidence)
        for notice in unit.notices:
            yield _field(say("table.notice"), notice)
        yield from self._findings(unit)
        yield from self._open(unit)
        yield from self._assumptions(unit)

    def _verdict(self, unit: UnitAdvice) -> Lines:
        say = self.say
        yield _field(say("table.verdict"), click.style(unit.verdict_title or say("word.none"), bold=True))
        titles = {verdict.name: verdict.title for verdict in self.rulebook.frame.verdicts}
        if unit.also:
            yield _field(say("table.also"), say.in_row([titles[name] for name in unit.also]))
        if unit.conditional_on:
            named = [each.title for each in unit.preparations if each.preparation in unit.conditional_on]
            words = say("table.on_condition", preparations=say("list.comma").join(named))
            yield _field(say("table.condition"), words)
        firm = "table.is_firm_whatever" if unit.open_questions else "table.is_firm"
        yield _field(say("table.firm"), say(firm if unit.firm else "table.is_not_firm"))

    def _pattern(self, pattern: PatternResult, unit: UnitAdvice, longest: int) -> Lines:
        say, rules = self.say, self.rulebook.rules
        mark = ">" if pattern.pattern in unit.recommended else " "
        points, share = score_in_words(pattern, say), share_in_words(pattern, say)
        yield f"{mark} {pattern.title:<{longest}} {_bar(pattern)} {points:>14}{share:>7}"
        for rule in pattern.excluded_by:
            yield _below(say("table.excluded", title=rules[rule].title))
        for cap in pattern.caps:
            if not cap.open:
                yield _below(say("table.held", at=self._number(cap.at), title=rules[cap.rule].title))
        if pattern.money_per_year is not None:
            amount = say.decimal(Fraction(str(pattern.money_per_year)), 0)
            money = say("unit.money_year", currency=self.currency or say("unit.money"), amount=amount)
            yield _below(say("table.worth", amount=say("word.about", value=money)))

    def _number(self, value: Number) -> str:
        return self.say.decimal(Fraction(str(value)), 2)

    def _preparation(self, each: PreparationResult) -> str:
        say, status = self.say, self.say(f"status.{each.status}")
        if each.score is None:
            words = say("table.preparation", title=each.title, status=status)
        else:
            score = say.decimal(Fraction(str(each.score)), 1)
            words = say("table.preparation_score", title=each.title, status=status, score=score)
        return words + (say("table.one_side_only") if each.one_sided else "")

    def _erosion(self, unit: UnitAdvice) -> str:
        say, erosion = self.say, unit.erosion
        level = erosion_title(erosion.level, self.rulebook)
        if erosion.blind and erosion.level != NOT_ASSESSED:
            level = say("table.at_least", level=level)
        red, structural, blind = map(len, (erosion.red, erosion.structural, erosion.blind))
        return say("table.indicators", level=level, red=red, structural=structural, blind=blind)

    def _capacity(self, unit: UnitAdvice) -> str:
        say, parts = self.say, []
        for key, name in self.rulebook.frame.capacity.items():
            value, ends, measure = unit.capacity[key], unit.capacity_ranges.get(key), self.rulebook.measures[name]
            low, high = (value, value) if value is not None else ends or (None, None)
            if low is not None and high is not None:
                words = [self._number(end) for end in (low, high)]
                number = words[0] if low == high else say("word.range", low=words[0], high=words[1])
                shown = with_unit(number, measure.unit, self.rulebook, self.currency)
                parts.append(say("table.figure", label=measure.label, value=shown))
        return say.in_row(parts) or say("word.not_known")

    def _findings(self, unit: UnitAdvice) -> Lines:
        yield ""
        yield self.say("table.findings", number=len(unit.findings))
        for finding in by_severity(unit):
            word = self.say(f"severity.{finding.severity}")
            severity = click.style(f"{word:<{_SEVERITY}}", fg=_COLOURS[finding.severity])
            words = self.say("table.provisional", words=finding.says) if finding.provisional else finding.says
            first = f"{severity} {finding.code or '':<{_CODE}} "
            yield _Paragraph(words, first, " " * (_SEVERITY + _CODE + 2))

    def _open(self, unit: UnitAdvice) -> Lines:
        if not unit.open_questions:
            return
        say, more = self.say, len(unit.open_questions) - _MOST_OPEN
        yield ""
        yield say("table.open", number=len(unit.open_questions))
        for each in unit.open_questions[:_MOST_OPEN]:
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
        say, across, names = self.say, self.advice.document.across_units, self.rulebook.frame.across_units
        yield click.style(say("table.across"), underline=True)
        free = [self._of_unit(each.unit, each.hours_per_day, names.free_hours) for each in across.free]
        growing = [self._of_unit(each.unit, each.growth_pct, names.growth) for each in across.growing]
        yield _field(say("table.free"), say.in_row(free) or say("table.nowhere"))
        yield _field(say("table.growing"), say.in_row(growing) or say("table.nowhere"))

    def _of_unit(self, unit: str, value: Number | None, name: str) -> str:
        if value is None:
            return unit
        shown = with_unit(self._number(value), self.rulebook.measures[name].unit, self.rulebook, self.currency)
        return self.say("table.in_unit", unit=unit, value=shown)

    def _made_with(self) -> Lines:
        say, document = self.say, self.advice.document
        made, used = document.made_with, document.made_with.rulebook
        engine = say("table.engine", engine=made.engine)
        if made.checked_by:
            engine = say("table.engine_checked", engine=made.engine, checker=made.checked_by)
        made_with = say("table.made_with", version=made.advisor, engine=engine, rulebook=f"{used.name} {used.version}")
        yield _Paragraph(made_with, "", "  ")
        yield say("table.digests", rulebook=used.digest[:23], profile=document.profile.digest[:23])
        if document.overridden:
            names = say("list.comma").join(document.overridden)
            yield _Paragraph(say("table.overridden", names=names), "", "  ")
