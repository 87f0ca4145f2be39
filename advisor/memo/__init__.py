"""The memo: the advice as a document, first as typed blocks, then in a format."""

from __future__ import annotations

from advisor.memo.blocks import Block
from advisor.memo.markdown import render_markdown
from advisor.memo.write import CODES, RENDERERS, memo_blocks, renderer_of, write_memo

__all__ = ["CODES", "RENDERERS", "Block", "memo_blocks", "render_markdown", "renderer_of", "write_memo"]
