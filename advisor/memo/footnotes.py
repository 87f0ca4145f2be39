"""Footnotes, for renderers that number them."""

from __future__ import annotations

from advisor.memo.blocks import Origin


class Footnotes:
    """Numbers origins in the order in which a renderer meets them; origins of the same words share a number."""

    def __init__(self) -> None:
        """Begin without footnotes."""
        self.origins: list[Origin] = []
        self._numbers: dict[str, int] = {}

    def number(self, origin: Origin) -> int:
        """The number of an origin, from 1; a new one if it has none yet."""
        if origin.words not in self._numbers:
            self.origins.append(origin)
            self._numbers[origin.words] = len(self.origins)
        return self._numbers[origin.words]

    def has(self, origin: Origin) -> bool:
        """Whether an origin has been numbered already."""
        return origin.words in self._numbers
