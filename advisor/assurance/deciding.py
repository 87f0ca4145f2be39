"""Which rules and facts decided what came out, as the explanations of the advice tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisor.advice import Advice
from advisor.advice.explain import Line, explain
from advisor.advice.model import PatternResult
from advisor.assurance.cases import Expected
from advisor.rulebook import Rule

_WAITS = "waits for:"
_MOST_WAITS = 5
_NOT_FACTS = ("says: ", "because: ", "limits: ", "sources: ")
_CONDITION = "condition: "


def deciding(expected: Expected, advice: Advice) -> tuple[str, ...]:
    """The rules behind what was expected and what came, each with the parts of its condition and the facts in them."""
    about = dict.fromkeys(_names(expected, advice))
    lines = [line for name in about for line in explain(advice, name, steps=expected.about == "measure")]
    return tuple(text for line in lines for below in line.below for text in _indented(below, 0))


def _names(expected: Expected, advice: Advice) -> Iterator[str]:
    if expected.about in ("finding", "pattern", "measure"):
        yield expected.name
    elif expected.about in ("recommended", "excluded"):
        yield from expected.wanted if isinstance(expected.wanted, tuple) else ()
        yield from (each.pattern for each in advice.document.units[0].patterns if _came(each, expected))
    else:
        yield from (rule.id for rule in _concluding(expected, advice))


def _came(pattern: PatternResult, expected: Expected) -> bool:
    return bool(pattern.excluded_by) if expected.about == "excluded" else pattern.share_pct is not None


def _concluding(expected: Expected, advice: Advice) -> Iterator[Rule]:
    """The rules that conclude what was expected, then those that hold for what came."""
    rules, truth = advice.rulebook.rules.values(), advice.units[0].evaluation.truth
    wanted = expected.wanted if isinstance(expected.wanted, tuple) else (expected.wanted,)
    yield from (rule for rule in rules if _conclusion(rule, expected) in wanted)
    yield from (rule for rule in rules if _conclusion(rule, expected) and truth[rule.id] is True)


def _conclusion(rule: Rule, expected: Expected) -> str | None:
    if expected.about in ("verdict", "also"):
        return rule.verdict
    if expected.about == "erosion":
        return rule.level
    return rule.preparation.status if rule.preparation and rule.preparation.name == expected.name else None


def _indented(line: Line, depth: int) -> Iterator[str]:
    if line.text == _WAITS:
        yield "  " * depth + _waits(line.below)
        return
    if line.text.startswith(_NOT_FACTS):
        return
    shown = not line.text.startswith(_CONDITION)
    if shown:
        yield "  " * depth + line.text
    yield from _all_indented(line.below, depth + shown)


def _all_indented(lines: Iterable[Line], depth: int) -> Iterator[str]:
    for line in lines:
        yield from _indented(line, depth)


def _waits(questions: Sequence[Line]) -> str:
    """The questions by name, the first few of them."""
    names = [line.text.rpartition("(")[2].removesuffix(")") for line in questions]
    more = f" and {len(names) - _MOST_WAITS} more" if len(names) > _MOST_WAITS else ""
    return f"{_WAITS} {', '.join(names[:_MOST_WAITS])}{more}"
