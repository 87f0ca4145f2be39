"""Why not: of a condition that failed the fewest parts that would have to change, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from advisor.advice.model import PatternResult, TermResult, UnitAdvice
from advisor.advice.waits import Dependencies
from advisor.advice.wording import shown, with_unit
from advisor.language import Node, Signature, intervals, lower, names_in, nodes
from advisor.language.values import ValueAlgebra
from advisor.language.written import written
from advisor.phrases import phrases_in
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Failed:
    """One part that failed: by how much, where it compares numbers, and that as a share of the number compared with.

    `is_open` says that it did not fail but waits for an answer.
    """

    node: Node
    short_by: Fraction | None = None
    share: Fraction = Fraction(1)
    is_open: bool = False


class Nearest:
    """Finds what is missing from a condition of one evaluated unit."""

    def __init__(self, known: Dependencies) -> None:
        self._algebra = ValueAlgebra(known.evaluation.facts)
        self._rulebook = known.rulebook

    def failed(self, condition: Node, *, wanted: bool = True) -> tuple[Failed, ...]:
        """The parts that keep a condition from being as wanted; of alternatives those of the nearest one."""
        held = lower(condition, self._algebra)
        if held is wanted:
            return ()
        match condition:
            case nodes.Name() if wanted and condition.signature.origin == "finding":
                rules = self._rulebook.findings[condition.signature.name]
                return min((self.failed(self._rulebook.conditions[rule]) for rule in rules), key=_distance)
            case nodes.Not():
                return self.failed(condition.operand, wanted=not wanted)
            case nodes.All() | nodes.Some() if isinstance(condition, nodes.All) == wanted:
                return tuple(part for each in condition.operands for part in self.failed(each, wanted=wanted))
            case nodes.All() | nodes.Some():
                return min((self.failed(each, wanted=wanted) for each in condition.operands), key=_distance)
            case nodes.Compare() if held is not None:
                return (self._compared(condition),)
            case _:
                return (Failed(condition, is_open=held is None),)

    def _compared(self, node: nodes.Compare) -> Failed:
        left, right = lower(node.left, self._algebra), lower(node.right, self._algebra)
        if not all(intervals.is_known(number) and number[0] == number[1] for number in (left, right)):
            return Failed(node)
        gap = abs(Fraction(left[0]) - Fraction(right[0]))
        return Failed(node, gap, gap / max(abs(Fraction(right[0])), Fraction(1)))


def _distance(parts: tuple[Failed, ...]) -> tuple[int, Fraction]:
    return len(parts), sum((part.share for part in parts), Fraction(0))


def in_words(parts: Iterable[Failed], rulebook: Rulebook, currency: str | None) -> Iterator[str]:
    """Each failed part as it is written, with the distance in the unit of what is compared."""
    say = phrases_in(rulebook.spoken)
    for part in parts:
        condition = written(part.node)
        if part.short_by is None:
            yield say("explain.missed_open", condition=condition) if part.is_open else condition
        elif part.short_by == 0:
            yield say("explain.missed_mark", condition=condition)
        else:
            distance = with_unit(say.decimal(part.short_by, 2), _unit(part.node, rulebook), rulebook, currency)
            yield say("explain.missed_by", condition=condition, distance=distance)


def _unit(node: Node, rulebook: Rulebook) -> str:
    """The unit of a comparison, where it has a name on one side."""
    for side in (node.left, node.right) if isinstance(node, nodes.Compare) else ():
        if isinstance(side, nodes.Name):
            return _unit_of(side.signature, rulebook)
    return next((_unit_of(each, rulebook) for each in names_in(node).values() if each.origin == "parameter"), "")


def _unit_of(signature: Signature, rulebook: Rulebook) -> str:
    every = (rulebook.questions, rulebook.measures, rulebook.parameters)
    unit = next((parts[signature.name].unit for parts in every if signature.name in parts), "")
    return "pts" if unit == "%" else unit


def runner_up(unit: UnitAdvice) -> PatternResult | None:
    """The pattern with the most support after the first, recommended or not; the rulebook's order breaks ties."""
    first = unit.recommended[0] if unit.recommended else None
    others = [each for each in unit.patterns if each.pattern != first and each.low]
    return max(others, key=lambda each: each.low or 0, default=None) if first else None


def strongest_case(pattern: PatternResult, known: Dependencies, currency: str | None) -> list[str]:
    """What speaks for a pattern: its terms that carry points, the strongest first, with the facts behind each."""
    say = phrases_in(known.rulebook.spoken)
    carrying = sorted((term for term in pattern.terms if term.low), key=lambda term: -(term.low or 0))
    return [
        say(
            "explain.runner_up_term",
            label=term.label,
            points=say.decimal(Fraction(str(term.low)), 2),
            weight=say.decimal(Fraction(str(term.weight)), 2),
            facts=say("list.comma").join(_facts(term, known, currency)),
        )
        for term in carrying
    ]


def _facts(term: TermResult, known: Dependencies, currency: str | None) -> Iterator[str]:
    say, rulebook, facts = phrases_in(known.rulebook.spoken), known.rulebook, known.evaluation.facts
    for name, value in term.facts.items():
        if value is not None:
            yield say("explain.result", name=name, value=shown(name, rulebook, facts, currency))
