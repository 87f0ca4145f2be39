"""A rulebook as stages of parts: what is computed, what durable_rules is then told, and in which order.

Fields are numbers' ends and the truth of compound conditions. A stage's fields may look at what earlier stages found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.engines.plain.compiled import End
from advisor.engines.plain.program import ProgramWriter
from advisor.engines.rete.compiled import Network, Stage
from advisor.engines.rete.conditions import Derived, Fields, Rail, Rails, Test, TooManyWays, rails
from advisor.engines.rete.parts import PlacedRule, is_too_large, pack
from advisor.language import Node, Signature, names_in
from advisor.language.written import written
from advisor.rulebook import LAYERS, Rulebook
from advisor.rulebook.plan import FindingStep, GroupStep, RuleStep, Step, expressions_of, key_of, key_of_name, keys_read

_ALWAYS: Rail = frozenset([frozenset()])


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    half: int
    stage: int
    number: tuple[Signature, End] | None = None
    symbol: Node | None = None


def build(rulebook: Rulebook) -> Network:
    """Compile a rulebook; raises `BeyondLimits` for what durable_rules must never be given."""
    return _Builder(rulebook).network()


class _Builder:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.fields: dict[tuple[str, str], _Field] = {}
        self.by_name: dict[str, _Field] = {}
        self.stages: dict[str, int] = {}
        self.halves: dict[str, int] = {}
        self.rules: dict[tuple[int, int], list[PlacedRule]] = {}
        self.half = 0

    def network(self) -> Network:
        halves = (self.rulebook.before_selection, self.rulebook.after_selection)
        for self.half, steps in enumerate(halves):
            for step in steps:
                self._place(step)
        before, after = (tuple(self._stages(half, steps)) for half, steps in enumerate(halves))
        return Network(before, after)

    def _place(self, step: Step) -> None:
        key = key_of(step)
        self.halves[key] = self.half
        if isinstance(step, RuleStep):
            self.stages[key] = self._add_rule(step)
        elif isinstance(step, FindingStep):
            self.stages[key] = max(self._stage(f"rule:{rule}") for rule in step.rules) + 1
        elif isinstance(step, GroupStep):
            self.stages[key] = max(
                *(self._stage(f"rule:{rule}") + 1 for rule in step.rules),
                *(self._stage(name) for name in step.quantities),
            )
        else:
            self.stages[key] = max((self._stage(read) for read in keys_read(expressions_of(step))), default=0)

    def _stage(self, key: str) -> int:
        """The stage of an earlier step, counted within its half of the evaluation."""
        return self.stages[key] if self.halves.get(key) == self.half else 0

    def _stage_of_names(self, signatures: Iterable[Signature]) -> int:
        return max((self._stage(key_of_name(signature)) for signature in signatures), default=0)

    def _add_rule(self, step: RuleStep) -> int:
        layer = LAYERS.index(self.rulebook.rules[step.rule].layer)
        has_firm = f"rule:{step.rule}" in self.rulebook.assumed
        rule = PlacedRule(step.rule, layer, self._rails(step.condition), has_firm)
        stage = max((self._stage_of_test(test) for test in rule.tests()), default=0)
        self.rules.setdefault((self.half, stage), []).append(rule)
        return stage

    def _rails(self, condition: Node) -> Rails:
        """The rails of a condition, or its truth as one symbol where there would be too much to spell out."""
        try:
            both = rails(condition, Fields(self._number_field, self._symbol_field))
            if not is_too_large(both):
                return both
        except TooManyWays:
            pass
        symbol = self._symbol_field(condition)
        true, false = (frozenset([frozenset([Test(symbol, "$eq", value)])]) for value in (1, 0))
        return Rails(true, false)

    def _stage_of_test(self, test: Test | Derived) -> int:
        if isinstance(test, Derived):
            return max(self._stage(f"rule:{rule}") for rule in self.rulebook.findings[test.name])
        return self.by_name[test.field].stage if self.by_name[test.field].half == self.half else 0

    def _number_field(self, signature: Signature, which: End) -> str:
        return self._field((signature.name, which), [signature], number=(signature, which))

    def _symbol_field(self, node: Node) -> str:
        return self._field((written(node), "symbol"), names_in(node).values(), symbol=node)

    def _field(
        self,
        key: tuple[str, str],
        names: Iterable[Signature],
        number: tuple[Signature, End] | None = None,
        symbol: Node | None = None,
    ) -> str:
        if key not in self.fields:
            made = _Field(f"f{len(self.fields)}", self.half, self._stage_of_names(names), number, symbol)
            self.fields[key] = self.by_name[made.name] = made
        return self.fields[key].name

    def _stages(self, half: int, steps: tuple[Step, ...]) -> Iterator[Stage]:
        last = max((self.stages[key_of(step)] for step in steps), default=0)
        for stage in range(last + 1):
            writer = ProgramWriter(self.rulebook)
            for step in steps:
                if not isinstance(step, RuleStep) and self.stages[key_of(step)] == stage:
                    writer.step(step)
            if half == 0 and stage == last:
                writer.terms()
            rules = self.rules.get((half, stage), [])
            parts = [part for group in self._groups(rules) for part in pack(group)]
            for part in parts:
                for firm in (False, True) if part.twice else (False,):
                    writer.give([_value(writer, self.by_name[name], firm) for name in part.fields])
            settled = tuple(
                (rule.rule, truth)
                for rule in rules
                for truth, rail in ((True, rule.rails.true), (False, rule.rails.false))
                if rail == _ALWAYS
            )
            yield Stage(writer.program(), tuple(parts), settled)

    def _groups(self, rules: list[PlacedRule]) -> Iterator[list[list[PlacedRule]]]:
        """Rules that findings tie together, in order; those with a firm reading apart from those without."""
        groups = self._tied(rules)
        for twice in (False, True):
            yield [group for group in groups if any(rule.has_firm for rule in group) is twice]

    def _tied(self, rules: list[PlacedRule]) -> list[list[PlacedRule]]:
        group_of: dict[str, list[PlacedRule]] = {}
        for rule in rules:
            tied = [rule]
            concluding = [each for name in rule.findings() for each in self.rulebook.findings[name]]
            for group in {id(group_of[each]): group_of[each] for each in concluding if each in group_of}.values():
                tied = [*group, *tied]
            group_of.update({each.rule: tied for each in tied})
        order = {rule.rule: place for place, rule in enumerate(rules)}
        groups = {id(group): sorted(group, key=lambda rule: order[rule.rule]) for group in group_of.values()}
        return list(groups.values())


def _value(writer: ProgramWriter, each: _Field, firm: bool) -> str:
    if each.number is not None:
        return writer.end(*each.number, firm)
    assert each.symbol is not None
    return writer.three(each.symbol, firm)
