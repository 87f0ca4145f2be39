"""The memo of several units: the answer on all of them, what they have in common, never their average."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from advisor.advice import Advice
from advisor.advice.outcome_words import erosion_title
from advisor.memo.answer import decision, sentence, use, verdict
from advisor.memo.blocks import Block, Bullets, Column, Decision, Heading, Origin, Paragraph, Table, Text
from advisor.memo.summary import verdict_origin
from advisor.memo.view import View
from advisor.phrases import Phrases
from advisor.rulebook.model import Verdict

_MOST_NAMED = 3


def title(views: Sequence[View], say: Phrases) -> str:
    """One sentence: each unit by name where they are few, otherwise how many of them do what."""
    if len(views) <= _MOST_NAMED:
        return say("across.title", units=say.in_row([_one(view) for view in views]))
    counted = Counter(view.unit.verdict for view in views)
    frame = views[0].rulebook.frame
    parts = [_many(each, counted[each.name], say) for each in frame.verdicts if counted[each.name]]
    return say("across.title_many", all=len(views), units=say.in_row(parts))


def _one(view: View) -> str:
    leading = verdict(view)
    what = sentence(leading.across.one, view) if leading and leading.across else view.unit.verdict_title or ""
    return view.say("across.unit", unit=view.unit.unit, what=what)


def _many(each: Verdict, number: int, say: Phrases) -> str:
    what = (each.across.many or each.across.one) if each.across else each.title
    return say("across.unit", unit=number, what=what)


def across_part(advice: Advice, views: Sequence[View], say: Phrases) -> list[Block]:
    """All units in one table, then where hours are free and where demand grows."""
    blocks: list[Block] = [Heading(say("across.heading"), 2), _table(views, say)]
    across = advice.document.across_units
    names = advice.rulebook.frame.across_units
    by_name = {view.unit.unit: view for view in views}
    items = [
        _where(key, name, [by_name[unit] for unit in units] or views, bool(units), say)
        for key, name, units in (
            ("free", names.free_hours, [each.unit for each in across.free]),
            ("growing", names.growth, [each.unit for each in across.growing]),
        )
    ]
    note = Paragraph(Text(say("across.note")))
    return [*blocks, Bullets(tuple(items)), note, _decision(views, say)]


def _where(key: str, name: str, views: Sequence[View], are_found: bool, say: Phrases) -> Text:
    """The value of a name in the units where it says something, or that there are none."""
    found = [say("across.unit", unit=view.unit.unit, what=view.value(name)) for view in views]
    words = say.in_row(found) + say("across.end") if are_found else say(f"across.{key}_none")
    return Text(words, say(f"across.{key}"), _together(views, [view.origin_of_names(name) for view in views]))


def _together(views: Sequence[View], origins: Sequence[Origin | None]) -> Origin | None:
    """What statements on several units rest on: each unit's part after its name, where they are few."""
    parts = [(view, origin) for view, origin in zip(views, origins, strict=True) if origin]
    if not parts:
        return None
    rules, answers, sources = (
        tuple(dict.fromkeys(name for _, origin in parts for name in getattr(origin, kind)))
        for kind in ("rules", "answers", "sources")
    )
    say = views[0].say
    words = " ".join(say("origin.unit", unit=view.unit.unit, words=origin.words) for view, origin in parts)
    if len(parts) > _MOST_NAMED:
        words = say("origin.answers", answers=say.in_row([views[0].label(name) for name in answers]))
    return Origin(words, rules, answers, sources)


def _decision(views: Sequence[View], say: Phrases) -> Decision:
    """What is asked for each unit where they are few, otherwise that each unit's page asks it."""
    words = say("across.decide")
    if len(views) <= _MOST_NAMED:
        asked = [(view.unit.unit, decision(view)) for view in views]
        words = " ".join(say("across.decision", unit=unit, decision=what) for unit, what in asked)
    blank = say("word.to_be_named")
    fields = ((say("summary.by_whom"), blank), (say("summary.by_when"), blank))
    origin = _together(views, [verdict_origin(view) for view in views])
    return Decision(Text(words, say("summary.decision"), origin), fields)


def _table(views: Sequence[View], say: Phrases) -> Table:
    frame = views[0].rulebook.frame
    figures = list(frame.capacity.values())[-2:]
    heads = ["across.column_unit", "across.answer", "across.use", "across.firm"]
    columns = [
        *(Column(say(head)) for head in heads),
        *(Column(views[0].label(name), "right") for name in figures),
        *(Column(each.title) for each in frame.preparations),
        Column(say("across.erosion")),
    ]
    return Table(tuple(columns), tuple(_row(view, figures) for view in views))


def _row(view: View, figures: list[str]) -> tuple[Text, ...]:
    unit, say = view.unit, view.say
    chosen = say.listed([use(name, view) for name in unit.recommended]) or say("across.no_use")
    firm = say("across.is_firm" if unit.firm else "across.is_provisional") if unit.recommended else say("word.open")
    level = erosion_title(unit.erosion.level, view.rulebook)
    return (
        Text(unit.unit),
        Text(unit.verdict_title or ""),
        Text(chosen),
        Text(firm),
        *(Text(view.value(name)) for name in figures),
        *(Text(say(f"status.{each.status}")) for each in unit.preparations),
        Text(level),
    )
