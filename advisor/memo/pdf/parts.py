"""What a memo holds, as data for the template of its PDF."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from operator import itemgetter
from typing import Any

from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Decision,
    Heading,
    HeatMap,
    KeyFigures,
    Origin,
    PageBreak,
    Paragraph,
    Particulars,
    Steps,
    Table,
    Text,
    Title,
)
from advisor.memo.column_widths import column_widths, has_long_word, reckoned_lines
from advisor.memo.document import Memo
from advisor.memo.drawing import svg
from advisor.memo.footnotes import Footnotes

_MOST_ENTRIES_UNBROKEN = 12
_LONGEST_UNBROKEN = 600
"""A cell of more characters may go on on the next page."""
_MOST_ROWS_UNBROKEN = 6
_MOST_LINES_UNBROKEN = 40
"""A table of no more rows and lines stays on one page."""
_COLUMN = 0.48
"""The width of one of the two columns of a dense part, as a share of the page's."""
_LONGEST_REPEATED = 200
"""A table with a longer head has it on its first page alone."""


class Parts:
    """The blocks of a memo between its page breaks, and its notes, as the template takes them."""

    def __init__(self, memo: Memo) -> None:
        """Numbers the notes in the order of their calls."""
        self._notes = Footnotes(memo.provenance)
        self._looks = memo.looks
        self._line = 1.0
        """The share of the page's width that a line has."""
        self.parts: list[dict[str, Any]] = [{"dense": False, "blocks": []}]
        for block in memo.blocks:
            if isinstance(block, PageBreak):
                self._begin(block.dense)
            else:
                self.parts[-1]["blocks"].append(self._block(block))

    @property
    def notes(self) -> list[dict[str, Any]]:
        """Each note once, by its number."""
        return [
            {"number": number, "words": origin.words, "long_word": has_long_word(Text(origin.words), _COLUMN)}
            for number, origin in enumerate(self._notes.origins, 1)
        ]

    @property
    def appendix(self) -> int | None:
        """The place of the first of the dense parts at the end, if there are any."""
        before = len(self.parts) - len(list(takewhile(itemgetter("dense"), reversed(self.parts))))
        return before if before < len(self.parts) else None

    def _begin(self, dense: bool) -> None:
        if not (dense and self.parts[-1]["dense"]):
            self.parts.append({"dense": dense, "blocks": []})
        self._line = _COLUMN if dense else 1.0

    def _block(self, block: Block) -> dict[str, Any]:
        parts: dict[str, Any]
        match block:
            case Title(words):
                parts = {"words": words}
            case Heading(words, level):
                parts = {"words": words, "level": level}
            case Particulars(rows):
                parts = {"rows": rows}
            case Paragraph(text):
                parts = {"text": self._text(text)}
            case Bullets(items, numbered):
                parts = {"items": [self._text(item) for item in items], "numbered": numbered}
            case Callout(kind, text):
                parts = {"tint": kind, "text": self._text(text)}
            case Decision(text, fields):
                parts = {"text": self._text(text), "fields": fields}
            case KeyFigures(figures):
                shown = [{"label": each.label, "value": each.value, **self._note(each.origin)} for each in figures]
                parts = {"figures": shown}
            case Table() | HeatMap() | Steps():
                parts = self._tabular(block)
            case Chart(title, alternative=alternative):
                parts = {"title": title, "alternative": alternative, "picture": svg(block, self._looks)}
            case PageBreak():
                raise AssertionError(block)
        return {"kind": type(block).__name__, **parts}

    def _tabular(self, block: Table | HeatMap | Steps) -> dict[str, Any]:
        match block:
            case Table(columns, rows):
                return self._table([each.head for each in columns], [each.align for each in columns], rows)
            case HeatMap(title, heads, rows):
                heat = [each for row in rows for each in ("none", *(heat for _, heat in row.cells))]
                return {"title": title, "heat": heat, **self._table(heads, ["left"] * len(heads), block.texts)}
            case Steps(heads, steps):
                cells = [(each.action, Text(each.role), Text(each.person), Text(each.due)) for each in steps]
                return self._table(heads, ["left"] * len(heads), cells)

    def _table(self, heads: Sequence[str], aligns: Sequence[str], rows: Sequence[Sequence[Text]]) -> dict[str, Any]:
        # A dense part has entries in place of rows, as wide as its column.
        dense = self._line == _COLUMN
        widths = (_COLUMN,) * len(heads) if dense else column_widths(heads, rows)
        most = _MOST_ENTRIES_UNBROKEN if dense else _MOST_ROWS_UNBROKEN
        few = len(rows) <= most and sum(reckoned_lines(row, widths) for row in rows) <= _MOST_LINES_UNBROKEN
        return {
            "heads": heads,
            "aligns": aligns,
            "widths": widths,
            "rows": [[self._cell(*each) for each in zip(row, widths, strict=True)] for row in rows],
            # A short table stays whole on its page.
            "long": not few or any(_is_long(cell) for row in rows for cell in row),
            "long_heads": any(len(head) > _LONGEST_REPEATED for head in heads),
        }

    def _cell(self, cell: Text, width: float) -> str | dict[str, Any]:
        """Its words alone, where it is nothing but words."""
        if cell.lead or cell.origin or has_long_word(cell, width) or _is_long(cell):
            return self._text(cell, width)
        return cell.words

    def _text(self, text: Text, width: float | None = None) -> dict[str, Any]:
        return {
            "lead": text.lead,
            "words": text.words,
            "long": _is_long(text),
            "hyphenate": has_long_word(text, width or self._line),
            **self._note(text.origin),
        }

    def _note(self, origin: Origin | None) -> dict[str, Any]:
        called = self._notes.called(origin)
        number = None if called is None else self._notes.number(called)
        return {"number": number, "beside": self._notes.margin(origin)}


def _is_long(text: Text) -> bool:
    return len(text.words) > _LONGEST_UNBROKEN
