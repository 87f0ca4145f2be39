"""Asking the solver about one unit: can this outcome still come out, and with which answers?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypeAlias

import z3

from advisor.engines.outcomes import FIRST, NO_PATTERN, PATTERN, RECOMMENDED, Outcomes
from advisor.engines.proof.encoding import Encoding, Left
from advisor.engines.proof.linear import nonlinear_measures
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.space import Space
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.engines.proof.values import Truth
from advisor.engines.proof.worker import AT_MOST_S, check_all, check_together
from advisor.language import Fact
from advisor.rulebook import Rulebook

Wanted: TypeAlias = tuple[str, str]
"""An outcome, and a word that it may come to."""
Check: TypeAlias = Callable[[Sequence[z3.Solver]], list[tuple[z3.CheckSatResult, str]]]
WORK = 3_000_000
"""How much the solver may do for one question (its `rlimit`): the same on every machine, about a second."""


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
        """For each word of an outcome whether some completion leads to it; every `possible` has the answers that do."""
        found = self.looked_for(facts, open_names, [(name, word) for word in words])
        return {word: each for (_, word), each in found.items()}

    def loosely(
        self,
        facts: Mapping[str, Fact],
        open_names: Sequence[str],
        wanted: Sequence[Wanted],
        *,
        scores: bool,
        models: bool,
    ) -> dict[Wanted, Found]:
        """The same while measures that multiply or divide may have any value, with `scores` every score too.

        What is impossible then is so in truth; what is possible may not be, and where `models` are wanted its answers
        are a place to look from. One encoding serves all outcomes: most of what can be seen at all is seen at once.
        """
        space = Space(self.rulebook, facts, open_names, free_tables=True)
        encoding = Encoding(self.rulebook, space, Left(nonlinear_measures(self.rulebook), scores=scores))
        questions: dict[Wanted, Sequence[Flag]] = {}
        for name, word in wanted:
            with suppress(Beyond):
                questions[name, word] = [outcome_flag(encoding, self.outcomes, name, word)]
        asked = [(encoding, flags) for flags in questions.values()]

        def check(solvers: Sequence[z3.Solver]) -> list[tuple[z3.CheckSatResult, str]]:
            return check_together(solvers, self.work, models=models)

        return dict(zip(questions, _all_found(asked, check, models=models), strict=True))

    def looked_for(
        self, facts: Mapping[str, Fact], open_names: Sequence[str], wanted: Sequence[Wanted]
    ) -> dict[Wanted, Found]:
        """For each outcome and word an example, or else the proof that there is none.

        An example has the rows of open tables spelled out; for a proof their sums are left free.
        """
        found, tables = self._asked(facts, open_names, wanted, free_tables=False)
        doubtful = [each for each in wanted if found[each].says == "impossible" and each[0] in tables]
        proven, _ = self._asked(facts, open_names, doubtful, free_tables=True)
        unsure = Found("undecided", why="an open table could have more rows")
        return found | {each: unsure for each in doubtful if proven[each].says != "impossible"}

    def _asked(
        self,
        facts: Mapping[str, Fact],
        open_names: Sequence[str],
        wanted: Sequence[Wanted],
        *,
        free_tables: bool,
    ) -> tuple[dict[Wanted, Found], set[str]]:
        """What the solver says of each outcome and word, and the outcomes that open tables have to do with.

        Each outcome has a context of its own: what the solver learnt about another makes it slow.
        """
        encodings = {
            name: Encoding(self.rulebook, Space(self.rulebook, facts, open_names, free_tables=free_tables))
            for name in dict.fromkeys(name for name, _ in wanted)
        }
        found: dict[Wanted, Found] = {}
        questions: dict[Wanted, tuple[Encoding, Sequence[Flag]]] = {}
        for name, word in wanted:
            try:
                questions[name, word] = encodings[name], [outcome_flag(encodings[name], self.outcomes, name, word)]
            except Beyond as beyond:
                found[name, word] = Found("undecided", why=str(beyond))
        found |= zip(questions, ask_all(list(questions.values()), self.work), strict=True)
        return found, {name for name, encoding in encodings.items() if encoding.space.tables_used}


def ask(
    encoding: Encoding,
    flags: Sequence[Flag],
    work: int = WORK,
    at_most_s: float = AT_MOST_S,
    *,
    own_process: bool = True,
) -> Found:
    """Whether answers exist with which all flags hold; undecided where that takes more work, or longer.

    `own_process` can be left out where the caller runs in a process that is killed when it is overdue.
    """
    (found,) = ask_all([(encoding, flags)], work, at_most_s, own_process=own_process)
    return found


def ask_all(
    questions: Sequence[tuple[Encoding, Sequence[Flag]]],
    work: int = WORK,
    at_most_s: float = AT_MOST_S,
    *,
    own_process: bool = True,
) -> list[Found]:
    """The same for several questions, as many at a time as there are processors."""
    return _all_found(questions, lambda solvers: check_all(solvers, work, at_most_s, own_process=own_process))


def _all_found(
    questions: Sequence[tuple[Encoding, Sequence[Flag]]], check: Check, *, models: bool = True
) -> list[Found]:
    solvers = {
        place: solver for place, (encoding, flags) in enumerate(questions) if (solver := _solver(encoding, flags))
    }
    said = dict(zip(solvers, check(list(solvers.values())), strict=True))
    return [
        _found(encoding, solvers[place], *said[place], with_model=models) if place in solvers else Found("impossible")
        for place, (encoding, _) in enumerate(questions)
    ]


def _solver(encoding: Encoding, flags: Sequence[Flag]) -> z3.Solver | None:
    """A solver to which the flags are put; none where they cannot hold anyway."""
    together = every(flags)
    if together is False:
        return None
    solver = z3.Solver(ctx=encoding.space.context)
    solver.add(*encoding.constraints)
    if together is not True:
        solver.add(together)
    return solver


def _found(encoding: Encoding, solver: z3.Solver, said: z3.CheckSatResult, why: str, *, with_model: bool) -> Found:
    if said == z3.unsat:
        return Found("impossible")
    if said == z3.sat and not with_model:
        return Found("possible")
    if said == z3.sat:
        model = solver.model()
        return Found("possible", encoding.solution(model), model=model)
    return Found("undecided", why=why)


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
