"""Texts that a spreadsheet would take for a formula: whoever opens a table must not run what somebody typed into it."""

from __future__ import annotations

import polars as pl

BEGINNINGS = "=+-@\t\r＝＋－＠"
"""What a formula begins with, in the wide forms too."""
_MAY_RUN = f"^[{BEGINNINGS.replace('-', '')}-]"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return text.startswith(tuple(BEGINNINGS))


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an apostrophe before every text, and every name of a column, that could be a formula."""
    texts = [pl.col(name) for name, kind in frame.schema.items() if kind == pl.String]
    marked = [
        pl.when(text.str.contains(_MAY_RUN)).then(pl.lit("'") + text).otherwise(text).alias(text.meta.output_name())
        for text in texts
    ]
    frame = frame.with_columns(marked)
    return frame.rename({name: f"'{name}" for name in frame.columns if is_formula(name)})
