"""L004, L008, L009: conditions that do not say what they seem to say."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from advisor.assurance.lint.bounds import BoundsAlgebra, bounds_of
from advisor.assurance.lint.remarks import Remark, Written, expressions
from advisor.language import Node, lower, nodes
from advisor.language.nodes import children, walk
from advisor.language.written import plain_number, written
from advisor.rulebook import Rulebook

_HARMLESS = {Fraction(0), Fraction(1), Fraction(100)}
_TESTS = (nodes.Compare, nodes.ChoiceIn, nodes.Contains)


def constant_conditions(rulebook: Rulebook) -> Iterator[Remark]:
    """Comparisons that come out the same for every answer within the bounds, and whole conditions that do."""
    algebra = BoundsAlgebra(bounds_of(rulebook))
    for each in expressions(rulebook):
        tests = [node for node in _outside_tables(each.node) if isinstance(node, _TESTS)]
        whole = [each.node] if each.kind == "rules" else []
        for node in dict.fromkeys([*map(_Same, tests), *map(_Same, whole)]):
            always = _always(node.node, algebra)
            if always is not None:
                message = f"'{each.name}': «{written(node.node)}» is always {str(always).lower()} where it applies"
                yield Remark("L004", each.kind, each.name, f"{message}; correct it or remove it")
                break


class _Same:
    """A node that equals another one with the same text; nodes themselves cannot be hashed."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.text = written(node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


def _always(node: Node, algebra: BoundsAlgebra) -> bool | None:
    if isinstance(node, nodes.ChoiceIn) and isinstance(node.operand, nodes.Name):
        offered = set(node.operand.signature.choices)
        return True if offered <= node.choices else None if node.choices else False
    always: bool | None = lower(node, algebra)
    return always


def literal_thresholds(rulebook: Rulebook) -> Iterator[Remark]:
    """Numbers other than 0, 1 and 100 in what a condition compares."""
    for each in expressions(rulebook):
        comparisons = (node for node in walk(each.node) if isinstance(node, nodes.Compare))
        numbers = [node.value for test in comparisons for node in walk(test) if isinstance(node, nodes.Number)]
        for number in dict.fromkeys(number for number in numbers if number not in _HARMLESS):
            message = f"'{each.name}' compares with {plain_number(number)}; make it a parameter with status and source"
            yield Remark("L008", each.kind, each.name, message)


def negated_questions(rulebook: Rulebook) -> Iterator[Remark]:
    """`not` before a yes/no question: true where the question does not apply."""
    for each in expressions(rulebook):
        for name in dict.fromkeys(_negated(each)):
            message = f"'{each.name}': «not {name}» is true where {name} does not apply; write «{name} == false»"
            yield Remark("L009", each.kind, each.name, message)


def _negated(each: Written) -> Iterator[str]:
    for node in walk(each.node):
        operand = node.operand if isinstance(node, nodes.Not) else None
        if isinstance(operand, nodes.TruthIs):
            operand = operand.name
        if isinstance(operand, nodes.Name) and operand.signature.origin in ("question", "column"):
            yield operand.signature.name


def _outside_tables(node: Node) -> Iterator[Node]:
    """A node and all below it, except the tests on the rows of a table."""
    yield node
    if not isinstance(node, nodes.Aggregate):
        for child in children(node):
            yield from _outside_tables(child)
