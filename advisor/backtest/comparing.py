"""Two rulebooks on the same assessments: which warnings find more, which alarm more, whom only one warns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from advisor.backtest.alarms import Alarm
from advisor.backtest.judging import FIRED, STATE, WITH, WITHOUT
from advisor.backtest.result import Compared, Paired, UnitNamed
from advisor.backtest.statements import KEY
from advisor.backtest.statistics import FEWEST, mcnemar
from advisor.portfolio.sources.heads import ORGANISATION, UNIT

_RULES, _AGAINST = "…rules", "…against"


def compared(rules: pl.DataFrame, against: pl.DataFrame, alarms: Sequence[Alarm]) -> Iterator[Compared]:
    """Each of the warnings, over units (see `judging.judged`) that are judged by the same assessments under both."""
    for alarm in alarms:
        column = FIRED + alarm.name
        other = against.select(*KEY, pl.col(column).alias(_AGAINST))
        both = rules.select(*KEY, STATE, pl.col(column).alias(_RULES)).join(other, on=KEY).sort(KEY)
        judged = both.filter(pl.col(STATE).is_in([WITH, WITHOUT]))
        yield Compared(
            warning=alarm.name,
            with_outcome=_paired(judged.filter(pl.col(STATE) == WITH)),
            without_outcome=_paired(judged.filter(pl.col(STATE) == WITHOUT)),
            only_rules=_named(judged.filter(pl.col(_RULES) & ~pl.col(_AGAINST))),
            only_against=_named(judged.filter(~pl.col(_RULES) & pl.col(_AGAINST))),
        )


def _paired(units: pl.DataFrame) -> Paired:
    rules, against = units[_RULES], units[_AGAINST]
    one, other = int((rules & ~against).sum()), int((~rules & against).sum())
    return Paired(
        both=int((rules & against).sum()),
        only_rules=one,
        only_against=other,
        neither=int((~rules & ~against).sum()),
        p_value=float(f"{mcnemar(one, other):.4g}") if units.height >= FEWEST else None,
    )


def _named(units: pl.DataFrame) -> list[UnitNamed]:
    return [
        UnitNamed(organisation=row[ORGANISATION], unit=row[UNIT], outcome=row[STATE])
        for row in units.iter_rows(named=True)
    ]
