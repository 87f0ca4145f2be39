"""How cells of a table may be written where a profile knows only one way."""

from __future__ import annotations

UNKNOWN = "unknown"
NOT_APPLICABLE = ("n/a", "not_applicable")
YES_NO = {
    "true": True,
    "yes": True,
    "ja": True,
    "wahr": True,
    "1": True,
    "false": False,
    "no": False,
    "nein": False,
    "falsch": False,
    "0": False,
}
"""In any case; a spreadsheet writes them in its own language."""
SEPARATORS = ",;"
"""Between several choices in one cell."""
NONE_CHOSEN = "[]"
