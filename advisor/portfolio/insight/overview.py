"""Everything that a dashboard or a memo of a portfolio says, before it has a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from advisor.engines.outcomes import VERDICT
from advisor.portfolio.insight.outliers import Outlier, outliers_of
from advisor.portfolio.insight.similar import Answers, Similar, similar_units
from advisor.portfolio.insight.told import Told
from advisor.portfolio.insight.unusual import MOST_LISTED, listed_units
from advisor.portfolio.results import FREE_HOURS, GROWING, GROWTH, LATER_HOURS
from advisor.portfolio.run import Done
from advisor.portfolio.sources.heads import ORGANISATION, UNIT
from advisor.portfolio.sources.part import WHERE
from advisor.portfolio.summary import Summary, is_blank, is_held, summary_of
from advisor.rulebook import Rulebook
from advisor.rulebook.model import NOT_ASSESSED

MOST_RANKED, MOST_BLANK = 10, 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit with a figure, where one is known, and the verdict by which its free hours are held back, if any."""

    unit: str
    organisation: str
    figure: float | None
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole portfolio.

    `listed` are the results of the units that are looked at one by one, `answers` what they answered and `similar` who
    is like them, in the same order; `freest`, `later` and `growing` the units with most hours free, with most of those
    that come free after go-live and with the strongest real growth; `reject_codes` count the rejects by what is wrong
    with them; in `ready` units every preparation is in place, in `unassessed` ones some is not assessed; `blank` names
    the first units without any answer.
    """

    rulebook: Rulebook
    summary: Summary
    listed: pl.DataFrame
    answers: pl.DataFrame
    similar: Sequence[Similar]
    outliers: Sequence[Outlier]
    freest: Sequence[Ranked]
    later: Sequence[Ranked]
    growing: Sequence[Ranked]
    reject_codes: Mapping[str, int]
    files: Sequence[str]
    ready: int
    unassessed: int
    blank: Sequence[tuple[str, str]]

    def name(self, place: int) -> str:
        """What a listed unit is called, with its organisation where there are several."""
        unit, organisation = self.listed[UNIT][place], self.listed[ORGANISATION][place]
        return self.called(unit, organisation)

    def called(self, unit: str, organisation: str) -> str:
        """A unit by its name, with its organisation where there are several."""
        return unit if self.summary.organisations == 1 else f"{unit}, {organisation}"

    def answer(self, told: Told, question: str, place: int) -> str:
        """What a listed unit answered to a question, in words."""
        cells, currency = self.answers.row(place, named=True), self.listed["currency"][place]
        return told.answer(question, cells, currency)

    @property
    def is_complete(self) -> bool:
        """Whether every unit is listed."""
        return self.listed.height == self.summary.units


def overview_of(done: Done, most: int = MOST_LISTED) -> Overview:
    """Look at a finished run, whose answers were kept."""
    summary = summary_of(done)
    listed = listed_units(done, summary, most)
    places = listed.select(*WHERE).with_row_index("…place")
    answers = done.answers().join(places.lazy(), on=WHERE).sort("…place").drop("…place").collect(engine="streaming")
    statuses = [pl.col(each.name) for each in done.evaluator.rulebook.frame.preparations]
    rows, held_by = done.rows(), pl.when(is_held(done.evaluator.rulebook)).then(VERDICT)
    return Overview(
        rulebook=done.evaluator.rulebook,
        summary=summary,
        listed=listed,
        answers=answers,
        similar=similar_units(Answers(done.evaluator.layout, answers), listed[VERDICT].to_list()),
        outliers=outliers_of(done, listed, summary),
        freest=_ranked(rows.filter(pl.col(FREE_HOURS) > 0), FREE_HOURS, held_by),
        later=_ranked(rows.filter(pl.col(LATER_HOURS) > 0), LATER_HOURS),
        growing=_ranked(rows.filter(pl.col(GROWING)), GROWTH),
        reject_codes=Counter(code for reject in done.rejects() for code in reject.codes),
        files=_names(rows),
        ready=_count(rows, pl.all_horizontal(status == "in_place" for status in statuses)),
        unassessed=_count(rows, pl.any_horizontal(status == NOT_ASSESSED for status in statuses)),
        blank=rows.filter(is_blank()).select(UNIT, ORGANISATION).head(MOST_BLANK).collect().rows(),
    )


def _ranked(rows: pl.LazyFrame, figure: str, *more: pl.Expr) -> list[Ranked]:
    top = rows.sort(figure, descending=True, nulls_last=True, maintain_order=True).head(MOST_RANKED)
    return [Ranked(*row) for row in top.select(UNIT, ORGANISATION, figure, *more).collect().iter_rows()]


def _count(rows: pl.LazyFrame, condition: pl.Expr) -> int:
    return int(rows.select(condition.sum()).collect().item())


def _names(rows: pl.LazyFrame) -> list[str]:
    """The names of the files, without their folders, in the order of the input."""
    found = rows.select(pl.col("file").unique(maintain_order=True)).collect()["file"]
    return [Path(name).name for name in found]
