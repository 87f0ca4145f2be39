"""What the cases of a rulebook have tried: each rule, each atomic condition, each threshold from both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.advice.withheld import shareable
from advisor.assurance.atoms import Atom, atoms_of, resolution
from advisor.assurance.cases import Case
from advisor.assurance.neighbours import neighbours
from advisor.engines.evaluation import Evaluation
from advisor.engines.plain import PlainEngine
from advisor.language import Fact, ValueAlgebra, lower, nodes
from advisor.language.intervals import Exact, Interval, is_not_applicable
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook

Three = bool | None
Side = Literal["at", "beyond"]
STATES: tuple[Three, ...] = (True, False, None)
SIDES: tuple[Side, ...] = ("at", "beyond")


@dataclass(slots=True)
class Tried:
    """How many cases made something true, false and open; for a threshold, the cases just at it and one step beyond."""

    states: dict[Three, list[str]] = field(default_factory=lambda: {state: [] for state in STATES})
    sides: dict[Side, list[str]] = field(default_factory=lambda: {"at": [], "beyond": []})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was tried, by rule and by atomic condition."""

    rules: Mapping[str, Tried]
    atoms: Mapping[Atom, Tried]

    def gaps(self) -> Iterator[tuple[str, str]]:
        """Each rule with something about it that no case shows."""
        for rule, tried in self.rules.items():
            yield from ((rule, f"no case in which it {_FIRED[state]}") for state in missing_states(tried))
            for atom in self.atoms_in(rule):
                yield from ((rule, f"«{atom.text}»: {gap}") for gap in atom_gaps(atom, self.atoms[atom]))

    def atoms_in(self, rule: str) -> list[Atom]:
        """The atomic conditions of a rule."""
        return [atom for atom in self.atoms if atom.rule == rule]


_FIRED = {True: "fires", False: "certainly does not fire"}
_SIDES: dict[Side, str] = {"at": "never tried exactly at the threshold", "beyond": "never tried one step beyond it"}


def missing_states(tried: Tried) -> list[Literal[True, False]]:
    """Which of true and false no case has shown; open is counted, but not asked for."""
    return [state for state in (True, False) if not tried.states[state]]


def atom_gaps(atom: Atom, tried: Tried) -> Iterator[str]:
    """What no case shows about an atomic condition."""
    yield from (f"never {str(state).lower()}" for state in missing_states(tried))
    if atom.threshold:
        yield from (said for side, said in _SIDES.items() if not tried.sides[side])


class Observer:
    """Evaluates cases with the meaning of the language itself and notes what they try."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Begin with nothing tried."""
        self.rulebook = rulebook
        self.engine = PlainEngine(rulebook)
        self.atoms = {atom: Tried() for atom in atoms_of(rulebook)}
        self.rules = {rule: Tried() for rule in rulebook.conditions}

    def coverage(self, cases: Iterable[Case]) -> Coverage:
        """What all the cases together have tried."""
        for case in cases:
            self.observe(case)
        return Coverage(self.rules, self.atoms)

    def observe(self, case: Case) -> None:
        """Note what one case tries."""
        (unit,) = shareable(case.profile(), self.rulebook).profile.units
        facts = facts_of(unit, self.rulebook)
        evaluation = self.engine.evaluate(facts)
        for rule, tried in self.rules.items():
            tried.states[evaluation.truth[rule]].append(case.name)
        beyond = []
        for atom, tried in self.atoms.items():
            tried.states[_truth(atom, evaluation)].append(case.name)
            side = side_tried(atom, evaluation, self.rulebook)
            if side == "near" and not tried.sides["beyond"]:
                beyond.append(atom)
            elif side in ("at", "beyond"):
                tried.sides[side].append(case.name)
        self._one_step_away(case, facts, beyond, evaluation)

    def _one_step_away(self, case: Case, facts: Mapping[str, Fact], open_: Sequence[Atom], here: Evaluation) -> None:
        """A computed number is one step beyond where one step of one answer takes it across."""
        truths = {atom: _truth(atom, here) for atom in open_}
        for other in neighbours(facts, self.rulebook) if open_ else ():
            moved = self.engine.evaluate(other)
            for atom in [atom for atom in truths if _truth(atom, moved) is (not truths[atom])]:
                self.atoms[atom].sides["beyond"].append(case.name)
                del truths[atom]


def _truth(atom: Atom, evaluation: Evaluation) -> Three:
    truth: Three = lower(atom.node, ValueAlgebra(evaluation.facts))
    return truth


def side_tried(atom: Atom, evaluation: Evaluation, rulebook: Rulebook) -> Side | Literal["near"] | None:
    """On which side of its threshold a case lies: at it, one step beyond, or ("near") beyond it by more than that."""
    threshold = atom.threshold
    truth = _truth(atom, evaluation)
    if threshold is None or truth is None:
        return None
    algebra = ValueAlgebra(evaluation.facts)
    left, right = lower(threshold.left, algebra), lower(threshold.right, algebra)
    if is_not_applicable(left) or is_not_applicable(right):
        return None
    distance = _distance(threshold.op, left, right, truth)
    if distance == 0:
        return "at"
    if truth is _holds_when_equal(threshold.op):
        return None
    step = resolution(threshold, rulebook)
    return "beyond" if -step <= distance <= step else "near"


def _holds_when_equal(op: nodes.Comparison) -> bool:
    return op in ("<=", ">=", "==")


def _distance(op: nodes.Comparison, left: Interval, right: Interval, truth: bool) -> Exact:
    """Left minus right, at the ends that decided the comparison."""
    low, high = left[0] - right[1], left[1] - right[0]
    if op in (">", ">=", "<", "<="):
        return low if (op in (">", ">=")) is truth else high
    return low if low >= 0 else high
