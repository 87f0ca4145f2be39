"""The codes of problems with a case file, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "T001": "A case file is one mapping with the key 'cases', a list.",
    "T002": "The rulebook has nothing of that name.",
    "T003": "A value cannot be expected here.",
    "T004": "Two cases have the same name.",
    "T005": "A case expects nothing.",
    "T006": "There is no case file.",
    "P…": "An answer, a key or a text is not as in a profile.",
    "Y…": "The file cannot be read as YAML.",
}
