"""The rete engine: what durable_rules fires, in order, is the record of what became certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from advisor.engines.evaluation import Evaluation, Three, Working, choose, finished
from advisor.engines.rete.compiled import Meaning, Network, Part, Stage, derived_word
from advisor.engines.rete.session import EngineFailure, Ruleset, extension
from advisor.language import Fact
from advisor.rulebook import Rulebook
from advisor.rulebook.cache import kept_for

Values = tuple[int, ...]


def is_available() -> bool:
    """Whether durable_rules was built for this Python."""
    try:
        extension()
    except ImportError:
        return False
    return True


class ReteEngine:
    """Evaluates units of one rulebook with durable_rules."""

    name: Literal["rete", "plain"] = "rete"

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        network = kept_for(rulebook, "rete", lambda: _built(rulebook))
        self.before, self.after = _Stages(rulebook, network.before), _Stages(rulebook, network.after)
        self._nothing = dict.fromkeys(rulebook.rules)
        self._no_firm = {rule: None for rule in rulebook.rules if f"rule:{rule}" in rulebook.assumed}

    def evaluate(self, facts: Mapping[str, Fact]) -> Evaluation:
        """Evaluate the facts of one unit: every question of the rulebook, as `advisor.profile.facts` lowers them."""
        working = self.working(facts)
        order: dict[str, None] = {}
        self.before.run(working, order)
        selection = choose(self.rulebook, working)
        self.after.run(working, order)
        return finished(working, selection, tuple(order))

    def working(self, facts: Mapping[str, Fact]) -> Working:
        """The facts of one unit with every rule open."""
        return Working(dict(facts), truth=dict(self._nothing), firm_truth=dict(self._no_firm))


def _built(rulebook: Rulebook) -> Network:
    from advisor.engines.rete.network import build

    return build(rulebook)


class _Stages:
    """The stages of one half of the evaluation."""

    def __init__(self, rulebook: Rulebook, stages: Iterable[Stage]) -> None:
        self.stages = [(stage, [_Decider(rulebook, part) for part in stage.parts]) for stage in stages]

    def run(self, working: Working, order: dict[str, None]) -> None:
        """Take `working` through the stages; `order` notes the rules that become true."""
        for place, (stage, _) in enumerate(self.stages):
            self.decide(place, stage.program.run(working), working, order)

    def decide(self, place: int, values: Iterable[Values], working: Working, order: dict[str, None]) -> None:
        """Decide the rules of one stage, given the values of every part's fields."""
        stage, deciders = self.stages[place]
        for rule, truth in stage.settled:
            working.truth[rule] = truth
            if rule in working.firm_truth:
                working.firm_truth[rule] = truth
            if truth:
                order[rule] = None
        given = iter(values)
        for decider in deciders:
            decider.decide(given, working, order)


class _Decider:
    """One part with its ruleset."""

    def __init__(self, rulebook: Rulebook, part: Part) -> None:
        self._ruleset = Ruleset(part.definition)
        self._template = "{" + ",".join(f'"{name}":%d' for name in part.fields) + "}"
        self._has_fields = bool(part.fields)
        self._twice = part.twice
        self._meanings = {False: part.meanings, True: _only(part.twice, part.meanings)}
        self._awaited = {finding: rulebook.findings[finding] for finding in part.awaits}
        concluding = {rule for rules in self._awaited.values() for rule in rules}
        self._chaining = frozenset(
            name for name, meaning in part.meanings.items() if any(rule in concluding for rule, _ in meaning)
        )

    def decide(self, given: Iterator[Values], working: Working, order: dict[str, None]) -> None:
        """Decide the rules of the part, in the firm reading too where a rule has one.

        Where both readings give the part the same to look at, they decide the same, and once is enough.
        """
        values, looked_at = next(given), self._looked_at(working, False)
        self._session(values, working, False, order)
        if self._twice:
            firm_values = next(given)
            if firm_values == values and self._looked_at(working, True) == looked_at:
                working.firm_truth.update((rule, working.truth[rule]) for rule in self._twice)
            else:
                self._session(firm_values, working, True, {})

    def _session(self, values: Values, working: Working, firm: bool, order: dict[str, None]) -> None:
        """Tell what is known and note what each firing makes true or false."""
        meanings = self._meanings[firm]
        record = working.firm_truth if firm else working.truth
        derived = self._derived(working, firm)
        told = {*derived}
        with self._ruleset.session() as session:
            if self._has_fields:
                session.tell(self._template % values)
            for fact in derived:
                session.tell(fact)
            for name in session.fired():
                for rule, truth in meanings[name]:
                    known = record[rule]
                    if known is None:
                        record[rule] = truth
                    elif known is not truth:
                        raise EngineFailure(f"the rule '{rule}' came out both true and false")
                    if truth:
                        order[rule] = None
                if name in self._chaining:
                    more = [fact for fact in self._derived(working, firm) if fact not in told]
                    told.update(more)
                    for fact in more:
                        session.tell(fact)

    def _looked_at(self, working: Working, firm: bool) -> list[list[Three]]:
        """For each finding that the part looks at, what the rules are that conclude it."""
        truth, firm_truth = working.truth, working.firm_truth if firm else {}
        return [[firm_truth.get(rule, truth[rule]) for rule in rules] for rules in self._awaited.values()]

    def _derived(self, working: Working, firm: bool) -> list[str]:
        """The findings that the part looks at, if they are certain: true with the first rule, false with the last."""
        if not self._awaited:
            return []
        return [
            f'{{"derived":"{derived_word(finding, True in rules)}"}}'
            for finding, rules in zip(self._awaited, self._looked_at(working, firm), strict=True)
            if True in rules or None not in rules
        ]


def _only(rules: Iterable[str], meanings: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """The meanings as far as they concern `rules`."""
    kept = frozenset(rules)
    return {name: tuple(each for each in meaning if each[0] in kept) for name, meaning in meanings.items()}
