"""Several units side by side: the answer on each, where hours are free and demand grows, two heat maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from advisor.advice import Advice
from advisor.advice.model import stands_firm
from advisor.memo.answer import sentence, use, verdict
from advisor.memo.blocks import (
    Bar,
    BarPart,
    Block,
    Bullets,
    Chart,
    Column,
    Heading,
    Origin,
    PageBreak,
    Paragraph,
    Table,
    Text,
    Tone,
)
from advisor.memo.charts import chart_of
from advisor.memo.heat import erosion_map, preparations_map
from advisor.memo.view import View
from advisor.phrases import Phrases
from advisor.rulebook.model import Verdict

_LONGEST_NOTE = 600
MOST_NAMED = 3
"""So many units are named one by one."""


def title(views: Sequence[View], say: Phrases) -> str:
    """One sentence: each unit by name where they are few, otherwise how many of them do what."""
    if len(views) <= MOST_NAMED:
        return say("across.title", units=say.in_row([_one(view) for view in views]))
    counted = Counter(view.unit.verdict for view in views)
    frame = views[0].rulebook.frame
    parts = [_many(each, views, counted[each.name], say) for each in frame.verdicts if counted[each.name]]
    return say("across.title_many", all=len(views), units=say.in_row(parts))


def _one(view: View) -> str:
    leading = verdict(view)
    what = sentence(leading.across.one, view) if leading and leading.across else view.unit.verdict_title or ""
    return view.say("across.unit", unit=view.unit.unit, what=what)


def _many(each: Verdict, views: Sequence[View], number: int, say: Phrases) -> str:
    what = each.title
    if each.across and number == 1:
        what = sentence(each.across.one, next(view for view in views if view.unit.verdict == each.name))
    elif each.across:
        what = each.across.many or each.across.one
    return say("across.unit", unit=number, what=what)


def across_part(advice: Advice, views: Sequence[View], say: Phrases) -> list[Block]:
    """All units in one table, where hours are free and where demand grows, and what is to be done in which unit."""
    return [
        PageBreak(),
        Heading(say("across.heading"), 2),
        _table(views, say),
        Bullets(tuple(_where(advice, views, say))),
        *_hours(advice, views, say),
        Paragraph(Text(say("across.note"))),
        Heading(say("heat.heading"), 2),
        Paragraph(Text(say("heat.explained"))),
        preparations_map(views, say),
        erosion_map(views, say),
    ]


def _hours(advice: Advice, views: Sequence[View], say: Phrases) -> list[Chart]:
    """The free hours of each unit in which they are one number, so that they can be compared."""
    name, across = advice.rulebook.frame.across_units.free_hours, advice.document.across_units
    units = {each.unit for each in across.free}
    free = [view for view in views if view.unit.unit in units]
    movable = [view for view in free if view.unit.unit not in across.held]
    if not free:
        return []
    key = "across.hours_held"
    if movable:
        key = "across.hours" if len(movable) > 1 else "across.hours_one"
    most = max(movable or free, key=lambda view: view.number(name))
    title = say(key, unit=most.unit.unit, value=most.value(name))
    tones: dict[str, Tone] = {unit: "open" if unit in across.held else "full" for unit in units}
    bars = [
        Bar(view.unit.unit, view.value(name), (BarPart(view.number(name), tones[view.unit.unit]),)) for view in free
    ]
    return chart_of(title, bars, {"full": say("across.may_move"), "open": say("across.is_held")}, say)


def _where(advice: Advice, views: Sequence[View], say: Phrases) -> Iterator[Text]:
    """Where hours can be given, are held back, are not surely free or come later; and where demand grows."""
    across, names = advice.document.across_units, advice.rulebook.frame.across_units
    free, later = ([each.unit for each in found] for found in (across.free, across.later))
    by_name = {view.unit.unit: view for view in views}
    for key, name, units in (
        ("free", names.free_hours, [unit for unit in free if unit not in across.held]),
        ("held", names.free_hours, across.held),
        ("unsure", names.free_hours, across.unsure),
        ("later", names.later_hours, later),
        ("growing", names.growth, [each.unit for each in across.growing]),
    ):
        if units or say.has(f"across.{key}_none"):
            yield _values(key, name, [by_name[unit] for unit in units] or views, bool(units), say)


def unsure_hours(advice: Advice, views: Sequence[View], say: Phrases) -> list[Bullets]:
    """In which units nobody knows how many hours are free; nothing where there is none."""
    unsure, name = advice.document.across_units.unsure, advice.rulebook.frame.across_units.free_hours
    found = [view for view in views if view.unit.unit in unsure]
    return [Bullets((_values("unsure", name, found, True, say),))] if found else []


def _values(key: str, name: str, views: Sequence[View], are_found: bool, say: Phrases) -> Text:
    """The value of a name in the units where it says something, or that there are none."""
    found = [
        say(_form(key, view, say), unit=view.unit.unit, what=view.value(name), answer=view.unit.verdict_title)
        for view in views
    ]
    words = say.in_row(found) + say("across.end") if are_found else say(f"across.{key}_none")
    return Text(words, say(f"across.{key}"), together(views, [view.origin_of_names(name) for view in views]))


def _form(key: str, view: View, say: Phrases) -> str:
    """The key of the phrase for one unit: where its answer is told, a unit without one has another."""
    form = f"across.in_{key}" if view.unit.verdict_title else f"across.in_{key}_unanswered"
    return form if say.has(form) else "across.unit"


def together(views: Sequence[View], origins: Sequence[Origin | None]) -> Origin | None:
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
    # A long note would drive what it is about from the page; each unit has its part at length on its own pages.
    if len(parts) > MOST_NAMED or len(words) > _LONGEST_NOTE:
        named = say("origin.answers_alone", answers=say.in_row([views[0].label(name) for name in answers]))
        words = f"{say.count('origin.rule', len(rules), rules=say.in_row(rules))} {named}" if rules else named
    return Origin(words, rules, answers, sources)


def _table(views: Sequence[View], say: Phrases) -> Table:
    frame = views[0].rulebook.frame
    figures = list(frame.capacity.values())[-2:]
    heads = ["across.column_unit", "across.answer", "across.use", "across.firm"]
    columns = [
        *(Column(say(head)) for head in heads),
        *(Column(views[0].label(name), "right") for name in figures),
    ]
    return Table(tuple(columns), tuple(_row(view, figures) for view in views))


def _row(view: View, figures: list[str]) -> tuple[Text, ...]:
    unit, say = view.unit, view.say
    chosen = say.listed([use(name, view) for name in unit.recommended]) or say("across.no_use")
    firm = "across.is_firm" if stands_firm(unit) else "across.is_provisional"
    return (
        Text(unit.unit),
        Text(unit.verdict_title or ""),
        Text(chosen),
        Text(say(firm if unit.recommended else "word.open")),
        *(Text(_figure(name, view)) for name in figures),
    )


def _figure(name: str, view: View) -> str:
    """A figure of a unit's hours; where the step is not yet in use, that they are still to come."""
    value = view.value(name)
    is_forecast = view.is_known(view.rulebook.frame.across_units.later_hours)
    return view.say("across.forecast", value=value) if is_forecast and view.is_known(name) else value
