"""The advice for people at a terminal: 80 columns, more where the terminal has them; readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import click

from advisor.advice import Advice
from advisor.advice.model import Number, PatternResult, PreparationResult, UnitAdvice
from advisor.advice.outlook_line import outlook_line
from advisor.advice.voice_lines import VoiceLines
from advisor.advice.wording import decimal
from advisor.cli.terminal import NARROW
from advisor.rulebook import SEVERITIES, Rulebook

_LABEL = 16
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
    parts = ([part] if isinstance(part, str) else part.lines(width) for part in _lines(advice))
    return "\n".join(line.rstrip() for lines in parts for line in lines) + "\n"


def _lines(advice: Advice) -> Lines:
    document = advice.document
    yield click.style(document.profile.organisation, bold=True)
    if document.tried:
        tried = ", ".join(f"{each.question}={each.value} ({each.unit})" for each in document.tried)
        yield _field("Tried", f"{tried}; not in the profile")
    for place, unit in enumerate(document.units):
        yield ""
        outlook = outlook_line(advice.outlooks[place], advice.rulebook) if advice.outlooks else ""
        yield from _unit(unit, advice.rulebook, advice.profile.organisation.currency, outlook)
        yield from _voices(place, advice)
        if advice.flips:
            yield from _flips(place, advice)
    if len(document.units) > 1:
        yield ""
        yield from _across(advice)
    yield ""
    yield from _made_with(advice)


def _unit(unit: UnitAdvice, rulebook: Rulebook, currency: str | None, outlook: str) -> Lines:
    yield click.style(f"{unit.unit}", underline=True)
    yield _field("Verdict", click.style(unit.verdict_title or "none", bold=True))
    titles = {verdict.name: verdict.title for verdict in rulebook.frame.verdicts}
    if unit.also:
        yield _field("also", "; ".join(titles[name] for name in unit.also))
    if unit.conditional_on:
        yield _field("on condition", f"{_titles(unit, unit.conditional_on)} still to be assessed")
    yield _field("Firm", _firmness(unit))
    if outlook:
        yield _field("Outlook", outlook)
    yield ""
    yield "Patterns (support of 100, and what open answers could still make it)"
    for pattern in unit.patterns:
        yield from _pattern(pattern, unit, rulebook, currency)
    yield ""
    yield _field("Preparations", "; ".join(_preparation(each) for each in unit.preparations))
    yield _field("Erosion", _erosion(unit, rulebook))
    yield _field("Freed time", _capacity(unit, rulebook, currency))
    yield _field(
        "Evidence", f"rests on answers that are at weakest {unit.weakest_evidence}" if unit.weakest_evidence else "none"
    )
    for notice in unit.notices:
        yield _field("Notice", notice)
    yield from _findings(unit)
    yield from _open(unit, rulebook)
    yield from _assumptions(unit)


def _field(label: str, text: str) -> _Paragraph:
    return _Paragraph(text, f"{label:<{_LABEL}}", " " * _LABEL)


def _titles(unit: UnitAdvice, names: list[str]) -> str:
    return ", ".join(each.title for each in unit.preparations if each.preparation in names)


def _firmness(unit: UnitAdvice) -> str:
    if unit.firm:
        return "yes, whatever the open answers are" if unit.open_questions else "yes"
    return "no, open answers could still overturn it"


def _pattern(pattern: PatternResult, unit: UnitAdvice, rulebook: Rulebook, currency: str | None) -> Lines:
    mark = ">" if pattern.pattern in unit.recommended else " "
    yield f"{mark} {pattern.title:<32} {_bar(pattern)} {score_in_words(pattern):>12}{_share(pattern):>8}"
    for rule in pattern.excluded_by:
        yield _Paragraph(f"excluded: {rulebook.rules[rule].title}", "    ", "      ")
    for cap in pattern.caps:
        if not cap.open:
            yield _Paragraph(f"held at {cap.at}: {rulebook.rules[cap.rule].title}", "    ", "      ")
    if pattern.money_per_year is not None:
        yield f"    worth about {currency or ''} {_whole(pattern.money_per_year)} a year".replace("  ", " ")


def _bar(pattern: PatternResult) -> str:
    """`####....` : certain support, and what is still possible."""
    if pattern.low is None or pattern.high is None:
        return " " * _BAR
    sure, possible = round(pattern.low * _BAR / 100), round(pattern.high * _BAR / 100)
    return ("#" * sure + "." * (possible - sure)).ljust(_BAR)


def score_in_words(pattern: PatternResult) -> str:
    """The score as `45`, `45 to 79` or `no score`."""
    if pattern.low is None or pattern.high is None:
        return "no score"
    return _short(pattern.low) if pattern.low == pattern.high else f"{_short(pattern.low)} to {_short(pattern.high)}"


def _share(pattern: PatternResult) -> str:
    return f"{pattern.share_pct}%" if pattern.share_pct is not None else ""


def _short(value: Number) -> str:
    return decimal(Fraction(str(value)), 1)


def _whole(value: Number) -> str:
    return decimal(Fraction(str(value)), 0)


def _preparation(each: PreparationResult) -> str:
    score = f" ({_short(each.score)})" if each.score is not None else ""
    side = ", one side only" if each.one_sided else ""
    return f"{each.title} {each.status.replace('_', ' ')}{score}{side}"


def _erosion(unit: UnitAdvice, rulebook: Rulebook) -> str:
    erosion = unit.erosion
    level = erosion.level.replace("_", " ")
    return (
        f"{level}{' (at least)' if erosion.blind and level != 'not assessed' else ''}; "
        f"{len(erosion.red)} red, {len(erosion.structural)} structural, {len(erosion.blind)} indicators not known"
    )


def _capacity(unit: UnitAdvice, rulebook: Rulebook, currency: str | None) -> str:
    parts = []
    for key, name in rulebook.frame.capacity.items():
        value, label = unit.capacity[key], rulebook.measures[name].label
        low_high = unit.capacity_ranges.get(key)
        unit_words = rulebook.frame.units.get(rulebook.measures[name].unit, "")
        if value is not None:
            parts.append(f"{label} {_two(value)} {unit_words}")
        elif low_high and None not in low_high:
            parts.append(f"{label} {_two(low_high[0] or 0)} to {_two(low_high[1] or 0)} {unit_words}")
    return "; ".join(parts) or "not known"


def _two(value: Number) -> str:
    return decimal(Fraction(str(value)), 2)


def _findings(unit: UnitAdvice) -> Lines:
    yield ""
    yield f"Findings ({len(unit.findings)})"
    for finding in sorted(unit.findings, key=lambda each: -SEVERITIES.index(each.severity)):
        severity = click.style(f"{finding.severity:<9}", fg=_COLOURS[finding.severity])
        provisional = " (provisional)" if finding.provisional else ""
        yield _Paragraph(f"{finding.says}{provisional}", f"{severity} {finding.code or '':<8} ", " " * 19)


def _open(unit: UnitAdvice, rulebook: Rulebook) -> Lines:
    if not unit.open_questions:
        return
    yield ""
    yield f"Open questions, those that decide most first ({len(unit.open_questions)})"
    for each in unit.open_questions[:_MOST_OPEN]:
        yield _Paragraph(f"{rulebook.questions[each.question].ask}", "  - ", "    ")
        yield f"    {each.question}{' (withheld, too few people)' if each.state == 'withheld' else ''}"
    if len(unit.open_questions) > _MOST_OPEN:
        yield f"  and {len(unit.open_questions) - _MOST_OPEN} more (--format json lists all)"


def _assumptions(unit: UnitAdvice) -> Lines:
    if unit.assumptions:
        yield ""
        yield "Assumptions"
        for each in unit.assumptions:
            yield _Paragraph(each, "  - ", "    ")


def _voices(place: int, advice: Advice) -> Lines:
    voices, unit = advice.voices[place], advice.document.units[place]
    if not voices:
        return
    lines = VoiceLines(advice.rulebook, advice.profile.organisation.currency)
    differing = [each for each in voices if each.differs]
    yield ""
    yield f"Voices: {len(voices)} questions answered by respondents, {len(differing) or 'none'} of them differently"
    for each in differing[:_MOST_OPEN]:
        yield _Paragraph(lines.question(each), "  - ", "    ")
    if len(differing) > _MOST_OPEN:
        yield f"  and {len(differing) - _MOST_OPEN} more (--format json lists all)"
    for voice in unit.by_voice:
        yield _Paragraph(lines.alone(voice), "  ", "    ")


def _flips(place: int, advice: Advice) -> Lines:
    from advisor.advice.flip_lines import smallest_flips

    yield ""
    yield "What would change it: the smallest change of answers for each outcome"
    found = list(smallest_flips(advice.flips[place], advice, advice.profile.units[place]))
    for name, text in found:
        yield _field(f"  {name}", text)
    if not found:
        yield "  nothing that the client can change was found"


def _across(advice: Advice) -> Lines:
    across = advice.document.across_units
    yield click.style("Across units", underline=True)
    free = [f"{each.unit} {_two(each.hours_per_day)} h a day" for each in across.free]
    growing = [
        f"{each.unit} {'' if each.growth_pct is None else _two(each.growth_pct) + '%'}".strip()
        for each in across.growing
    ]
    yield _field("Hours are free", "; ".join(free) or "nowhere that is known")
    yield _field("Demand grows", "; ".join(growing) or "nowhere that is known")


def _made_with(advice: Advice) -> Lines:
    made = advice.document.made_with
    checked = f", checked by {made.checked_by}" if made.checked_by else ""
    engine = f"engine {made.engine}{checked}"
    yield f"advisor {made.advisor}, {engine}; rulebook {made.rulebook.name} {made.rulebook.version}"
    yield f"rulebook {made.rulebook.digest[:23]}  profile {advice.document.profile.digest[:23]}"
    if advice.document.overridden:
        yield _Paragraph(f"overridden parameters: {', '.join(advice.document.overridden)}", "", "  ")
