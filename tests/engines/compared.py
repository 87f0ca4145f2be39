"""How much the engines were compared in a test run; pytest tells it at its end."""

from __future__ import annotations

from collections import Counter

COMPARED: Counter[str] = Counter()


def summary() -> str:
    """One line for the end of the run."""
    return ", ".join(f"{number:,} {what}" for what, number in COMPARED.items())
