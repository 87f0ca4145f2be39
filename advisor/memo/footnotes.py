"""What statements rest on, as renderers show it: numbered footnotes, or marks beside the statement."""

from __future__ import annotations

from advisor.memo.blocks import Origin, Provenance


class Footnotes:
    """Numbers origins in the order in which a renderer meets them; origins of the same words share a number."""

    def __init__(self, provenance: Provenance = "footnotes") -> None:
        """Begin without footnotes."""
        self.origins: list[Origin] = []
        self._provenance = provenance
        self._numbers: dict[str, int] = {}

    def called(self, origin: Origin | None) -> Origin | None:
        """The origin, where a statement calls a footnote for it."""
        return origin if self._provenance == "footnotes" else None

    def margin(self, origin: Origin | None) -> str:
        """What stands beside a statement; nothing unless marks are in the margin."""
        return origin.mark if origin is not None and self._provenance == "margin" else ""

    def number(self, origin: Origin) -> int:
        """The number of an origin, from 1; a new one if it has none yet."""
        if origin.words not in self._numbers:
            self.origins.append(origin)
            self._numbers[origin.words] = len(self.origins)
        return self._numbers[origin.words]

    def has(self, origin: Origin) -> bool:
        """Whether an origin has been numbered already."""
        return origin.words in self._numbers
