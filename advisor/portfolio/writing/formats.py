"""The formats of the rows, by the ending of a file, and how each is written without holding all rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

import polars as pl

from advisor.phrases import phrases_in
from advisor.phrases.writing import Writing
from advisor.portfolio.run import Done
from advisor.portfolio.writing.separated import begin, separated
from advisor.portfolio.writing.workbook import MOST_ROWS, write_workbook
from advisor.reading import InvalidInput, Place, Problem, replacing

Format = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_GROUP = 100_000
"""Rows in one group of Parquet."""


def write_rows(
    done: Done, columns: Sequence[str], path: Path, form: Format, metadata: Mapping[str, str] | None = None
) -> None:
    """Write the results of a run; what cannot be written raises `InvalidInput` and changes nothing.

    `metadata` goes into a file of Parquet.
    """
    if form == "xlsx" and done.units - done.rejected >= MOST_ROWS:
        said = f"a workbook holds at most {MOST_ROWS - 1:,} units; write .parquet or .csv"
        raise InvalidInput([Problem(Place(str(path)), "T015", said)])
    with replacing(path) as temporary:
        if form == "xlsx":
            write_workbook((frame.select(columns) for frame in done.frames()), columns, temporary)
        elif form == "parquet":
            done.rows().select(columns).sink_parquet(temporary, row_group_size=_GROUP, metadata=dict(metadata or {}))
        else:
            with temporary.open("wb") as stream:
                writing = phrases_in(done.evaluator.rulebook.spoken).writing
                if form == "csv":
                    begin(stream, writing)
                stream_rows(done.frames(), columns, stream, form, writing)


def stream_rows(
    frames: Iterable[pl.DataFrame], columns: Sequence[str], stream: BinaryIO, form: Format, writing: Writing
) -> None:
    """Write rows of text to a stream: JSON lines, or CSV as spreadsheets of a language read it."""
    for number, frame in enumerate(frames):
        if form == "jsonl":
            stream.write(frame.select(columns).write_ndjson().encode("utf-8"))
        else:
            stream.write(separated(frame.select(columns), writing, header=number == 0))
