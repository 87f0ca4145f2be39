"""The erosion level: each indicator against its threshold, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.advice.outcome_words import erosion_said, erosion_waits
from advisor.language import Node, names_in, nodes
from advisor.memo.blocks import Bar, BarPart, Block, Bullets, Chart, Column, Paragraph, ReferenceLine, Table, Text, Tone
from advisor.memo.charts import chart_of
from advisor.memo.formulas import condition
from advisor.memo.view import View
from advisor.rulebook import Rule


def erosion_part(view: View) -> list[Block]:
    """The level and its reason, red indicators, exposures, blind spots."""
    blocks: list[Block] = [view.heading(_headline(view))]
    findings = [each for each in view.unit.findings if view.rulebook.rules[each.id].level]
    level = tuple(view.told(findings, lambda each: (view.says(each), each.because)))
    blocks += [Bullets(level)] if level else []
    blocks += _waiting(view)
    frame = view.rulebook.frame.erosion
    for key, group in (("red", frame.red), ("structural", frame.structural)):
        rules = indicators(group, view)
        if rules:
            blocks += [view.heading(_group_heading(key, rules, view), 1)]
            blocks += [*(_chart(rules, view) if key == "red" else ()), *_indicators(key, rules, view)]
    return blocks


def indicators(group: str, view: View) -> tuple[str, ...]:
    """The indicators of a group; none where not one of them applies."""
    rules = view.rulebook.groups[group].rules if group in view.rulebook.groups else ()
    return rules if any(view.applies(_of(view.rulebook.rules[rule])) for rule in rules) else ()


def _waiting(view: View) -> list[Block]:
    """Why no erosion can show yet, and what is to be done until it can."""
    finding = erosion_waits(view.unit, view.rulebook)
    if finding is None:
        return []
    action = view.say("erosion.until_then", action=finding.remedy.action) if finding.remedy else ""
    return [Paragraph(Text(view.fresh(view.says(finding), finding.because, action), origin=view.origin(finding)))]


def _headline(view: View) -> str:
    title = erosion_said(view.unit, view.rulebook)
    return view.say("finding.provisional_word", words=title) if view.unit.erosion.provisional else title


def _chart(rules: Iterable[str], view: View) -> list[Chart]:
    """How far each known number has gone to its threshold, all on one scale on which the threshold is 1."""
    gone = {rule: way for rule in rules if (way := _way(view.rulebook.rules[rule], view)) is not None}
    if not gone:
        return []
    truth = view.known.evaluation.truth
    bars = [_bar(view.rulebook.rules[rule], way, view) for rule, way in gone.items()]
    past = [bar.label for bar, rule in zip(bars, gone, strict=True) if truth[rule]]
    key: dict[Tone, str] = {"full": view.say("chart.is_red"), "lost": view.say("chart.is_not_red")}
    line = ReferenceLine(view.say("chart.threshold"), 1)
    return chart_of(_chart_title(bars, past, view), bars, key, view.say, [line])


def _chart_title(bars: Sequence[Bar], past: Sequence[str], view: View) -> str:
    """Which indicators are past their threshold, or else which is nearest to it, if any has come nearer."""
    nearest = max(bars, key=lambda bar: bar.ends[-1])
    if not past and nearest.ends[-1] <= 0:
        return view.say("chart.unmoved")
    quoted = [view.say("word.quoted", words=label) for label in past]
    return view.say.count("chart.red", len(past), labels=view.say.listed(quoted), nearest=nearest.label)


def _bar(rule: Rule, way: float, view: View) -> Bar:
    node, name = view.rulebook.conditions[rule.id], _of(rule)
    shown = view.say("chart.indicator", value=view.value(name), threshold=condition(node, view, name))
    tone: Tone = "full" if view.known.evaluation.truth[rule.id] else "lost"
    return Bar(view.label(name), shown, (BarPart(way, tone),))


def _way(rule: Rule, view: View) -> float | None:
    """A known number as a multiple of the constant that a rule compares it with; none for any other rule."""
    threshold = _threshold(view.rulebook.conditions[rule.id], _of(rule))
    if not threshold or not view.applies(_of(rule)) or not view.is_settled(_of(rule)):
        return None
    return view.number(_of(rule)) / threshold


def _threshold(node: Node, name: str) -> float | None:
    match node:
        case nodes.Compare("<" | "<=" | ">" | ">=", nodes.Name(signature), nodes.Number() | nodes.Parameter() as limit):
            return float(limit.value) if signature.name == name else None
        case _:
            return None


def _of(rule: Rule) -> str:
    assert rule.indicator is not None
    return rule.indicator.of


def _group_heading(key: str, rules: Iterable[str], view: View) -> str:
    rules = list(rules)
    holding = sum(view.known.evaluation.truth[rule] is True for rule in rules)
    unknown = sum(view.known.evaluation.truth[rule] is None for rule in rules)
    words = view.say.count(f"erosion.{key}_heading", holding, all=len(rules))
    return words + (view.say.count("erosion.unknown", unknown) if unknown else "")


def _indicators(key: str, rules: Iterable[str], view: View) -> list[Block]:
    """A table of what is known, and the blind spots in a sentence."""
    heads = ("indicator", "value", "threshold", "state")
    columns = tuple(Column(view.say(f"erosion.{head}")) for head in heads)
    blind = [rule for rule in rules if view.known.evaluation.truth[rule] is None]
    rows = tuple(_row(key, view.rulebook.rules[rule], view) for rule in rules if rule not in blind)
    blocks: list[Block] = [Table(columns, rows)] if rows else []
    if not blind:
        return blocks
    words = view.say.in_row([view.label(_of(view.rulebook.rules[rule])) for rule in blind])
    text = Text(view.say("erosion.blind", labels=words), view.say("erosion.blind_lead"), view.origin_of_rules(*blind))
    return [*blocks, Paragraph(text)]


def _row(key: str, rule: Rule, view: View) -> tuple[Text, ...]:
    node, name = view.rulebook.conditions[rule.id], _of(rule)
    return (
        Text(view.label(name), origin=view.origin_of_rules(rule.id)),
        Text(_shown(rule, view)),
        Text(condition(node, view, name)),
        Text(_state(key, rule.id, name, view)),
    )


def _shown(rule: Rule, view: View) -> str:
    """The value of an indicator; where nobody knows it, the answers that settle the rule all the same."""
    name = _of(rule)
    if view.is_known(name) or not view.applies(name):
        return view.value(name)
    signatures = names_in(view.rulebook.conditions[rule.id])
    known = [each for each, signature in signatures.items() if signature.origin == "question" and view.is_known(each)]
    return view.say.in_row([view.fact(each) for each in known]) or view.value(name)


def _state(key: str, rule: str, name: str, view: View) -> str:
    if not view.applies(name):
        return view.say("word.not_applicable")
    truth = view.known.evaluation.truth[rule]
    return view.say(f"erosion.{key}_true" if truth else f"erosion.{key}_false" if truth is False else "word.not_known")
