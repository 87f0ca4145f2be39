"""Parts of the advice in words, as the table and the Markdown summary both say them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from advisor.advice import Advice
from advisor.advice.model import FindingResult, Number, PatternResult, UnitAdvice, stands_firm
from advisor.advice.outcome_words import erosion_said, erosion_waits
from advisor.advice.wording import with_unit
from advisor.phrases import Phrases, phrases_in
from advisor.rulebook import SEVERITIES, Rulebook
from advisor.rulebook.model import NOT_ASSESSED


@dataclass(frozen=True, slots=True)
class InWords:
    """Says parts of one advice in the language of its rulebook."""

    rulebook: Rulebook
    currency: str | None
    say: Phrases

    @classmethod
    def of(cls, advice: Advice) -> InWords:
        """What says the parts of this advice."""
        return cls(advice.rulebook, advice.profile.organisation.currency, phrases_in(advice.rulebook.spoken))

    def still_to_assess(self, unit: UnitAdvice) -> str:
        """That redeploying depends on preparations which nobody has assessed."""
        names = [each.title for each in unit.preparations if each.preparation in unit.conditional_on]
        return self.say("table.on_condition", preparations=self.say("list.comma").join(names))

    def firmness(self, unit: UnitAdvice) -> str:
        """How firm the verdict is, and the choice of patterns where hours are shared out."""
        if unit.verdicts_before:
            titles = {verdict.name: verdict.title for verdict in self.rulebook.frame.verdicts}
            quoted = [self.say("word.quoted", words=titles[name]) for name in unit.verdicts_before]
            return self.say("table.is_open_before", verdicts=self.say.listed(quoted))
        if not stands_firm(unit):
            return self.say("table.is_not_firm")
        return self.say("table.is_firm_whatever" if unit.open_questions else "table.is_firm")

    def score(self, pattern: PatternResult) -> str:
        """The score as `45`, `45 to 79` or `no score`."""
        if pattern.low is None or pattern.high is None:
            return self.say("table.no_score")
        low, high = (self.number(end, 1) for end in (pattern.low, pattern.high))
        return low if low == high else self.say("word.range", low=low, high=high)

    def share(self, pattern: PatternResult) -> str:
        """The share of the hours, or nothing."""
        return "" if pattern.share_pct is None else self.say.percent(self.number(pattern.share_pct))

    def money(self, pattern: PatternResult) -> str:
        """What the hours of a pattern are worth a year, or nothing where they get none or it is not known."""
        if pattern.money_per_year is None:
            return ""
        amount = self.number(pattern.money_per_year, 0)
        money = self.say("unit.money_year", currency=self.currency or self.say("unit.money"), amount=amount)
        return self.say("word.about", value=money)

    def erosion(self, unit: UnitAdvice) -> str:
        """The level, and how many indicators are behind it or not known; or only that none can show yet."""
        say, erosion = self.say, unit.erosion
        level = erosion_said(unit, self.rulebook)
        if erosion_waits(unit, self.rulebook):
            return level
        if erosion.blind and erosion.level != NOT_ASSESSED:
            level = say("table.at_least", level=level)
        red, structural, blind = map(len, (erosion.red, erosion.structural, erosion.blind))
        return say("table.indicators", level=level, red=red, structural=structural, blind=blind)

    def hours(self, unit: UnitAdvice) -> str:
        """The figures of the freed hours that are known."""
        say, parts = self.say, []
        for key, name in self.rulebook.frame.capacity.items():
            value, ends, measure = unit.capacity[key], unit.capacity_ranges.get(key), self.rulebook.measures[name]
            low, high = (value, value) if value is not None else ends or (None, None)
            if low is not None and high is not None:
                words = [self.number(end) for end in (low, high)]
                number = words[0] if low == high else say("word.range", low=words[0], high=words[1])
                shown = with_unit(number, measure.unit, self.rulebook, self.currency)
                parts.append(say("table.figure", label=measure.label, value=shown))
        return say.in_row(parts) or say("word.not_known")

    def across(self, advice: Advice) -> Iterator[tuple[str, str]]:
        """Where hours are free and where demand grows, each with its label."""
        say, across, names = self.say, advice.document.across_units, self.rulebook.frame.across_units
        free = [self._of_unit(each.unit, each.hours_per_day, names.free_hours) for each in across.free]
        growing = [self._of_unit(each.unit, each.growth_pct, names.growth) for each in across.growing]
        yield say("table.free"), say.in_row(free) or say("table.nowhere")
        yield say("table.growing"), say.in_row(growing) or say("table.nowhere")

    def _of_unit(self, unit: str, value: Number | None, name: str) -> str:
        if value is None:
            return unit
        shown = with_unit(self.number(value), self.rulebook.measures[name].unit, self.rulebook, self.currency)
        return self.say("table.in_unit", unit=unit, value=shown)

    def engines(self, engine: str, checked_by: str | None) -> str:
        """What computed the advice, and what checked it."""
        if checked_by is None:
            return engine
        return self.say("table.engine_checked", engine=engine, checker=checked_by)

    def number(self, value: Number, decimals: int = 2) -> str:
        """A number with so many decimals at most."""
        return self.say.decimal(Fraction(str(value)), decimals)


def by_severity(unit: UnitAdvice) -> list[FindingResult]:
    """The findings, the most severe first."""
    return sorted(unit.findings, key=lambda each: -SEVERITIES.index(each.severity))
