"""A memo as its renderers take it: the blocks, and what stands around them on every page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.memo.blocks import Block, Heading, Provenance, Title
from advisor.memo.looks import USUAL, Looks


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
    date: datetime.date | None
    contents: str
    notes: str
    back: str
    page: str
    record: str

    @property
    def heads(self) -> tuple[str, str]:
        """Organisation and reference as they fit beside each other above a page; they stand whole on page one."""
        return _fitting(self.organisation, 90), _fitting(self.reference, 40)


def _fitting(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class MemoOptions:
    """How a memo is made; `unit` is the only one of the profile that it is about, where one was picked.

    `one_page` leaves only page one.
    """

    provenance: Provenance = "footnotes"
    embeds: bool = True
    unit: str | None = None
    looks: Looks = USUAL
    one_page: bool = False


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo before it has a format."""

    blocks: tuple[Block, ...]
    furniture: Furniture
    provenance: Provenance = "footnotes"
    looks: Looks = USUAL
    one_page: bool = False
    """Whether a format with pages has to make the letters so small that one page holds all of it."""
    record: str | None = None
    """What the file carries along, as JSON that is safe inside HTML and XML."""

    @property
    def title(self) -> str:
        """The answer, in one sentence."""
        return next(block.words for block in self.blocks if isinstance(block, Title))

    def headings(self, level: int) -> Iterable[str]:
        """The headings of one level, in reading order."""
        return (block.words for block in self.blocks if isinstance(block, Heading) and block.level == level)
