"""The atomic conditions of a rule, and the thresholds among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from advisor.language import Node, Signature, nodes
from advisor.language.nodes import children
from advisor.language.written import written
from advisor.rulebook import Rulebook

_TESTS = (nodes.Compare, nodes.TruthIs, nodes.ChoiceIn, nodes.Contains, nodes.Known, nodes.Applicable)


@dataclass(frozen=True, slots=True)
class Atom:
    """One test in the condition of a rule that is not made of others; `text` as an author would write it."""

    rule: str
    text: str
    node: Node = field(compare=False)

    @property
    def threshold(self) -> nodes.Compare | None:
        """The comparison of numbers that it is, if it is one."""
        return self.node if isinstance(self.node, nodes.Compare) else None


def atoms_of(rulebook: Rulebook) -> Iterator[Atom]:
    """Every atomic condition of every rule, each once for its rule."""
    for rule, condition in rulebook.conditions.items():
        yield from {atom.text: atom for atom in _atoms(rule, condition)}.values()


def _atoms(rule: str, node: Node) -> Iterator[Atom]:
    if isinstance(node, _TESTS) or (isinstance(node, nodes.Name) and node.signature.kind == "truth"):
        yield Atom(rule, written(node), node)
    if not isinstance(node, nodes.Known | nodes.Applicable | nodes.TruthIs | nodes.Aggregate):
        for child in children(node):
            yield from _atoms(rule, child)


def resolution(threshold: nodes.Compare, rulebook: Rulebook) -> Fraction:
    """The smallest step that counts as 'one step beyond': the coarser of the two sides."""
    return max((_step(side, rulebook) for side in (threshold.left, threshold.right)), default=Fraction(0))


def _step(side: Node, rulebook: Rulebook) -> Fraction:
    return _step_of(side.signature, rulebook) if isinstance(side, nodes.Name) else Fraction(0)


def _step_of(signature: Signature, rulebook: Rulebook) -> Fraction:
    question = rulebook.questions.get(signature.name)
    if question and question.step is not None:
        return Fraction(question.step)
    return Fraction(1, signature.scale)
