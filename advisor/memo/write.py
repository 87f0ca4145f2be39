"""The memo: from the advice to blocks, and from blocks to a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from advisor.advice import Advice
from advisor.advice.model import TriedAnswer
from advisor.memo import across
from advisor.memo.across_page import across_page
from advisor.memo.answer import headline
from advisor.memo.appendix import answers_part, record_part, rules_part, sources_part
from advisor.memo.arithmetic import arithmetic
from advisor.memo.blocks import Block, Callout, Heading, PageBreak, Paragraph, Particulars, Text, Title
from advisor.memo.changes import changes_part
from advisor.memo.citations import Citations
from advisor.memo.document import Furniture, Memo, MemoOptions
from advisor.memo.erosion import erosion_part
from advisor.memo.patterns import patterns_part
from advisor.memo.preparations import preparations_part
from advisor.memo.reasons import reasons_part, three_reasons
from advisor.memo.renderers import renderer_for
from advisor.memo.steps import steps_part
from advisor.memo.summary import main_warning, opening, question, summary
from advisor.memo.uncertain import assumptions_part, further_questions, open_questions_part
from advisor.memo.view import View
from advisor.memo.voices import voices_part
from advisor.memo.warnings import governance_part, notices_part, warnings_part
from advisor.phrases import Phrases, phrases_in
from advisor.reading import write_atomically

_USUAL = MemoOptions()


def write_memo(advice: Advice, path: Path, options: MemoOptions = _USUAL) -> None:
    """Write the memo in the format that the ending names; what cannot be written raises `InvalidInput`."""
    render = renderer_for(path)
    write_atomically(path, render(memo_of(advice, options)))


def memo_of(advice: Advice, options: MemoOptions = _USUAL) -> Memo:
    """The memo on one profile; the same advice and options give the same memo."""
    return Memo(memo_blocks(advice), _furniture(advice, phrases_in(advice.rulebook.spoken)), options.provenance)


def _furniture(advice: Advice, say: Phrases) -> Furniture:
    engagement = advice.profile.engagement
    return Furniture(
        language=say.writing.tag,
        organisation=advice.profile.organisation.name or "",
        reference=engagement.reference or "",
        prepared_for=engagement.prepared_for or "",
        prepared_by=engagement.prepared_by or "",
        date=engagement.date,
        contents=say("page.contents"),
        notes=say("page.notes"),
        back=say("page.back", number="{number}"),
        page=say("page.number", number="{number}", total="{total}"),
    )


def memo_blocks(advice: Advice) -> tuple[Block, ...]:
    """The whole memo on one profile, in reading order; the same advice gives the same blocks."""
    say = phrases_in(advice.rulebook.spoken)
    cite, once = Citations(advice.rulebook, say("sources.judgement")), set[str]()
    several = len(advice.units) > 1
    level = 3 if several else 2
    outlooks, flips = advice.outlooks or (None,) * len(advice.units), advice.flips or (None,) * len(advice.units)
    views = [
        View(advice, unit, answers, known, say, cite, level, once, voices, outlook, turns)
        for unit, answers, known, voices, outlook, turns in zip(
            advice.document.units, advice.profile.units, advice.units, advice.voices, outlooks, flips, strict=True
        )
    ]
    title = across.title(views, say) if several else headline(views[0])
    blocks: list[Block] = [Title(title), Particulars(_particulars(advice, say)), *_trial(advice, views, say)]
    if several:
        blocks += [*question(views[0]), *across_page(views, say), *across.across_part(advice, views, say)]
    for view in views:
        start = [PageBreak(), Heading(say("unit.heading", unit=view.unit.unit, answer=headline(view)), 2)]
        asked = [] if several else question(view)
        blocks += [*(start if several else ()), *opening(view), *asked, *_unit(view)]
    return (*blocks, *_appendix(advice, views, cite, say))


def _particulars(advice: Advice, say: Phrases) -> tuple[tuple[str, str], ...]:
    engagement, profile = advice.profile.engagement, advice.profile
    units = say.listed([unit.name for unit in profile.units]) if len(profile.units) == 1 else ""
    rows = [
        ("to", engagement.prepared_for),
        ("from", engagement.prepared_by),
        ("date", say.date(engagement.date, "long") if engagement.date else None),
        ("reference", engagement.reference),
        ("organisation", profile.organisation.name),
        ("unit", units),
    ]
    return tuple((say(f"particulars.{key}"), value) for key, value in rows if value)


def _trial(advice: Advice, views: list[View], say: Phrases) -> list[Block]:
    """What nobody must take for the client's profile."""
    by_name = {view.unit.unit: view for view in views}
    tried = [_tried(each, by_name[each.unit]) for each in advice.document.tried]
    notice = say("trial.notice", answers=say.in_row(tried))
    return [Callout("note", Text(notice, say("trial.lead")))] if tried else []


def _tried(answer: TriedAnswer, view: View) -> str:
    withheld = answer.question in view.unit.withheld
    value = answer.value if withheld else view.value(answer.question)
    return view.say("trial.answer", label=view.label(answer.question), value=value, unit=answer.unit)


def _unit(view: View) -> list[Block]:
    """Everything on one unit but its appendix."""
    reasons = three_reasons(view)
    warning = main_warning(view, [rule for each in reasons for rule in each.rules])
    return [
        *summary(view, reasons, warning),
        PageBreak(),
        *reasons_part(view, reasons),
        *patterns_part(view),
        *preparations_part(view),
        *voices_part(view),
        *erosion_part(view),
        *warnings_part(view, warning),
        *governance_part(view),
        *steps_part(view),
        *changes_part(view),
        *arithmetic(view),
        *assumptions_part(view),
        *open_questions_part(view),
        *notices_part(view),
    ]


def _appendix(advice: Advice, views: list[View], cite: Citations, say: Phrases) -> list[Block]:
    blocks: list[Block] = [PageBreak(), Heading(say("appendix.heading"), 2)]
    if advice.profile.about:
        blocks.append(Paragraph(Text(advice.profile.about, say("answers.about"))))
    for view in views:
        inner = replace(view, level=3, said=set())
        blocks += [*answers_part(inner), *further_questions(inner), *rules_part(inner)]
    return [*blocks, *sources_part(cite, say), *record_part(advice, say)]
