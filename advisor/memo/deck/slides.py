"""Which blocks of the memo go on which of the five slides; every sentence is one of the memo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from advisor.advice import Advice
from advisor.advice.wording import SENTENCE
from advisor.memo.across import across_part
from advisor.memo.across_page import across_page
from advisor.memo.appendix import record_part
from advisor.memo.arithmetic import arithmetic
from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Decision,
    Heading,
    HeatMap,
    KeyFigures,
    Origin,
    Paragraph,
    Table,
    texts,
)
from advisor.memo.document import Furniture, MemoOptions
from advisor.memo.erosion import erosion_part
from advisor.memo.looks import USUAL, Looks
from advisor.memo.patterns import patterns_part
from advisor.memo.preparations import preparations_part
from advisor.memo.reasons import three_reasons
from advisor.memo.summary import main_warning, summary
from advisor.memo.view import View
from advisor.memo.write import furniture_of, title_of, trial, views_of
from advisor.phrases import Phrases, phrases_in

Visual: TypeAlias = Chart | HeatMap | Table
_Kind = TypeVar("_Kind", Chart, Table)
Words: TypeAlias = KeyFigures | Paragraph | Bullets | Callout | Decision

_USUAL = MemoOptions()
_EXPLAINED = ("patterns.explained", "preparations.explained", "arithmetic.exact", "caveats")
"""What a memo explains for who reads it alone; slides have somebody who speaks."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its finding, what it says, what it shows, and lines for who speaks."""

    title: str
    words: tuple[Words, ...]
    visual: Visual | None
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
    slides[0] = replace(slides[0], title=title_of(advice, views), words=(*notice, *slides[0].words))
    record = _record(advice, options, say)
    noted = tuple(replace(each, notes=(*each.notes, *record)) for each in slides)
    return Deck(noted, furniture_of(advice), options.looks)


def _of_one(view: View) -> list[Slide]:
    reasons = three_reasons(view)
    warning = main_warning(view, [rule for each in reasons for rule in each.rules])
    page = summary(view, reasons, warning)
    erosion = erosion_part(view)
    return [
        _slide("", _kept(page, KeyFigures, Bullets if _kept(page, Bullets) else Paragraph)),
        _part(patterns_part(view)),
        _part(arithmetic(view)),
        _part(preparations_part(view)),
        _slide(_heading(erosion), _kept(page, Callout, Decision), _first(erosion, Chart)),
    ]


def _of_several(advice: Advice, views: Sequence[View], say: Phrases) -> list[Slide]:
    page, across = across_page(views, say), across_part(advice, views, say)
    carried, reasons, warning, decision = _kept(page, Paragraph, Bullets, Callout, Decision)
    assert isinstance(carried, Paragraph)
    assert isinstance(warning, Callout)
    hours = _first(across, Chart)
    where = _kept(across, Bullets)[:1] if hours else []
    preparations, erosion = (each for each in across if isinstance(each, HeatMap))
    return [
        _slide("", [carried, reasons]),
        _slide(hours.title if hours else _plain(carried), where, hours or _first(across, Table)),
        _slide(preparations.title, [], preparations),
        _slide(erosion.title, [], erosion),
        _slide(say("deck.no_warning") if warning.kind == "note" else _plain(warning), [warning, decision]),
    ]


def _part(blocks: Sequence[Block]) -> Slide:
    """A part of the memo as a slide: its heading and its chart, or else its first table, or else what it says."""
    visual = _first(blocks, Chart) or _first(blocks, Table)
    words = [] if visual else _kept(blocks, Paragraph, Bullets)[:2]
    return _slide(_heading(blocks), words, visual)


def _slide(title: str, words: Sequence[Words], visual: Visual | None = None) -> Slide:
    shown: list[Block] = [*words, *([visual] if visual else [])]
    notes = dict.fromkeys(origin.words for origin in _origins(shown))
    return Slide(title, tuple(words), visual, tuple(notes))


def _plain(block: Paragraph | Callout) -> str:
    """A block as a title: its lead, else its first sentence."""
    return (block.text.lead or SENTENCE.split(block.text.words)[0]).removesuffix(".")


def _first(blocks: Iterable[Block], kind: type[_Kind]) -> _Kind | None:
    return next((block for block in blocks if isinstance(block, kind)), None)


def _heading(blocks: Sequence[Block]) -> str:
    return next(block.words for block in blocks if isinstance(block, Heading))


def _kept(blocks: Iterable[Block], *kinds: type[Words]) -> list[Words]:
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
