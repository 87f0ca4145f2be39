"""Why a file is not read on."""

from __future__ import annotations


class Harmful(ValueError):
    """A file that is damaged, or built so that reading it could do harm; the message says which."""
