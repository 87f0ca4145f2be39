"""A memo as its renderers take it: the blocks, and what stands around them on every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from advisor.memo.blocks import Block, Heading, Provenance, Title


class MemoWarning(UserWarning):
    """A memo was written, but not quite as it was meant."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What repeats on pages, what a file says of itself, and the words that only some formats need.

    `language` is a BCP 47 tag of language and region, such as ``en-GB``. `page` holds the places ``{number}`` and
    ``{total}``, `back` the place ``{number}``.
    """

    language: str
    organisation: str
    reference: str
    prepared_for: str
    prepared_by: str
    date: date | None
    contents: str
    notes: str
    back: str
    page: str


@dataclass(frozen=True, slots=True)
class MemoOptions:
    """How a memo is made; `unit` is the only one of the profile that it is about, where one was picked.

    `one_page` leaves only page one.
    """

    provenance: Provenance = "footnotes"
    embeds: bool = True
    unit: str | None = None
    one_page: bool = False


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo before it has a format."""

    blocks: tuple[Block, ...]
    furniture: Furniture
    provenance: Provenance = "footnotes"
    one_page: bool = False
    """Whether a format with pages has to make the letters so small that one page holds all of it."""

    @property
    def title(self) -> str:
        """The answer, in one sentence."""
        return next(block.words for block in self.blocks if isinstance(block, Title))

    def headings(self, level: int) -> Iterable[str]:
        """The headings of one level, in reading order."""
        return (block.words for block in self.blocks if isinstance(block, Heading) and block.level == level)
