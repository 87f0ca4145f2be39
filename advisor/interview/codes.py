"""The codes of what keeps an interview from beginning, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "I001": "Another interview has the file open.",
    "I002": "The folder of the profile cannot be written to.",
    "I003": "The entry of the person who is heard has been changed by hand into another one.",
}
