"""Rules in parts, each small enough for a durable_rules ruleset of its own and within the engine's limits.

A session costs time for every rule of its ruleset, so many small rulesets are faster than a large one: a part is a
handful of rules, told one fact with all that they look at, and decided in one session for each reading. Rules that
conclude findings for each other stand in one part and chain there; findings of earlier parts are told at the start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisor.engines.rete.compiled import BeyondLimits, Meaning, Part, derived_word
from advisor.engines.rete.conditions import Derived, Rail, Rails, Test, Way

MOST_MATCHES = 60
MOST_CAPTURES = 16
MOST_PRODUCTIONS = 40
MOST_FIELDS = 100
_MOST_WAYS_IN_ONE = 12


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A rule ready for a part: what makes it certainly true or false, and whether its firm reading can differ."""

    rule: str
    layer: int
    rails: Rails
    has_firm: bool

    def tests(self) -> Iterable[Test | Derived]:
        """Everything that the rule looks at."""
        return (test for rail in (self.rails.true, self.rails.false) for way in rail for test in way)

    def findings(self) -> set[str]:
        """The findings that the rule looks at."""
        return {test.name for test in self.tests() if isinstance(test, Derived)}


def pack(groups: Iterable[Sequence[PlacedRule]]) -> list[Part]:
    """The parts for groups of rules, in order; a group that is too large for one goes on in the next."""
    packing: list[_Packing] = [_Packing()]
    for group in groups:
        if not packing[-1].takes(group):
            packing.append(_Packing())
        for rule in group:
            if not packing[-1].takes([rule]):
                packing.append(_Packing())
            packing[-1].add(rule)
    return [each.part() for each in packing if each.rules]


def is_too_large(rails: Rails) -> bool:
    """Whether a rule with these rails is beyond the limits even when it stands alone."""
    return not _Packing().takes([PlacedRule("", 0, rails, False)])


@dataclass(slots=True)
class _Packing:
    """A part that is being filled.

    `beginnings` are the tests of the fact, each with those before it, and `joints` the ways that come together again
    in one production: what matches of both at a time must fit on durable_rules' stack. A rule is not true and false
    at once.
    """

    rules: list[PlacedRule] = field(default_factory=list)
    beginnings: set[tuple[Test, ...]] = field(default_factory=set)
    fields: dict[str, None] = field(default_factory=dict)
    productions: int = 0
    joints: int = 0

    def takes(self, rules: Iterable[PlacedRule]) -> bool:
        """Whether the rules fit in; none is added."""
        trial = _Packing([*self.rules], {*self.beginnings}, {**self.fields}, self.productions, self.joints)
        for rule in rules:
            trial.add(rule)
        return (
            trial.matches() < MOST_MATCHES
            and trial.productions <= MOST_PRODUCTIONS
            and len(trial.fields) <= MOST_FIELDS
        )

    def matches(self) -> int:
        """How many tests the fact can match at most: those for equality of one field exclude each other."""
        equal = Counter(
            (beginning[-1].field, beginning[-1].value)
            for beginning in self.beginnings
            if beginning[-1].operator == "$eq"
        )
        most: dict[str, int] = {}
        for (name, _), number in equal.items():
            most[name] = max(most.get(name, 0), number)
        return len(self.beginnings) - equal.total() + sum(most.values()) + self.joints

    def add(self, rule: PlacedRule) -> None:
        self.rules.append(rule)
        for rail in (rule.rails.true, rule.rails.false):
            for way in rail:
                tests = _tests(way)
                self.beginnings.update(tuple(tests[: length + 1]) for length in range(len(tests)))
                self.fields.update(dict.fromkeys(test.field for test in tests))
            self.productions += len(rail) - len(_plain(rail)) + -(-len(_plain(rail)) // _MOST_WAYS_IN_ONE)

        joints = (len(_plain(rail)) for rail in (rule.rails.true, rule.rails.false))
        self.joints += max(number if number > 1 else 0 for number in joints)

    def part(self) -> Part:
        """Productions for every rail; rules of one layer with the same rail share one."""
        definition: dict[str, Any] = {}
        meanings: dict[str, Meaning] = {}
        shared: dict[tuple[int, Rail], list[tuple[str, bool]]] = {}
        for rule in self.rules:
            for truth, rail in ((True, rule.rails.true), (False, rule.rails.false)):
                shared.setdefault((rule.layer, rail), []).append((rule.rule, truth))
        for (layer, rail), meaning in shared.items():
            for patterns in _productions(rail):
                if len(patterns) > MOST_CAPTURES:
                    raise BeyondLimits(f"the rule '{meaning[0][0]}' looks at too many findings at once")
                name = f"r{len(definition)}"
                definition[name] = {"pri": layer + 1, "all": patterns}
                meanings[name] = tuple(meaning)
        awaits = sorted({finding for rule in self.rules for finding in rule.findings()})
        twice = tuple(rule.rule for rule in self.rules if rule.has_firm)
        return Part(definition, meanings, tuple(self.fields), tuple(awaits), twice)


def _productions(rail: Rail) -> Iterable[list[dict[str, Any]]]:
    """The patterns of every production: one for the ways that look at the fact alone, one for each other way."""
    plain = sorted(_plain(rail), key=_sortable)
    for start in range(0, len(plain), _MOST_WAYS_IN_ONE):
        ways = [_conjunction(_tests(way)) for way in plain[start : start + _MOST_WAYS_IN_ONE]]
        yield [{"m0": ways[0] if len(ways) == 1 else {"$or": ways}}]
    for way in sorted(rail.difference(plain), key=_sortable):
        derived = sorted(test for test in way if isinstance(test, Derived))
        patterns: list[dict[str, Any]] = [{"derived": derived_word(test.name, test.truth)} for test in derived]
        if tests := _tests(way):
            patterns.insert(0, _conjunction(tests))
        yield [{f"m{number}": pattern} for number, pattern in enumerate(patterns)]


def _plain(rail: Rail) -> list[Way]:
    """The ways that look at no finding. The way that always holds is none: its rule is settled beforehand."""
    return [way for way in rail if way and not any(isinstance(test, Derived) for test in way)]


def _conjunction(tests: Sequence[Test]) -> dict[str, Any]:
    conditions: list[dict[str, Any]] = [
        {test.field: test.value} if test.operator == "$eq" else {test.operator: {test.field: test.value}}
        for test in tests
    ]
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}


def _tests(way: Way) -> list[Test]:
    return sorted(test for test in way if isinstance(test, Test))


def _sortable(way: Way) -> list[str]:
    return sorted(map(str, way))
