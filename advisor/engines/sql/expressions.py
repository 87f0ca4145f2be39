"""Expressions over columns in SQL, as trees of SQLGlot: every one that `advisor.engines.columns.expression` has.

No number may be too large for its type, for most databases then stop the whole query. So every number is null where it
would be larger than the rulebook allows it to be; a guard has noted such a row.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp, tokenize
from sqlglot.errors import SqlglotError

from advisor.engines.columns.expression import Expression, Kind, Operation, Type
from advisor.engines.columns.whole import NARROW
from advisor.engines.sql.dialects import Dialect

Sql = exp.Expression
_TYPES = {Kind.TRUTH: "BOOLEAN", Kind.NARROW: "BIGINT", Kind.FLOAT: "DOUBLE", Kind.TEXT: "TEXT"}
_LOOSE = (exp.Binary, exp.Not, exp.Predicate)
"""What needs brackets within anything else."""


def column_name(name: str) -> str:
    """What a column is called in SQL: those that are only worked with begin with a low line."""
    return name.replace("…", "_", 1) if name.startswith("…") else name


class SqlWriter:
    """Writes expressions in one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def text(self, expression: Expression) -> str:
        """An expression as text."""
        return self.written(self(expression))

    def written(self, sql: Sql) -> str:
        """A tree of SQLGlot as text."""
        return sql.sql(dialect=self.dialect.name, copy=False)

    def name(self, name: str) -> str:
        """The name of a column, in quotes."""
        return self.written(exp.to_identifier(column_name(name), quoted=True))

    def table(self, table: str) -> str:
        """The name of a table, with those of its schema and catalogue; `ValueError` for what is none."""
        try:
            parsed = exp.to_table(table, dialect=self.dialect.name)
            read = "".join(token.text for token in tokenize(table, read=self.dialect.name))
        except SqlglotError:
            parsed, read = exp.Table(), table
        if not parsed.parts or read != ".".join(part.name for part in parsed.parts):
            raise ValueError(f"'{table}' is no name of a table, such as units or shop.units")
        return self.written(parsed)

    def __call__(self, expression: Expression) -> Sql:
        """An expression as a tree of SQLGlot."""
        return _WRITES[expression.operation](self, expression)

    def typed(self, sql: Sql, kind: Type) -> Sql:
        """Something as a type; words are text."""
        named = self.dialect.wide if kind == Kind.WIDE else _TYPES[kind] if isinstance(kind, Kind) else "TEXT"
        return exp.Cast(this=sql, to=exp.DataType.build(named))

    def literal(self, expression: Expression) -> Sql:
        """A constant, of its own type whatever stands beside it."""
        kind, value = expression.detail
        plain = _plain(value)
        return plain if isinstance(value, bool | str) else self.typed(plain, kind)

    def number(self, value: int, kind: Kind) -> Sql:
        """A constant beside a number of a kind."""
        plain = _plain(value)
        return self.typed(plain, kind) if self.dialect.types_by_hand else plain

    def beside(self, expression: Expression, other: Expression) -> Sql:
        """An operand; a constant has the type of the other one."""
        if expression.operation == "literal" and other.operation != "literal":
            kind, value = expression.detail
            if isinstance(value, int):
                return self.number(value, kind)
        return _wrapped(self(expression))

    def connected(self, expression: Expression) -> Sql:
        """And, or."""
        kind = exp.And if expression.operation == "and" else exp.Or
        left, right = map(self, expression.parts)
        return kind(this=left if isinstance(left, kind) else _wrapped(left), expression=_wrapped(right))

    def binary(self, expression: Expression) -> Sql:
        """A comparison, a sum, a difference, a product."""
        left, right = expression.parts
        kind = _BINARY[expression.operation]
        return kind(this=self.beside(left, right), expression=self.beside(right, left))

    def sure(self, expression: Expression) -> Sql:
        """A condition with what is null taken as true or as false."""
        part = _wrapped(self(expression.parts[0]))
        test = exp.Is(this=part, expression=exp.Boolean(this=not expression.detail))
        return exp.Not(this=test) if expression.detail else test

    def is_beyond(self, expression: Expression) -> Sql:
        """Whether a number is farther from zero than another one."""
        (number,), most = expression.parts, expression.detail
        least, largest = (
            _about(end) if isinstance(end, float) else self.number(end, Kind.NARROW) for end in (-most, most)
        )
        is_below = exp.LT(this=_wrapped(self(number)), expression=least)
        is_above = exp.GT(this=_wrapped(self(number)), expression=largest)
        return exp.Or(this=_wrapped(is_below), expression=_wrapped(is_above))

    def is_within(self, number: Callable[[], Sql], most: int, kind: Kind) -> Sql:
        """Whether a number of a kind is not farther from zero than another one."""
        above = exp.GTE(this=_wrapped(number()), expression=self.number(-most, kind))
        return exp.And(this=above, expression=exp.LTE(this=_wrapped(number()), expression=self.number(most, kind)))

    def cast(self, expression: Expression) -> Sql:
        """Another type; null in 64 bits where the number is larger than it may be."""
        kind, most = expression.detail
        (part,) = expression.parts
        if not isinstance(kind, Kind):
            return self(part)
        if most is None:
            return self.typed(self(part), kind)
        return case([(self.is_within(lambda: self(part), most, Kind.WIDE), self.typed(self(part), kind))])

    def quotient(self, expression: Expression) -> Sql:
        """A quotient rounded down; databases round towards zero."""
        (top, bottom), kind = expression.parts, expression.detail
        if kind == Kind.WIDE and self.dialect.divides_in_64_bits:
            return self._narrow_quotient(top, bottom)
        return self._floor(top, bottom, kind)

    def _floor(self, top: Expression, bottom: Expression, kind: Kind) -> Sql:
        def divided(number: Sql) -> Sql:
            return exp.IntDiv(this=_wrapped(number), expression=self.beside(bottom, top))

        def mirrored(number: Sql, kind: Kind) -> Sql:
            return exp.Sub(this=self.number(-1, kind), expression=_wrapped(number))

        is_below = exp.LT(this=_wrapped(self(top)), expression=self.number(0, kind))
        quotient_kind = Kind.NARROW if self.dialect.divides_in_64_bits else kind
        return case([(is_below, mirrored(divided(mirrored(self(top), kind)), quotient_kind))], divided(self(top)))

    def _narrow_quotient(self, top: Expression, bottom: Expression) -> Sql:
        """The quotient, or what 64 bits hold at most: every quotient that may be used is far smaller."""

        def about() -> Sql:
            return exp.Div(
                this=self.typed(self(top), Kind.FLOAT), expression=self.typed(self(bottom), Kind.FLOAT), typed=True
            )

        most = float(NARROW // 4 * 3)
        is_below = exp.LT(this=about(), expression=_about(-most))
        is_above = exp.GT(this=about(), expression=_about(most))
        least, largest = (self.typed(_plain(number), Kind.WIDE) for number in (1 - NARROW, NARROW - 1))
        exact = self.typed(self._floor(top, bottom, Kind.WIDE), Kind.WIDE)
        return case([(is_below, least), (is_above, largest)], exact)

    def cases(self, expression: Expression) -> Sql:
        """The value of the first condition that is true."""
        parts = [self(part) for part in expression.parts]
        return case(list(zip(parts[:-1:2], parts[1::2], strict=True)), parts[-1])

    def unless(self, expression: Expression) -> Sql:
        """A number where it is not too large."""
        beyond, value = map(self, expression.parts)
        return case([(exp.Not(this=_wrapped(beyond)), value)])

    def extreme(self, expression: Expression) -> Sql:
        """The smaller or the larger of two, or the other one where one is null."""
        kind = exp.Least if expression.operation == "least" else exp.Greatest
        left, right = map(self, expression.parts)
        return kind(this=left, expressions=[right], ignore_nulls=True)

    def first(self, expression: Expression) -> Sql:
        """The first that is not null."""
        first, *others = map(self, expression.parts)
        return exp.Coalesce(this=first, expressions=others)

    def test(self, expression: Expression) -> Sql:
        """Not, a test for null, for one of some words, for an odd number."""
        part = _wrapped(self(expression.parts[0]))
        match expression.operation:
            case "not":
                return exp.Not(this=part)
            case "one_of":
                return exp.In(this=part, expressions=[exp.Literal.string(word) for word in expression.detail])
            case "odd":
                rest = exp.Mod(this=part, expression=self.number(2, expression.detail))
                return exp.NEQ(this=exp.Paren(this=rest), expression=self.number(0, expression.detail))
        is_null = exp.Is(this=part, expression=exp.Null())
        return is_null if expression.operation == "is_null" else exp.Not(this=is_null)


def case(pairs: list[tuple[Sql, Sql]], otherwise: Sql | None = None) -> Sql:
    """What the first condition that is true asks for; null where none is and nothing else is given."""
    branches = [exp.If(this=condition, true=value) for condition, value in pairs]
    return exp.Case(ifs=branches, default=otherwise)


def _plain(value: bool | int | str | None) -> Sql:
    match value:
        case None:
            return exp.Null()
        case bool():
            return exp.Boolean(this=value)
        case str():
            return exp.Literal.string(value)
    return exp.Literal.number(value)


def _about(value: float) -> Sql:
    number = exp.Literal.number(repr(abs(value)))
    return exp.Neg(this=number) if value < 0 else number


def _wrapped(sql: Sql) -> Sql:
    return exp.Paren(this=sql) if isinstance(sql, _LOOSE) else sql


_BINARY: dict[Operation, Callable[..., Sql]] = {
    "equal": exp.EQ,
    "less": exp.LT,
    "at_most": exp.LTE,
    "add": exp.Add,
    "subtract": exp.Sub,
    "multiply": exp.Mul,
}
_WRITES: dict[Operation, Callable[[SqlWriter, Expression], Sql]] = {
    "column": lambda _, expression: exp.column(column_name(expression.detail), quoted=True),
    "literal": SqlWriter.literal,
    **dict.fromkeys(("and", "or"), SqlWriter.connected),
    **dict.fromkeys(_BINARY, SqlWriter.binary),
    **dict.fromkeys(("not", "one_of", "odd", "is_null", "is_not_null"), SqlWriter.test),
    "sure": SqlWriter.sure,
    "first": SqlWriter.first,
    "beyond": SqlWriter.is_beyond,
    "quotient": SqlWriter.quotient,
    "cast": SqlWriter.cast,
    "count": lambda writer, expression: writer.typed(writer(expression.parts[0]), Kind.NARROW),
    "cases": SqlWriter.cases,
    **dict.fromkeys(("least", "greatest"), SqlWriter.extreme),
    "unless": SqlWriter.unless,
}
