"""Parts of the advice in words, as the table and the Markdown summary both say them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from advisor.advice import Advice
from advisor.advice.model import Number, PatternResult, UnitAdvice
from advisor.advice.wording import decimal
from advisor.rulebook import Rulebook


def still_to_assess(unit: UnitAdvice) -> str:
    """The preparations that redeploying depends on."""
    names = unit.conditional_on
    return ", ".join(each.title for each in unit.preparations if each.preparation in names)


def score_in_words(pattern: PatternResult) -> str:
    """The score as `45`, `45 to 79` or `no score`."""
    if pattern.low is None or pattern.high is None:
        return "no score"
    return short(pattern.low) if pattern.low == pattern.high else f"{short(pattern.low)} to {short(pattern.high)}"


def money_in_words(pattern: PatternResult, currency: str | None) -> str:
    """What the hours of a pattern are worth a year, or nothing where they get none or it is not known."""
    if pattern.money_per_year is None:
        return ""
    return " ".join(("about", *([currency] if currency else []), _whole(pattern.money_per_year)))


def erosion_in_words(unit: UnitAdvice) -> str:
    """The level, and how many indicators are behind it or not known."""
    erosion = unit.erosion
    level = erosion.level.replace("_", " ")
    return (
        f"{level}{' (at least)' if erosion.blind and level != 'not assessed' else ''}; "
        f"{len(erosion.red)} red, {len(erosion.structural)} structural, {len(erosion.blind)} indicators not known"
    )


def hours_in_words(unit: UnitAdvice, rulebook: Rulebook) -> str:
    """The figures of the freed hours that are known."""
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


def across_in_words(advice: Advice) -> Iterator[tuple[str, str]]:
    """Where hours are free and where demand grows, each with its label."""
    across = advice.document.across_units
    free = [f"{each.unit} {_two(each.hours_per_day)} h a day" for each in across.free]
    growing = [
        f"{each.unit} {'' if each.growth_pct is None else _two(each.growth_pct) + '%'}".strip()
        for each in across.growing
    ]
    yield "Hours are free", "; ".join(free) or "nowhere that is known"
    yield "Demand grows", "; ".join(growing) or "nowhere that is known"


def short(value: Number) -> str:
    """A number with one decimal."""
    return decimal(Fraction(str(value)), 1)


def _whole(value: Number) -> str:
    return decimal(Fraction(str(value)), 0)


def _two(value: Number) -> str:
    return decimal(Fraction(str(value)), 2)
