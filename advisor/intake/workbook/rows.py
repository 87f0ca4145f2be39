"""The rows of the sheets that somebody filled in, found by their keys; and whatever stands where no answer belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from advisor.intake.content import Cell
from advisor.intake.typed_cells import as_text
from advisor.intake.workbook.layout import FIRST_CELL, HEAD, STATIC, TABLE_NUMBER, At, Key, read_key
from advisor.intake.workbook.open import Sheet
from advisor.reading import Collector, Place, quote

FIELD_COLUMNS = (At.ANSWER, At.LOW, At.HIGH, At.EVIDENCE, At.SOURCE, At.AS_OF, At.NOTE, At.REASON)
"""The columns of a sheet with questions that people fill in."""
_OWN_COLUMNS = (At.DONE, At.QUESTION, At.UNIT)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a key: its cells to be filled in that hold something, by column."""

    sheet: Sheet
    number: int
    cells: Mapping[int, Cell]

    def place(self, column: int) -> Place:
        """A cell of the row as Excel writes it."""
        return self.sheet.place(self.number, column)


def check_headings(sheet: Sheet, first: int, heads: Sequence[str], problems: Collector) -> bool:
    """Whether the headings stand where they belong; where they do not, what is below them cannot be trusted."""
    wrong = [(column, head) for column, head in enumerate(heads, first) if _text(sheet, HEAD, column) != head]
    for column, head in wrong:
        found = _text(sheet, HEAD, column)
        said = f"{quote(found)} stands here" if found else "nothing stands here"
        message = f"{said}; this heading must be {quote(head)}; put headings and columns back as they were"
        problems.add(sheet.place(HEAD, column), "W006", message)
    return not wrong


def question_rows(sheet: Sheet, problems: Collector) -> dict[Key, Row]:
    """The rows of a sheet with questions; what stands anywhere else is reported."""

    def fields(key: Key) -> Sequence[int]:
        return (At.ANSWER,) if key.part else FIELD_COLUMNS

    rows = _rows(sheet, problems)
    found = {key: _row(sheet, number, fields(key)) for key, number in rows.items()}
    own: set[tuple[int, int]] = {(number, column) for number in rows.values() for column in _OWN_COLUMNS}
    own |= {(row, At.QUESTION) for row in _static(sheet)} | {(HEAD, column) for column in At}
    _check_rest(sheet, found.values(), own, problems)
    _check_comments(sheet, {(number, At.QUESTION) for number in rows.values()}, problems)
    return found


def table_rows(sheet: Sheet, columns: int, problems: Collector) -> dict[Key, Row]:
    """The rows of a sheet with a table of so many columns; what stands anywhere else is reported."""
    rows = _rows(sheet, problems)
    fields = range(FIRST_CELL, FIRST_CELL + columns)
    found = {key: _row(sheet, number, fields) for key, number in rows.items()}
    own = {(number, TABLE_NUMBER) for number in rows.values()} | {(HEAD, column) for column in fields}
    _check_rest(sheet, found.values(), own | {(row, FIRST_CELL) for row in _static(sheet)}, problems)
    _check_comments(sheet, set(), problems)
    return found


def fields_by_name(sheet: Sheet, column: int, problems: Collector) -> dict[str, Row]:
    """The lines of the first sheet by their keys, each with the cell in `column`."""
    keys = {row: str(cell.content) for (row, at), cell in sheet.cells.items() if at == At.KEY}
    found = {key: _row(sheet, row, (column,)) for row, key in keys.items() if not key.startswith(STATIC)}
    own = {(row, place) for row in keys for place in (column - 1, column + 1)}
    own |= {(row, column) for row in _static(sheet)}
    _check_rest(sheet, found.values(), own, problems)
    _check_comments(sheet, set(), problems, heading=False)
    return found


def _rows(sheet: Sheet, problems: Collector) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for (row, column), cell in sheet.cells.items():
        key = read_key(str(cell.content)) if column == At.KEY else None
        if key in found:
            message = f"this row was copied from row {found[key] + 1}; delete one of the two"
            problems.add(sheet.place(row, At.QUESTION), "W010", message)
        elif key is not None:
            found[key] = row
    return found


def _static(sheet: Sheet) -> Iterator[int]:
    keys = ((row, cell) for (row, column), cell in sheet.cells.items() if column == At.KEY)
    return (row for row, cell in keys if str(cell.content).startswith(STATIC))


def _row(sheet: Sheet, number: int, columns: Sequence[int]) -> Row:
    cells = {column: sheet.cells[number, column] for column in columns if (number, column) in sheet.cells}
    return Row(sheet, number, cells)


def _check_rest(sheet: Sheet, rows: Iterable[Row], own: Set[tuple[int, int]], problems: Collector) -> None:
    """Report cells that are neither answers nor the workbook's own."""
    known = own | {(row.number, column) for row in rows for column in row.cells}
    for (row, column), cell in sheet.cells.items():
        if column != At.KEY and (row, column) not in known:
            message = f"{quote(as_text(cell.content))} stands where no answer belongs, and would be lost; {_MOVE}"
            problems.add(cell.place, "W008", message)


def _check_comments(sheet: Sheet, own: set[tuple[int, int]], problems: Collector, heading: bool = True) -> None:
    for (row, column), text in sheet.comments.items():
        if (row, column) not in own and not (heading and row == HEAD):
            message = f"the comment {quote(' '.join(text.split()))} would be lost; {_MOVE}"
            problems.add(sheet.place(row, column), "W008", message)


_MOVE = "move it into the note of an answer, or delete it"


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return "" if cell is None else str(cell.content)
