"""Asking the solver about one unit: can this outcome still come out, and with which answers?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import z3

from advisor.engines.outcomes import FIRST, NO_PATTERN, PATTERN, RECOMMENDED, Outcomes
from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.space import Space
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.engines.proof.values import Truth
from advisor.language import Fact
from advisor.rulebook import Rulebook

WORK = 3_000_000
"""How much the solver may do for one question (its `rlimit`): the same on every machine, about a second."""
AT_MOST_MS = 10_000
"""After so long it is stopped whatever the machine, as a last resort."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the solver says: `impossible`, `possible` with answers that lead there, or `undecided`."""

    says: Literal["impossible", "possible", "undecided"]
    facts: Mapping[str, Fact] | None = None
    why: str = ""
    model: z3.ModelRef | None = None


class Prover:
    """Finds out what the open answers of one unit can still lead to."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes, work: int = WORK) -> None:
        self.rulebook = rulebook
        self.outcomes = outcomes
        self.work = work

    def possible(
        self, facts: Mapping[str, Fact], open_names: Sequence[str], name: str, words: Iterable[str]
    ) -> dict[str, Found]:
        """For each word of an outcome whether some completion leads to it; every `possible` has the answers that do.

        Whether it can be is asked with the rows of open tables spelled out; whether it cannot, with their sums left
        free. Each outcome has a context of its own: what the solver learnt about another makes it slow.
        """
        words = list(words)
        if not words:
            return {}
        spelled_out = self._encoding(facts, open_names, free_tables=False)
        free: Encoding | None = None
        results = {}
        for word in words:
            found = self._ask(spelled_out, name, word)
            if found.says == "impossible" and spelled_out.space.tables_used:
                free = free or self._encoding(facts, open_names, free_tables=True)
                proven = self._ask(free, name, word).says == "impossible"
                found = found if proven else Found("undecided", why="an open table could have more rows")
            results[word] = found
        return results

    def _encoding(self, facts: Mapping[str, Fact], open_names: Sequence[str], *, free_tables: bool) -> Encoding:
        return Encoding(self.rulebook, Space(self.rulebook, facts, open_names, free_tables=free_tables))

    def _ask(self, encoding: Encoding, name: str, word: str) -> Found:
        try:
            flag = outcome_flag(encoding, self.outcomes, name, word)
        except Beyond as beyond:
            return Found("undecided", why=str(beyond))
        return ask(encoding, [flag], self.work)


def ask(encoding: Encoding, flags: Sequence[Flag], work: int = WORK, at_most_ms: int = AT_MOST_MS) -> Found:
    """Whether answers exist with which all flags hold."""
    together = every(flags)
    if together is False:
        return Found("impossible")
    solver = z3.Solver(ctx=encoding.space.context)
    solver.set("rlimit", work)
    solver.set("timeout", at_most_ms)
    solver.add(*encoding.constraints)
    if together is not True:
        solver.add(together)
    said = solver.check()
    if said == z3.unsat:
        return Found("impossible")
    if said == z3.sat:
        model = solver.model()
        return Found("possible", encoding.solution(model), model=model)
    return Found("undecided", why=solver.reason_unknown())


def outcome_flag(encoding: Encoding, outcomes: Outcomes, name: str, word: str) -> Flag:
    """Whether an outcome is `word`."""
    if name in outcomes.ladders:
        ladder = outcomes.ladders[name]
        above: list[Flag] = []
        for step, rules in ladder.steps:
            held = some(encoding.rule(rule).true for rule in rules)
            if step == word:
                return every((held, *above))
            above.append(negated(held))
        return every(above)
    if name == FIRST:
        if word == NO_PATTERN:
            return negated(_chosen(encoding, "recommends_any"))
        encoding.value("recommends_any")
        return encoding.selected[f"first_{word}"].true
    chosen = _chosen(encoding, f"recommends_{name.removeprefix(PATTERN)}")
    return chosen if word == RECOMMENDED else negated(chosen)


def _chosen(encoding: Encoding, name: str) -> Flag:
    truth = encoding.value(name)
    assert isinstance(truth, Truth)
    return truth.true
