"""The export of a form tool: a heading for each column, a row for each person; as CSV of any kind, or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from advisor.intake.content import Cell
from advisor.intake.files import bytes_of
from advisor.intake.packages import loaded
from advisor.intake.typed_cells import as_text
from advisor.intake.workbook.layout import ANSWERS_NAMED_AT, HIDDEN_SHEET
from advisor.reading import InvalidInput, Place, Problem
from advisor.reading.text_file import LARGEST_FILE

_DELIMITERS = (",", ";", "\t", "|")
_WORKBOOKS = "advisor.intake.workbook.open"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Export:
    """The headings by their columns, and the filled-in cells of each person by column."""

    file: str
    heads: Mapping[int, Cell]
    rows: tuple[Mapping[int, Cell], ...]


def read_export(path: Path, is_known: Callable[[str], bool]) -> Export:
    """Read an export; ``Path("-")`` is standard input.

    `is_known` says whether a heading is one of ours: of the ways in which a text could be divided into columns the one
    counts that finds most of these. Raises `InvalidInput`.
    """
    data, file = bytes_of(path, LARGEST_FILE)
    if len(data) > LARGEST_FILE:
        _refuse(file, f"it is larger than {LARGEST_FILE:,} bytes; is it the right file?")
    is_workbook = data.startswith((b"PK", bytes.fromhex("D0CF11E0")))
    lines = _of_workbook(data, file) if is_workbook else _of_text(_decoded(data, file), file, is_known)
    filled = [line for line in lines if line]
    if len(filled) < 2:
        _refuse(file, "there are no answers in it: it needs a row of headings, and a row for each person")
    heads, *rows = filled
    for row in rows:
        for column, cell in row.items():
            if column not in heads:
                raise InvalidInput([Problem(cell.place, "F003", "something stands in a column without a heading")])
    return Export(file, heads, tuple(rows))


def _decoded(data: bytes, file: str) -> str:
    """The text, in the encoding that it is in: UTF-8, the UTF-16 of Excel, or the one of Western Windows."""
    if data.startswith(_UTF_16):
        return _decoded_as(data, "utf-16", file)
    if b"\0" in data:
        _refuse(file, "it is not a text file (it holds NUL bytes); export it as CSV or as an Excel workbook")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded_as(data, "cp1252", file)


def _decoded_as(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        _refuse(file, "its characters cannot be read; export it as CSV in UTF-8")


def _of_text(text: str, file: str, is_known: Callable[[str], bool]) -> list[Mapping[int, Cell]]:
    divided = [(delimiter, _heads(text, delimiter)) for delimiter in _DELIMITERS]
    best, _ = max(divided, key=lambda each: (sum(map(is_known, each[1])), len(each[1])))
    reader, rows, line = _reader(text, best), list[Mapping[int, Cell]](), 1
    try:
        for row in reader:
            cells = enumerate(row)
            rows.append({at: Cell(Place(file, line, at + 1), cell) for at, cell in cells if cell.strip()})
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"this is not as CSV should be ({error}); export it again"
        raise InvalidInput([Problem(Place(file, line, 1), "F001", message)]) from None
    return rows


def _heads(text: str, delimiter: str) -> list[str]:
    try:
        return next(_reader(text, delimiter), [])
    except csv.Error:
        return []


def _reader(text: str, delimiter: str) -> Any:
    # Strict, as a quote that is not closed would swallow all that follows.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _of_workbook(data: bytes, file: str) -> list[Mapping[int, Cell]]:
    """The rows of the sheet with the answers: the one that a workbook of advisor names, or the first with anything."""
    sheets = loaded(_WORKBOOKS, "open_workbook", file)(data, file)
    named = sheets[HIDDEN_SHEET].cells.get(ANSWERS_NAMED_AT) if HIDDEN_SHEET in sheets else None
    answers = [sheets[name] for name in [str(named.content) if named else ""] if name in sheets]
    answers += [sheet for sheet in sheets.values() if sheet.cells]
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in answers[0].cells.items() if answers else ():
        rows.setdefault(row, {})[column] = Cell(cell.place, as_text(cell.content))
    return [rows[row] for row in sorted(rows)]


def _refuse(file: str, message: str) -> NoReturn:
    raise InvalidInput([Problem(Place(file), "F001", message)])
