"""The steps of a rulebook as columns, in the assumed reading and, where it can differ, in the firm one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any

from advisor.engines.columns.algebra import ColumnAlgebra, counted
from advisor.engines.columns.expression import Expression, Kind, Type, by_case, coalesced, column, literal
from advisor.engines.columns.layout import LARGEST, PARAMETER, Layout, words
from advisor.engines.columns.numbers import End, Number, absent_end, constant_end, number_if
from advisor.engines.columns.products import rounded
from advisor.engines.columns.sheet import Sheet
from advisor.engines.columns.whole import Flag, Whole, as_column, every, first_of, some, sure
from advisor.language import Node, Signature, lower, nodes
from advisor.language.values import NOT_APPLICABLE
from advisor.language.written import written
from advisor.rulebook.plan import (
    FindingStep,
    GroupStep,
    MeasureStep,
    QuestionStep,
    RuleStep,
    SelectionStep,
    Step,
    key_of,
)

LARGEST_OVER_ROWS = 2**48
"""What is worked out over the rows of a table is not farther from zero, or the unit is left to plain."""
ANSWER = "…answer."
"""What an answer's column begins with where something may follow in its place."""


class Reading:
    """One reading of the columns that are written so far."""

    def __init__(self, layout: Layout, sheet: Sheet, bounds: dict[str, int], firm: bool) -> None:
        self.layout, self.sheet, self.bounds, self.firm = layout, sheet, bounds, firm
        self.algebra = ColumnAlgebra(sheet, self, firm)

    def lower(self, node: Node) -> Any:
        """A `Number`, or a column."""
        return lower(node, self.algebra)

    def number(self, signature: Signature) -> Number:
        """A number by its name."""
        base = self.layout.base(signature, self.firm)
        return self.ends(base, self.bounds[base], signature.scale, self.inapplicable(signature))

    def ends(self, base: str, most: int, scale: int, inapplicable: Flag) -> Number:
        """The number in columns that begin with `base`."""
        bottom = Whole(scale, scale, self.sheet)
        low, high = (End(Whole(column(f"{base}.{end}"), most, self.sheet), bottom) for end in ("low", "high"))
        return Number(low, high, inapplicable)

    def column(self, signature: Signature) -> Expression:
        """A yes/no, a choice or a text by its name."""
        return column(self.layout.base(signature, self.firm))

    def contains(self, signature: Signature, choice: str) -> Expression:
        """Whether several choices hold one."""
        return column(f"{signature.name}.has.{choice}")

    def parameter(self, name: str) -> End:
        """A parameter: the same in every row, or one that has a column."""
        varied = self.layout.varied.get(name)
        if varied is None:
            return constant_end(*Fraction(self.layout.rulebook.parameters[name].value).as_integer_ratio(), self.sheet)
        return End(
            Whole(column(PARAMETER + name), varied.most, self.sheet), Whole(varied.scale, varied.scale, self.sheet)
        )

    def inapplicable(self, signature: Signature) -> Flag:
        """Whether a name does not apply."""
        if signature.kind in ("choice", "text"):
            return self.column(signature).is_word(NOT_APPLICABLE).fill_null(False)
        name = f"{self.layout.base(signature, self.firm)}.na"
        exists = name in self.sheet.inputs or name in self.sheet.columns
        return column(name) if exists else False

    def aggregate(self, node: nodes.Aggregate) -> Number:
        """A number over the rows of a table, worked out beforehand."""
        over = self.layout.tables[written(node)]
        inapplicable = some((self.inapplicable(over.table), column(f"{over.column}.na")))
        return self.ends(over.column, LARGEST_OVER_ROWS, over.bottom, inapplicable)

    def leader(self, node: nodes.Aggregate) -> Expression:
        """A text over the rows of a table, worked out beforehand."""
        over = self.layout.tables[written(node)]
        out = as_column(self.inapplicable(over.table))
        return by_case([(out, literal(NOT_APPLICABLE, Kind.TEXT))], column(over.column))


def _farthest(signature: Signature) -> int:
    """How far from zero a valid answer may be, as a fact has it."""
    ends = (signature.low, signature.high)
    return max(LARGEST if end is None else int(abs(end) * signature.scale) for end in ends)


def bounds_of_answers(
    layout: Layout, sheet: Sheet, renamed: Mapping[str, str] = MappingProxyType({})
) -> dict[str, int]:
    """How far from zero the numbers of the frame are taken to be, by what their columns begin with.

    Where one is not within that, `sheet` notes it. `renamed` are columns of answers that are called otherwise in it.
    """
    bounds = {
        renamed.get(f"{name}.low", f"{name}.low").removesuffix(".low"): _farthest(layout.rulebook.scope[name])
        for name in layout.rulebook.questions
        if layout.rulebook.scope[name].kind == "number"
    }
    bounds |= {over.column: LARGEST_OVER_ROWS for over in layout.tables.values() if over.node.function != "leader"}
    for base, most in bounds.items():
        for end in ("low", "high"):
            sheet.limit(f"{base}.{end}", most)
    for name, varied in layout.varied.items():
        sheet.limit(PARAMETER + name, varied.most)
    return bounds


class StepWriter:
    """Writes the columns of steps, each under the name that `Layout` gives it."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.rulebook = layout, layout.rulebook
        self.renamed = {
            column: f"{ANSWER}{column}"
            for name in self.rulebook.questions
            if self._may_follow(name)
            for column in (name, f"{name}.low", f"{name}.high", f"{name}.na")
            if column in layout.answers
        }
        self.sheet = Sheet(self.renamed.get(column, column) for column in layout.answers)
        self.bounds = bounds_of_answers(layout, self.sheet, self.renamed)
        self.readings = {firm: Reading(layout, self.sheet, self.bounds, firm) for firm in (False, True)}

    def _may_follow(self, question: str) -> bool:
        step = self.rulebook.question_steps[question]
        return step.applies_when is not None or step.follows_from is not None

    def step(self, step: Step) -> None:
        """Write one step in both readings, or in one where they cannot differ."""
        for firm in (False, True) if key_of(step) in self.rulebook.assumed else (False,):
            match step:
                case RuleStep():
                    self.sheet.name(self.layout.rule(step.rule, firm), self.readings[firm].lower(step.condition))
                case MeasureStep():
                    self._measure(step, self.readings[firm])
                case QuestionStep():
                    self._question(step, self.readings[firm])
                case FindingStep():
                    rules = [column(self.layout.rule(rule, firm)) for rule in step.rules]
                    self.sheet.name(self.layout.base(self.rulebook.scope[step.name], firm), reduce(or_, rules))
                case GroupStep():
                    self._group(step, self.readings[firm])
                case SelectionStep():
                    raise ValueError("the selection is no step by step affair")

    def _measure(self, step: MeasureStep, reading: Reading) -> None:
        signature = self.rulebook.scope[step.name]
        lowered = reading.lower(step.formula)
        if isinstance(lowered, Number):
            self._name_number(signature, rounded(lowered, signature.scale), reading)
        else:
            self.sheet.name(self.layout.base(signature, reading.firm), lowered)

    def _name_number(self, signature: Signature, number: Number, reading: Reading) -> None:
        """Give a number with whole ends its columns; where it does not apply, they are null."""
        base = self.layout.base(signature, reading.firm)
        nothing = absent_end(self.sheet).top
        low, high = (first_of([(number.inapplicable, nothing)], end.top) for end in (number.low, number.high))
        self.sheet.name(f"{base}.low", low.column())
        self.sheet.name(f"{base}.high", high.column())
        if number.inapplicable is not False:
            self.sheet.name(f"{base}.na", as_column(number.inapplicable))
        self.bounds[base] = max(low.most, high.most)

    def _question(self, step: QuestionStep, reading: Reading) -> None:
        if step.applies_when is None and step.follows_from is None:
            return
        signature = self.rulebook.scope[step.name]
        follows = None if step.follows_from is None else reading.lower(step.follows_from)
        stays_out: Flag = False if step.applies_when is None else sure(~reading.lower(step.applies_when))
        if signature.kind == "number":
            self._name_number(signature, self._answered_number(signature, follows, stays_out, reading), reading)
        else:
            self._name_answer(signature, follows, stays_out, reading)

    def _name_answer(self, signature: Signature, follows: Expression | None, stays_out: Flag, reading: Reading) -> None:
        """Give an answer that is no number its column, and another one that tells whether it does not apply."""
        base, said = self.layout.base(signature, reading.firm), column(f"{ANSWER}{signature.name}")
        out = every((said.is_null(), stays_out))
        kind: Type = words(signature) if signature.kind == "choice" else Kind.TRUTH
        absent = literal(NOT_APPLICABLE if signature.kind == "choice" else None, kind)
        if signature.kind != "choice":
            out = some((column(f"{ANSWER}{signature.name}.na"), out))
            self.sheet.name(f"{base}.na", as_column(out))
        answer = said if follows is None else coalesced((said, follows.cast(kind)))
        self.sheet.name(base, by_case([(as_column(out), absent)], answer))

    def _answered_number(
        self, signature: Signature, follows: Number | None, stays_out: Flag, reading: Reading
    ) -> Number:
        base = f"{ANSWER}{signature.name}"
        said_out = column(f"{base}.na")
        answer = reading.ends(base, self.bounds[base], signature.scale, said_out)
        unanswered = self.sheet.keep(column(f"{base}.low").is_null() & column(f"{base}.high").is_null() & ~said_out)
        if follows is not None:
            answer = number_if(unanswered, rounded(follows, signature.scale), answer)
        out = every((unanswered, stays_out))
        return Number(answer.low, answer.high, some((answer.inapplicable, out))).kept()

    def _group(self, step: GroupStep, reading: Reading) -> None:
        rules = [column(self.layout.rule(rule, reading.firm)) for rule in step.rules]
        known = [reading.algebra.known(self.rulebook.scope[name]) for name in step.quantities]
        for what, conditions in (("count", rules), ("known", known)):
            signature = self.rulebook.scope[f"{step.group}_{what}"]
            self._name_number(signature, counted(conditions, self.sheet), reading)
