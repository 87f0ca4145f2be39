"""What rows say of their date and of the outcome of their unit: read strictly, each row as it is or with its faults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import polars as pl

from advisor.backtest.terms import Terms
from advisor.portfolio.rejects import Fault, Reject
from advisor.portfolio.sources.heads import ORGANISATION, UNIT
from advisor.portfolio.sources.part import FILE, ROW
from advisor.portfolio.sources.words import UNKNOWN, YES_NO
from advisor.reading import quote

KEY = (ORGANISATION, UNIT)
"""What tells units apart."""
DATE, YES, OCCURRED, OBSERVED = "…date", "…yes", "…occurred", "…observed"
TYPES = {DATE: pl.Date(), YES: pl.Boolean(), OCCURRED: pl.Date(), OBSERVED: pl.Date()}
"""Of an assessment its date; of the outcome whether it came (null: unknown, or not said here), when, and how far it is
known that it did not."""
DIFFERS = "…differs"
Cells: TypeAlias = tuple[str | None, str | None, str | None, str | None]
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_FAULTS, _MOST_TOLD = "…faults", 3
_FORM = "write year-month-day, such as 2026-11-22"


@dataclass(slots=True)
class _Statement:
    """What one combination of cells says, and what is wrong with it: column, code and message."""

    terms: Terms
    cells: Cells
    dated: bool
    faults: list[tuple[str, str, str]] = field(default_factory=list)

    def read(self) -> tuple[date | None, bool | None, date | None, date | None]:
        terms = self.terms
        day, outcome, occurred, observed = self.cells
        when = self._day(terms.date, "B001", day)
        if self.dated and day is None:
            self._add(terms.date, "B001", f"the assessment has no date; {_FORM}")
        yes = self._outcome(outcome)
        came = self._day(terms.outcome_date, "B003", occurred)
        until = self._day(terms.observed_until, "B003", observed)
        self._check(yes, outcome, occurred, came, until)
        return when, yes, came, until

    def _day(self, column: str, code: str, text: str | None) -> date | None:
        found = _DAY.fullmatch(text or "")
        try:
            if found:
                return date.fromisoformat(found[1])
        except ValueError:
            pass
        if text is not None:
            self._add(column, code, f"{quote(text)} is not a date; {_FORM}")
        return None

    def _outcome(self, text: str | None) -> bool | None:
        word = (text or UNKNOWN).casefold()
        if word != UNKNOWN and word not in YES_NO:
            self._add(self.terms.outcome, "B002", f"{quote(text or '')} is no outcome; write yes, no or unknown")
        return YES_NO.get(word)

    def _check(
        self, yes: bool | None, outcome: str | None, occurred: str | None, came: date | None, until: date | None
    ) -> None:
        """What cannot be true together."""
        column, said = self.terms.outcome_date, quote(outcome or "")
        if yes and occurred is None:
            self._add(column, "B003", "the outcome has no date, so no lead time can be told; add its date")
        elif not yes and occurred is not None:
            what = f"the outcome is {said}" if outcome else "there is no outcome"
            self._add(column, "B003", f"{what}, but it has a date; correct one of them")
        elif came and until and until < came:
            what = f"the observation ends on {until}, before the outcome of {came}"
            self._add(self.terms.observed_until, "B003", f"{what}; correct one of them")

    def _add(self, column: str, code: str, message: str) -> None:
        self.faults.append((column, code, f"{column}: {message}"))


def read_statements(rows: pl.DataFrame, terms: Terms, *, dated: bool) -> tuple[pl.DataFrame, list[Reject]]:
    """The rows with `TYPES` in place of the columns of `terms`, and those that are wrong; `dated` asks for a date.

    `rows` have `FILE`, `ROW`, `KEY` and the columns as texts. Equal cells are read once.
    """
    cells = list(terms.columns)
    different = rows.select(cells).unique(maintain_order=True)
    statements = [_Statement(terms, combination, dated) for combination in different.iter_rows()]
    read = pl.DataFrame([each.read() for each in statements], schema=TYPES, orient="row")
    faulty = pl.Series(_FAULTS, [place if each.faults else None for place, each in enumerate(statements)], pl.Int64())
    both = rows.join(different.hstack(read).with_columns(faulty), on=cells, how="left", nulls_equal=True)
    wrong = both.filter(pl.col(_FAULTS).is_not_null())
    rejects = [_reject(each, statements[each[_FAULTS]].faults) for each in wrong.iter_rows(named=True)]
    return both.filter(pl.col(_FAULTS).is_null()).drop(_FAULTS, *cells), rejects


def _reject(row: Mapping[str, Any], faults: list[tuple[str, str, str]]) -> Reject:
    found = tuple(Fault(column, 0, code, message) for column, code, message in faults)
    return Reject(row[FILE], row[ROW], row[UNIT], found)


def agreed(said: pl.DataFrame) -> pl.DataFrame:
    """What all rows of a unit together say of its outcome: `KEY`, `YES`, `OCCURRED`, `OBSERVED`, and `DIFFERS`.

    A row that says nothing contradicts nothing; `DIFFERS` is true where two rows contradict each other.
    """
    told = [pl.col(name).drop_nulls() for name in (YES, OCCURRED, OBSERVED)]
    several = [each.n_unique() > 1 for each in told]
    late = pl.col(OBSERVED).max() < pl.col(OCCURRED).min()
    differs = pl.any_horizontal(*several, late.fill_null(False)).alias(DIFFERS)
    return said.group_by(KEY, maintain_order=True).agg(
        pl.col(YES).drop_nulls().first(), pl.col(OCCURRED).min(), pl.col(OBSERVED).max(), differs
    )


def contradictions(said: pl.DataFrame, terms: Terms) -> dict[tuple[str, str], str]:
    """By `KEY` what the rows of a unit say that is not the same, with their places."""
    units = said.join(agreed(said).filter(DIFFERS).select(KEY), on=KEY).filter(
        pl.any_horizontal(pl.col(YES, OCCURRED, OBSERVED).is_not_null())
    )
    different = units.sort(FILE, ROW).unique([*KEY, YES, OCCURRED, OBSERVED], keep="first", maintain_order=True)
    found: dict[tuple[str, str], str] = {}
    for (organisation, unit), rows in different.group_by(KEY, maintain_order=True):
        places = "; ".join(_told(row) for row in rows.head(_MOST_TOLD).iter_rows(named=True))
        what = f"{', '.join(terms.about_outcome)}: the rows of this unit do not say the same"
        found[str(organisation), str(unit)] = f"{what} ({places}); say it once, or the same in each row"
    return found


def _told(row: Mapping[str, Any]) -> str:
    words = {True: "yes", False: "no", None: "not said"}
    days = [f"{what} {row[name]}" for name, what in ((OCCURRED, "on"), (OBSERVED, "until")) if row[name]]
    return " ".join([f"{row[FILE]} row {row[ROW]}:", words[row[YES]], *days])
