"""A rulebook as a durable_rules ruleset, and the proof that it stays within the engine's limits.

Fields are grouped into sections, one fact each; a section is kept small enough that no fact can match more than `MOST_MATCHES` tests.
Sections belong to stages: a stage's fields may look at what earlier stages found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from advisor.engines.plain.program import Program, ProgramWriter
from advisor.engines.rete.conditions import Derived, End, Fields, Rail, Rails, Test, TooManyWays, Way, rails
from advisor.language import Node, Signature, names_in
from advisor.language.nodes import walk
from advisor.language.written import written
from advisor.rulebook import LAYERS, Rulebook
from advisor.rulebook.order import ASSUMING
from advisor.rulebook.plan import FindingStep, GroupStep, RuleStep, Step, expressions_of, key_of, key_of_name, keys_read

MOST_MATCHES = 60
MOST_CAPTURES = 16
MOST_ALIKE = 200
MOST_KINDS = 500
MOST_RULES = 4_000
MOST_FIELDS = 250


class BeyondLimits(Exception):
    """A rulebook that durable_rules cannot take safely; the message names the rule."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is computed and told before the agenda runs once."""

    program: Program
    settled: tuple[tuple[str, bool, bool], ...]
    """Rules that are true or false whatever is told: rule, firm, truth."""


@dataclass(frozen=True, slots=True)
class Network:
    """The compiled rulebook: durable_rules' definition, the stages, and which derived results some test waits for."""

    rules: dict[str, Any]
    before: tuple[Stage, ...]
    after: tuple[Stage, ...]
    awaited: frozenset[Derived]


@dataclass(slots=True)
class _Field:
    name: str
    stage: int
    half: int
    number: tuple[Signature, End, bool] | None = None
    symbol: tuple[Node, bool] | None = None
    tests: set[Test] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Production:
    rule: str
    truth: bool
    firm: bool
    ways: Rail
    stage: int
    half: int


def build(rulebook: Rulebook) -> Network:
    """Compile a rulebook; raises `BeyondLimits` for what durable_rules must never be given."""
    return _Builder(rulebook).network()


class _Builder:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.fields: dict[tuple[str, str, bool], _Field] = {}
        self.stages: dict[str, int] = {}
        self.halves: dict[str, int] = {}
        self.productions: list[_Production] = []
        self.half = 0

    def network(self) -> Network:
        halves = (self.rulebook.before_selection, self.rulebook.after_selection)
        for self.half, steps in enumerate(halves):
            for step in steps:
                self._place(step)
        self._note_tests()
        sections = self._sections()
        section_of = {name: number for number, names in enumerate(sections) for name in names}
        definition = self._definition(section_of)
        before, after = (self._stages(half, steps, sections) for half, steps in enumerate(halves))
        tests = (test for production in self.productions for way in production.ways for test in way)
        return Network(definition, before, after, frozenset(test for test in tests if isinstance(test, Derived)))

    def _place(self, step: Step) -> None:
        key = key_of(step)
        self.halves[key] = self.half
        if isinstance(step, RuleStep):
            self.stages[key] = self._add_rule(step)
        elif isinstance(step, FindingStep):
            self.stages[key] = max(self._stage(f"rule:{rule}") for rule in step.rules) + 1
        elif isinstance(step, GroupStep):
            self.stages[key] = max(
                *(self._stage(f"rule:{rule}") + 1 for rule in step.rules), *(self._stage(name) for name in step.quantities)
            )
        else:
            self.stages[key] = max((self._stage(read) for read in keys_read(expressions_of(step))), default=0)

    def _stage(self, key: str) -> int:
        """The stage of an earlier step, counted within its half of the evaluation."""
        return self.stages[key] if self.halves.get(key) == self.half else 0

    def _stage_of_names(self, signatures: Iterable[Signature]) -> int:
        return max((self._stage(key_of_name(signature)) for signature in signatures), default=0)

    def _add_rule(self, step: RuleStep) -> int:
        readings = (False, True) if f"rule:{step.rule}" in self.rulebook.assumed else (False,)
        stage = 0
        for firm in readings:
            both = self._rails(step, firm)
            for truth, ways in ((True, both.true), (False, both.false)):
                stage = max(stage, self._stage_of_ways(ways))
                self.productions.append(_Production(step.rule, truth, firm, ways, stage, self.half))
        return stage

    def _rails(self, step: RuleStep, firm: bool) -> Rails:
        makers = Fields(self._differs, self._number_field, self._symbol_field)
        try:
            return rails(step.condition, makers, firm)
        except TooManyWays:
            symbol = self._symbol_field(step.condition, firm)
            return Rails(
                frozenset([frozenset([Test(symbol, "$eq", 1)])]), frozenset([frozenset([Test(symbol, "$eq", 0)])])
            )

    def _differs(self, signature: Signature) -> bool:
        return key_of_name(signature) in self.rulebook.assumed

    def _stage_of_ways(self, ways: Rail) -> int:
        by_name = {each.name: each for each in self.fields.values()}
        tests = {test for way in ways for test in way}
        stages = [by_name[test.field].stage for test in tests if isinstance(test, Test) and by_name[test.field].half == self.half]
        for test in tests:
            if isinstance(test, Derived):
                stages += [self._stage(f"rule:{rule}") for rule in self.rulebook.findings[test.name]]
        return max(stages, default=0)

    def _number_field(self, signature: Signature, which: End, firm: bool) -> str:
        key = (signature.name, which, firm and key_of_name(signature) in self.rulebook.assumed)
        stage = self._stage_of_names([signature])
        return self._field(key, _Field("", stage, self.half, number=(signature, which, firm)))

    def _symbol_field(self, node: Node, firm: bool) -> str:
        names = names_in(node).values()
        reading = firm and (any(isinstance(part, ASSUMING) for part in walk(node)) or any(key_of_name(signature) in self.rulebook.assumed for signature in names))
        return self._field(
            (written(node), "symbol", reading), _Field("", self._stage_of_names(names), self.half, symbol=(node, firm))
        )

    def _field(self, key: tuple[str, str, bool], made: _Field) -> str:
        if key not in self.fields:
            made.name = f"f{len(self.fields)}"
            self.fields[key] = made
        return self.fields[key].name

    def _note_tests(self) -> None:
        by_name = {each.name: each for each in self.fields.values()}
        for production in self.productions:
            for way in production.ways:
                for test in way:
                    if isinstance(test, Test):
                        by_name[test.field].tests.add(test)

    def _sections(self) -> list[list[str]]:
        """Fields in sections, in the order of first use; halved in size until every section is within the limits."""
        size = MOST_MATCHES - 1
        while True:
            sections = self._sections_of(size)
            if self._within_limits(sections):
                return sections
            size //= 2
            if size < 2:
                raise BeyondLimits("a single condition is tested against too many values")

    def _sections_of(self, size: int) -> list[list[str]]:
        sections: list[list[str]] = []
        open_sections: dict[tuple[int, int], tuple[list[str], int]] = {}
        for each in self.fields.values():
            place = (each.half, each.stage)
            names, used = open_sections.get(place, ([], size))
            if used + len(each.tests) > size or len(names) >= MOST_FIELDS - 1:
                names, used = [], 0
                sections.append(names)
            names.append(each.name)
            open_sections[place] = (names, used + len(each.tests))
        return sections

    def _within_limits(self, sections: list[list[str]]) -> bool:
        section_of = {name: number for number, names in enumerate(sections) for name in names}
        beginnings: dict[int, set[tuple[Test, ...]]] = {}
        for production in self.productions:
            for way in production.ways:
                for section, tests in _by_section(way, section_of).items():
                    known = beginnings.setdefault(section, set())
                    known.update(tuple(tests[: length + 1]) for length in range(len(tests)))
        return all(len(known) < MOST_MATCHES for known in beginnings.values())

    def _definition(self, section_of: dict[str, int]) -> dict[str, Any]:
        definition: dict[str, Any] = {}
        uses: Counter[str] = Counter()
        for production in self.productions:
            layer = LAYERS.index(self.rulebook.rules[production.rule].layer)
            for number, way in enumerate(sorted(production.ways, key=_sortable)):
                if not way:
                    continue
                patterns = _patterns(way, section_of)
                if len(patterns) > MOST_CAPTURES:
                    raise BeyondLimits(f"the rule '{production.rule}' looks at too many different things at once")
                uses.update(str(condition) for pattern in patterns for condition in pattern.values())
                name = (
                    f"{production.rule}|{'t' if production.truth else 'f'}|{'firm' if production.firm else ''}|{number}"
                )
                definition[name] = {"pri": layer + 1, "all": patterns}
        if len(definition) > MOST_RULES:
            raise BeyondLimits(f"the rules can hold in {len(definition):,} ways; durable_rules takes {MOST_RULES:,}")
        self._check_sharing(uses, kinds=len(set(section_of.values())))
        return definition

    def _check_sharing(self, uses: Counter[str], kinds: int) -> None:
        """Refuse one condition in too many rules (it ends the process) and too many kinds of facts (it compiles for ever)."""
        condition, most = uses.most_common(1)[0] if uses else ("", 0)
        if most > MOST_ALIKE:
            raise BeyondLimits(f"more than {MOST_ALIKE} rules share one condition, such as {condition}")
        derived = sum("derived" in condition for condition in uses)
        if derived + kinds > MOST_KINDS:
            raise BeyondLimits(f"conditions look at {derived} results of rules, more than durable_rules takes")

    def _stages(self, half: int, steps: tuple[Step, ...], sections: list[list[str]]) -> tuple[Stage, ...]:
        last = max((self.stages[key_of(step)] for step in steps), default=0)
        by_name = {each.name: each for each in self.fields.values()}
        made = []
        for stage in range(last + 1):
            writer = ProgramWriter(self.rulebook)
            for step in steps:
                if not isinstance(step, RuleStep) and self.stages[key_of(step)] == stage:
                    writer.step(step)
            if half == 0 and stage == last:
                writer.terms()
            for number, names in enumerate(sections):
                here = [by_name[name] for name in names]
                if (here[0].half, here[0].stage) == (half, stage):
                    template = f'{{"kind":"s{number}"{"".join(f""","{each.name}":%d""" for each in here)}}}'
                    writer.text(template, [_value(writer, each) for each in here])
            settled = tuple(
                (each.rule, each.firm, each.truth)
                for each in self.productions
                if each.half == half and each.stage == stage and frozenset() in each.ways
            )
            made.append(Stage(writer.program(), settled))
        return tuple(made)


def _value(writer: ProgramWriter, each: _Field) -> str:
    if each.number is not None:
        return writer.end(*each.number)
    assert each.symbol is not None
    return writer.three(*each.symbol)


def _patterns(way: Way, section_of: dict[str, int]) -> list[dict[str, Any]]:
    patterns: list[dict[str, Any]] = []
    for section, tests in sorted(_by_section(way, section_of).items()):
        conditions: list[dict[str, Any]] = [{"kind": f"s{section}"}]
        conditions += [
            {test.field: test.value} if test.operator == "$eq" else {test.operator: {test.field: test.value}} for test in tests
        ]
        patterns.append({f"m{len(patterns)}": {"$and": conditions}})
    for test in sorted(test for test in way if isinstance(test, Derived)):
        patterns.append({f"m{len(patterns)}": {"derived": derived_word(test)}})
    return patterns


def derived_word(test: Derived) -> str:
    """How a derived result is called in a fact."""
    return f"{test.name}|{'t' if test.truth else 'f'}|{'firm' if test.firm else ''}"


def _by_section(way: Way, section_of: dict[str, int]) -> dict[int, list[Test]]:
    found: dict[int, list[Test]] = {}
    for test in sorted(test for test in way if isinstance(test, Test)):
        found.setdefault(section_of[test.field], []).append(test)
    return found


def _sortable(way: Way) -> list[str]:
    return sorted(map(str, way))

