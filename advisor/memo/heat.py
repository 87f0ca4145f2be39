"""Heat maps of several units: their preparations, and how far quality has eroded in each."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from advisor.advice.outcome_words import erosion_said, erosion_title, erosion_waits
from advisor.memo.blocks import Heat, HeatMap, HeatRow
from advisor.memo.erosion import indicators
from advisor.memo.view import View
from advisor.phrases import Phrases
from advisor.rulebook.model import NOT_ASSESSED

_SHADES: tuple[Heat, ...] = ("none", "low", "high", "full")
_STATUSES: dict[str, Heat] = {"in_place": "none", "partial": "high", "missing": "full", "not_assessed": "open"}
_WORST_FIRST = ("missing", "not_assessed", "partial")
Cell = tuple[str, Heat]


def preparations_map(views: Sequence[View], say: Phrases) -> HeatMap:
    """Each preparation of each unit; the title says which one is worst, and in how many units."""
    heads = (say("across.column_unit"), *(each.title for each in views[0].rulebook.frame.preparations))
    rows = [
        HeatRow(
            view.unit.unit,
            tuple((say(f"status.{each.status}"), _STATUSES[each.status]) for each in view.unit.preparations),
        )
        for view in views
    ]
    return HeatMap(_preparations_title(views, say), heads, tuple(rows))


def _preparations_title(views: Sequence[View], say: Phrases) -> str:
    frame = views[0].rulebook.frame
    for status in _WORST_FIRST:
        counts = {each.title: sum(_status(each.name, view) == status for view in views) for each in frame.preparations}
        most = max(counts.values())
        if most:
            worst = say.listed([title for title, number in counts.items() if number == most])
            return say(f"heat.{status}", preparations=worst, number=most, all=len(views))
    return say("heat.in_place", all=len(views))


def _status(preparation: str, view: View) -> str:
    return next(each.status for each in view.unit.preparations if each.preparation == preparation)


def erosion_map(views: Sequence[View], say: Phrases) -> HeatMap:
    """The level of each unit, how many indicators are red, how many exposures are present, how many nobody knows."""
    heads = tuple(say(f"heat.{key}") for key in ("level", "red", "structural", "unknown"))
    rows = [HeatRow(view.unit.unit, (_level(view), *_counts(view))) for view in views]
    return HeatMap(_erosion_title(views, say), (say("across.column_unit"), *heads), tuple(rows))


def _erosion_title(views: Sequence[View], say: Phrases) -> str:
    """The gravest level that a unit has, and how many have it; what cannot show yet comes last."""
    rulebook = views[0].rulebook
    found = [erosion_said(view.unit, rulebook) for view in views]
    gravest = [erosion_title(level, rulebook) for level in (*rulebook.frame.erosion.levels, NOT_ASSESSED)]
    title = next((each for each in gravest if each in found), found[0])
    return say("heat.erosion", title=title, number=found.count(title), all=len(views))


def _level(view: View) -> Cell:
    levels, level = view.rulebook.frame.erosion.levels, view.unit.erosion.level
    words = erosion_said(view.unit, view.rulebook)
    words = view.say("finding.provisional_word", words=words) if view.unit.erosion.provisional else words
    if level not in levels:
        return words, "none" if erosion_waits(view.unit, view.rulebook) else "open"
    return words, _shade(len(levels) - 1 - levels.index(level), len(levels) - 1)


def _counts(view: View) -> tuple[Cell, ...]:
    """Of the red indicators, of the exposures, and of both together what nobody knows."""
    frame, truth = view.rulebook.frame.erosion, view.known.evaluation.truth
    groups = [indicators(name, view) for name in (frame.red, frame.structural)]
    cells = [_counted([truth[rule] for rule in rules], view) for rules in groups]
    every = [truth[rule] for rules in groups for rule in rules]
    unknown = view.say("heat.of", number=every.count(None), all=len(every))
    return (*cells, (unknown, "open" if None in every else "none"))


def _counted(truths: Sequence[bool | None], view: View) -> Cell:
    """How many hold; where nobody knows any of them, or none applies, that none holds says nothing."""
    if not truths:
        return view.say("word.not_applicable"), "none"
    if truths and set(truths) == {None}:
        return view.say("word.not_known"), "open"
    holding = sum(each is True for each in truths)
    return view.say("heat.of", number=holding, all=len(truths)), _shade(holding, len(truths))


def _shade(part: int, whole: int) -> Heat:
    """The more of a whole, the darker; nothing of it alone is white."""
    return _SHADES[ceil(part / whole * (len(_SHADES) - 1))] if whole else "none"
