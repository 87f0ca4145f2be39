"""Memos read back: the record that a file carries along and the words that it shows, in every format."""

from __future__ import annotations

from advisor.reread.codes import CODES
from advisor.reread.files import Found, read_memo
from advisor.reread.passages import Edit, Passage, edits

__all__ = ["CODES", "Edit", "Found", "Passage", "edits", "read_memo"]
