"""Codes of what can be wrong with a memo that is read back."""

from __future__ import annotations

CODES: dict[str, str] = {
    "M010": "The file is none of the formats of a memo.",
    "M011": "The file is damaged, or built so that it could do harm.",
    "M012": "The memo carries no record.",
    "M014": "The format needs a package that is not installed.",
    "M015": "The memo has other looks than those that were named.",
}
