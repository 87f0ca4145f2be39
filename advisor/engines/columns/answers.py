"""What is looked at in the columns of answers before they are evaluated: checks between answers, staff answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import polars as pl

from advisor.engines.columns.algebra import ColumnAlgebra
from advisor.engines.columns.in_polars import PolarsWriter, filled
from advisor.engines.columns.layout import Layout
from advisor.engines.columns.sheet import Sheet
from advisor.engines.columns.steps import Reading, bounds_of_answers
from advisor.engines.columns.whole import as_column
from advisor.language import lower
from advisor.language.values import NOT_APPLICABLE

WITHHELD = "withheld"
"""The column that tells whether staff answers of a unit were taken out."""


class ChecksOfAnswers:
    """The checks of a rulebook between answers, over the columns of `Layout.answers`.

    `columns` are what `evaluate` adds: for each of `Rulebook.constraints` whether it is certainly broken, never null.
    `UNSURE` is true where a number is too large to tell.
    """

    UNSURE = "check.unsure"

    def __init__(self, layout: Layout) -> None:
        self._sheet = Sheet(layout.answers)
        bounds = bounds_of_answers(layout, self._sheet)
        # As in `Constraint.is_broken`: nothing is assumed, and no answer follows from another one.
        reading = Reading(layout, self._sheet, bounds, firm=False)
        reading.algebra = ColumnAlgebra(self._sheet, reading, firm=True)
        constraints = layout.rulebook.constraints
        self.columns = [f"check.{number}" for number in range(len(constraints))]
        for column, constraint in zip(self.columns, constraints, strict=True):
            condition = as_column(lower(constraint.condition, reading.algebra))
            self._sheet.name(column, condition.fill_null(False))

    def evaluate(self, frame: pl.LazyFrame, wanted: Iterable[str] | None = None) -> pl.LazyFrame:
        """`frame` without its answers, with the `wanted` ones of `columns`, all of them if None, and `UNSURE`."""
        columns = self.columns if wanted is None else list(wanted)
        guards = self._sheet.guards_behind(columns)
        with_guards = filled(frame, self._sheet, [*columns, *guards], PolarsWriter())
        return with_guards.with_columns(pl.any_horizontal(pl.lit(False), *guards).alias(self.UNSURE)).drop(guards)


def without_traceable_answers(layout: Layout) -> list[pl.Expr]:
    """Columns that take the place of those of staff answers, and `WITHHELD`.

    Staff answers of fewer people than the rulebook allows become unknown, as in
    `advisor.advice.withheld.used_unit`.
    """
    policy = layout.rulebook.frame.staff_answers
    if policy is None:
        return [pl.lit(False).alias(WITHHELD)]
    least = Fraction(layout.rulebook.parameters[policy.minimum].value)
    people = [
        (pl.col(f"{name}.low") < pl.lit(least * layout.rulebook.scope[name].scale).cast(pl.Int64)).fill_null(False)
        for name in (policy.respondents, policy.team)
    ]
    too_few = pl.any_horizontal(people)
    staff = [name for name, question in layout.rulebook.questions.items() if question.who == "staff"]
    answered = pl.any_horizontal(pl.lit(False), *(is_answered(layout, name) for name in staff))
    return [
        *(
            pl.when(too_few & is_answered(layout, name)).then(None).otherwise(pl.col(column)).alias(column)
            for name in staff
            for column in _values(layout, name)
        ),
        (too_few & answered).alias(WITHHELD),
    ]


def is_answered(layout: Layout, question: str) -> pl.Expr:
    """Whether a question has an answer that is neither unknown nor not applicable; never null."""
    match layout.rulebook.scope[question].kind:
        case "number":
            return pl.col(f"{question}.low").is_not_null() | pl.col(f"{question}.high").is_not_null()
        case "choice":
            return (pl.col(question) != NOT_APPLICABLE).fill_null(False)
        case _:
            return pl.col(question).is_not_null()


def _values(layout: Layout, question: str) -> Iterator[str]:
    """The columns that say what is answered."""
    signature = layout.rulebook.scope[question]
    if signature.kind == "number":
        yield from (f"{question}.low", f"{question}.high")
        return
    yield question
    yield from (f"{question}.has.{word}" for word in signature.choices if signature.kind == "choices")
    for over in layout.tables.values():
        if over.table.name == question:
            leads = over.node.function == "leader"
            yield from [over.column] if leads else [f"{over.column}.{end}" for end in ("low", "high")]
