"""The memo of several units: the answer on all of them, what they have in common, never their average."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from advisor.advice import Advice
from advisor.advice.outcome_words import erosion_title
from advisor.memo.answer import decision, sentence, use, verdict
from advisor.memo.blocks import Block, Bullets, Column, Decision, Heading, Paragraph, Table, Text
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
    free = [say("across.unit", unit=each.unit, what=by_name[each.unit].value(names.free_hours)) for each in across.free]
    growing = [
        say("across.unit", unit=each.unit, what=by_name[each.unit].value(names.growth)) for each in across.growing
    ]
    items = [
        Text(say.in_row(found) + say("across.end") if found else say(f"across.{key}_none"), say(f"across.{key}"))
        for key, found in (("free", free), ("growing", growing))
    ]
    note = Paragraph(Text(say("across.note")))
    return [*blocks, Bullets(tuple(items)), note, _decision(views, say)]


def _decision(views: Sequence[View], say: Phrases) -> Decision:
    """What is asked for each unit where they are few, otherwise that each unit's page asks it."""
    words = say("across.decide")
    if len(views) <= _MOST_NAMED:
        asked = [(view.unit.unit, decision(view)) for view in views]
        words = " ".join(say("across.decision", unit=unit, decision=what) for unit, what in asked)
    blank = say("word.to_be_named")
    fields = ((say("summary.by_whom"), blank), (say("summary.by_when"), blank))
    return Decision(Text(words, say("summary.decision")), fields)


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
