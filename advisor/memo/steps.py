"""The steps from the rules' remedies, without repetition, by 30, 60 and 90 days."""

from __future__ import annotations

from advisor.advice.model import FindingResult, RemedyResult
from advisor.memo.blocks import Block, Paragraph, Step, Steps, Text
from advisor.memo.view import View
from advisor.rulebook import SEVERITIES

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
        Paragraph(Text(say("steps.from_date", date=start.isoformat()) if start else say("steps.from_decision")))
    )
    heads = (say("steps.step"), say("steps.role"), say("steps.person"), say("steps.due"))
    last = max(remedy.within_days for remedy, _ in merged)
    for horizon in (*HORIZONS, *([last] if last > HORIZONS[-1] else [])):
        rows = tuple(_step(*each, view) for each in merged if _horizon(each[0], last) == horizon)
        if rows:
            blocks += [view.heading(say("steps.within", days=horizon), 1), Steps(heads, rows)]
    return blocks


def _merged(view: View) -> list[tuple[RemedyResult, list[FindingResult]]]:
    """Each action once, with the findings that ask for it; the shortest time counts."""
    merged: dict[str, list[FindingResult]] = {}
    for each in sorted(view.unit.findings, key=lambda each: -SEVERITIES.index(each.severity)):
        if each.remedy:
            merged.setdefault(each.remedy.action, []).append(each)
    return [(_soonest(findings), findings) for findings in merged.values()]


def _soonest(findings: list[FindingResult]) -> RemedyResult:
    remedies = [each.remedy for each in findings if each.remedy]
    return min(remedies, key=lambda remedy: remedy.within_days)


def _horizon(remedy: RemedyResult, last: int) -> int:
    return next((horizon for horizon in HORIZONS if remedy.within_days <= horizon), last)


def _step(remedy: RemedyResult, findings: list[FindingResult], view: View) -> Step:
    blank = view.say("word.to_be_named")
    due = blank
    if remedy.within_days not in HORIZONS:
        due = view.say("steps.days", days=remedy.within_days)
    return Step(Text(remedy.action, origin=view.origin(*findings)), remedy.owner, blank, due)
