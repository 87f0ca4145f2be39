"""What the table of answers has to hold, as comments before the query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from advisor.engines.columns.expression import Kind, Words
from advisor.engines.columns.layout import Layout
from advisor.engines.columns.plan import BEYOND, Plan
from advisor.engines.sql.dialects import Dialect
from advisor.language import Signature
from advisor.language.written import written
from advisor.version import __version__

_NAMES = {Kind.TRUTH: "boolean", Kind.NARROW: "64-bit integer"}
_WIDTH = 110
_GENERAL = "Every row of the table is one unit and gives one row. A null says that the answer is unknown."
_ANSWERS = (
    "A number has two columns, name.low and name.high: whole numbers scaled by its decimals (12.5 with two decimals is "
    "1250), the same where it is one value, null where there is no end. name.na is true where the question does not "
    "apply to the unit, and false or null otherwise; then the other columns of the question are null. A choice is one "
    "of its words, or 'n/a'. Of several choices and of a table, name is true where there is an answer, and null "
    "otherwise; name.has.word then says of each choice whether it is chosen."
)
_UNUSABLE = (
    f"{BEYOND} is true in a row with a number too large to be exact, out of the bounds of its question, or with a word "
    "that is none of its choices: nothing else in that row may be used."
)


def heading(plan: Plan, wanted: Sequence[str], table: str, dialect: Dialect) -> Iterator[str]:
    """The comment: which rulebook this is, and the columns that `table` must have for the `wanted` ones."""
    rulebook = plan.layout.rulebook
    tested = "which the tests of advisor run" if dialect.is_tested else "which nobody has run in this dialect yet"
    yield from _comment(
        f"{rulebook.frame.name} {rulebook.frame.version} as SQL for {dialect.name}, written by advisor {__version__}, "
        f"{tested}."
    )
    yield from _comment(rulebook.digest)
    yield "--"
    for paragraph in (_GENERAL, _ANSWERS, _UNUSABLE):
        yield from _comment(paragraph)
    yield "--"
    yield from _comment(f"The columns of {table}:")
    for column, said in columns_of(plan, wanted).items():
        yield f"--   {column}: {said}"


def columns_of(plan: Plan, wanted: Sequence[str]) -> Mapping[str, str]:
    """The columns of answers on which the `wanted` ones rest, with what each holds."""
    behind = plan.sheet.behind([*wanted, *plan.sheet.guards_behind(wanted)])
    needed = [name for name in plan.layout.answers if plan.renamed.get(name, name) in behind]
    return {name: _said(name, plan.layout) for name in needed}


def _said(column: str, layout: Layout) -> str:
    kind = layout.answers[column]
    if isinstance(kind, Words):
        return f"text, one of {', '.join(kind.words)}"
    named = _NAMES.get(kind, "text")
    if column.endswith(".high"):
        return named
    for over in layout.tables.values():
        if column in (over.column, f"{over.column}.low"):
            scaled = f", scaled by {over.bottom}" if over.bottom > 1 else ""
            return f"{named}{scaled}: {written(over.node)}"
    base = column.removesuffix(".low")
    if base != column:
        return f"{named}, {_scaled(layout.rulebook.scope[base], layout.rulebook.questions[base].unit)}"
    return named


def _scaled(signature: Signature, unit: str) -> str:
    return f"{unit or 'number'} scaled by {signature.scale}" if signature.scale > 1 else unit or "number"


def _comment(text: str) -> Iterator[str]:
    yield from (f"-- {line}" for line in wrap(" ".join(text.split()), _WIDTH))
