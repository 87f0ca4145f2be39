"""The order of evaluation, and what rests on assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.language import nodes
from advisor.language.nodes import walk
from advisor.reading import Collector
from advisor.rulebook.model import LAYERS
from advisor.rulebook.plan import (
    SELECTION,
    Circle,
    FindingStep,
    GroupStep,
    MeasureStep,
    QuestionStep,
    RuleStep,
    SelectionStep,
    Step,
    expressions_of,
    key_of,
    keys_read,
    keys_read_by,
    ordered,
)
from advisor.rulebook.sheet import Expressions, Sheet

ASSUMING = (nodes.Default, nodes.Known, nodes.Applicable, nodes.MeanOfKnown)
"""What makes a value differ between the two readings."""


def order_steps(sheet: Sheet, expressions: Expressions, problems: Collector) -> tuple[Step, ...]:
    """All steps in order; notes circles, rules that read later layers, and verdicts that rest on `default`."""
    steps = _steps(sheet, expressions)
    reads = {key: keys_read_by(step) for key, step in steps.items()}
    _check_layers(sheet, reads, problems)
    try:
        in_order = ordered(steps, reads)
    except Circle as circle:
        around = " → ".join(name.removeprefix("rule:") for name in circle.names)
        problems.add(
            sheet.frame_place, "R006", f"these depend on each other in a circle: {around}; cut one of the references"
        )
        return ()
    _check_defaults(sheet, expressions, in_order, problems)
    place = next(index for index, step in enumerate(in_order) if isinstance(step, SelectionStep))
    return _selection_late(in_order, place, reads)


def _selection_late(steps: tuple[Step, ...], place: int, reads: dict[str, list[str]]) -> tuple[Step, ...]:
    """Put the selection behind every step that does not read it, so that what follows it is as little as possible."""
    after = {SELECTION}
    before, behind = [], []
    for step in steps:
        if isinstance(step, SelectionStep):
            continue
        if after.intersection(reads[key_of(step)]):
            after.add(key_of(step))
            behind.append(step)
        else:
            before.append(step)
    return (*before, steps[place], *behind)


def _steps(sheet: Sheet, expressions: Expressions) -> dict[str, Step]:
    steps: list[Step] = [
        QuestionStep(name, expressions.applies[name], expressions.follows[name]) for name in sheet.questions
    ]
    steps += [MeasureStep(name, expressions.formulas[name]) for name in sheet.measures]
    steps += [RuleStep(name, expressions.conditions[name]) for name in sheet.rules]
    concluded: dict[str, list[str]] = {}
    grouped: dict[str, dict[str, str]] = {}
    for rule in sheet.rules.values():
        if rule.concludes:
            concluded.setdefault(rule.concludes, []).append(rule.id)
        if rule.indicator:
            grouped.setdefault(rule.indicator.group, {})[rule.id] = rule.indicator.of
    steps += [FindingStep(name, tuple(rules)) for name, rules in concluded.items()]
    steps += [GroupStep(name, tuple(rules), tuple(dict.fromkeys(rules.values()))) for name, rules in grouped.items()]
    return {key_of(step): step for step in [*steps, _selection(sheet, expressions)]}


def _selection(sheet: Sheet, expressions: Expressions) -> SelectionStep:
    first = sheet.frame.selection.first
    steering = [f"rule:{rule.id}" for rule in sheet.rules.values() if rule.caps or rule.excludes]
    worth = [pattern.worth for pattern in sheet.frame.patterns if pattern.worth]
    terms = [term for each in expressions.terms.values() for term in each]
    return SelectionStep((*keys_read(terms), *steering, *worth, *([first.when] if first else [])))


def _check_layers(sheet: Sheet, reads: dict[str, list[str]], problems: Collector) -> None:
    for rule in sheet.rules.values():
        ways = [(_through(way), sheet.rules[way[-1].removeprefix("rule:")].layer) for way in _ways(rule.id, reads)]
        for through, layer in dict.fromkeys(ways):
            if LAYERS.index(layer) > LAYERS.index(rule.layer):
                problems.add(
                    sheet.places["rules"][rule.id],
                    "R007",
                    f"'{rule.id}' of layer {rule.layer} reads {through} of the later layer {layer}",
                )


def _ways(rule: str, reads: dict[str, list[str]]) -> Iterator[list[str]]:
    """How a rule reads other rules, through whatever is no rule itself: the keys on the shortest way to each."""
    seen, ways = set[str](), [[key] for key in reads[f"rule:{rule}"]]
    for way in ways:
        key = way[-1]
        if key in seen:
            continue
        seen.add(key)
        if key.startswith("rule:"):
            yield way
        else:
            ways += [[*way, read] for read in reads.get(key, ())]


def _through(way: list[str]) -> str:
    first, *others = ("the choice of patterns" if key == SELECTION else f"'{key}'" for key in way[:-1])
    return f"{first} and through it {', '.join(others)}" if others else first


def _resting_on(kinds: tuple[type, ...], steps: Iterable[Step], also: tuple[str, ...] = ()) -> set[str]:
    """The keys of the steps that use one of `kinds`, directly or through what they read."""
    resting = set(also)
    for step in steps:
        uses = any(isinstance(node, kinds) for part in expressions_of(step) for node in walk(part))
        if uses or resting.intersection(keys_read_by(step)) or (isinstance(step, GroupStep) and nodes.Known in kinds):
            resting.add(key_of(step))
    return resting


def assumed_names(steps: Iterable[Step]) -> frozenset[str]:
    """The keys of all steps whose value can differ between the assumed and the firm reading."""
    return frozenset(_resting_on(ASSUMING, steps, also=(SELECTION,)))


def _check_defaults(sheet: Sheet, expressions: Expressions, steps: Iterable[Step], problems: Collector) -> None:
    before = [step for step in steps if not isinstance(step, SelectionStep)]
    resting = _resting_on((nodes.Default,), before)
    for rule in sheet.rules.values():
        if (rule.verdict or rule.excludes) and f"rule:{rule.id}" in resting:
            what = "verdict" if rule.verdict else "exclusion"
            through = sorted(resting.intersection(keys_read([expressions.conditions[rule.id]])))
            by = f" through {', '.join(through)}" if through else ""
            problems.add(
                sheet.places["rules"][rule.id],
                "R008",
                f"the {what} '{rule.id}' rests on default(…){by}; what is assumed must not decide it",
            )
