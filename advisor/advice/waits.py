"""Which questions something open waits for, and which answers something settled rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from advisor.engines.evaluation import Evaluation
from advisor.language import Fact, Node, Trace, ValueAlgebra, lower, names_in, nodes, trace, waits
from advisor.language.nodes import children
from advisor.language.trace import is_settled
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import expressions_of


class Dependencies:
    """Follows names back to the questions behind them, for one evaluated unit."""

    def __init__(self, rulebook: Rulebook, evaluation: Evaluation) -> None:
        self.rulebook = rulebook
        self.evaluation = evaluation
        self._facts: dict[bool, Mapping[str, Fact]] = {False: evaluation.facts, True: evaluation.firm_facts()}
        self._waits = cache(self._waits_of_name)
        self._rests = cache(self._rests_of_name)
        self._rests_of_rule = cache(self._rests_of_condition)
        self._rests_of_terms = cache(self._rests_of_each_term)
        self._behind = cache(self._formulas_behind_name)
        self._stand_ins = cache(self._stand_ins_in_formula)
        self._live = cache(self._live_in_formula)
        self._live_names = cache(self._names_live_in_formula)

    def facts(self, firm: bool = False) -> Mapping[str, Fact]:
        """All names in one reading."""
        return self._facts[firm]

    def traced(self, node: Node, firm: bool = False) -> Trace:
        """An expression evaluated part by part."""
        return trace(node, self.facts(firm), firm)

    def value(self, node: Node) -> Fact:
        """What an expression comes to."""
        return lower(node, ValueAlgebra(self.evaluation.facts))

    def waits_for(self, node: Node, firm: bool = False) -> frozenset[str]:
        """The questions that an open expression waits for."""
        return waits(node, self.facts(firm), lambda name: self._waits(name, firm), firm)

    def waits_of_rule(self, rule: str, firm: bool = False) -> frozenset[str]:
        """The questions that an open rule waits for."""
        return self.waits_for(self.rulebook.conditions[rule], firm)

    def waits_of(self, name: str, firm: bool = False) -> frozenset[str]:
        """The questions that an unsettled name waits for."""
        return self._waits(name, firm)

    def waits_of_selection(self) -> frozenset[str]:
        """The questions that could still change which patterns are chosen."""
        found: set[str] = set()
        for scored in self.evaluation.selection.patterns:
            if not scored.excluded_by:
                for rule in (*scored.open_exclusions, *scored.open_caps):
                    found |= self.waits_of_rule(rule, firm=True)
                for term in self.rulebook.terms[scored.pattern]:
                    found |= self.waits_for(term, firm=True)
        first = self.rulebook.frame.selection.first
        if first is not None:
            found |= self._waits(first.when, True)
        for pattern in self.rulebook.frame.patterns:
            if pattern.worth is not None:
                found |= self._waits(pattern.worth, True)
        return frozenset(found)

    def rests_on(self, node: Node) -> frozenset[str]:
        """The answered questions that an expression reads, through measures and findings."""
        return frozenset().union(*(self._rests(name) for name in names_in(node)))

    def rests_of(self, name: str) -> frozenset[str]:
        """The answered questions behind a name."""
        return self._rests(name)

    def rests_of_rule(self, rule: str) -> frozenset[str]:
        """The answered questions behind a rule."""
        return self._rests_of_rule(rule)

    def rests_of_terms(self, pattern: str) -> tuple[frozenset[str], ...]:
        """The answered questions behind each term of a pattern."""
        return self._rests_of_terms(pattern)

    def live_parts(self, node: Node) -> Iterator[Node]:
        """The parts of an expression, without the branch that a settled `if` does not take."""
        yield node
        below = children(node)
        if isinstance(node, nodes.If):
            condition = self.value(node.condition)
            if condition is not None:
                below = iter((node.condition, node.then if condition else node.other))
        for child in below:
            yield from self.live_parts(child)

    def answer_of(self, name: str) -> str | None:
        """The question whose answer is all that the formula of a name comes to, in the branches that are taken."""
        node: Node = self.rulebook.formulas[name]
        while isinstance(node, nodes.If):
            condition = self.value(node.condition)
            if condition is None:
                return None
            node = node.then if condition else node.other
        if isinstance(node, nodes.Name) and node.signature.name in self.rulebook.questions:
            return node.signature.name
        return None

    def stand_ins(self, formula: str) -> tuple[nodes.Default | nodes.Parameter, ...]:
        """The parts of the formula of a name that may stand for what nobody answered, in the same branches."""
        return self._stand_ins(formula)

    def formulas_behind(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names that have a formula, and all with one that they read in the branches that are taken."""
        return frozenset().union(*map(self._behind, names))

    def _formulas_behind_name(self, name: str) -> frozenset[str]:
        return self.formulas_behind(self._live_names(name)) | {name} if name in self.rulebook.formulas else frozenset()

    def _names_live_in_formula(self, name: str) -> frozenset[str]:
        return frozenset(part.signature.name for part in self._live(name) if isinstance(part, nodes.Name))

    def _stand_ins_in_formula(self, name: str) -> tuple[nodes.Default | nodes.Parameter, ...]:
        return tuple(part for part in self._live(name) if isinstance(part, nodes.Default | nodes.Parameter))

    def _live_in_formula(self, name: str) -> tuple[Node, ...]:
        return tuple(self.live_parts(self.rulebook.formulas[name]))

    def _waits_of_name(self, name: str, firm: bool) -> frozenset[str]:
        if is_settled(self.facts(firm)[name]):
            return frozenset()
        rulebook = self.rulebook
        if name in rulebook.questions:
            return frozenset([name])
        if name in rulebook.formulas:
            return self.waits_for(rulebook.formulas[name], firm)
        if name in rulebook.findings:
            return self._waits_of_rules(rulebook.findings[name], firm)
        if rulebook.scope[name].origin == "selection":
            return self.waits_of_selection()
        group = rulebook.groups.get(name.rsplit("_", 1)[0])
        if group is None:
            return frozenset()
        if name.endswith("_known"):
            return frozenset().union(*(self._waits(quantity, firm) for quantity in group.quantities))
        return self._waits_of_rules(group.rules, firm)

    def _waits_of_rules(self, rules: Iterable[str], firm: bool) -> frozenset[str]:
        return frozenset().union(*(self.waits_of_rule(rule, firm) for rule in rules))

    def _rests_of_name(self, name: str) -> frozenset[str]:
        rulebook = self.rulebook
        if name in rulebook.questions:
            step = rulebook.question_steps[name]
            through = frozenset().union(*(self.rests_on(part) for part in expressions_of(step)))
            fact = self.evaluation.facts[name]
            return through | {name} if is_known_fact(fact) or is_inapplicable_fact(fact) else through
        if name in rulebook.formulas:
            return self.rests_on(rulebook.formulas[name])
        if rulebook.scope[name].origin == "selection":
            return self._rests_of_selection(name)
        rules = rulebook.findings.get(name, ())
        group = rulebook.groups.get(name.rsplit("_", 1)[0])
        rules = (*rules, *(group.rules if group else ()))
        return frozenset().union(*map(self.rests_of_rule, rules))

    def _rests_of_condition(self, rule: str) -> frozenset[str]:
        return frozenset().union(*map(self._rests, self.rulebook.names_of_conditions[rule]))

    def _rests_of_each_term(self, pattern: str) -> tuple[frozenset[str], ...]:
        return tuple(map(self.rests_on, self.rulebook.terms[pattern]))

    def _rests_of_selection(self, name: str) -> frozenset[str]:
        """The answers that carry what is recommended, all of it or the one pattern that the name speaks of."""
        chosen = self.evaluation.selection.recommended
        patterns = [each for each in chosen if name in ("recommends_any", f"recommends_{each}")]
        return frozenset().union(*(answers for each in patterns for answers in self.rests_of_terms(each)))
