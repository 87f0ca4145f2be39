"""How robust the advice is, as part of the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from advisor.advice.model import AdviceDocument, DriverResult, HeadlineShare, Number, RobustnessResult
from advisor.advice.robustness_lines import RobustnessLines
from advisor.advice.waits import Dependencies
from advisor.profile import Unit
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Rulebook

if TYPE_CHECKING:
    from advisor.robustness.drivers import Influence
    from advisor.robustness.readings import Headline, Readings, Robustness
    from advisor.robustness.varying import Varying

_LEAST = 0.005
_MOST = 10
"""Drivers are listed that explain at least this share, and so many at most."""


def with_robustness(
    document: AdviceDocument, units: Sequence[Unit], known: Sequence[Dependencies], readings: Readings
) -> AdviceDocument:
    """The document with the robustness of each unit; `units` hold the answers that count."""
    found = [readings.of(unit, readings.outcomes.of(each.evaluation)) for unit, each in zip(units, known, strict=True)]
    results = [
        replace(unit, robustness=_result(each, readings)) for unit, each in zip(document.units, found, strict=True)
    ]
    return replace(document, units=results)


def readings_of(rulebook: Rulebook) -> Readings:
    """What computes it; `InvalidInput` where a package is missing."""
    try:
        from advisor.robustness.readings import Readings
    except ModuleNotFoundError as error:
        message = "this needs numpy and polars, which are not both installed here: pip install numpy polars"
        raise InvalidInput([Problem(Place("--robust"), "U001", message)]) from error
    return Readings(rulebook)


def _result(found: Robustness, readings: Readings) -> RobustnessResult:
    headlines, every = found.headlines, found.draws
    kinds = [each.kind for each in found.varying]
    result = RobustnessResult(
        says="",
        draws=every,
        contradicting=found.contradicting,
        too_large=found.too_large,
        answers=kinds.count("answer"),
        thresholds=kinds.count("threshold"),
        headline=_headline(found.now, headlines.get(found.now, 0), every),
        headlines=[_headline(headline, number, every) for headline, number in headlines.items()],
        outcomes={
            name: {word: _percent(number, every) for word, number in words.items()}
            for name, words in found.outcomes.items()
        },
        drivers=_drivers(found, readings.rulebook),
        not_computed=found.beyond,
    )
    return replace(result, says=RobustnessLines(readings.rulebook, None).sentence(result))


def _headline(headline: Headline, number: int, every: int) -> HeadlineShare:
    verdict, first = headline
    share = _percent(number, every) if every else None
    return HeadlineShare(verdict=verdict, first_pattern=first, share_pct=share)


def _percent(number: int, every: int) -> Number:
    """A share that is 100 or 0 only where it is exactly that."""
    share = float(round(Fraction(number * 100, every), 3))
    return int(share) if share.is_integer() else share


def _drivers(found: Robustness, rulebook: Rulebook) -> list[DriverResult]:
    telling = [each for each in found.varying if found.influences and found.influences[each.name].explains >= _LEAST]
    telling.sort(key=lambda each: -found.influences[each.name].explains)
    return [_driver(each, found.influences[each.name], rulebook) for each in telling[:_MOST]]


def _driver(varying: Varying, influence: Influence, rulebook: Rulebook) -> DriverResult:
    part = rulebook.questions.get(varying.name) or rulebook.parameters[varying.name]
    low, high = varying.ends
    return DriverResult(
        name=varying.name,
        kind=varying.kind,
        basis=varying.basis,
        unit=part.unit,
        low=_plain(low),
        high=_plain(high),
        explains_pct=_share(influence.explains),
        at_low_pct=_share(influence.at_low),
        at_high_pct=_share(influence.at_high),
    )


def _plain(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else float(value)


def _share(share: float) -> Number:
    return _plain(Fraction(round(share * 100, 1)).limit_denominator(10))
