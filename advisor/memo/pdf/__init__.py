"""The memo as a tagged PDF (PDF/UA-1) through Typst: the template is ours, every text goes in as data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from warnings import warn

import typst

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
    Provenance,
    Steps,
    Table,
    Text,
    Title,
)
from advisor.memo.column_widths import column_widths, has_long_word, reckoned_lines
from advisor.memo.document import Memo, MemoWarning
from advisor.memo.drawing import svg
from advisor.memo.footnotes import Footnotes
from advisor.memo.looks import CRITICAL_GROUND, NOTE_GROUND, WARNING_GROUND, Font, LogoKind, Looks
from advisor.memo.one_page import SCALES
from advisor.memo.pdf.fonts import OWN_FONTS
from advisor.memo.record import FILE_NAME

_TEMPLATE = Path(__file__).with_name("memo.typ")
_NOTHING = Path(__file__).with_name("nothing.typ")
_FAMILIES = ("Source Sans Pro", "New Computer Modern Math", "DejaVu Sans Mono")
"""The text, and where it lacks arrows and marks the fonts that the compiler brings along."""
_TYPST_FORMATS: dict[LogoKind, str] = {"png": "png", "jpeg": "jpg", "svg": "svg"}
_NO_DATE = date(1980, 1, 1)
_REMEMBERED = 10
"""After so many compilations Typst forgets a piece of a document that was not needed again."""
_MOST_NAMED = 10
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
_UNDRAWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


def render_pdf(memo: Memo) -> bytes:
    """The whole memo as a PDF file; the same memo gives the same bytes.

    Characters that the memo's own font does not have are taken from the fonts of the computer, and written as their
    number where no font has them; either is said in a `MemoWarning`.
    """
    _forget_earlier_memos()
    data = _fitted(memo) if memo.one_page else _data(memo)
    try:
        return _compiled(data, memo)
    except typst.TypstError as error:
        foreign = _undrawn(error)
    compiled, unknown = _with_fonts_of_the_computer(data, memo)
    if unknown:
        foreign = [each for each in foreign if each not in unknown]
        warn(
            MemoWarning(f"no font here has these characters; their numbers are shown instead: {_named(unknown)}"),
            stacklevel=2,
        )
    if foreign:
        warn(
            MemoWarning(f"fonts of this computer show these characters; others may differ: {_named(foreign)}"),
            stacklevel=2,
        )
    return compiled


def _fitted(memo: Memo) -> dict[str, Any]:
    """With the largest letters with which one page holds the memo, or else with the smallest that can be read."""
    for scale in SCALES:
        data = {**_data(memo), "scale": scale}
        # Pages are counted on pictures, which unlike PDF/UA take any character.
        compiler = _compiler(False, memo.looks.font_folder)
        pages = compiler.compile(format="svg", sys_inputs=_inputs(data, own_fonts=False))
        number = len(pages) if isinstance(pages, list) else 1
        if number == 1:
            return data
    warn(MemoWarning(f"this is too long for one page; with the smallest letters it has {number}"), stacklevel=3)
    return data


def _inputs(data: dict[str, Any], own_fonts: bool) -> dict[str, str]:
    return {"memo": json.dumps({**data, "own_fonts": own_fonts})}


def _with_fonts_of_the_computer(data: dict[str, Any], memo: Memo) -> tuple[bytes, list[str]]:
    """The file, and the characters that no font has: their numbers stand for them."""
    unknown: list[str] = []
    while True:
        try:
            return _compiled(data, memo, own_fonts=False), unknown
        except typst.TypstError as error:
            more = [each for each in _undrawn(error) if each not in unknown]
            if not more:
                raise
            unknown += more
            data = {**_spelled_out(data, unknown), "record": data["record"]}


def _undrawn(error: typst.TypstError) -> list[str]:
    """The characters that an error names; an error for another reason is raised again."""
    named = "".join(_UNDRAWN.findall(error.diagnostic))
    texts = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named)
    characters = dict.fromkeys(char for char in texts if not char.isascii())
    if not characters:
        raise error
    return list(characters)


def _spelled_out(value: Any, characters: Sequence[str]) -> Any:
    """The data with the numbers of these characters in place of them."""
    if isinstance(value, str):
        return "".join(f"[U+{ord(char):04X}]" if char in characters else char for char in value)
    if isinstance(value, dict):
        return {key: _spelled_out(part, characters) for key, part in value.items()}
    return [_spelled_out(part, characters) for part in value] if isinstance(value, list | tuple) else value


def _named(characters: Sequence[str]) -> str:
    shown = ", ".join(f"{each} (U+{ord(each):04X})" for each in characters[:_MOST_NAMED])
    return shown if len(characters) <= _MOST_NAMED else f"{shown} and {len(characters) - _MOST_NAMED} more"


def _data(memo: Memo) -> dict[str, Any]:
    furniture = memo.furniture
    return {
        "title": memo.title,
        "author": furniture.prepared_by,
        "date": furniture.date and [furniture.date.year, furniture.date.month, furniture.date.day],
        "language": furniture.language,
        "heads": furniture.heads,
        "page": furniture.page,
        "scale": 1,
        "record": memo.record,
        "record_name": FILE_NAME,
        "looks": _looks(memo.looks),
        "parts": _Blocks(memo.provenance, memo.looks).parts(memo.blocks),
    }


def _looks(looks: Looks) -> dict[str, Any]:
    logo = looks.logo
    return {
        **{name: getattr(looks, name) for name in ("ink", "quiet", "title", "accent", "graphics", "soft")},
        "grounds": {"warning": WARNING_GROUND, "critical": CRITICAL_GROUND, "note": NOTE_GROUND},
        "text_fonts": _families(looks.text_font),
        "heading_fonts": _families(looks.heading_font),
        "heats": looks.heats,
        "footer": looks.footer,
        "confidentiality": looks.confidentiality,
        "logo": logo
        and {
            "data": list(logo.data),
            "format": _TYPST_FORMATS[logo.kind],
            "height": logo.height,
            "alternative": logo.alternative,
        },
    }


def _families(font: Font | None) -> list[str]:
    return [font.family, *_FAMILIES] if font and font.found else list(_FAMILIES)


def _compiled(data: dict[str, Any], memo: Memo, own_fonts: bool = True) -> bytes:
    day = memo.furniture.date or _NO_DATE
    compiled = _compiler(own_fonts, memo.looks.font_folder).compile(
        format="pdf",
        sys_inputs=_inputs(data, own_fonts),
        pdf_standards=["ua-1"],
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    assert isinstance(compiled, bytes)
    return compiled


def _forget_earlier_memos() -> None:
    """Frees what Typst keeps of its last ten compilations: hundreds of megabytes that no other memo has any use for."""
    if not _compiler.cache_info().currsize:
        return
    for _ in range(_REMEMBERED):
        _nothing().compile(format="svg")


@cache
def _nothing() -> typst.Compiler:
    return typst.Compiler(_NOTHING, font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False))


@cache
def _compiler(own_fonts: bool, given: Path | None) -> typst.Compiler:
    folders = [OWN_FONTS, given] if given else [OWN_FONTS]
    fonts = typst.Fonts(include_system_fonts=not own_fonts, font_paths=folders)
    return typst.Compiler(_TEMPLATE, font_paths=fonts)


class _Blocks:
    """Blocks as the template takes them."""

    def __init__(self, provenance: Provenance, looks: Looks) -> None:
        self._notes = Footnotes(provenance)
        self._looks = looks
        self._line = 1.0
        """The share of the page's width that a line has."""

    def parts(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        """The blocks between page breaks."""
        parts: list[dict[str, Any]] = [{"dense": False, "blocks": []}]
        for block in blocks:
            if isinstance(block, PageBreak):
                if not (block.dense and parts[-1]["dense"]):
                    parts.append({"dense": block.dense, "blocks": []})
                self._line = _COLUMN if block.dense else 1.0
            else:
                parts[-1]["blocks"].append(self._block(block))
        return parts

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
        if called is None:
            return {"number": None, "first": False, "beside": self._notes.margin(origin)}
        if self._notes.has(called):
            return {"number": self._notes.number(called), "first": False, "beside": ""}
        long_word = has_long_word(Text(called.words), self._line)
        return {
            "number": self._notes.number(called),
            "first": True,
            "note": called.words,
            "long_word": long_word,
            "beside": "",
        }


def _is_long(text: Text) -> bool:
    return len(text.words) > _LONGEST_UNBROKEN
