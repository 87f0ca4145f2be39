"""The steps from the rules' remedies, without repetition, by 30, 60 and 90 days."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.steps import MergedStep, merged_steps
from advisor.memo.blocks import Block, Paragraph, Step, Steps, Text
from advisor.memo.view import View

HORIZONS = (30, 60, 90)


def steps_part(view: View) -> list[Block]:
    """One table per horizon; the gravest findings' steps come first."""
    merged = merged_steps(view.unit, view.rulebook)
    if not merged:
        return []
    say = view.say
    blocks: list[Block] = [view.heading(say.count("steps.heading", len(merged)))]
    start = view.advice.profile.engagement.date
    counted = say("steps.from_date", date=say.date(start, "long")) if start else say("steps.from_decision")
    blocks.append(Paragraph(Text(" ".join([counted, *_first(merged, view)]))))
    heads = (say("steps.step"), say("steps.role"), say("steps.person"), say("steps.due"))
    last = max(each.remedy.within_days for each in merged)
    for horizon in (*HORIZONS, *([last] if last > HORIZONS[-1] else [])):
        rows = tuple(_step(each, view) for each in merged if _horizon(each, last) == horizon)
        if rows:
            blocks += [view.heading(say("steps.within", days=horizon), 1), Steps(heads, rows)]
    return blocks


def _first(merged: list[MergedStep], view: View) -> Iterator[str]:
    """With which steps to begin, where more than one can carry are due at first."""
    name, soon = view.rulebook.frame.memo.first_steps, HORIZONS[0]
    number = sum(each.remedy.within_days <= soon for each in merged)
    if name and number > view.rulebook.parameters[name].value:
        yield view.say("steps.first", number=number, days=soon, first=view.value(name))


def action(step: MergedStep, view: View) -> str:
    """What a step asks to do, in words."""
    return view.filled(step.said(view.say))


def _horizon(step: MergedStep, last: int) -> int:
    return next((horizon for horizon in HORIZONS if step.remedy.within_days <= horizon), last)


def _step(step: MergedStep, view: View) -> Step:
    blank = view.say("word.to_be_named")
    due = blank
    if step.remedy.within_days not in HORIZONS:
        due = view.say.count("steps.days", step.remedy.within_days)
    return Step(Text(action(step, view), origin=view.origin(*step.findings)), step.remedy.owner, blank, due)
