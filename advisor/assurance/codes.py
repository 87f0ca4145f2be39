"""The codes of problems with a case file, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "X001": "A case file is one mapping with the key 'cases', a list.",
    "X002": "The rulebook has nothing of that name.",
    "X003": "A value cannot be expected here.",
    "X004": "Two cases have the same name.",
    "X005": "A case expects nothing.",
    "X006": "There is no case file.",
    "P…": "An answer, a key or a text is not as in a profile.",
    "Y…": "The file cannot be read as YAML.",
}
