"""The memo as Markdown that renders on the usual hosts: client text stays text, origins become footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
from advisor.memo.document import Memo
from advisor.memo.footnotes import Footnotes

_ALIVE = re.compile(
    r"[\\`*_\[\]{}|~$<>&:.](?:(?<=[\\`*_\[\]{}|~$<>])|(?<=&)(?=#?[^\W_]+;)|(?<=\bwww\.)"
    r"|(?<=:)(?:(?<=\bhttp:)|(?<=\bhttps:)|(?<=\bftp:)|(?<=\bmailto:)|(?<=\bxmpp:)|(?=(?:[^\W_]|[+-])+:)))",
    re.IGNORECASE,
)
"""A sign of Markdown or HTML, or one that makes an address a link or a word an emoji.

A pattern that begins with signs is found fastest.
"""
_NAMED = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_START = re.compile(r"(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+#=:]))")
"""What begins a list, heading or rule, as far as before the sign that does so."""
FENCE = "```json"
"""What begins the record at the end; no line of it can end it."""


def render_markdown(memo: Memo) -> str:
    """The whole memo as one Markdown text; the same memo gives the same text."""
    notes = Footnotes(memo.provenance)
    parts = [_rendered(block, notes) for block in memo.blocks]
    parts += [f"[^{number}]: {escaped(origin.words)}" for number, origin in enumerate(notes.origins, 1)]
    if memo.record is not None:
        parts += [f"## {_heading(memo.furniture.record)}", f"{FENCE}\n{memo.record}\n```"]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Text as text: nothing in it is read as Markdown, HTML, a link or a template."""
    text = _ALIVE.sub(_harmless, " ".join(text.split()))
    start = _START.match(text)
    return f"{start[0]}\\{text[start.end() :]}" if start else text


def _harmless(found: re.Match[str]) -> str:
    return _NAMED.get(found[0]) or f"\\{found[0]}"


def _mark(origin: Origin | None, notes: Footnotes) -> str:
    if called := notes.called(origin):
        return f"[^{notes.number(called)}]"
    beside = notes.margin(origin)
    return f" {escaped(f'[{beside}]')}" if beside else ""


def _rendered(block: Block, notes: Footnotes) -> str:
    match block:
        case Title(words):
            text = f"# {_heading(words)}"
        case Heading(words, level):
            text = f"{'#' * level} {_heading(words)}"
        case Particulars(rows):
            text = _labelled(rows, "**{}** {}")
        case Paragraph(words):
            text = _inline(words, notes)
        case Bullets(items, numbered):
            marks = (f"{number}." if numbered else "-" for number in range(1, len(items) + 1))
            text = "\n".join(f"{mark} {_inline(item, notes)}" for mark, item in zip(marks, items, strict=True))
        case Callout(_, words):
            text = f"> {_inline(words, notes)}"
        case Decision(words, fields):
            text = f"> {_inline(words, notes)}\n>\n> {_labelled(fields, '{}: {}')}"
        case KeyFigures() | Table() | HeatMap() | Steps():
            text = _tabular(block, notes)
        case Chart(title, alternative=alternative):
            text = f"**{escaped(title)}:** {escaped(alternative)}"
        case PageBreak():
            text = "---"
    return text


def _tabular(block: KeyFigures | Table | HeatMap | Steps, notes: Footnotes) -> str:
    match block:
        case KeyFigures(figures):
            values = [escaped(each.value) + _mark(each.origin, notes) for each in figures]
            return _table([each.label for each in figures], ["left"] * len(figures), [values])
        case Table(columns, rows):
            cells = [[_inline(cell, notes) for cell in row] for row in rows]
            return _table([column.head for column in columns], [column.align for column in columns], cells)
        case HeatMap(title, heads):
            cells = [[escaped(cell.words) for cell in row] for row in block.texts]
            return f"**{escaped(title)}**\n\n{_table(heads, ['left'] * len(heads), cells)}"
        case Steps(heads, steps):
            cells = [[_inline(each.action, notes), *map(escaped, (each.role, each.person, each.due))] for each in steps]
            return _table(heads, ["left"] * len(heads), cells)


def _labelled(rows: Iterable[tuple[str, str]], form: str) -> str:
    return " · ".join(form.format(escaped(label), escaped(value)) for label, value in rows)


def _heading(words: str) -> str:
    return re.sub(r"(#+)$", r"\\\1", escaped(words))


def _inline(text: Text, notes: Footnotes) -> str:
    words = escaped(text.words)
    if text.lead:
        words = f"**{escaped(text.lead)}** {words}".rstrip(" ")
    return words + _mark(text.origin, notes)


def _table(heads: Sequence[str], aligns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---:" if align == "right" else "---" for align in aligns]
    lines = [[escaped(head) for head in heads], rule, *rows]
    return "\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in lines)
