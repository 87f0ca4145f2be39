"""Which blocks of the memo go on which of the five slides; every sentence is one of the memo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeAlias, TypeVar

from advisor.advice import Advice
from advisor.advice.wording import SENTENCE
from advisor.memo.across import MOST_NAMED, across_part, unsure_hours
from advisor.memo.across_page import across_page, unwarned
from advisor.memo.appendix import record_part
from advisor.memo.arithmetic import arithmetic
from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Column,
    Decision,
    Heading,
    HeatMap,
    KeyFigures,
    Origin,
    Paragraph,
    Step,
    Steps,
    Table,
    Text,
    texts,
)
from advisor.memo.document import Furniture, MemoOptions
from advisor.memo.erosion import erosion_part
from advisor.memo.looks import USUAL, Looks
from advisor.memo.patterns import patterns_part
from advisor.memo.preparations import preparations_part
from advisor.memo.reasons import three_reasons, told
from advisor.memo.steps import steps_part
from advisor.memo.summary import main_warning, summary
from advisor.memo.uncertain import open_questions_part
from advisor.memo.view import View
from advisor.memo.write import furniture_of, title_of, trial, views_of
from advisor.phrases import Phrases, phrases_in

Shown: TypeAlias = KeyFigures | Paragraph | Bullets | Callout | Decision | Chart | HeatMap | Table
_Kind = TypeVar("_Kind", Chart, Table, Steps)

_USUAL = MemoOptions()
_EXPLAINED = ("patterns.explained", "preparations.explained", "arithmetic.exact", "caveats")
"""What a memo explains for who reads it alone; slides have somebody who speaks."""
_FEW = 4
_OF_EACH = 2
"""So many open questions stand where a figure cannot be computed yet, and so many steps of each of several units."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its finding, what it says and shows in the order of weight, and lines for who speaks."""

    title: str
    shown: tuple[Shown, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """Five slides, and what the file says of itself."""

    slides: tuple[Slide, ...]
    furniture: Furniture
    looks: Looks = USUAL
    record: str | None = None
    """What the file carries along, as a memo does."""


def deck_of(advice: Advice, options: MemoOptions = _USUAL) -> Deck:
    """The slides on a profile; the same advice and options give the same slides."""
    say, views = phrases_in(advice.rulebook.spoken), views_of(advice)
    views[0].once.update(_EXPLAINED)
    slides = _of_one(views[0]) if len(views) == 1 else _of_several(advice, views, say)
    notice = trial(advice, views, say)
    slides[0] = replace(slides[0], title=title_of(advice, views), shown=(*notice, *slides[0].shown))
    record = _record(advice, options, say)
    noted = tuple(replace(each, notes=(*each.notes, *record)) for each in slides)
    return Deck(noted, furniture_of(advice), options.looks)


def _of_one(view: View) -> list[Slide]:
    reasons = three_reasons(view)
    warning = main_warning(view, told(view, reasons))
    page = summary(view, reasons, warning)
    hours, erosion = arithmetic(view), erosion_part(view)
    asked = _cut(_first(open_questions_part(view), Table), _FEW)
    title, (warned, decision) = _heading(erosion), _kept(page, Callout, Decision)
    assert isinstance(warned, Callout)
    return [
        _slide("", _kept(page, KeyFigures, Paragraph, Bullets)),
        _part(patterns_part(view)),
        _part(hours, asked),
        _part(preparations_part(view)),
        _slide(title, [_unsaid(warned, title), decision, *_seen(erosion), *_first_steps([view])]),
    ]


def _of_several(advice: Advice, views: Sequence[View], say: Phrases) -> list[Slide]:
    page, across = across_page(views, say), across_part(advice, views, say)
    carried, reasons, warning, decision = _kept(page, Paragraph, Bullets, Callout, Decision)
    assert isinstance(carried, Paragraph)
    assert isinstance(warning, Callout)
    hours, units = _first(across, Chart), _kept(across, Table)[:1]
    is_beside = len(views) <= MOST_NAMED  # beside words a table of many units has not enough room
    unsure = unsure_hours(advice, views, say)
    says_where = hours or advice.document.across_units.later or (unsure and is_beside)
    where: list[Shown] = [*(_kept(across, Bullets)[:1] if says_where else ()), *([hours] if hours else ())]
    preparations, erosion = (each for each in across if isinstance(each, HeatMap))
    is_none = warning.kind == "note"
    title = say(f"deck.{unwarned(views)}") if is_none else _plain(warning)
    warned = _beyond(warning) if is_none else [_unsaid(warning, title)]
    steps = _first_steps(views) if len(views) <= MOST_NAMED else []
    return [
        _slide("", [carried, reasons, *(() if says_where else unsure)]),
        _slide(hours.title if hours else _plain(carried), [*where, *units]),
        _slide(preparations.title, [preparations]),
        _slide(erosion.title, [erosion]),
        _slide(title, [*warned, decision, *steps]),
    ]


def _part(blocks: Sequence[Block], instead: Sequence[Shown] = ()) -> Slide:
    """The beginning of a part of the memo as a slide: its heading, its chart and its first table.

    Where it has no chart there is room for what it says: after its table, or, without one, before what stands instead.
    """
    heading, *rest = blocks
    opening = list(takewhile(lambda block: not isinstance(block, Heading), rest))
    chart, table, said = _kept(opening, Chart), _kept(opening, Table), _kept(opening, Paragraph, Bullets)
    if not table:
        return _slide(_heading([heading]), [*_kept(blocks, Paragraph), *instead])
    return _slide(_heading([heading]), [*chart, *table] if chart else [*table, *said])


def _seen(erosion: Sequence[Block]) -> list[Shown]:
    """What is known of the indicators of erosion, else which are not known."""
    headings = [place for place, block in enumerate(erosion) if isinstance(block, Heading)]
    red = erosion[: headings[2]] if len(headings) > 2 else erosion
    return (_kept(red, Chart) or _kept(red, Table) or _kept(red, Paragraph))[:1]


def _unsaid(warning: Callout, title: str) -> Callout:
    """A warning without its lead where the title of the slide says that already."""
    return replace(warning, text=replace(warning.text, lead="")) if title in warning.text.lead else warning


def _beyond(note: Callout) -> list[Callout]:
    """What a note says beyond that no warning is raised, if anything."""
    words = " ".join(SENTENCE.split(note.text.words)[1:])
    return [replace(note, text=replace(note.text, lead="", words=words))] if words else []


def _first_steps(views: Sequence[View]) -> list[Shown]:
    """The steps of the first horizon as a table; of several units the first of each, named, without blanks."""
    found = [(view, steps) for view in views if (steps := _first(steps_part(view), Steps))]
    if len(views) == 1:
        rows = [_step_row(each) for _, steps in found for each in steps.steps]
    else:
        rows = [_step_of(view, each) for view, steps in found for each in steps.steps[:_OF_EACH]]
    return [Table(tuple(map(Column, found[0][1].heads[: len(rows[0])])), tuple(rows))] if rows else []


def _step_row(step: Step) -> tuple[Text, ...]:
    return step.action, Text(step.role), Text(step.person), Text(step.due)


def _step_of(view: View, step: Step) -> tuple[Text, ...]:
    return replace(step.action, lead=view.say("finding.lead", title=view.unit.unit)), Text(step.role)


def _cut(table: Table | None, most: int) -> list[Shown]:
    return [replace(table, rows=table.rows[:most])] if table else []


def _slide(title: str, shown: Sequence[Shown]) -> Slide:
    notes = dict.fromkeys(origin.words for origin in _origins(shown))
    return Slide(title, tuple(shown), tuple(notes))


def _plain(block: Paragraph | Callout) -> str:
    """A block as a title: its lead, else its first sentence."""
    return (block.text.lead or SENTENCE.split(block.text.words)[0]).removesuffix(".")


def _first(blocks: Iterable[Block], kind: type[_Kind]) -> _Kind | None:
    return next((block for block in blocks if isinstance(block, kind)), None)


def _heading(blocks: Sequence[Block]) -> str:
    return next(block.words for block in blocks if isinstance(block, Heading))


def _kept(blocks: Iterable[Block], *kinds: type[Shown]) -> list[Shown]:
    return [block for block in blocks if isinstance(block, kinds)]


def _origins(blocks: Iterable[Block]) -> Iterable[Origin]:
    for block in blocks:
        holders = block.figures if isinstance(block, KeyFigures) else tuple(texts(block))
        yield from (each.origin for each in holders if each.origin)


def _record(advice: Advice, options: MemoOptions, say: Phrases) -> list[str]:
    """What made the advice, as on the last page of the memo."""
    table = _first(record_part(advice, options, say), Table)
    assert table is not None
    return [say("finding.fact", label=row[0].words, value=row[1].words) for row in table.rows]
