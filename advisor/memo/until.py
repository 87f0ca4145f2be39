"""Until when what is advised stands: by the rulebook's days, or until time alone ends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from advisor.advice.expiry import expiry
from advisor.memo.answer import use
from advisor.memo.blocks import Text
from advisor.memo.view import View

if TYPE_CHECKING:
    from advisor.advice.ageing import Ending
    from advisor.engines.changes import Change


def until_when(view: View) -> Text:
    """The paragraph that says it: the day by which to take the advice again, and the one on which all of it expires."""
    first, name = _first(view), view.rulebook.frame.memo.valid_for
    parameter = view.rulebook.parameters[name] if name else None
    said = [*([_by_time(first, view)] if first else ()), *_by_days(name, view, otherwise=bool(first))]
    names = [change.question for ending in first for change in ending.changes]
    sources, why = (parameter.sources, parameter.why) if parameter else ((), "")
    origin = view.origin_of(names, sources, why) if parameter or names else None
    return Text(" ".join(said), view.say("tripwires.expires_lead"), origin)


def ends_by_time(ending: Ending, change: Change, view: View) -> str:
    """When an answer that grows comes to where it ends something, as a cell says it."""
    value = view.worded(change.question, change.after)
    if ending.day is None:
        return view.say.count("tripwires.grows_in", int(change.steps), value=value)
    if _is_past(ending, view):
        return view.say("tripwires.grown", value=value)
    return view.say("tripwires.grows_on", value=value, date=view.say.date(ending.day, "long"))


def _first(view: View) -> list[Ending]:
    """What of the advice ends first by time, all that ends at once."""
    ends = [each for each in view.endings or () if each.is_of_advice]
    return [each for each in ends if _when(each) == min(map(_when, ends))]


def _when(ending: Ending) -> tuple[date, int]:
    """The day; only where there is none, the months."""
    if ending.day is not None:
        return ending.day, 0
    return date.max, max(int(change.steps) for change in ending.changes)


def _is_past(ending: Ending, view: View) -> bool:
    """Whether it has ended by the date of the memo already, since the answer is older."""
    today = view.advice.profile.engagement.date
    return ending.day is not None and today is not None and ending.day <= today


def _by_time(first: Sequence[Ending], view: View) -> str:
    """When and by which answers the advice, or a use, ends; by a range it only may."""
    say, (ending, *_) = view.say, first
    is_past = _is_past(ending, view)
    changes = dict.fromkeys(change for each in first for change in each.changes)
    answers = say.listed([_growth(change, view, is_past=is_past) for change in changes])
    is_sure = all(len(set(change.after)) == 1 for change in changes)
    titles = say.listed([_title(each, view) for each in first])
    words = {
        "answers": answers,
        "ends": say("tripwires.that_ends" if is_sure else "tripwires.that_may_end", titles=titles),
    }
    if is_past:
        return say("tripwires.time_past", **words)
    if ending.day is None:
        return say.count("tripwires.time_in", _when(ending)[1], **words)
    return say("tripwires.time_on", date=say.date(ending.day, "long"), **words)


def _growth(change: Change, view: View, *, is_past: bool) -> str:
    key = "tripwires.has_grown" if is_past else "tripwires.grows"
    return view.say(key, label=view.label(change.question), value=view.worded(change.question, change.after))


def _title(ending: Ending, view: View) -> str:
    if ending.recommendation.kind == "verdict":
        return view.say("tripwires.the_verdict", verdict=view.unit.verdict_title)
    return view.say("tripwires.the_pattern", use=use(ending.recommendation.name, view))


def _by_days(name: str | None, view: View, *, otherwise: bool) -> list[str]:
    """Until when it stands by the rulebook's days, or would stand without what time ends."""
    if name is None:
        return [] if otherwise else [view.say("tripwires.expires_never")]
    key, days = "tripwires.otherwise" if otherwise else "tripwires.expires", view.value(name)
    last = expiry(view.advice.profile.engagement.date, view.rulebook)
    if last is None:
        return [view.say(f"{key}_undated", days=days)]
    return [view.say(key, date=view.say.date(last, "long"), days=days)]
