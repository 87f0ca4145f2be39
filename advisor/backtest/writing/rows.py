"""A backtest as rows: one for each warning, or one for each unit and warning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from advisor.backtest.judging import each_judgement
from advisor.backtest.result import BacktestDocument, as_json
from advisor.backtest.run import Backtest
from advisor.phrases import phrases_in
from advisor.portfolio.writing.formats import FORMATS, stream_rows
from advisor.portfolio.writing.separated import begin, separated
from advisor.portfolio.writing.workbook import MOST_ROWS, write_workbook
from advisor.reading import InvalidInput, Place, Problem, replacing

RULES, AGAINST = "rules", "against"


def csv_of(document: BacktestDocument) -> bytes:
    """The figures of every warning as CSV, of both rulebooks below one another where there are two."""
    whole = as_json(document)
    rows = [_flat(RULES, each) for each in whole["warnings"]]
    if whole["against"] is not None:
        rows += [_flat(AGAINST, each) for each in whole["against"]["warnings"]]
    frame = pl.DataFrame(rows, infer_schema_length=None, schema=None if rows else ["rulebook"])
    return separated(frame, phrases_in(document.language).writing, header=True)


def _flat(rulebook: str, warning: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {"rulebook": rulebook}
    for name, value in warning.items():
        flat |= {f"{name}.{key}": each for key, each in value.items()} if isinstance(value, dict) else {name: value}
    return flat


def write_judgements(found: Backtest, keep: Sequence[str], path: Path) -> int:
    """Write what each warning was for each unit, by the ending of the file; gives the number of rows."""
    form = FORMATS[path.suffix.lower()]
    frames = list(each_judgement(found.units, found.alarms, keep)) or [pl.DataFrame()]
    columns, height = frames[0].columns, sum(frame.height for frame in frames)
    if form == "xlsx" and height >= MOST_ROWS:
        said = (
            f"a workbook holds at most {MOST_ROWS - 1:,} rows; write .parquet or .csv, or choose a few with --warning"
        )
        raise InvalidInput([Problem(Place(str(path)), "T015", said)])
    with replacing(path) as temporary:
        if form == "xlsx":
            write_workbook(frames, columns, temporary, sheet="judgements")
        elif form == "parquet":
            pl.concat(frames).write_parquet(temporary)
        else:
            writing = phrases_in(found.document.language).writing
            with temporary.open("wb") as stream:
                if form == "csv":
                    begin(stream, writing)
                stream_rows(frames, columns, stream, form, writing)
    return height
