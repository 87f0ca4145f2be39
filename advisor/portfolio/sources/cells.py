"""Cells of a table as columns of answers, all rows at once.

Only what is plainly right is taken here, and `TAKEN` says in which rows everything is. The other rows are for
`advisor.portfolio.sources.row`, which takes them after all or says what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import polars as pl

from advisor.engines.columns.frames import frame_of
from advisor.engines.columns.in_polars import filled, polars_type
from advisor.engines.columns.layout import Layout
from advisor.engines.columns.sheet import Layers
from advisor.language.values import NOT_APPLICABLE as OUT
from advisor.language.values import inapplicable_fact, unknown_fact
from advisor.portfolio.sources.heads import CODES, ORGANISATION, PARTS, TEXTS, UNIT, Heads
from advisor.portfolio.sources.words import NONE_CHOSEN, NOT_APPLICABLE, SEPARATORS, UNKNOWN, YES_NO
from advisor.profile.model import EVIDENCES
from advisor.profile.read import CODE_FORMS
from advisor.profile.texts import LONGEST_TEXT
from advisor.profile.values import GROUP, may_have_thousands
from advisor.rulebook.model import Question

TAKEN = "taken"
_NUMBER = r"^[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$"
_DATE = r"^(?:[1-9][0-9]{3}|0[0-9]*[1-9][0-9]*)-[0-9]{2}-[0-9]{2}$"
_DIGITS = 15
"""A float stands for one decimal of so many digits, and no number of so many is too large for 64 bits."""
INPUT = "…cell."
"""What a column is called while it is read: a question's answer has its name afterwards."""
_UNWANTED = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\x{61c}\x{200b}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}"
    r"\x{fff9}-\x{fffb}\x{fffe}\x{ffff}\x{e0000}-\x{e007f}]"
)
"""As `advisor.reading.text_file` has them."""


@dataclass(frozen=True, slots=True)
class _Read:
    """Columns, and in which rows the cells behind them are plainly right."""

    columns: Mapping[str, pl.Expr]
    right: pl.Expr


class _Sheet(Layers[pl.Expr]):
    """Columns that are read from cells."""

    @staticmethod
    def reads_of(expression: pl.Expr) -> Collection[str]:
        """The names of the columns in an expression, each once."""
        return dict.fromkeys(expression.meta.root_names())

    @staticmethod
    def is_column(expression: pl.Expr) -> bool:
        """Whether an expression is but a column."""
        return expression.meta.is_column()

    @staticmethod
    def key_of(expression: pl.Expr) -> Hashable:
        """The same for the same expression."""
        return expression.meta.serialize()

    @staticmethod
    def column_of(name: str) -> pl.Expr:
        """The expression that is a column."""
        return pl.col(name)


class CellReader:
    """Reads tables with the same columns of the same types.

    `organisation`, `comma` and `decimals` are as `advisor.portfolio.sources.table.Table` has them.
    """

    def __init__(
        self,
        layout: Layout,
        heads: Heads,
        schema: pl.Schema,
        organisation: str,
        comma: bool,
        decimals: Collection[str] = (),
    ) -> None:
        self.layout, self.heads, self.comma, self.organisation = layout, heads, comma, organisation
        self.schema, self.decimals = schema, decimals
        scope, questions = layout.rulebook.scope, layout.rulebook.questions
        states = [{name: state(scope[name].kind) for name in questions} for state in (unknown_fact, inapplicable_fact)]
        drawn = layout.rulebook.drawn
        if drawn:
            # Nobody is asked it: without respondents the table is empty, not unknown (`advisor.profile.facts`).
            states[0][drawn.name] = ()
        self._open, self._out = frame_of(layout, states).to_dicts()
        self._inputs = {column: f"{INPUT}{column}" for column in heads.columns}
        self._sheet = _Sheet(self._inputs.values())
        reads = [*self._texts(), self._kept(), *map(self._question, questions)]
        self._wanted = [column for read in reads for column in read.columns]
        for read in reads:
            for column, expression in read.columns.items():
                self._sheet.name(column, expression)
        rights = [self._sheet.keep(read.right) for read in reads]
        self._sheet.name(TAKEN, pl.all_horizontal(pl.lit(True), *rights))

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The columns of `TEXTS` and `CODES`, of what is kept, of the answers, and `TAKEN`; one row for each row."""
        cells = frame.select(pl.col(column).alias(name) for column, name in self._inputs.items())
        stripped = cells.lazy().with_columns(pl.col(pl.String).str.strip_chars().replace("", None))
        wanted = [*self._wanted, TAKEN]
        return filled(stripped, self._sheet, wanted, lambda expression: expression).select(wanted).collect()

    def _cell(self, column: str | None) -> _Cell:
        """The cells of a column, or of none."""
        dtype = self.schema[column] if column else pl.Boolean()
        return _Cell(self._sheet, column and self._inputs[column], dtype, column in self.decimals)

    def _texts(self) -> list[_Read]:
        absent = {ORGANISATION: self.organisation}
        found = []
        for name in (*TEXTS, *CODES):
            nothing = pl.lit(absent.get(name), dtype=pl.String)
            if not self.heads.has(name):
                found.append(_Read({name: nothing}, pl.lit(True)))
                continue
            cell = self._cell(name)
            text = _one_line(cell.value.cast(pl.String))
            right = _is_text(cell)
            if name in CODES:
                right &= text.str.contains(f"^(?:{CODE_FORMS[name][0].pattern})$")
            right = right & ~cell.empty if name == UNIT else cell.empty | right
            found.append(_Read({name: pl.coalesce(text, nothing)}, right))
        return found

    def _kept(self) -> _Read:
        cells = {name: self._cell(name) for name in self.heads.keep if name not in (*TEXTS, *CODES)}
        right = pl.all_horizontal(pl.lit(True), *(cell.empty | _is_text(cell) for cell in cells.values()))
        return _Read({name: cell.value for name, cell in cells.items()}, right)

    def _question(self, name: str) -> _Read:
        columns = self.heads.asked.get(name, {})
        question = self.layout.rulebook.questions[name]
        if not {"", "low", "high"} & columns.keys():
            return _Read(self._all(name, self._opened), pl.lit(True))
        cell = self._cell(columns.get(""))
        match question.type:
            case "number":
                read = self._number(question, cell, columns)
            case "yes_no":
                read = self._yes_no(name, cell)
            case "choice":
                read = self._choice(question, cell)
            case "choices":
                read = self._choices(question, cell)
            case _:
                read = self._table(name, cell)
        said = [_about(part, self._cell(columns[part])) for part in PARTS[2:] if part in columns]
        if not said:
            return read
        given = pl.any_horizontal(~self._cell(columns[part]).empty for part in ("", *PARTS[:2]) if part in columns)
        return _Read(read.columns, read.right & (~given | pl.all_horizontal(said)))

    def _number(self, question: Question, cell: _Cell, columns: Mapping[str, str]) -> _Read:
        name = question.name
        value = self._scaled(cell, question)
        low = high = value
        right = cell.stated | value.is_not_null()
        if "low" in columns:
            ends = [self._cell(columns[part]) for part in PARTS[:2]]
            least, most = (self._scaled(end, question) for end in ends)
            none = ends[0].empty & ends[1].empty
            ordered = (least <= most).fill_null(False) & ~cell.unknown & ~cell.out
            right &= none | (ordered & value.is_between(least, most).fill_null(True))
            low, high = pl.coalesce(value, least), pl.coalesce(value, most)
        return _Read({f"{name}.low": low, f"{name}.high": high, f"{name}.na": cell.out}, right)

    def _scaled(self, cell: _Cell, question: Question) -> pl.Expr:
        """A number as the integer that stands for it, null where it is none or out of bounds."""
        scale, keep = 10**question.decimals, self._sheet.keep
        match cell.dtype:
            case pl.String():
                is_told = cell.has_decimals or not may_have_thousands(question)
                text = cell.value if is_told else _without_groups(cell.value)
                number = self._exact(keep(_of_text(text, self.comma)), scale)
            case pl.Float64():
                number = self._exact(cell.value, scale)
            case dtype if dtype.is_integer():
                whole = cell.value.cast(pl.Int64)
                number = pl.when(whole.abs() < 10**_DIGITS // scale).then(whole * scale)
            case _:
                return pl.lit(None, dtype=pl.Int64)
        least, most = question.minimum, question.maximum
        number = keep(number)
        within = [] if least is None else [number >= ceil(least * scale)]
        within += [] if most is None else [number <= floor(most * scale)]
        return keep(pl.when(*within).then(number) if within else number)

    def _exact(self, number: pl.Expr, scale: int) -> pl.Expr:
        """The decimal that is written like a float: the only one with so few digits that is nearest to it."""
        scaled = self._sheet.keep(pl.when(number.is_finite()).then((number * scale).round()))
        return pl.when((scaled.abs() < 10**_DIGITS) & (divided(scaled, scale) == number)).then(scaled).cast(pl.Int64)

    def _yes_no(self, name: str, cell: _Cell) -> _Read:
        match cell.dtype:
            case pl.Boolean():
                value = cell.value
            case pl.String():
                value = self._sheet.keep(cell.word.replace_strict(YES_NO, default=None, return_dtype=pl.Boolean))
            case dtype if dtype.is_integer():
                value = pl.when(cell.value.is_in([0, 1])).then(cell.value == 1)
            case _:
                value = pl.lit(None, dtype=pl.Boolean)
        return _Read({name: value, f"{name}.na": cell.out}, cell.stated | value.is_not_null())

    def _choice(self, question: Question, cell: _Cell) -> _Read:
        known = [choice.value for choice in question.choices]
        if cell.dtype != pl.String:
            return _Read({question.name: self._opened(question.name)}, cell.empty)
        valid = self._sheet.keep(cell.value.is_in(known).fill_null(False))
        value = pl.when(cell.out).then(pl.lit(OUT)).when(valid).then(cell.value)
        kind = polars_type(self.layout.answers[question.name])
        return _Read({question.name: value.cast(kind)}, cell.stated | valid)

    def _choices(self, question: Question, cell: _Cell) -> _Read:
        name, known = question.name, [choice.value for choice in question.choices]
        if cell.dtype == pl.String:
            inside = (
                cell.value.str.strip_prefix("[").str.strip_suffix("]").str.replace_all(f"[{SEPARATORS}]", SEPARATORS[0])
            )
            chosen = self._sheet.keep(inside.str.split(SEPARATORS[0]).list.eval(pl.element().str.strip_chars()))
            none = cell.value == NONE_CHOSEN
        elif cell.dtype == pl.List(pl.String):
            chosen, none = cell.value, cell.value.list.len() == 0
        else:
            return _Read(self._all(name, self._opened), cell.empty)
        valid = chosen.list.eval(pl.element().is_in(known).fill_null(False)).list.all() & (
            chosen.list.n_unique() == chosen.list.len()
        )
        right = self._sheet.keep((none | valid).fill_null(False) & ~cell.stated)
        answered = pl.when(right).then(pl.lit(True))
        has = {f"{name}.has.{word}": pl.when(right).then(~none & chosen.list.contains(word)) for word in known}
        return _Read({name: answered, f"{name}.na": cell.out, **has}, cell.stated | right)

    def _table(self, name: str, cell: _Cell) -> _Read:
        def column(each: str) -> pl.Expr:
            out, opened = (_constant(state[each], self.layout, each) for state in (self._out, self._open))
            return pl.when(cell.out).then(out).otherwise(opened)

        return _Read(self._all(name, column), cell.stated)

    def _opened(self, column: str) -> pl.Expr:
        return _constant(self._open[column], self.layout, column)

    def _all(self, name: str, column: Any) -> dict[str, pl.Expr]:
        """An expression for each column of a question."""
        return {each: column(each) for each in self.layout.answers if each == name or each.startswith(f"{name}.")}


class _Cell:
    """The cells of a column; where there is no such column, they are empty in every row.

    `has_decimals` says that nothing in it is between thousands.
    """

    def __init__(self, sheet: _Sheet, column: str | None, dtype: pl.DataType, has_decimals: bool) -> None:
        self.dtype, self.has_decimals, self._keep = dtype, has_decimals, sheet.keep
        self.value = pl.lit(None, dtype=dtype) if column is None else pl.col(column)
        self.empty = self._keep(self.value.is_null())
        self.unknown = self.out = pl.lit(False)
        if dtype == pl.String:
            self.word = self._keep(self.value.str.to_lowercase())
            self.unknown = self._keep((self.word == UNKNOWN).fill_null(False))
            self.out = self._keep(self.word.is_in(NOT_APPLICABLE).fill_null(False))
        self.stated = self.empty | self.unknown | self.out
        """Whether there is nothing to be read."""


def _constant(value: Any, layout: Layout, column: str) -> pl.Expr:
    return pl.lit(value, dtype=polars_type(layout.answers[column]))


def divided(whole: pl.Expr, by: int) -> pl.Expr:
    """The float that is nearest to a quotient.

    Polars divides by a constant as it multiplies by its inverse, which may be a float beside it: hence a column.
    """
    return whole / (whole * 0 + by)


def _without_groups(text: pl.Expr) -> pl.Expr:
    """Null for what could have thousands or decimals."""
    return pl.when(~text.str.contains(f"^(?:{GROUP.pattern})$")).then(text)


def _of_text(text: pl.Expr, comma: bool) -> pl.Expr:
    if comma:
        text = pl.when(~text.str.contains(".", literal=True)).then(text.str.replace(",", ".", literal=True))
    plain = text.str.contains(_NUMBER) & (text.str.len_bytes() <= _DIGITS)
    return pl.when(plain).then(text).cast(pl.Float64)


def _one_line(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFC").str.replace_all(r"\s+", " ")


def _is_text(cell: _Cell) -> pl.Expr:
    """Whether a cell that is not empty is a text that can be shown; a very long one is looked at again."""
    if cell.dtype != pl.String:
        return pl.lit(False)
    return ~cell.value.str.contains(_UNWANTED) & (cell.value.str.len_chars() <= LONGEST_TEXT // 4)


def _about(part: str, cell: _Cell) -> pl.Expr:
    """Whether what is said about an answer is right."""
    if cell.dtype != pl.String:
        return cell.empty | pl.lit(part == "as_of" and cell.dtype == pl.Date)
    right = _is_text(cell)
    if part == "as_of":
        right = cell.value.str.contains(_DATE) & cell.value.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    elif part == "evidence":
        right &= cell.value.is_in(EVIDENCES)
    return cell.empty | right
