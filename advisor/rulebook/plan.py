"""In what order a rulebook is evaluated: every name after those it reads, whatever the order of files and rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from advisor.language import Node, Signature, names_in


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """An answer, or what follows where there is none."""

    name: str
    applies_when: Node | None
    follows_from: Node | None


@dataclass(frozen=True, slots=True)
class MeasureStep:
    """A computed value."""

    name: str
    formula: Node


@dataclass(frozen=True, slots=True)
class RuleStep:
    """A rule's condition."""

    rule: str
    condition: Node


@dataclass(frozen=True, slots=True)
class FindingStep:
    """A finding is true when one of the rules that conclude it is."""

    name: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupStep:
    """How many indicator rules of a group are true, and how many of the quantities they look at are known."""

    group: str
    rules: tuple[str, ...]
    quantities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelectionStep:
    """Scores, exclusions and caps are complete: the patterns are chosen. `reads` are the keys of what they rest on."""

    reads: tuple[str, ...]


Step = QuestionStep | MeasureStep | RuleStep | FindingStep | GroupStep | SelectionStep


SELECTION = "selection"


def key_of(step: Step) -> str:
    """The key of a step among its like: its name, or the rule's with a prefix."""
    match step:
        case RuleStep():
            return f"rule:{step.rule}"
        case GroupStep():
            return f"group:{step.group}"
        case SelectionStep():
            return SELECTION
        case _:
            return step.name


def key_of_name(signature: Signature) -> str:
    """The key of the step that sets a name."""
    if signature.origin == "group":
        return f"group:{signature.name.rsplit('_', 1)[0]}"
    return SELECTION if signature.origin == "selection" else signature.name


def expressions_of(step: Step) -> list[Node]:
    """The expressions that a step evaluates."""
    match step:
        case QuestionStep():
            return [part for part in (step.applies_when, step.follows_from) if part is not None]
        case MeasureStep():
            return [step.formula]
        case RuleStep():
            return [step.condition]
        case _:
            return []


def keys_read(expressions: Iterable[Node]) -> list[str]:
    """The keys of the steps whose names the expressions mention."""
    return [key_of_name(signature) for part in expressions for signature in names_in(part).values()]


def keys_read_by(step: Step) -> list[str]:
    """The keys of the steps that a step reads."""
    match step:
        case FindingStep():
            return [f"rule:{rule}" for rule in step.rules]
        case GroupStep():
            return [*(f"rule:{rule}" for rule in step.rules), *step.quantities]
        case SelectionStep():
            return [*step.reads]
        case _:
            return keys_read(expressions_of(step))


class Circle(Exception):
    """Names that depend on each other; `names` goes once around."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(" → ".join(names))
        self.names = names


def ordered(steps: dict[str, Step], reads: dict[str, list[str]]) -> tuple[Step, ...]:
    """The steps, each after those whose keys it reads; `Circle` where that is impossible."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for key in steps:
        sorter.add(key, *(read for read in reads[key] if read in steps))
    try:
        return tuple(steps[key] for key in sorter.static_order())
    except CycleError as error:
        raise Circle([str(name) for name in error.args[1]]) from None
