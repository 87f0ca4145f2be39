"""What the advice rests on: the answers that end it on their own or with time, who watches them, when it expires."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from advisor.advice.steps import MergedStep, merged_steps
from advisor.language import Fact
from advisor.memo.answer import result_of, use
from advisor.memo.blocks import Block, Column, Origin, Paragraph, Table, Text
from advisor.memo.patterns import origin_of_support
from advisor.memo.steps import action
from advisor.memo.summary import verdict_finding, verdict_origin
from advisor.memo.until import ends_by_time, until_when
from advisor.memo.view import View

if TYPE_CHECKING:
    from advisor.advice.recommendations import Recommendation
    from advisor.advice.tripwires import Tripwire, Watched
    from advisor.engines.changes import Change

_Ends: TypeAlias = "tuple[Change, str]"
"""An answer that ends something, and when, in words."""
IN_BODY = 3
"""So many of the nearest tripwires of each recommendation stand in the body, the others in the appendix."""


def tripwires_part(view: View) -> list[Block]:
    """The nearest tripwires of each recommendation, what no single answer ends, and the date."""
    if view.watched is None:
        return [view.heading(view.say("tripwires.heading_open")), Paragraph(Text(view.say("tripwires.not_computed")))]
    ending = {tripwire.change.question for each in view.watched for tripwire in each.tripwires}
    ending |= {change.question for each in view.endings or () if len(each.changes) == 1 for change in each.changes}
    blocks: list[Block] = [view.heading(view.say.count("tripwires.heading", len(ending)))]
    blocks += [Paragraph(until_when(view)), *view.first_time(_explained(view))]
    blocks += _table(view, lambda each: [*_by_time(each, view), *_alone(each.tripwires[:IN_BODY], view)])
    lasting = [each for each in view.watched if not each.tripwires and not _by_time(each, view)]
    if lasting:
        blocks.append(Paragraph(_lasting(lasting, view)))
    rest = sum(len(each.tripwires[IN_BODY:]) for each in view.watched)
    return [*blocks, Paragraph(Text(view.say.count("tripwires.rest", rest)))] if rest else blocks


def further_tripwires(view: View) -> list[Block]:
    """The tripwires that are farther away, for the appendix."""
    table = _table(view, lambda each: _alone(each.tripwires[IN_BODY:], view))
    return [view.heading(view.say("tripwires.further"), 1), *table] if table else []


def _explained(view: View) -> str:
    """What was tried; also that answers were moved on with time, where the rulebook says that some grow."""
    grows = any(question.grows_monthly for question in view.rulebook.questions.values())
    return "tripwires.explained_with_time" if grows else "tripwires.explained"


def _lasting(watched: Sequence[Watched], view: View) -> Text:
    """What no single answer ends; of a use also what would move its share."""
    recommendations = [each.recommendation for each in watched]
    titles = [_with_share(each, view) for each in watched if each.recommendation.kind != "step"]
    steps = [_action(each, view) for each in recommendations if each.kind == "step"]
    titles += [view.say.count("tripwires.step", len(steps), actions=view.say.in_row(steps))] if steps else []
    words = " ".join(view.say("tripwires.none", title=title) for title in titles)
    leading = verdict_finding(view)
    verdicts = [leading.id] if leading and any(each.kind == "verdict" for each in recommendations) else []
    rules = [*verdicts, *(rule for each in recommendations for rule in each.rules)]
    origin = view.origin_of_rules(*rules) if rules else _origin(recommendations[0], view)
    return Text(words, view.say("tripwires.none_lead"), origin)


def _with_share(watched: Watched, view: View) -> str:
    title, shared = _title(watched.recommendation, view), watched.shared
    if shared is None:
        return title
    label, when = view.label(shared.tripwire.change.question), _when(shared.tripwire, view)
    before, after = (view.say("patterns.percent", share=share) for share in (shared.before, shared.after))
    return view.say("tripwires.shared", title=title, before=before, after=after, label=label, when=when)


def _by_time(watched: Watched, view: View) -> list[_Ends]:
    """What time ends it by."""
    endings = (each for each in view.endings or () if each.recommendation == watched.recommendation)
    return [(change, ends_by_time(each, change, view)) for each in endings for change in each.changes]


def _alone(tripwires: Sequence[Tripwire], view: View) -> list[_Ends]:
    return [(tripwire.change, _when_exactly(tripwire, view)) for tripwire in tripwires]


def _table(view: View, chosen: Callable[[Watched], Sequence[_Ends]]) -> list[Block]:
    """A line for each recommendation, and below it one for each of the answers chosen that end it."""
    heads = ("answer", "now", "ends", "watches")
    rows: list[tuple[Text, ...]] = []
    for each in view.watched or ():
        ends = chosen(each)
        if ends:
            blank = (Text("") for _ in heads[1:])
            rows.append((Text("", _title(each.recommendation, view), _origin(each.recommendation, view)), *blank))
            rows += [_row(change, when, view) for change, when in ends]
    return [Table(tuple(Column(view.say(f"tripwires.{head}")) for head in heads), tuple(rows))] if rows else []


def _row(change: Change, when: str, view: View) -> tuple[Text, ...]:
    """An answer is watched by who can answer it, whatever rests on it: one answer has one watcher."""
    return (
        Text(view.label(change.question), origin=view.origin_of([change.question], ())),
        Text(view.worded(change.question, change.before)),
        Text(when),
        Text(view.say(f"who.{view.rulebook.questions[change.question].who}")),
    )


def _when(tripwire: Tripwire, view: View) -> str:
    change = tripwire.change
    return view.say(f"tripwires.{tripwire.way}", value=_value(change.question, change.after, view))


def _when_exactly(tripwire: Tripwire, view: View) -> str:
    """Also the number before, at which it still holds, as it may end anywhere between the two."""
    ends = _when(tripwire, view)
    if tripwire.held is None:
        return ends
    return view.say("tripwires.still_held", ends=ends, value=_value(tripwire.change.question, tripwire.held, view))


def _value(name: str, fact: Fact, view: View) -> str:
    words = view.worded(name, fact)
    return words if view.rulebook.scope[name].kind == "number" else view.say("word.quoted", words=words)


def _title(recommendation: Recommendation, view: View) -> str:
    match recommendation.kind:
        case "verdict":
            return view.say("tripwires.verdict", verdict=view.unit.verdict_title)
        case "pattern":
            return view.say("tripwires.pattern", use=use(recommendation.name, view))
        case _:
            return view.say.count("tripwires.step", 1, actions=_action(recommendation, view))


def _action(recommendation: Recommendation, view: View) -> str:
    return next(action(step, view) for step in _steps(recommendation, view))


def _steps(recommendation: Recommendation, view: View) -> Iterator[MergedStep]:
    return (step for step in merged_steps(view.unit, view.rulebook) if step.rules == recommendation.rules)


def _origin(recommendation: Recommendation, view: View) -> Origin | None:
    match recommendation.kind:
        case "verdict":
            return verdict_origin(view)
        case "pattern":
            return origin_of_support(result_of(recommendation.name, view), view)
        case _:
            return view.origin_of_rules(*recommendation.rules)
