"""Tables as HTML. Most of a memo is in their cells, for which a template would be slow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from advisor.memo.blocks import HeatMap, Steps, Table, heads_rows
from advisor.memo.html.texts import Texts

_START = """\
<div class="table" role="group" tabindex="0" aria-label="{label}">
<table role="table">
<thead role="rowgroup"><tr role="row">
{heads}</tr></thead>
<tbody role="rowgroup">
"""
_END = """\
</tbody>
</table>
</div>
"""
_NO_HEAD = '<td role="cell"></td>\n'
_ROW_HEAD = '<th role="rowheader" scope="row">'


def table(block: Table, label: str, notes: Texts) -> Markup:
    """A table; a column without a head holds the heads of the rows."""
    heads = [column.head.strip() for column in block.columns]
    rights = [' class="right"' if column.align == "right" else "" for column in block.columns]
    rows = ([notes.inline(cell) for cell in (row[:1] if heads_rows(row) else row)] for row in block.rows)
    return _table(heads, rights, rows, label)


def steps(block: Steps, label: str, notes: Texts) -> Markup:
    """The steps of one horizon."""
    rows = ([notes.inline(step.action), *map(escape, (step.role, step.person, step.due))] for step in block.steps)
    return _table(block.heads, [""] * len(block.heads), rows, label)


def heat_map(block: HeatMap) -> Markup:
    """A table in which the ground of a cell is as dark as its words weigh."""
    heads = [_head(head, "") for head in block.heads]
    named = [escape(head) for head in block.heads[1:]]
    rows = (
        [f"{_ROW_HEAD}{escape(row.label)}</th>\n"]
        + [
            f'<td role="cell" class="heat {heat}" data-head="{head}">{escape(words)}</td>\n'
            for head, (words, heat) in zip(named, row.cells, strict=True)
        ]
        for row in block.rows
    )
    return _whole(heads, rows, block.title)


def _table(heads: Sequence[str], rights: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> Markup:
    """The roles keep a table a table where the style stacks its cells, each with its head before it.

    A cell that is alone in its row goes across.
    """
    opened = [
        (f'<td role="cell"{right} data-head="{escape(head)}">', "</td>\n") if head else (_ROW_HEAD, "</th>\n")
        for head, right in zip(heads, rights, strict=True)
    ]
    across = f'<td role="cell" colspan="{len(heads)}">'
    cells = (
        [f"{across}{row[0]}</td>\n"]
        if len(row) == 1 < len(heads)
        else [f"{start}{cell}{end}" for (start, end), cell in zip(opened, row, strict=True)]
        for row in rows
    )
    return _whole([_head(head, right) for head, right in zip(heads, rights, strict=True)], cells, label)


def _head(head: str, right: str) -> str:
    return f'<th role="columnheader" scope="col"{right}>{escape(head)}</th>\n' if head else _NO_HEAD


def _whole(heads: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> Markup:
    lines = [f'<tr role="row">\n{"".join(cells)}</tr>\n' for cells in rows]
    return Markup(_START.format(label=escape(label), heads="".join(heads)) + "".join(lines) + _END)
