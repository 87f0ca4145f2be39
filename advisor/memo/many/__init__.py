"""Many memos into one folder: file names, what is there already, and the work in several processes."""

from __future__ import annotations

from advisor.memo.many.journal import Journal, digest_of, key_of
from advisor.memo.many.names import file_names
from advisor.memo.many.pool import Failed, run_all

__all__ = ["Failed", "Journal", "digest_of", "file_names", "key_of", "run_all"]
