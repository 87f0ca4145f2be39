"""How robust the advice is, in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from advisor.advice.model import DriverResult, HeadlineShare, Number, RobustnessResult
from advisor.advice.outcome_words import outcome_word
from advisor.advice.wording import label_of, with_unit
from advisor.engines.outcomes import FIRST, NO_PATTERN, VERDICT
from advisor.phrases import Phrases, phrases_in
from advisor.rulebook import Rulebook

MOST_DRIVERS = 5
_MOST_OTHERS = 3
_MOST_NAMED = 2
_MOST_OF_IT = 50
_HALF = 50
_NOTABLE = 5
"""From this share of the variety on, in per cent, a driver is named in the sentence."""


@dataclass(frozen=True, slots=True)
class RobustnessLines:
    """Writes about results of one rulebook; amounts are in `currency`."""

    rulebook: Rulebook
    currency: str | None

    @property
    def say(self) -> Phrases:
        """The phrases."""
        return phrases_in(self.rulebook.spoken)

    def sentence(self, found: RobustnessResult) -> str:
        """How often the headline comes out and what decides it."""
        say, share = self.say, found.headline.share_pct
        if found.not_computed:
            return say("robust.not_computed", why=found.not_computed)
        if share is None:
            return say("robust.no_draws")
        often = say("robust.often", what=self.headline(found.headline), share=self.of_hundred(share))
        key, names = self._decided(found, share)
        return say(f"robust.{key}", often=often[:1].upper() + often[1:], names=names)

    def _decided(self, found: RobustnessResult, share: Number) -> tuple[str, str]:
        """Which phrase says what decides, and the names in it."""
        if not found.answers and not found.thresholds:
            return "alone", ""
        if share == 100:
            return "always", ""
        strong = [each for each in found.drivers if each.explains_pct >= _NOTABLE][:_MOST_NAMED]
        if not strong:
            return "together", ""
        rest = "rest" if share >= _HALF else "difference"
        if strong[0].explains_pct >= _MOST_OF_IT:
            return f"decides.{rest}", self._named(strong[0])
        names = self.say.listed([self._named(each) for each in strong])
        return f"{'matter' if len(strong) > 1 else 'matters'}.{rest}", names

    def headline(self, headline: HeadlineShare) -> str:
        """A verdict, with its first pattern where hours are shared out under it."""
        words, first = outcome_word(VERDICT, headline.verdict, self.rulebook), headline.first_pattern
        if first is None:
            return words
        if first == NO_PATTERN:
            return self.say("robust.without_pattern", verdict=words)
        return self.say("robust.with_first", verdict=words, pattern=outcome_word(FIRST, first, self.rulebook))

    def of_hundred(self, share: Number) -> str:
        """How many of a hundred, as a person says it; all and none only where that is exactly so."""
        if share in (0, 100):
            return self.say("robust.none" if share == 0 else "robust.all")
        nearest = round(share)
        if nearest in (0, 100):
            return self.say("robust.fewer" if nearest == 0 else "robust.more")
        return str(nearest)

    @staticmethod
    def briefly(share: Number) -> str:
        """The same where there is little room."""
        nearest = round(share)
        if nearest in (0, 100) and nearest != share:
            return "<1" if nearest == 0 else ">99"
        return str(nearest)

    def _named(self, driver: DriverResult) -> str:
        return self.say(f"robust.{driver.kind}", name=self.quoted(driver.name))

    def quoted(self, name: str) -> str:
        """An answer or threshold by its label, as a sentence names it; without one by its name."""
        label = label_of(name, self.rulebook)
        return name if label == name else self.say("word.quoted", words=label)

    def others(self, found: RobustnessResult) -> Iterator[str]:
        """The headlines that come out most, where there are several."""
        if len(found.headlines) > 1:
            most = found.headlines[:_MOST_OTHERS]
            more = len(found.headlines) - len(most)
            words = self.say.in_row([self._headline(each) for each in most])
            yield self.say("robust.headlines_more" if more else "robust.headlines", words=words, number=more)

    def _headline(self, each: HeadlineShare) -> str:
        return self.say("robust.headline", what=self.headline(each), share=self.of_hundred(each.share_pct or 0))

    def driver(self, driver: DriverResult) -> str:
        """How often the headline stays at both ends of a driver's range, and how much the driver explains."""
        explains = self.say.percent(self._number(driver.explains_pct))
        return self.say("robust.driver", name=self._findable(driver), ends=self.ends(driver), explains=explains)

    def _findable(self, driver: DriverResult) -> str:
        """A driver by its label, and by the name under which it stands in the rulebook."""
        has_label = label_of(driver.name, self.rulebook) != driver.name
        named = self._named(driver)
        return self.say("word.with_name", label=named, name=driver.name) if has_label else named

    def ends(self, driver: DriverResult) -> str:
        """How often the headline stays at both ends of a driver's range."""
        low, high = (
            with_unit(self._number(end), driver.unit, self.rulebook, self.currency) for end in (driver.low, driver.high)
        )
        at_low, at_high = self.of_hundred(driver.at_low_pct), self.of_hundred(driver.at_high_pct)
        return self.say("robust.ends", low=low, high=high, at_low=at_low, at_high=at_high)

    def basis(self, found: RobustnessResult) -> Iterator[str]:
        """What varied, how often, and what was left out."""
        if found.answers or found.thresholds:
            say = self.say
            counts = say.count("robust.answers", found.answers), say.count("robust.thresholds", found.thresholds)
            yield say("robust.basis", draws=self._number(found.draws), answers=counts[0], thresholds=counts[1])
        for key, number in (("contradicting", found.contradicting), ("too_large", found.too_large)):
            if number:
                yield self.say.count(f"robust.{key}", number)

    def _number(self, value: Number) -> str:
        return self.say.decimal(Fraction(str(value)), 2)
