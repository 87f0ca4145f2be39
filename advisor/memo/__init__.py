"""The memo: the advice as a document, first as typed blocks, then in a format."""

from __future__ import annotations

from advisor.memo.blocks import Block
from advisor.memo.deck_file import SLIDES, check_deck, write_deck
from advisor.memo.document import Furniture, Memo, MemoOptions, MemoWarning
from advisor.memo.markdown import render_markdown
from advisor.memo.renderers import CODES, FORMATS, brand_of, brand_schema_of, renderer_for, template_of
from advisor.memo.write import memo_blocks, memo_of, write_memo

__all__ = [
    "CODES",
    "FORMATS",
    "SLIDES",
    "Block",
    "Furniture",
    "Memo",
    "MemoOptions",
    "MemoWarning",
    "brand_of",
    "brand_schema_of",
    "check_deck",
    "memo_blocks",
    "memo_of",
    "render_markdown",
    "renderer_for",
    "template_of",
    "write_deck",
    "write_memo",
]
