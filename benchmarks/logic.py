"""The rules of a rulebook as every engine gets them: two rails of positive tests over lowered integers.

A rule is decided in the assumed reading and, where it can differ, in the firm one: a `Decision` each. Its two rails
are trees of `all` and `any` over tests of an integer field against a constant, and over what was derived before.
Fields are the ends of a number (scaled integers) or the truth of a compound condition (1 certainly true, 0 certainly
false, 2 open), computed before the clock runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.engines.evaluation import Evaluation, Working
from advisor.engines.plain.compiled import End
from advisor.engines.plain.program import ProgramWriter
from advisor.engines.rete.conditions import Derived, Fields, Rail, Test, rails
from advisor.language import Node, Signature, nodes
from advisor.language.written import written
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import FindingStep, RuleStep, key_of_name

Lowered = dict[str, int]
Record = tuple[int, ...]
"""For every decision, in order: 1 certainly true, 0 certainly false, 2 open."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tests of which all, or any, must hold; `all` of nothing always does, `any` of nothing never."""

    how: Literal["all", "any"]
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class FindingTest:
    """A finding, looked at in one reading, is certainly true or certainly false."""

    name: str
    truth: bool
    firm: bool


Tree = Group | Test | FindingTest


@dataclass(frozen=True, slots=True)
class Decision:
    """One rule in one reading, and what it derives: findings that later rules test."""

    rule: str
    firm: bool
    true: Tree
    false: Tree


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding in one reading: true with the first of its decisions, false with the last."""

    name: str
    firm: bool
    decisions: tuple[int, ...]


class Logic:
    """The decisions and findings of one rulebook, in an order in which each reads only what stands before it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.steps: list[Decision | Finding] = []
        self.decisions: list[Decision] = []
        self._fields: dict[tuple[str, str, bool], tuple[str, str]] = {}
        self._writer = ProgramWriter(rulebook)
        self.layers: list[int] = []
        """For each decision how many findings stand one behind the other before it."""
        self._number: dict[tuple[str, bool], int] = {}
        self._layer_of: dict[tuple[str, bool], int] = {}
        for step in rulebook.steps:
            if isinstance(step, RuleStep):
                self._add_rule(step)
            elif isinstance(step, FindingStep):
                self._add_finding(step)
        sources = [source for _, source in self._fields.values()]
        self._writer.give(sources)
        self._program = self._writer.program()
        self.fields: list[str] = [name for name, _ in self._fields.values()]
        self.symbols = {name for (_, which, _), (name, _) in self._fields.items() if which == "symbol"}

    def lowered(self, evaluation: Evaluation) -> Lowered:
        """The integers of a unit that was evaluated before: its answers, measures, counts and compound conditions."""
        (values,) = self._program.run(Working(dict(evaluation.facts), dict(evaluation.firm)))
        return dict(zip(self.fields, values, strict=True))

    def record(self, evaluation: Evaluation) -> Record:
        """What was decided, as every engine has to give it."""
        return self.record_of(evaluation.truth, evaluation.firm_truth)

    def record_of(self, truth: Mapping[str, bool | None], firm_truth: Mapping[str, bool | None]) -> Record:
        """The same from the engines' own tables."""
        values = ((firm_truth if each.firm else truth)[each.rule] for each in self.decisions)
        return tuple(2 if value is None else int(value) for value in values)

    def _add_rule(self, step: RuleStep) -> None:
        for firm in (False, True) if f"rule:{step.rule}" in self.rulebook.assumed else (False,):
            self._number[step.rule, firm] = len(self.decisions)
            decision = Decision(step.rule, firm, *self._rails(step.condition, firm))
            self.decisions.append(decision)
            derived = [*_derived(decision.true), *_derived(decision.false)]
            self.layers.append(max((self._layer_of[each.name, each.firm] for each in derived), default=0))
            self.steps.append(decision)

    def _add_finding(self, step: FindingStep) -> None:
        for firm in (False, True) if step.name in self.rulebook.assumed else (False,):
            rules = tuple(self._number.get((rule, firm), self._number[rule, False]) for rule in step.rules)
            self._layer_of[step.name, firm] = 1 + max(self.layers[number] for number in rules)
            self.steps.append(Finding(step.name, firm, rules))

    def _rails(self, node: Node, firm: bool) -> tuple[Tree, Tree]:
        match node:
            case nodes.Not():
                true, false = self._rails(node.operand, firm)
                return false, true
            case nodes.All() | nodes.Some():
                parts = [self._rails(part, firm) for part in node.operands]
                how: Sequence[Literal["all", "any"]] = ("all", "any") if isinstance(node, nodes.All) else ("any", "all")
                return Group(how[0], tuple(true for true, _ in parts)), Group(
                    how[1], tuple(false for _, false in parts)
                )
            case _:
                fields = Fields(lambda name, which: self._end(name, which, firm), lambda part: self._symbol(part, firm))
                both = rails(node, fields)
                return self._only(both.true, firm), self._only(both.false, firm)

    def _only(self, rail: Rail, firm: bool) -> Tree:
        """A rail of at most one test as a tree."""
        if not rail:
            return Group("any", ())
        (way,) = rail
        if not way:
            return Group("all", ())
        (test,) = way
        if isinstance(test, Derived):
            return FindingTest(test.name, test.truth, firm and test.name in self.rulebook.assumed)
        return test

    def _end(self, signature: Signature, which: End, firm: bool) -> str:
        key = (signature.name, which, firm and key_of_name(signature) in self.rulebook.assumed)
        return self._field(key, lambda: self._writer.end(signature, which, firm))

    def _symbol(self, node: Node, firm: bool) -> str:
        return self._field((written(node), "symbol", firm), lambda: self._writer.three(node, firm))

    def _field(self, key: tuple[str, str, bool], source: object) -> str:
        if key not in self._fields:
            assert callable(source)
            self._fields[key] = (f"f{len(self._fields)}", source())
        return self._fields[key][0]


def _derived(tree: Tree) -> Iterator[FindingTest]:
    if isinstance(tree, Group):
        for part in tree.parts:
            yield from _derived(part)
    elif isinstance(tree, FindingTest):
        yield tree
