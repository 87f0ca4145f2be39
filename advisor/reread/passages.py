"""What a memo says, passage by passage, and where two of them differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_AROUND = 8
"""So many words stand before and after a word that was changed."""
_LONG = 5_000
"""Of more passages those that come often are no landmarks; comparing would take minutes."""
_NUMBERED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_UNSEEN = re.compile("[\u00ad\u200b\ufeff]")


class Spot(NamedTuple):
    """A place that no heading names: its kind, which a report says in its language, and its number if it has one."""

    kind: Literal["alternative", "chart", "comment", "everywhere", "note", "page", "painted", "slide", "slide_notes"]
    number: int = 0


ALTERNATIVE = Spot("alternative")
"""Where words stand that only who does not see a picture is told; some programs lose all of them when they save."""


class Passage(NamedTuple):
    """A paragraph, a cell, a heading or a line of a page; `under` is the heading above it, or where else it stands."""

    under: str | Spot
    text: str


class Edit(NamedTuple):
    """A passage that was another one; either text is empty where there was or is none."""

    under: str | Spot
    old: str
    new: str


def settled(text: str) -> str:
    """A text without what no reader sees: how it is spaced, where words may break, how a character was spelled out."""
    spelled = _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text)
    return " ".join(_UNSEEN.sub("", spelled).split())


def edits(old: Sequence[Passage], new: Sequence[Passage]) -> list[Edit]:
    """Where the new passages differ from the old ones, in reading order."""
    old, new = _comparable(old, new)
    found: list[Edit] = []
    for first, last, start, end in _differing(old, new):
        found += _paired(old[first:last], new[start:end])
    return found


def edits_of_words(old: Sequence[Passage], new: Sequence[Passage]) -> list[Edit]:
    """The same where each passage is a word: those that are near each other together, with some words around them."""
    old, new = _comparable(old, new)
    gathered: list[list[int]] = []
    for first, last, start, end in _differing(old, new):
        if gathered and first - gathered[-1][1] <= _AROUND:
            gathered[-1][1], gathered[-1][3] = last, end
        else:
            gathered.append([first, last, start, end])
    return [
        Edit((old[first] if first < last else new[start]).under, _around(old, first, last), _around(new, start, end))
        for first, last, start, end in gathered
    ]


def _comparable(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Sequence[Passage], Sequence[Passage]]:
    is_described = any(each.under == ALTERNATIVE for each in new)
    return (old if is_described else [each for each in old if each.under != ALTERNATIVE]), new


def _differing(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[tuple[int, int, int, int]]:
    """Where each difference begins and ends, on both sides."""
    alike = _alike(old, new)
    tail = _alike(old[alike:][::-1], new[alike:][::-1])
    before, after = ([each.text for each in side[alike : len(side) - tail]] for side in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=max(len(before), len(after)) > _LONG)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            yield first + alike, last + alike, start + alike, end + alike


def _alike(old: Sequence[Passage], new: Sequence[Passage]) -> int:
    """How many passages both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one.text != other.text), min(len(old), len(new)))


def _around(passages: Sequence[Passage], start: int, end: int) -> str:
    if start == end:
        return ""
    page = passages[start].under
    before = [each.text for each in passages[max(0, start - _AROUND) : start] if each.under == page]
    after = [each.text for each in passages[end : end + _AROUND] if each.under == page]
    return " ".join([*before, *(each.text for each in passages[start:end]), *after])


def _paired(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Edit]:
    """As many pairs as there are passages, the rest with nothing on the other side."""
    for place in range(max(len(old), len(new))):
        before = old[place] if place < len(old) else None
        after = new[place] if place < len(new) else None
        where = before or after
        assert where is not None
        yield Edit(where.under, before.text if before else "", after.text if after else "")
