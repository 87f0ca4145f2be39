"""Deciding an obligation with the solver, from the loosest reading of the rulebook to the exact one.

What is proven while measures or scores may be anything holds all the more for the values that they do have; so most
proofs need a few rules only. Where the loose reading finds something, the exact one is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import z3

from advisor.assurance.verify.obligations import Growth, Move, Obligation, Situation
from advisor.assurance.verify.valid import only_untraceable
from advisor.engines.outcomes import Outcomes
from advisor.engines.proof.encoding import EXACT, Encoding, Left
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.prover import ask
from advisor.engines.proof.refinement import Refinement
from advisor.engines.proof.results import Results
from advisor.engines.proof.space import Space
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.engines.quick import keys_resting_on
from advisor.language import Fact
from advisor.language.values import unknown_fact
from advisor.rulebook import Rulebook

Says = Literal["impossible", "possible", "undecided"]
Profiles = tuple[Mapping[str, Fact], ...]
_TABLE = "the rows of a table"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the solver says: `possible` comes with one or two profiles, the other two with how or why.

    Profiles that come with `undecided` are so in a looser reading only: a place to look.
    """

    says: Says
    profiles: Profiles = ()
    how: str = ""


class Decider:
    """Asks the solver whether profiles are possible that are as an obligation describes.

    All questions are open: any valid answer, none, or not applicable. Ranges are not among the answers.
    """

    def __init__(self, rulebook: Rulebook, work: int, seconds: float) -> None:
        self.rulebook = rulebook
        self.at_most_ms = int(seconds * 1000)
        self.outcomes = Outcomes(rulebook)
        self.work = work
        self._empty = {name: unknown_fact(rulebook.scope[name].kind) for name in rulebook.questions}

    def decide(self, obligation: Obligation) -> Decision:
        """Whether such profiles exist."""
        if isinstance(obligation.about, Growth):
            return self._growth(obligation.about)
        last, loosely = Decision("undecided", how="nothing was asked"), ()  # type: tuple[Decision, Profiles]
        for left in self._readings(obligation):
            last = self._asked(obligation, left, free_tables=True)
            if last.says == "impossible":
                return last
            loosely = last.profiles or loosely
        if last.says == "possible":
            spelled_out = self._asked(obligation, EXACT, free_tables=False)
            return spelled_out if spelled_out.says == "possible" else Decision("undecided", loosely, _TABLE)
        return Decision("undecided", loosely, last.how)

    def _growth(self, growth: Growth) -> Decision:
        """First with all that the rule reads left open, then computed."""
        last = Decision("undecided")
        for exact in (False, True):
            pair = Refinement(self.rulebook, growth.between)
            try:
                flags = pair.contradicted(growth.rule, exact=exact)
                if exact:
                    flags += [only_untraceable(each) for each in (pair.before, pair.after)]
            except Beyond as beyond:
                return Decision("undecided", how=str(beyond))
            found = ask(pair.before, flags, self.work, self.at_most_ms)
            if found.says == "impossible":
                return Decision("impossible", how="exactly" if exact else "while what it reads is no less settled")
            last = Decision("undecided", how=found.why or "what was found may not be reached")
        if found.model is None or pair.before.space.tables_used:
            return last
        encodings = [pair.before, pair.after] if pair.grows else [pair.before]
        return Decision("possible", tuple(each.solution(found.model) for each in encodings))

    def _readings(self, obligation: Obligation) -> Iterator[Left]:
        """From loose to exact; between two profiles all that does not rest on the answer that moves is loose."""
        measures = frozenset(self.rulebook.measures)
        if isinstance(obligation.about, Move):
            measures -= keys_resting_on(self.rulebook, [obligation.about.question])
        yield Left(measures, scores=True)
        yield Left(scores=True)
        yield EXACT

    def _asked(self, obligation: Obligation, left: Left, *, free_tables: bool) -> Decision:
        try:
            match obligation.about:
                case Situation() as situation:
                    encodings, flag = self._situation(situation, left, free_tables)
                case Move() as move:
                    encodings, flag = self._move(move, left, free_tables)
                case Growth():
                    raise TypeError("growth is asked rule by rule")
        except Beyond as beyond:
            return Decision("undecided", how=str(beyond))
        valid = [only_untraceable(encoding) for encoding in encodings]
        found = ask(encodings[0], [flag, *valid, *_constraints(encodings[1:])], self.work, self.at_most_ms)
        if found.says != "possible":
            return Decision(found.says, how=_in_words(left) if found.says == "impossible" else found.why)
        assert found.model is not None
        return Decision("possible", tuple(each.solution(found.model) for each in encodings))

    def _encoding(self, left: Left, free_tables: bool) -> Encoding:
        space = Space(self.rulebook, self._empty, list(self._empty), "any", free_tables=free_tables)
        return Encoding(self.rulebook, space, left)

    def _situation(self, situation: Situation, left: Left, free_tables: bool) -> tuple[list[Encoding], Flag]:
        encoding = self._encoding(left, free_tables)
        flags = [encoding.rule(rule).true for rule in situation.holding]
        flags += [negated(encoding.rule(rule).true) for rule in situation.not_holding]
        if situation.above is not None:
            one, other = (encoding.rule(rule) for rule in situation.above)
            flags.append(some((every((one.true, negated(other.true))), every((negated(one.false), other.false)))))
        results = Results(encoding, self.outcomes)
        if situation.never is not None:
            flags.append(results.condition(self.rulebook.never[situation.never]).true)
        if situation.without_pattern:
            flags.append(results.without_pattern())
        return [encoding], every(flags)

    def _move(self, move: Move, left: Left, free_tables: bool) -> tuple[list[Encoding], Flag]:
        before = self._encoding(left, free_tables)
        question = move.question
        space = before.space.twin([question])
        after = before.twin(space, keys_resting_on(self.rulebook, [question]))
        known, moved = before.space.moved_to(space, self.rulebook.scope[question], move.direction)
        first, second = (Results(each, self.outcomes).words(move.outcome) for each in (before, after))
        falls = some(
            every((first[higher], second[lower]))
            for place, higher in enumerate(move.order)
            for lower in move.order[:place]
        )
        return [before, after], every((known, moved, falls))


def _in_words(left: Left) -> str:
    if left.measures:
        return "whatever scores and other measures are"
    return "whatever scores are" if left.scores else "exactly"


def _constraints(encodings: Sequence[Encoding]) -> list[z3.BoolRef]:
    return [constraint for encoding in encodings for constraint in encoding.constraints]
