"""One number for rows of results, whatever their order and however they are spread over files.

It is the sum, modulo 2²⁵⁶, of the SHA-256 of each row, written as a line of CSV without `file` and `row`: a row that is
lost, doubled or different changes it. It guards against accidents, not against somebody who wants to deceive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import polars as pl

from advisor.portfolio.sources.part import WHERE

_MODULUS = 1 << 256


def digest_of(frames: Iterable[pl.DataFrame]) -> str:
    """The digest of rows of results, in hexadecimal; frames with other columns have another one."""
    return together(map(_digest, frames))


def together(digests: Iterable[str]) -> str:
    """The digest of all rows from those of some of them."""
    return f"{sum(int(digest, 16) for digest in digests) % _MODULUS:064x}"


def _digest(frame: pl.DataFrame) -> str:
    lines = frame.drop(WHERE, strict=False).write_csv(include_header=False).encode("utf-8").split(b"\n")[:-1]
    total = sum(int.from_bytes(hashlib.sha256(line).digest(), "big") for line in lines)
    return f"{total % _MODULUS:064x}"
