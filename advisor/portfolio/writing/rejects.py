"""Rejects as a file: a line for each, with the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, islice
from pathlib import Path

import polars as pl

from advisor.portfolio.rejects import Reject
from advisor.portfolio.writing.reasons import Reasons
from advisor.portfolio.writing.separated import begin, separated
from advisor.reading import replacing
from advisor.rulebook import Rulebook

FIELDS = ("file", "row", "unit", "column", "code", "reason")
_GROUP = 100_000


def write_rejects(rejects: Iterable[Reject], path: Path, rulebook: Rulebook) -> None:
    """Write rejects as CSV in the language that a rulebook speaks; raises `InvalidInput` where that cannot be."""
    left, reasons = iter(rejects), Reasons(rulebook)
    writing = reasons.say.writing
    schema = {reasons.say(f"rejects.{name}"): pl.Int64() if name == "row" else pl.String() for name in FIELDS}
    with replacing(path) as temporary, temporary.open("wb") as stream:
        begin(stream, writing)
        for number in count():
            rows = [_cells(each, reasons) for each in islice(left, _GROUP)]
            if number and not rows:
                break
            stream.write(separated(pl.DataFrame(rows, schema=schema, orient="row"), writing, header=number == 0))


def _cells(reject: Reject, reasons: Reasons) -> tuple[str, int, str, str, str, str]:
    """The row by `FIELDS`; columns and codes stand in the order of the reasons, each once."""
    places = dict.fromkeys(filter(None, map(reasons.place, reject.faults)))
    return reject.file, reject.row, reject.unit, "; ".join(places), "; ".join(reject.codes), reasons.all(reject)
