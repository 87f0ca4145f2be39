"""Where the blocks of a slide stand: one below the other, or words beside what is shown, as large as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pptx.util import Emu, Inches, Pt

from advisor.memo.blocks import Block, Bullets, Callout, Chart, Decision, HeatMap, KeyFigures, Paragraph, Table, Text
from advisor.memo.deck.visuals import Box, needed
from advisor.memo.deck.words import fitting, total

INSET, BELOW = 10, 8
"""Points between a frame and its words, and below a paragraph."""
_UNFRAMED = 4
_BETWEEN, _COLUMNS = 14, 18
_FIGURES = Inches(0.95).pt
_WORDS_SHARE = 0.4
_LARGE, _SMALL = (20, 18, 16), (16, 14, 12)
_MOST, _FEWEST_ROWS = 700, 3


class Place(NamedTuple):
    """A block on a slide: where it stands, its letters in points, and the most characters of each part of it."""

    block: Block
    box: Box
    size: int
    most: int


def arranged(blocks: Sequence[Block], box: Box) -> tuple[list[Place], Sequence[Block]]:
    """The places of the blocks, and those for which there is no room: at most all that follow the first that shows."""
    shows = [place for place, block in enumerate(blocks, 1) if not is_words(block)]
    if not shows:
        return _column(blocks, box), ()
    for number in range(len(blocks), shows[0] - 1, -1):
        for kept, rest in _shorter(blocks[:number], is_last=number == shows[0]):
            if places := _stacked(kept, box) or _beside(kept, box) or _in_halves(kept, box):
                return places, [*rest, *blocks[number:]]
    return _whole(blocks[: shows[0]], box), blocks[shows[0] :]


def _shorter(blocks: Sequence[Block], *, is_last: bool) -> Iterator[tuple[Sequence[Block], Sequence[Block]]]:
    """The blocks, then with fewer rows of a table that ends them and can also be left out, each with what is cut."""
    yield blocks, ()
    table = blocks[-1]
    if isinstance(table, Table) and not is_last:
        for rows in range(len(table.rows) - 1, _FEWEST_ROWS - 1, -1):
            rest = replace(table, rows=table.rows[rows:])
            yield [*blocks[:-1], replace(table, rows=table.rows[:rows])], [rest]


def is_words(block: Block) -> bool:
    """Whether a block is words, and not a chart or a table."""
    return not isinstance(block, Chart | HeatMap | Table)


def lines_of(block: Block) -> list[tuple[str, str]]:
    """The paragraphs of a block: what is bold, and what follows it."""
    match block:
        case Bullets(items=items):
            return [_line(item) for item in items]
        case Paragraph(text) | Callout(text=text):
            return [_line(text)]
        case Decision(text, fields):
            return [_line(text), ("", " · ".join(f"{label}: {value}" for label, value in fields))]
        case _:
            return []


def _line(text: Text) -> tuple[str, str]:
    return text.lead, text.words


def _stacked(blocks: Sequence[Block], box: Box) -> list[Place] | None:
    """All blocks one below the other, in the largest letters in which nothing is shortened."""
    for sizes, is_airy in ((_LARGE, True), (_SMALL, False)):
        for size in sizes:
            if places := _pile(blocks, box, size, is_airy):
                return places
    return None


def _pile(blocks: Sequence[Block], box: Box, size: int, is_airy: bool) -> list[Place] | None:
    """Blocks one below the other with letters of a size; what is left of the room goes to what is shown."""
    width = box.width.pt
    high = [
        _height(block, size, width) if is_words(block) else needed(block, width, is_airy=is_airy) for block in blocks
    ]
    spare = box.height.pt - sum(high) - _BETWEEN * (len(blocks) - 1)
    if spare < 0:
        return None
    shown = sum(not is_words(block) for block in blocks)
    high = [
        each if is_words(block) else min(each + spare / shown, _airiest(block, width))
        for block, each in zip(blocks, high, strict=True)
    ]
    return _placed(blocks, high, box, size, _MOST)


def _airiest(block: Block, width: float) -> float:
    """So high at most what is shown becomes, however much room there is."""
    return needed(block, width, is_airy=True) * (1.3 if isinstance(block, Chart) else 3)


def _beside(blocks: Sequence[Block], box: Box) -> list[Place] | None:
    """Words that come first on the left, whole, and on the right what is shown."""
    words, shown = [each for each in blocks if is_words(each)], [each for each in blocks if not is_words(each)]
    if not words or words != list(blocks[: len(words)]):
        return None
    left, right = _columns(box, _WORDS_SHARE)
    told = _column(words, left)
    shows = _pile(shown, right, _SMALL[0], is_airy=False)
    return [*told, *shows] if shows and told[0].most == _MOST else None


def _in_halves(blocks: Sequence[Block], box: Box) -> list[Place] | None:
    """Two that show something side by side."""
    if len(blocks) != 2 or any(map(is_words, blocks)):
        return None
    piles = [
        _pile([block], half, _SMALL[0], is_airy=False) for block, half in zip(blocks, _columns(box, 0.5), strict=True)
    ]
    return [place for pile in piles if pile for place in pile] if all(piles) else None


def _whole(blocks: Sequence[Block], box: Box) -> list[Place]:
    """Words and the one that is shown, shortened to the room that there is."""
    if len(blocks) == 1:
        return [Place(blocks[0], box, _SMALL[-1], _MOST)]
    left, right = _columns(box, _WORDS_SHARE)
    return [*_column(blocks[:-1], left), Place(blocks[-1], right, _SMALL[-1], _MOST)]


def _columns(box: Box, share: float) -> tuple[Box, Box]:
    gap = Pt(_COLUMNS)
    left = Emu(int((box.width - gap) * share))
    right = Emu(box.width - gap - left)
    return box._replace(width=left), box._replace(left=Emu(box.left + left + gap), width=right)


def _column(blocks: Sequence[Block], box: Box) -> list[Place]:
    """Words one below the other, in the largest letters that fit, and shortened where none do."""
    told = [block for block in blocks if lines_of(block)]
    room = box.height.pt - _BETWEEN * (len(blocks) - 1) - sum(map(_around, told))
    room -= _FIGURES * (len(blocks) - len(told))
    width = _inner(box.width.pt)
    size, most = fitting([line for block in told for line in lines_of(block)], width, room, BELOW)
    return _placed(blocks, [_height(block, size, box.width.pt, most) for block in blocks], box, size, most)


def _placed(blocks: Sequence[Block], high: Sequence[float], box: Box, size: int, most: int) -> list[Place]:
    places, top = [], box.top
    for block, each in zip(blocks, high, strict=True):
        places.append(Place(block, Box(box.left, top, box.width, Pt(each)), size, most))
        top = Emu(top + Pt(each + _BETWEEN))
    return places


def _height(block: Block, size: int, width: float, most: int = _MOST) -> float:
    if isinstance(block, KeyFigures):
        return _FIGURES
    return total(lines_of(block), size, _inner(width), BELOW, most) + _around(block)


def _around(block: Block) -> float:
    """Points above and below the words of a block: more where they have a ground."""
    return 2 * INSET if isinstance(block, Callout | Decision) else _UNFRAMED


def _inner(width: float) -> float:
    return width - 3 * INSET
