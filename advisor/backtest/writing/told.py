"""What a backtest says in sentences and cells, for every form of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from advisor.backtest.result import (
    BacktestDocument,
    Compared,
    Comparison,
    LeadTime,
    Paired,
    Share,
    UnitNamed,
    WarningResult,
)
from advisor.backtest.run import Backtest
from advisor.phrases import Phrases, phrases_in
from advisor.portfolio.sources.heads import ORGANISATION

NOTHING = "–"
_MOST_NAMED = 5
_LEAST_P = 0.001
HEADS = ("hits", "false_alarms", "sensitivity", "specificity", "precision", "lead")


class Pair(NamedTuple):
    """A warning under two rulebooks: its cells in each, and what is said of the two."""

    title: str
    here: list[str]
    there: list[str]
    said: list[str]


@dataclass(frozen=True, slots=True)
class Told:
    """Says what is in a result; `several` organisations are named beside their units."""

    found: BacktestDocument
    say: Phrases
    several: bool

    def heading(self) -> str:
        """How much was looked at."""
        rows, units = self.found.assessments.used, self.found.units.all
        return self.say(
            "backtest.heading",
            assessments=self.say.count("backtest.assessments", rows),
            units=self.say.count("sum.units", units, shown=self._number(units)),
        )

    def opening(self) -> Iterator[str]:
        """What was judged and how, and of what too little is known to say a rate."""
        say, units = self.say, self.found.units
        with_outcome, without = units.with_outcome, units.without_outcome
        yield say("backtest.judged", with_outcome=self._number(with_outcome), without_outcome=self._number(without))
        left = [(name, getattr(units, name)) for name in ("unknown", "observed_too_short", "not_assessed_in_time")]
        reasons = [say(f"backtest.left_{name}", number=self._number(number)) for name, number in left if number]
        if reasons:
            yield say("backtest.left_out", reasons=say.listed(reasons))
        if with_outcome + without:
            yield from self._terms()
        else:
            yield say("backtest.nobody")

    def _terms(self) -> Iterator[str]:
        """What too few units keep from being said; what is in time, and how figures were made."""
        say, units, asked = self.say, self.found.units, self.found.asked
        if units.with_outcome < asked.fewest_units:
            yield say.count("backtest.few_with", units.with_outcome)
        if units.without_outcome < asked.fewest_units:
            yield say.count("backtest.few_without", units.without_outcome)
        least = say.count("backtest.days", asked.least_lead_days)
        if asked.horizon_days is None:
            yield say("backtest.no_horizon", least=least)
        else:
            yield say("backtest.horizon", horizon=self._number(asked.horizon_days), least=least)
        level = say.percent(self._number(asked.confidence_pct, 1))
        yield say("backtest.intervals", level=level, fewest=asked.fewest_units)

    def heads(self) -> list[str]:
        """What the cells of a warning are called."""
        return [self.say(f"backtest.{name}") for name in HEADS]

    def shown(self) -> list[WarningResult]:
        """The warnings that came up for some unit that was judged."""
        return [each for each in self.found.warnings if each.hits + each.false_alarms]

    def never(self) -> Iterator[str]:
        """Those that came up for none."""
        those = [self.title(each) for each in self.found.warnings if not each.hits + each.false_alarms]
        if those and self.found.units.with_outcome + self.found.units.without_outcome:
            yield self.say.count("backtest.never", len(those), names=self._first(those))

    def title(self, warning: WarningResult) -> str:
        """A warning with the name under which it can be asked for."""
        return f"{warning.title} ({warning.code or warning.warning})"

    def cells(self, warning: WarningResult) -> list[str]:
        """The figures of a warning, in the order of `HEADS`."""
        counts = (f"{share.count}/{share.of}" for share in (warning.sensitivity, warning.false_alarm_rate))
        shares = map(self._share, (warning.sensitivity, warning.specificity, warning.precision))
        return [*counts, *shares, self._lead(warning.lead_time)]

    def missed(self, warning: WarningResult) -> Iterator[str]:
        """Why units were missed, unless nothing warned of them."""
        why = [(name, getattr(warning.missed, name)) for name in ("too_early", "too_late", "open", "silent")]
        if any(number for name, number in why[:-1]):
            reasons = [
                self.say(f"backtest.missed_{name}", number=self._number(number)) for name, number in why if number
            ]
            yield self.say("backtest.missed", reasons=self.say.listed(reasons))

    def compared(self, against: Comparison) -> Iterator[Pair]:
        """Each warning that both rulebooks have and that does not do the same under both."""
        here, there = ({each.warning: each for each in those} for those in (self.found.warnings, against.warnings))
        for each in against.compared:
            cells = self.cells(here[each.warning]), self.cells(there[each.warning])
            if each.only_rules or each.only_against or cells[0] != cells[1]:
                tested = (("with", each.with_outcome), ("without", each.without_outcome))
                said = [text for key, pair in tested if (text := self._tested(key, pair))]
                yield Pair(self.title(here[each.warning]), *cells, [*said, *self._only(each)])

    def compared_with(self, against: Comparison) -> str:
        """With which rulebook, and how."""
        used = against.rulebook
        return self.say("backtest.compared", other=f"{used.name} {used.version}, {used.digest[:15]}")

    def beside(self, against: Comparison) -> Iterator[str]:
        """How many warnings do the same, and which only one of the rulebooks has."""
        alike = len(against.compared) - len(list(self.compared(against)))
        if alike:
            yield self.say.count("backtest.alike", alike)
        theirs, ours = against.only_in_against, against.only_in_rules
        for key, warnings, names in (("rules", self.found.warnings, ours), ("against", against.warnings, theirs)):
            titles = [self.title(each) for each in warnings if each.warning in names]
            if titles:
                yield self.say(f"backtest.only_in_{key}", names=self._first(titles))

    def made_with(self) -> str:
        """What made the result."""
        found, used = self.found, self.found.rulebook
        return self.say(
            "backtest.made_with",
            version=found.advisor,
            rulebook=used.name,
            rulebook_version=used.version,
            digest=used.digest[:15],
        )

    def _only(self, pair: Compared) -> Iterator[str]:
        for key, units in (("here", pair.only_rules), ("there", pair.only_against)):
            if units:
                yield self.say(f"backtest.only_{key}", units=self._first([self._named(each) for each in units]))

    def _named(self, unit: UnitNamed) -> str:
        name = f"{unit.unit}, {unit.organisation}" if self.several else unit.unit
        came = self.say("backtest.with_outcome" if unit.outcome == "yes" else "backtest.without_outcome")
        return self.say("backtest.named", unit=name, outcome=came)

    def _first(self, items: Sequence[str]) -> str:
        """The first few, and how many more there are."""
        more = len(items) - _MOST_NAMED
        rest = [self.say("backtest.more", number=self._number(more))] if more > 0 else []
        return self.say.in_row([*items[:_MOST_NAMED], *rest])

    def _tested(self, key: str, pair: Paired) -> str:
        """How likely so unequal pairs are by chance; nothing where none differs, or where the units are too few."""
        if pair.p_value is None or not pair.only_rules + pair.only_against:
            return ""
        here, there = (self._number(number) for number in (pair.only_rules, pair.only_against))
        return self.say(f"backtest.tested_{key}", here=here, there=there, p=self._p(pair.p_value))

    def _p(self, value: float) -> str:
        low = value < _LEAST_P
        return self.say("backtest.p_below" if low else "backtest.p", value=self._number(_LEAST_P if low else value, 3))

    def _share(self, share: Share) -> str:
        if share.pct is None or share.low_pct is None or share.high_pct is None:
            return NOTHING
        low, high = self._number(share.low_pct), self._number(share.high_pct)
        return f"{self.say.percent(self._number(share.pct))} ({self.say('word.span', low=low, high=high)})"

    def _lead(self, lead: LeadTime) -> str:
        if lead.median_days is None:
            return NOTHING
        said = self._number(lead.median_days)
        if lead.low_days is None or lead.high_days is None:
            return said
        low, high = self._number(lead.low_days), self._number(lead.high_days)
        return f"{said} ({self.say('word.span', low=low, high=high)})"

    def _number(self, value: float, decimals: int = 0) -> str:
        return self.say.decimal(Fraction(str(value)), decimals)


def told_of(backtest: Backtest) -> Told:
    """What a backtest says, in the language of its rulebook."""
    document = backtest.document
    return Told(document, phrases_in(document.language), backtest.units[ORGANISATION].n_unique() > 1)
