"""Parts of the advice in words, as the table and the Markdown summary both say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.advice import Advice
from advisor.advice.figures import Figures, figure, score, worth, worth_notes
from advisor.advice.model import FindingResult, Number, PatternResult, PreparationResult, UnitAdvice, stands_firm
from advisor.advice.outcome_words import erosion_said, erosion_waits
from advisor.advice.preparations import one_side
from advisor.language.values import is_known_fact
from advisor.phrases import Phrases, phrases_in
from advisor.rulebook import SEVERITIES, Rulebook


@dataclass(frozen=True, slots=True)
class InWords:
    """Says parts of one advice in the language of its rulebook."""

    rulebook: Rulebook
    currency: str | None
    say: Phrases
    figures: Mapping[str, Figures]
    """What writes the numbers of each unit, by its name."""

    @classmethod
    def of(cls, advice: Advice) -> InWords:
        """What says the parts of this advice."""
        currency, units = advice.profile.organisation.currency, zip(advice.profile.units, advice.units, strict=True)
        figures = {unit.name: Figures(known, unit, currency) for unit, known in units}
        return cls(advice.rulebook, currency, phrases_in(advice.rulebook.spoken), figures)

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
        """The score as `45`, `45–79` or `no score`."""
        return self.say("table.no_score") if pattern.low is None else score(pattern.low, pattern.high, self.say)

    def share(self, pattern: PatternResult) -> str:
        """The share of the hours, or nothing."""
        return "" if pattern.share_pct is None else self.say.percent(figure(pattern.share_pct, self.say))

    def money(self, pattern: PatternResult, unit: UnitAdvice) -> str:
        """What the hours of a pattern are worth a year, or nothing where they get none or it is not known."""
        return worth(pattern, self.figures[unit.unit])

    def worth_notes(self, pattern: PatternResult, unit: UnitAdvice) -> str:
        """How that was computed, and what it takes for granted."""
        return " ".join(filter(None, worth_notes(pattern, self.figures[unit.unit])))

    def erosion(self, unit: UnitAdvice) -> str:
        """The level, and how many indicators are behind it or not known; or only that none can show yet."""
        say, erosion = self.say, unit.erosion
        level = erosion_said(unit, self.rulebook)
        if erosion_waits(unit, self.rulebook):
            return level
        levels = self.rulebook.frame.erosion.levels
        if erosion.blind and erosion.level in levels[1:]:
            level = say("table.may_show_some" if erosion.level == levels[-1] else "table.may_show_more", level=level)
        counts = {key: say.count(f"table.{key}", len(getattr(erosion, key))) for key in ("red", "structural", "blind")}
        return say("table.indicators", level=level, **counts)

    def hours(self, unit: UnitAdvice) -> str:
        """The figures of the freed hours that are known."""
        say, figures = self.say, self.figures[unit.unit]
        labels = {name: self.rulebook.measures[name].label for name in self.rulebook.frame.capacity.values()}
        known = [name for name in labels if is_known_fact(figures.known.evaluation.facts[name])]
        parts = [say("table.figure", label=labels[name], value=figures.value(name)) for name in known]
        return say.in_row(parts) or say("word.not_known")

    def across(self, advice: Advice) -> Iterator[tuple[str, str]]:
        """Where hours can be given, are held back, may be free or still come, and where demand grows; with labels."""
        say, across, names = self.say, advice.document.across_units, self.rulebook.frame.across_units
        free, later, growing = ([each.unit for each in found] for found in (across.free, across.later, across.growing))
        titles = {unit.unit: unit.verdict_title for unit in advice.document.units}
        to_give = [self._of_unit(unit, names.free_hours) for unit in free if unit not in across.held]
        held = [self._held(unit, titles[unit]) for unit in across.held]
        yield say("table.to_give"), say.in_row(to_give) or say("table.none_to_give")
        if held:
            yield say("table.hours_held"), say.in_row(held)
        if across.unsure:
            yield say("table.unsure"), say.in_row([self._of_unit(unit, names.free_hours) for unit in across.unsure])
        if later:
            yield say("table.later"), say.in_row([self._of_unit(unit, names.later_hours) for unit in later])
        yield (
            say("table.growing"),
            say.in_row([self._of_unit(unit, names.growth) for unit in growing]) or say("table.nowhere"),
        )

    def _held(self, unit: str, answer: str | None) -> str:
        hours = self._of_unit(unit, self.rulebook.frame.across_units.free_hours)
        return self.say("table.held_by", unit=hours, answer=answer) if answer else hours

    def _of_unit(self, unit: str, name: str) -> str:
        figures = self.figures[unit]
        if not is_known_fact(figures.known.evaluation.facts[name]):
            return unit
        return self.say("table.in_unit", unit=unit, value=figures.value(name))

    def engines(self, engine: str, checked_by: str | None) -> str:
        """What computed the advice, and what checked it."""
        if checked_by is None:
            return engine
        return self.say("table.engine_checked", engine=engine, checker=checked_by)

    def preparation(self, each: PreparationResult) -> str:
        """The score of a preparation, or nothing where it has none."""
        return "" if each.score is None else score(each.score, each.score, self.say)

    def one_side(self, each: PreparationResult, unit: UnitAdvice) -> str:
        """Whose view alone a preparation is seen by, or nothing where both are there or only one can come."""
        frame = next(part for part in self.rulebook.frame.preparations if part.name == each.preparation)
        side = one_side(frame, self.figures[unit.unit].known)
        return self.say(f"side.{side}") if side else ""

    def figure(self, value: Number) -> str:
        """A share, a weight or the points of a limit."""
        return figure(value, self.say)


def by_severity(unit: UnitAdvice) -> list[FindingResult]:
    """The findings, the most severe first."""
    return sorted(unit.findings, key=lambda each: -SEVERITIES.index(each.severity))
