"""The rete engine: what durable_rules fires, in order, is the record of what became certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.engines.evaluation import Evaluation, Working, finished
from advisor.engines.rete.conditions import Derived
from advisor.engines.rete.network import Stage, build, derived_word
from advisor.engines.rete.session import EngineFailure, Ruleset, Session, extension
from advisor.engines.selection import select
from advisor.language import Fact
from advisor.rulebook import Rulebook


def is_available() -> bool:
    """Whether durable_rules was built for this Python."""
    try:
        extension()
    except ImportError:
        return False
    return True


class ReteEngine:
    """Evaluates units of one rulebook with durable_rules."""

    name = "rete"

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._network = build(rulebook)
        self._ruleset = Ruleset(self._network.rules)
        self._concluding = {
            rule: [name for name, rules in rulebook.findings.items() if rule in rules] for rule in rulebook.rules
        }
        self._nothing = dict.fromkeys(rulebook.rules)
        self._no_firm = {rule: None for rule in rulebook.rules if f"rule:{rule}" in rulebook.assumed}

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit: every question of the rulebook, as `advisor.engines.facts` lowers them."""
        working = Working(dict(facts), truth=dict(self._nothing), firm_truth=dict(self._no_firm))
        with self._ruleset.session() as session:
            run = _Run(self, session, working)
            run.stages(self._network.before)
            selection = select(self.rulebook, working.facts, {**working.truth, **working.firm_truth}, working.terms, working.firm)
            working.facts.update(selection.facts())
            working.firm.update(selection.firm_facts())
            run.stages(self._network.after)
        return finished(working, selection, tuple(run.order))

    def awaits(self, result: Derived) -> bool:
        """Whether any condition looks at this derived result."""
        return result in self._network.awaited

    def concluded_by(self, rule: str) -> Iterable[str]:
        """The findings that a rule concludes."""
        return self._concluding[rule]


class _Run:
    """One unit in one session."""

    def __init__(self, engine: ReteEngine, session: Session, working: Working) -> None:
        self.engine = engine
        self.session = session
        self.working = working
        self.order: list[str] = []
        self.told: set[Derived] = set()

    def stages(self, stages: Iterable[Stage]) -> None:
        for stage in stages:
            for fact in stage.program(self.working):
                self.session.tell(fact)
            for rule, firm, truth in stage.settled:
                self._settle(rule, firm, truth)
            for fired in self.session.fired():
                rule, rail, reading, _ = fired.split("|")
                self._settle(rule, reading == "firm", rail == "t")

    def _settle(self, rule: str, firm: bool, truth: bool) -> None:
        """Note what a rule is; it may fire once for each way in which it is so."""
        record = self.working.firm_truth if firm else self.working.truth
        if record[rule] is not None:
            if record[rule] is not truth:
                raise EngineFailure(f"the rule '{rule}' came out both true and false")
            return
        record[rule] = truth
        if truth and not firm:
            self.order.append(rule)
        for finding in self.engine.concluded_by(rule):
            for reading in (False, True):
                self._derive(finding, truth, reading)

    def _derive(self, finding: str, truth: bool, firm: bool) -> None:
        """Tell a finding once it is certain: true with its first rule, false with its last."""
        result = Derived(finding, truth, firm)
        if result in self.told or not self.engine.awaits(result):
            return
        record = {**self.working.truth, **self.working.firm_truth} if firm else self.working.truth
        values = [record[rule] for rule in self.engine.rulebook.findings[finding]]
        if (any(value is True for value in values)) if truth else all(value is False for value in values):
            self.told.add(result)
            self.session.tell(f'{{"derived":"{derived_word(result)}"}}')
