"""What results say of their own, by language: fixed sentences, and how a language writes numbers, dates and lists.

A folder beside this file is a language: what another one adds is another folder with the same files and keys.
"""

from __future__ import annotations

from advisor.phrases.books import languages, phrases_in
from advisor.phrases.phrases import Phrases
from advisor.phrases.writing import Writing

__all__ = ["Phrases", "Writing", "languages", "phrases_in"]
