"""Why not: of a condition that failed the fewest parts that would have to change, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from advisor.advice.figures import figure
from advisor.advice.model import PatternResult, TermResult, UnitAdvice
from advisor.advice.waits import Dependencies
from advisor.advice.wording import shown, with_unit
from advisor.engines.scoring import Scored
from advisor.language import Node, Signature, intervals, lower, names_in, nodes
from advisor.language.values import ValueAlgebra
from advisor.language.written import written
from advisor.phrases import Phrases, phrases_in
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Failed:
    """One part that failed: by how much, where it compares numbers, and that as a share of the number compared with.

    `is_open` says that it did not fail but waits for an answer. Where it is about the choice of patterns, `pattern` is
    the one that comes nearest, and `against` the rule that excludes it; `too_much` says that its support is above.
    """

    node: Node
    short_by: Fraction | None = None
    share: Fraction = Fraction(1)
    is_open: bool = False
    pattern: str | None = None
    against: str | None = None
    too_much: bool = False


class Nearest:
    """Finds what is missing from a condition of one evaluated unit."""

    def __init__(self, known: Dependencies) -> None:
        self._algebra = ValueAlgebra(known.evaluation.facts)
        self._rulebook = known.rulebook
        self._selection = known.evaluation.selection

    def failed(self, condition: Node, *, wanted: bool = True) -> tuple[Failed, ...]:
        """The parts that keep a condition from being as wanted; of alternatives those of the nearest one."""
        held = lower(condition, self._algebra)
        if held is wanted:
            return ()
        match condition:
            case nodes.Name() if condition.signature.origin == "finding":
                rules = self._rulebook.findings[condition.signature.name]
                ways = [self.failed(self._rulebook.conditions[rule], wanted=wanted) for rule in rules]
                return min(ways, key=_distance) if wanted else tuple(part for way in ways for part in way)
            case nodes.Name() if condition.signature.origin == "selection":
                return (self._support(condition, wanted=wanted),)
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
        if not all(intervals.is_known(number) for number in (left, right)):
            return Failed(node)
        gap = max(Fraction(right[0]) - Fraction(left[1]), Fraction(left[0]) - Fraction(right[1]), Fraction(0))
        return Failed(node, gap, gap / max(abs(Fraction(right[0])), Fraction(1)))

    def _support(self, node: nodes.Name, *, wanted: bool) -> Failed:
        """How far the nearest pattern is from the support that a name of the choice of patterns asks for."""
        name, scored = node.signature.name, [each for each in self._selection.patterns if each.low is not None]
        named = [each for each in scored if name == f"recommends_{each.pattern}"] or scored
        allowed = named if name == "supports_any" else [each for each in named if not each.excluded_by]
        if not allowed:
            rule = next((rule for each in named for rule in each.excluded_by), None)
            return Failed(node, pattern=named[0].pattern if named else None, against=rule)
        mark = self._mark(name)
        gaps = [(mark - self._points(name, each), each.pattern) for each in allowed]
        gap, pattern = min(gaps, key=lambda entry: entry[0])
        return Failed(node, abs(gap), abs(gap) / max(mark, Fraction(1)), pattern=pattern, too_much=not wanted)

    def _mark(self, name: str) -> Fraction:
        policy, best = self._rulebook.frame.selection, Fraction(0)
        floor, window, reach = (
            Fraction(self._rulebook.parameters[each].value) for each in (policy.floor, policy.mix_window, policy.reach)
        )
        if any(name == f"recommends_{each.pattern}" for each in self._selection.patterns):
            best = max(
                (each.low or Fraction(0) for each in self._selection.patterns if each.open_to_choice), default=best
            )
        return reach if name == "could_reach_any" else max(floor, best - window)

    @staticmethod
    def _points(name: str, scored: Scored) -> Fraction:
        return (scored.high if name == "could_reach_any" else scored.low) or Fraction(0)


def _distance(parts: tuple[Failed, ...]) -> tuple[int, Fraction]:
    return len(parts), sum((part.share for part in parts), Fraction(0))


def in_words(
    parts: Iterable[Failed], rulebook: Rulebook, currency: str | None, *, wanted: bool = True
) -> Iterator[str]:
    """Each part as it is written, with the distance in the unit of what is compared.

    Where the condition was not `wanted`, they are parts that hold, and the distance is by how much.
    """
    say, how = phrases_in(rulebook.spoken), "missed" if wanted else "held"
    for part in parts:
        condition = _glossed(part.node, rulebook, say)
        if part.pattern is not None:
            yield _of_support(part, condition, rulebook, say)
        elif part.short_by is None:
            yield say("explain.missed_open", condition=condition) if part.is_open else condition
        elif part.short_by == 0:
            yield say(f"explain.{how}_mark", condition=condition)
        else:
            distance = with_unit(say.decimal(part.short_by, 2), _unit(part.node, rulebook), rulebook, currency)
            yield say(f"explain.{how}_by", condition=condition, distance=distance)


def _glossed(node: Node, rulebook: Rulebook, say: Phrases) -> str:
    """A condition as it is written, with the labels of the parameters in it."""
    parameters = [rulebook.parameters[name] for name in names_in(node) if name in rulebook.parameters]
    labels = say.in_row([each.label for each in parameters if each.label])
    return say("explain.glossed", condition=written(node), labels=labels) if labels else written(node)


def _of_support(part: Failed, condition: str, rulebook: Rulebook, say: Phrases) -> str:
    pattern = next(each.title for each in rulebook.frame.patterns if each.name == part.pattern)
    if part.against is not None:
        title = rulebook.rules[part.against].title
        return say("explain.missed_excluded", condition=condition, pattern=pattern, title=title)
    key = "explain.missed_too_much" if part.too_much else "explain.missed_support"
    return say(key, condition=condition, pattern=pattern, points=say.decimal(part.short_by or Fraction(0), 2))


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
            points=figure(term.low, say),
            weight=figure(term.weight, say),
            facts=say("list.comma").join(_facts(term, known, currency)),
        )
        for term in carrying
    ]


def _facts(term: TermResult, known: Dependencies, currency: str | None) -> Iterator[str]:
    say, rulebook, facts = phrases_in(known.rulebook.spoken), known.rulebook, known.evaluation.facts
    for name, value in term.facts.items():
        if value is not None:
            yield say("explain.result", name=name, value=shown(name, rulebook, facts, currency))
