"""The backtest itself: assessments, outcomes and terms in; judged units, figures and rejects out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from advisor.advice.model import RulebookUsed
from advisor.backtest.alarms import Alarm, alarms_of
from advisor.backtest.assess import Assessed
from advisor.backtest.comparing import compared
from advisor.backtest.counting import counted_units, results_of
from advisor.backtest.judging import judged
from advisor.backtest.result import Asked, Assessments, BacktestDocument, Comparison
from advisor.backtest.statements import DATE, DIFFERS, KEY, TYPES, agreed, contradictions, read_statements
from advisor.backtest.statistics import FEWEST
from advisor.backtest.terms import Terms
from advisor.portfolio.rejects import Fault, Reject
from advisor.portfolio.sources.heads import ORGANISATION, UNIT
from advisor.portfolio.sources.part import FILE, ROW
from advisor.rulebook import Rulebook
from advisor.version import __version__

_PLACE = (FILE, ROW)


@dataclass(frozen=True, slots=True)
class Backtest:
    """The result with what it was made from: the units of `judging.judged`, the warnings, the rejects."""

    document: BacktestDocument
    units: pl.DataFrame
    alarms: Sequence[Alarm]
    rejects: Sequence[Reject]


def backtest(
    assessed: Assessed,
    outcomes: pl.DataFrame,
    terms: Terms,
    *,
    warnings: Sequence[str] = (),
    keep: Sequence[str] = (),
    against: Assessed | None = None,
) -> Backtest:
    """Judge every warning of a rulebook, or those named, and compare it with another rulebook on the same rows.

    `outcomes` has `FILE`, `ROW`, `KEY` and the columns of the terms, as texts, of a table of outcomes; it may be empty.
    What is named and neither rulebook has is left out (see `alarms.check_names`).
    """
    alarms = alarms_of(assessed.rulebook, warnings)
    assessments, rejects = _readable(assessed, against)
    dated, faults = _dated(assessments, outcomes, terms)
    rejects += faults
    units = judged(_with_results(dated, assessed), alarms, terms, keep)
    document = BacktestDocument(
        advisor=__version__,
        language=assessed.rulebook.spoken,
        rulebook=_used(assessed.rulebook),
        asked=_asked(terms),
        assessments=Assessments(read=assessed.read, rejected=assessed.read - dated.height, used=dated.height),
        units=counted_units(units),
        warnings=results_of(units, alarms, terms.level),
    )
    if against is not None:
        document = replace(document, against=_against(dated, against, alarms, units, terms, warnings))
    return Backtest(document, units, alarms, rejects)


def _readable(assessed: Assessed, against: Assessed | None) -> tuple[pl.DataFrame, list[Reject]]:
    """The rows that can be assessed, by both rulebooks where there are two; and the others."""
    rejects = list(assessed.rejects)
    if against is None:
        return assessed.rows, rejects
    known = {(each.file, each.row) for each in rejects}
    rejects += [each for each in against.rejects if (each.file, each.row) not in known]
    return assessed.rows.join(against.rows.select(_PLACE), on=_PLACE, how="semi", maintain_order="left"), rejects


def _dated(rows: pl.DataFrame, outcomes: pl.DataFrame, terms: Terms) -> tuple[pl.DataFrame, list[Reject]]:
    """The rows with a date and what is agreed of the outcome (`FILE`, `ROW`, `KEY`, `TYPES`); and those without."""
    wanted = [*_PLACE, *KEY, *terms.columns]
    read, rejects = read_statements(rows.select(wanted), terms, dated=True)
    said, more = read_statements(outcomes.select(wanted), terms, dated=False)
    together = pl.concat([read, said])
    differing = contradictions(together, terms)
    whole = agreed(together)
    settled = read.select(*_PLACE, *KEY, DATE).join(whole, on=KEY, how="left", maintain_order="left")
    for row in settled.filter(DIFFERS).select(*_PLACE, *KEY).iter_rows(named=True):
        message = differing[row[ORGANISATION], row[UNIT]]
        fault = Fault("; ".join(terms.about_outcome), 0, "B004", message)
        more.append(Reject(row[FILE], row[ROW], row[UNIT], (fault,)))
    return settled.filter(~pl.col(DIFFERS)).select(*_PLACE, *KEY, *TYPES), rejects + more


def _with_results(dated: pl.DataFrame, assessed: Assessed) -> pl.DataFrame:
    others = [name for name in assessed.rows.columns if name not in dated.columns]
    return dated.join(assessed.rows.select(*_PLACE, *others), on=_PLACE)


def _against(
    dated: pl.DataFrame,
    against: Assessed,
    alarms: Sequence[Alarm],
    units: pl.DataFrame,
    terms: Terms,
    warnings: Sequence[str],
) -> Comparison:
    names = {each.name for each in alarms}
    others = alarms_of(against.rulebook, warnings)
    theirs = judged(_with_results(dated, against), others, terms)
    there = {each.name for each in others}
    return Comparison(
        rulebook=_used(against.rulebook),
        warnings=results_of(theirs, others, terms.level),
        compared=list(compared(units, theirs, [each for each in alarms if each.name in there])),
        only_in_rules=[each.name for each in alarms if each.name not in there],
        only_in_against=[each.name for each in others if each.name not in names],
    )


def _used(rulebook: Rulebook) -> RulebookUsed:
    return RulebookUsed(name=rulebook.frame.name, version=rulebook.frame.version, digest=rulebook.digest)


def _asked(terms: Terms) -> Asked:
    return Asked(
        outcome=terms.outcome,
        horizon_days=terms.horizon,
        least_lead_days=terms.least_lead,
        confidence_pct=round(100 * terms.level, 2),
        fewest_units=FEWEST,
    )
