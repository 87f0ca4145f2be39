"""Rows as text with separators, as spreadsheets of a language expect it.

Where a comma stands before decimals, a semicolon separates columns: with commas and points a German Excel shows one
column, and takes 12.5 for a day in May.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

import polars as pl

from advisor.phrases.writing import Writing
from advisor.portfolio.writing.formulas import harmless


def separated(frame: pl.DataFrame, writing: Writing, *, header: bool) -> bytes:
    """The rows of a frame, with its names above them where a header is wanted; nothing in them can become a formula."""
    comma = writing.point == ","
    text = harmless(frame).write_csv(include_header=header, separator=writing.separator, decimal_comma=comma)
    return text.encode("utf-8")


def begin(stream: BinaryIO, writing: Writing) -> None:
    """Begin a file: spreadsheets take one for UTF-8 only where it is marked; that with commas is for programs too."""
    if writing.separator != ",":
        stream.write(codecs.BOM_UTF8)
