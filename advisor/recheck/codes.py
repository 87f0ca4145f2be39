"""Codes of what can be wrong with an earlier advice."""

from __future__ import annotations

CODES: dict[str, str] = {
    "A001": "The file is neither a memo nor an advice as JSON.",
    "A002": "The file holds several advices.",
    "A003": "The two are about other units.",
}
