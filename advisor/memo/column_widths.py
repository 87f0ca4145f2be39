"""How wide the columns of a table are on a page of fixed width."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from advisor.memo.blocks import Text

_LINE = 112
"""About as many characters of a table fit into a line of an A4 page."""
_PADDING = 3
_LONGEST_WISH = 48
_SHORT = 13
_LONGEST_WORD = 24


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[Text]], line: float = _LINE) -> tuple[float, ...]:
    """The share of each column, in all 1: first room for its longest word, then the more the longer its cells.

    `line` is how many characters fit into a line of the table.

    Short cells stay in one line in as many columns as have room for theirs.
    """
    columns = list(zip(heads, *([f"{cell.lead} {cell.words}".strip() for cell in row] for row in rows), strict=True))
    least = [min(max(map(_least, column)), _LONGEST_WORD) + _PADDING for column in columns]
    short = [max((len(text) for text in column if len(text) <= _SHORT), default=0) + _PADDING for column in columns]
    least = _with_room_for(short, least, line)
    wishes = [min(max(map(len, column)), _LONGEST_WISH) + _PADDING for column in columns]
    more = [max(wish - need, 0) for wish, need in zip(wishes, least, strict=True)]
    spare = max(line - sum(least), 0) / (sum(more) or 1)
    widths = [need + spare * wish for need, wish in zip(least, more, strict=True)]
    return tuple(width / sum(widths) for width in widths)


def _with_room_for(wanted: Sequence[float], least: Sequence[float], line: float) -> list[float]:
    """What columns need at least, and what is wanted for those that need the least more, as long as the line has it."""
    widths, room = list(least), line - sum(least)
    for more, place in sorted(
        (max(want - need, 0), place) for place, (want, need) in enumerate(zip(wanted, least, strict=True))
    ):
        if more <= room:
            widths[place], room = widths[place] + more, room - more
    return widths


def has_long_word(cell: Text, width: float) -> bool:
    """Whether a word of a cell is longer than a line of its column, which has that share of the page."""
    most = width * _LINE - _PADDING
    if len(cell.lead) + len(cell.words) <= most:
        return False
    return max(map(len, f"{cell.lead} {cell.words}".split()), default=0) > most


def reckoned_lines(row: Sequence[Text], widths: Sequence[float]) -> int:
    """About how many lines a row is high, in columns that have these shares of the page."""
    return max(
        ceil(len(f"{cell.lead} {cell.words}") / (width * _LINE)) for cell, width in zip(row, widths, strict=True)
    )


def _least(text: str) -> float:
    """Room for the longest word, and for a long text not to become a tower of single words."""
    return max(max(map(len, text.split()), default=0), 2 * sqrt(len(text)))
