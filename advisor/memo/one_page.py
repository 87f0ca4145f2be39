"""Page one alone, for who reads no more: what stands before the first page break."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from advisor.memo.blocks import Block, PageBreak
from advisor.memo.document import Memo

SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
"""By how much letters are made smaller until a page holds everything; below, nobody reads them."""


def one_page(memo: Memo) -> Memo:
    """The first page of a memo as a memo."""
    return replace(memo, blocks=first_page(memo.blocks), one_page=True)


def first_page(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """What stands before the first page break."""
    return tuple(takewhile(lambda block: not isinstance(block, PageBreak), blocks))
