"""The readings of one unit: its advice under every draw, by the column engine, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from advisor.engines.columns.answers import ChecksOfAnswers
from advisor.engines.columns.engine import BEYOND, ColumnsEngine
from advisor.engines.columns.frames import frame_of
from advisor.engines.columns.ladders import OUTCOME
from advisor.engines.columns.layout import BeyondLimits, Layout
from advisor.engines.outcomes import FIRST, VERDICT, Outcomes, sharing_verdicts
from advisor.engines.quick import keys_behind
from advisor.profile import Unit
from advisor.profile.facts import facts_of
from advisor.robustness.draws import Draws, Parts, columns_of, draw
from advisor.robustness.drivers import Influence, influences
from advisor.robustness.varying import Varying, answers_that_vary, thresholds_that_vary
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION

DRAWS = 100_000
BROKEN = "answers.broken"
"""The column that tells where answers cannot be true together."""
Headline = tuple[str, str | None]
"""A verdict, and the first pattern where hours are shared out under it."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """What became of one unit under varied inputs and thresholds.

    `draws` are those that count, `contradicting` those in which answers could not be true together, `too_large` those
    with a number that columns do not hold; of neither anything is counted. `now` is what the advice says, `headlines`
    how often each came out, the most frequent first, `outcomes` the same by outcome and word. `influences` are those on
    the headline, of all that `varying` lists. `beyond` says why nothing could be computed.
    """

    now: Headline
    varying: tuple[Varying, ...] = ()
    draws: int = 0
    contradicting: int = 0
    too_large: int = 0
    headlines: Mapping[Headline, int] = field(default_factory=dict)
    outcomes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    influences: Mapping[str, Influence] = field(default_factory=dict)
    beyond: str | None = None


class Readings:
    """Computes how robust advice is; what depends on the rulebook alone is done once."""

    def __init__(self, rulebook: Rulebook, number: int = DRAWS) -> None:
        self.rulebook, self.number = rulebook, number
        self.outcomes = Outcomes(rulebook)
        self.behind = keys_behind(rulebook, [SELECTION, *(f"rule:{rule}" for rule in self.outcomes.rules())])
        self.thresholds = thresholds_that_vary(rulebook, self.behind)
        self._sharing = sharing_verdicts(rulebook)

    @cached_property
    def engine(self) -> ColumnsEngine:
        """The rulebook with a column for each threshold; `BeyondLimits` where columns cannot express it."""
        return ColumnsEngine(self.rulebook, columns_of(self.rulebook, self.thresholds))

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self.rulebook)

    @cached_property
    def _checks(self) -> ChecksOfAnswers:
        return ChecksOfAnswers(self._layout)

    def headline(self, verdict: str, first: str) -> Headline:
        """What is said first of an advice."""
        return verdict, first if verdict in self._sharing else None

    def of(self, unit: Unit, now: Mapping[str, str]) -> Robustness:
        """The robustness of a unit; `unit` holds the answers that count, `now` the outcomes of its advice."""
        said = self.headline(now[VERDICT], now[FIRST])
        varying = tuple(self.varying(unit))
        try:
            return self._counted(said, varying, self.rows(unit, varying))
        except BeyondLimits as limit:
            return Robustness(said, varying, beyond=str(limit))

    def varying(self, unit: Unit) -> list[Varying]:
        """What varies for a unit."""
        return [*answers_that_vary(unit, self.rulebook, self.behind), *self.thresholds]

    def rows(self, unit: Unit, varying: Sequence[Varying]) -> Rows:
        """Every draw with what came out of it; a single one where nothing varies."""
        draws = draw(self.rulebook, varying, self.number if varying else 1)
        fixed = frame_of(self._layout, [facts_of(unit, self.rulebook)])
        rest = [
            pl.lit(fixed[name][0], kind).alias(name) for name, kind in fixed.schema.items() if name not in draws.columns
        ]
        frame = draws.columns.lazy().with_columns(rest) if varying else fixed.lazy()
        wanted = [OUTCOME + name for name in self.outcomes.words()]
        plans = [self.engine.evaluate(frame, wanted).select(*wanted, BEYOND), *self._checked(frame, varying)]
        return Rows(draws, pl.concat(pl.collect_all(plans), how="horizontal"))

    def _checked(self, frame: pl.LazyFrame, varying: Sequence[Varying]) -> Iterator[pl.LazyFrame]:
        """Whether answers cannot be true together, where a check looks at one that varies."""
        moved = {each.name for each in varying if each.kind == "answer"}
        pairs = zip(self._checks.columns, self.rulebook.constraints, strict=True)
        errors = [
            column for column, each in pairs if each.check.severity == "error" and moved.intersection(each.questions)
        ]
        if errors:
            answers = frame.select(*self._layout.answers)
            checked = self._checks.evaluate(answers, errors)
            yield checked.select(pl.any_horizontal(errors).alias(BROKEN), ChecksOfAnswers.UNSURE)

    def _counted(self, said: Headline, varying: tuple[Varying, ...], rows: Rows) -> Robustness:
        kept = rows.results.filter(rows.counts)
        headlines = self._headlines(kept)
        found, codes = np.unique(headlines, return_inverse=True)
        known = {self._named(int(code)): int(number) for code, number in zip(found, np.bincount(codes), strict=True)}
        order = {headline: place for place, headline in enumerate(known)}
        parts = rows.parts()
        return Robustness(
            said,
            varying,
            draws=kept.height,
            contradicting=rows.contradicting,
            too_large=rows.results.height - kept.height - rows.contradicting,
            headlines=dict(sorted(known.items(), key=lambda entry: -entry[1])),
            outcomes={name: _counts(kept[OUTCOME + name]) for name in self.outcomes.words()},
            influences=influences(codes, order.get(said, len(order)), parts) if kept.height else {},
        )

    def _headlines(self, results: pl.DataFrame) -> NDArray[np.int64]:
        """The headline of each row as a number: that of its verdict, and of its first pattern where that is said."""
        verdict, first = (
            results[OUTCOME + name].to_physical().to_numpy().astype(np.int64) for name in (VERDICT, FIRST)
        )
        words = self.outcomes.words()
        shares = np.array([word in self._sharing for word in words[VERDICT]])
        return verdict * (len(words[FIRST]) + 1) + np.where(shares[verdict], first + 1, 0)

    def _named(self, code: int) -> Headline:
        words = self.outcomes.words()
        verdict, first = divmod(code, len(words[FIRST]) + 1)
        return words[VERDICT][verdict], words[FIRST][first - 1] if first else None


@dataclass(frozen=True, slots=True)
class Rows:
    """Draws, and in the same order what came out: ``outcome.…``, `BEYOND`, and where answers are checked `BROKEN`."""

    draws: Draws
    results: pl.DataFrame

    @property
    def counts(self) -> pl.Series:
        """Which draws count."""
        flags = [name for name in (BEYOND, BROKEN, ChecksOfAnswers.UNSURE) if name in self.results.columns]
        return self.results.select(~pl.any_horizontal(flags))[BEYOND]

    @property
    def contradicting(self) -> int:
        """In how many draws answers cannot be true together."""
        return int(self.results[BROKEN].sum()) if BROKEN in self.results.columns else 0

    def parts(self) -> dict[str, Parts]:
        """The parts of the draws that count."""
        counts = self.counts.to_numpy()
        if counts.all():
            return dict(self.draws.parts)
        return {name: Parts(each.number, each.places[counts]) for name, each in self.draws.parts.items()}


def _counts(words: pl.Series) -> dict[str, int]:
    """How often each word came out, in the order of the rulebook."""
    kind = words.dtype
    assert isinstance(kind, pl.Enum)
    numbers = np.bincount(words.to_physical().to_numpy(), minlength=len(kind.categories))
    return {word: int(number) for word, number in zip(kind.categories, numbers, strict=True) if number}
