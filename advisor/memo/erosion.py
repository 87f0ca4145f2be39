"""The erosion level: each indicator against its threshold, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.memo.blocks import Block, Bullets, Column, Paragraph, Table, Text
from advisor.memo.formulas import condition
from advisor.memo.view import View
from advisor.rulebook import Rule


def erosion_part(view: View) -> list[Block]:
    """The level and its reason, red indicators, exposures, blind spots."""
    blocks: list[Block] = [view.heading(_headline(view))]
    findings = [each for each in view.unit.findings if view.rulebook.rules[each.id].level]
    level = tuple(view.told(findings, lambda each: (view.says(each), each.because)))
    blocks += [Bullets(level)] if level else []
    frame = view.rulebook.frame.erosion
    for key, group in (("red", frame.red), ("structural", frame.structural)):
        rules = view.rulebook.groups[group].rules if group in view.rulebook.groups else ()
        if rules:
            blocks += [view.heading(_group_heading(key, rules, view), 1), *_indicators(key, rules, view)]
    return blocks


def _headline(view: View) -> str:
    level = view.unit.erosion.level
    title = view.rulebook.frame.erosion.titles.get(level, level.replace("_", " "))
    return view.say("finding.provisional_word", words=title) if view.unit.erosion.provisional else title


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
    return [*blocks, Paragraph(Text(view.say("erosion.blind", labels=words), view.say("erosion.blind_lead")))]


def _row(key: str, rule: Rule, view: View) -> tuple[Text, ...]:
    node, name = view.rulebook.conditions[rule.id], _of(rule)
    finding = [each for each in view.unit.findings if each.id == rule.id]
    return (
        Text(view.label(name), origin=view.origin(*finding) if finding else None),
        Text(view.value(name)),
        Text(condition(node, view, name)),
        Text(_state(key, rule.id, name, view)),
    )


def _state(key: str, rule: str, name: str, view: View) -> str:
    if not view.applies(name):
        return view.say("word.not_applicable")
    truth = view.known.evaluation.truth[rule]
    return view.say(f"erosion.{key}_true" if truth else f"erosion.{key}_false" if truth is False else "word.not_known")
