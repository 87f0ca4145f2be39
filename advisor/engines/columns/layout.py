"""The columns of answers and of results: what they are called and what they hold.

A number has ``name.low`` and ``name.high`` (64-bit integers scaled by the name's decimals, null where there is no end),
a yes/no ``name`` (Boolean, null is unknown), a choice ``name`` (an enumeration with `NOT_APPLICABLE` as its last word);
several choices and tables have ``name`` (true where answered) and one Boolean ``name.has.choice`` for each choice.
``name.na`` tells, never null, whether it does not apply. A parameter that is `Varied` has ``parameter.name``. What
rests on the rows of a table is worked out beforehand, in columns of its own. A value that differs in the firm reading
is called ``name.firm``, ``name.firm.low`` and so on there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from advisor.engines.columns.expression import Kind, Type, Words
from advisor.engines.columns.whole import NARROW
from advisor.language import Node, Signature, nodes
from advisor.language.constants import constant
from advisor.language.lower import lower
from advisor.language.nodes import walk
from advisor.language.source import SourceAlgebra
from advisor.language.values import NOT_APPLICABLE
from advisor.language.written import written
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import expressions_of, key_of_name

LARGEST = NARROW // 2
"""No number in a column is farther from zero."""


PARAMETER = "parameter."
"""What the column of a parameter that differs from row to row begins with."""


class BeyondLimits(Exception):
    """A rulebook that this engine cannot express exactly."""


@dataclass(frozen=True, slots=True)
class Varied:
    """A parameter with a column of its own: whole numbers over `scale`, none farther from zero than `most`."""

    scale: int
    most: int


@dataclass(frozen=True)
class OverTable:
    """An aggregate over the rows of a table; its value has whole numbers over `bottom`."""

    column: str
    node: nodes.Aggregate
    bottom: int

    @property
    def table(self) -> Signature:
        """The table."""
        return self.node.table.signature


class Layout:
    """The columns of one rulebook; the parameters in `varied` have one each, the others are constants."""

    def __init__(self, rulebook: Rulebook, varied: Mapping[str, Varied] = MappingProxyType({})) -> None:
        self.rulebook = rulebook
        self.varied = varied
        self.tables: dict[str, OverTable] = {}
        for node in _aggregates(rulebook):
            key = written(node)
            if key not in self.tables:
                column = f"{node.table.signature.name}.over.{len(self.tables)}"
                self.tables[key] = OverTable(column, node, _bottom(node, key))

    def base(self, signature: Signature, firm: bool) -> str:
        """What the columns of a name begin with."""
        differs = firm and key_of_name(signature) in self.rulebook.assumed
        return f"{signature.name}.firm" if differs else signature.name

    def rule(self, rule: str, firm: bool) -> str:
        """The column of a rule."""
        return f"rule.{rule}.firm" if firm and f"rule:{rule}" in self.rulebook.assumed else f"rule.{rule}"

    @cached_property
    def answers(self) -> Mapping[str, Type]:
        """The columns of the answers, with their types."""
        found: dict[str, Type] = {}
        for name in self.rulebook.questions:
            signature = self.rulebook.scope[name]
            match signature.kind:
                case "number":
                    found |= _number(name)
                case "choice":
                    found[name] = words(signature)
                case _:
                    found |= {name: Kind.TRUTH, f"{name}.na": Kind.TRUTH}
            if signature.kind == "choices":
                found |= {f"{name}.has.{word}": Kind.TRUTH for word in signature.choices}
        for over in self.tables.values():
            if over.node.function == "leader":
                found[over.column] = Kind.TEXT
            else:
                found |= _number(over.column)
        return found | dict.fromkeys((PARAMETER + name for name in self.varied), Kind.NARROW)


def words(signature: Signature) -> Words:
    """The words of a choice."""
    return Words((*signature.choices, NOT_APPLICABLE))


def _number(base: str) -> dict[str, Type]:
    return {f"{base}.low": Kind.NARROW, f"{base}.high": Kind.NARROW, f"{base}.na": Kind.TRUTH}


def _aggregates(rulebook: Rulebook) -> Iterator[nodes.Aggregate]:
    every: list[Node] = [node for step in rulebook.steps for node in expressions_of(step)]
    every += [node for terms in rulebook.terms.values() for node in terms]
    every += [constraint.condition for constraint in rulebook.constraints]
    for node in every:
        yield from (part for part in walk(node) if isinstance(part, nodes.Aggregate))


def _bottom(node: nodes.Aggregate, key: str) -> int:
    """Over which whole number the aggregate's value always is one."""
    if node.column is None or node.function == "leader":
        return 1
    for part in walk(node.column):
        divides = isinstance(part, nodes.Arithmetic) and part.op == "/" and constant(part.right) is None
        if divides or isinstance(part, nodes.MeanOfKnown):
            raise BeyondLimits(f"«{key}» divides by what differs from row to row; many units need plain")
    scale: int = lower(node.column, SourceAlgebra(lambda signature: signature.name)).scale
    return scale
