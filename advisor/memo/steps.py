"""The steps from the rules' remedies, without repetition, by 30, 60 and 90 days."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.advice.model import FindingResult
from advisor.memo.blocks import Block, Paragraph, Step, Steps, Text
from advisor.memo.view import View
from advisor.rulebook import SEVERITIES
from advisor.rulebook.model import Remedy

HORIZONS = (30, 60, 90)


def steps_part(view: View) -> list[Block]:
    """One table per horizon; the gravest findings' steps come first."""
    merged = _merged(view)
    if not merged:
        return []
    say = view.say
    blocks: list[Block] = [view.heading(say.count("steps.heading", len(merged)))]
    start = view.advice.profile.engagement.date
    blocks.append(
        Paragraph(Text(say("steps.from_date", date=say.date(start, "long")) if start else say("steps.from_decision")))
    )
    heads = (say("steps.step"), say("steps.role"), say("steps.person"), say("steps.due"))
    last = max(each.within_days for each in merged)
    for horizon in (*HORIZONS, *([last] if last > HORIZONS[-1] else [])):
        rows = tuple(_step(each, view) for each in merged if _horizon(each, last) == horizon)
        if rows:
            blocks += [view.heading(say("steps.within", days=horizon), 1), Steps(heads, rows)]
    return blocks


@dataclass(frozen=True, slots=True)
class _Action:
    """One action with the findings that ask for it; the shortest time counts."""

    words: str
    owner: str
    within_days: int
    findings: tuple[FindingResult, ...]


def _merged(view: View) -> list[_Action]:
    """Each action once, the gravest first; remedies that differ only in what they are about are one."""
    merged: dict[str, list[FindingResult]] = {}
    for each in sorted(view.unit.findings, key=lambda each: -SEVERITIES.index(each.severity)):
        if each.remedy:
            merged.setdefault(_remedy(each, view).action, []).append(each)
    return [_action(findings, view) for findings in merged.values()]


def _action(findings: list[FindingResult], view: View) -> _Action:
    remedies = [_remedy(each, view) for each in findings]
    about = view.say.listed(list(dict.fromkeys(each.about for each in remedies if each.about)))
    soonest = min(remedies, key=lambda remedy: remedy.within_days)
    return _Action(view.filled(soonest.said_of(about)), soonest.owner, soonest.within_days, tuple(findings))


def _remedy(finding: FindingResult, view: View) -> Remedy:
    remedy = view.rulebook.rules[finding.id].remedy
    assert remedy is not None
    return remedy


def _horizon(action: _Action, last: int) -> int:
    return next((horizon for horizon in HORIZONS if action.within_days <= horizon), last)


def _step(action: _Action, view: View) -> Step:
    blank = view.say("word.to_be_named")
    due = blank
    if action.within_days not in HORIZONS:
        due = view.say.count("steps.days", action.within_days)
    return Step(Text(action.words, origin=view.origin(*action.findings)), action.owner, blank, due)
