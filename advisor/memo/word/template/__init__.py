"""A client's Word template: its styles, page, headers and footers for the memo, and nothing else of it."""

from __future__ import annotations

from advisor.memo.word.template.codes import CODES
from advisor.memo.word.template.read import Template, read_template
from advisor.memo.word.template.styles import Fate

__all__ = ["CODES", "Fate", "Template", "read_template"]
