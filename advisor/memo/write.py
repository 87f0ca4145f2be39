"""The memo: from the advice to blocks, and from blocks to a file."""

from __future__ import annotations

from collections.abc import Sequence
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
from advisor.memo.one_page import one_page
from advisor.memo.patterns import patterns_part
from advisor.memo.preparations import preparations_part
from advisor.memo.reasons import reasons_part, three_reasons, told
from advisor.memo.record import with_record
from advisor.memo.renderers import renderer_for
from advisor.memo.robustness import robustness_part
from advisor.memo.steps import steps_part
from advisor.memo.summary import main_warning, opening, question, summary
from advisor.memo.tripwires import further_tripwires, tripwires_part
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
    memo = Memo(memo_blocks(advice, options), furniture_of(advice), options.provenance, options.looks)
    memo = one_page(memo) if options.one_page else memo
    return with_record(memo, advice, options) if options.embeds else memo


def furniture_of(advice: Advice) -> Furniture:
    """What stands around the memo on every page."""
    say, engagement = phrases_in(advice.rulebook.spoken), advice.profile.engagement
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
        record=say("record.fenced"),
    )


def memo_blocks(advice: Advice, options: MemoOptions = _USUAL) -> tuple[Block, ...]:
    """The whole memo on one profile, in reading order; the same advice gives the same blocks."""
    say, views = phrases_in(advice.rulebook.spoken), views_of(advice)
    several = len(views) > 1
    title = Title(title_of(advice, views))
    blocks: list[Block] = [title, Particulars(_particulars(advice, say)), *trial(advice, views, say)]
    if several:
        blocks += [*question(views[0]), *across_page(views, say), *across.across_part(advice, views, say)]
    for view in views:
        start = [PageBreak(), Heading(say("unit.heading", unit=view.unit.unit, answer=headline(view)), 2)]
        asked = [] if several else question(view)
        blocks += [*(start if several else ()), *opening(view), *asked, *_unit(view)]
    return (*blocks, *_appendix(advice, views, views[0].cite, say), *record_part(advice, options, say))


def title_of(advice: Advice, views: Sequence[View]) -> str:
    """The answer on all units in one sentence."""
    return headline(views[0]) if len(views) == 1 else across.title(views, phrases_in(advice.rulebook.spoken))


def views_of(advice: Advice) -> list[View]:
    """Each unit as the writers look at it; all of them share citations and what the memo has explained."""
    say = phrases_in(advice.rulebook.spoken)
    cite, once = Citations(advice.rulebook, say("sources.judgement")), set[str]()
    level, none = 3 if len(advice.units) > 1 else 2, (None,) * len(advice.units)
    parts = zip(
        advice.document.units,
        advice.profile.units,
        advice.units,
        (each.voices for each in advice.used),
        advice.outlooks or none,
        advice.flips or none,
        advice.watched or none,
        advice.endings or none,
        strict=True,
    )
    return [
        View(advice, unit, answers, known, say, cite, level, once, *computed)
        for unit, answers, known, *computed in parts
    ]


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


def trial(advice: Advice, views: Sequence[View], say: Phrases) -> list[Callout]:
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
    warning = main_warning(view, told(view, reasons))
    return [
        *summary(view, reasons, warning),
        PageBreak(),
        *reasons_part(view, reasons),
        *patterns_part(view),
        *preparations_part(view),
        *voices_part(view),
        *erosion_part(view),
        *warnings_part(view, warning),
        *governance_part(view, warning),
        *steps_part(view),
        *changes_part(view),
        *robustness_part(view),
        *tripwires_part(view),
        *arithmetic(view),
        *assumptions_part(view),
        *open_questions_part(view),
        *notices_part(view),
    ]


def _appendix(advice: Advice, views: list[View], cite: Citations, say: Phrases) -> list[Block]:
    blocks: list[Block] = [PageBreak(dense=True), Heading(say("appendix.heading"), 2)]
    if advice.profile.about:
        blocks.append(Paragraph(Text(advice.profile.about, say("answers.about"))))
    for view in views:
        inner = replace(view, level=3, said=set())
        blocks += [*answers_part(inner), *further_questions(inner), *further_tripwires(inner), *rules_part(inner)]
    return [*blocks, *sources_part(cite, say)]
