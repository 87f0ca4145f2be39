"""The first page on several units, which stands alone: the answer, reasons with figures, warning, decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.advice.model import FindingResult, stands_firm
from advisor.memo.across import MOST_NAMED, together
from advisor.memo.answer import decision
from advisor.memo.blocks import Block, Bullets, Callout, Decision, Heading, Kind, Origin, Paragraph, Text
from advisor.memo.reasons import Reason, three_reasons, told
from advisor.memo.summary import main_warning, no_warning, verdict_finding, verdict_origin
from advisor.memo.view import View
from advisor.phrases import Phrases
from advisor.rulebook import SEVERITIES


@dataclass(frozen=True, slots=True)
class _Seen:
    """A unit as the first page sees it."""

    view: View
    reasons: list[Reason]
    warning: FindingResult | None


def across_page(views: Sequence[View], say: Phrases) -> list[Block]:
    """The page on all units: how firm the answers are, what carries them, the gravest warning, what to decide."""
    # What is said here does not count as said in a unit's own part, which stands alone too.
    seen = [_seen(replace(view, said=set())) for view in views]
    reasons = _each_reason(seen) if len(seen) <= MOST_NAMED else _common_reasons(seen, say)
    return [
        Heading(say("summary.heading"), 2),
        _firmness(views, say),
        *([Bullets(tuple(reasons), numbered=True)] if reasons else []),
        _warning(seen, say),
        _decision(views, say),
    ]


def _seen(view: View) -> _Seen:
    reasons = three_reasons(view)
    return _Seen(view, reasons, main_warning(view, told(view, reasons)))


def _firmness(views: Sequence[View], say: Phrases) -> Paragraph:
    chosen = [view for view in views if view.unit.recommended]
    firm = [view for view in chosen if stands_firm(view.unit)]
    parts = [_of("across.carried", len(chosen), len(views), say)]
    parts += [_of("across.firm_count", len(firm), len(chosen), say)] if chosen else []
    origin = together(views, [verdict_origin(view) for view in views])
    return Paragraph(Text(" ".join(parts), origin=origin))


def _of(key: str, number: int, every: int, say: Phrases) -> str:
    return say(f"{key}.all", all=every) if 1 < number == every else say.count(key, number, all=every)


def _each_reason(seen: Sequence[_Seen]) -> list[Text]:
    """For each unit what carries its answer: the first reason, or the finding that its answer comes from."""
    return [text for each in seen if (text := _first_reason(each)).words]


def _first_reason(seen: _Seen) -> Text:
    view, lead = seen.view, seen.view.say("finding.lead", title=seen.view.unit.unit)
    if seen.reasons:
        return Text(seen.reasons[0].says, lead, seen.reasons[0].origin)
    finding = verdict_finding(view)
    return Text(view.says(finding), lead, view.origin(finding)) if finding else Text("", lead)


def _common_reasons(seen: Sequence[_Seen], say: Phrases) -> list[Text]:
    """The findings that carry the answers of most units."""
    carried = [(rule, each.view, reason) for each in seen for reason in each.reasons for rule in reason.rules]
    most = Counter(rule for rule, _, _ in carried).most_common(MOST_NAMED)
    return [_in_units([each[1:] for each in carried if each[0] == rule], len(seen), say) for rule, _ in most]


def _in_units(found: Sequence[tuple[View, Reason]], every: int, say: Phrases) -> Text:
    """A finding, how many units have it, and what it says of the first of them."""
    views, (first, reason) = [view for view, _ in found], found[0]
    words = say.count("across.reason", len(views), all=every, units=_named(views, say))
    words += " " + say("across.instance", unit=first.unit.unit, says=reason.says)
    origin = together(views, [each.origin for _, each in found])
    return Text(words, say("finding.lead", title=reason.title), origin)


def _named(views: Sequence[View], say: Phrases) -> str:
    """The first units by name, and how many more there are."""
    names = [view.unit.unit for view in views]
    if len(names) <= MOST_NAMED:
        return say.in_row(names)
    return say("across.and_more", units=say.in_row(names[:MOST_NAMED]), number=len(names) - MOST_NAMED)


def _warning(seen: Sequence[_Seen], say: Phrases) -> Callout:
    """The gravest warning of a unit, and in which other units there is a serious one."""
    warned = [(each.view, each.warning) for each in seen if each.warning]
    if not warned:
        return Callout("note", Text(*_no_warning([each.view for each in seen], say)))
    view, gravest = max(warned, key=lambda each: (SEVERITIES.index(each[1].severity), not each[1].provisional))
    others = [each for each, _ in warned if each is not view]
    lead, words = view.led(gravest, view.says(gravest), gravest.because, unit=view.unit.unit)
    lead = say(f"summary.warning_{gravest.severity}", lead=lead)
    words += " " + say.count("across.more_warnings", len(others), units=_named(others, say)) if others else ""
    kind: Kind = "warning" if gravest.severity == "warning" else "critical"
    origin = together([each for each, _ in warned], [each.origin(finding) for each, finding in warned])
    return Callout(kind, Text(words, lead, origin))


def unwarned(views: Sequence[View]) -> str:
    """The key of the sentence that no unit has a warning left: at all, or beyond what is told with its answer."""
    keys = {no_warning(view) for view in views}
    return keys.pop() if len(keys) == 1 else "no_more_warning"


def _no_warning(views: Sequence[View], say: Phrases) -> tuple[str, str, Origin | None]:
    """That none is raised, and in how many units that is no all-clear."""
    blind = sum(bool(view.unit.erosion.blind) for view in views)
    key = unwarned(views)
    words = [say("summary.no_warning" if key == "no_warning" else f"across.{key}")]
    words += [say.count("across.unseen", blind, all=len(views))] if blind else []
    return " ".join(words), say("summary.warning"), together(views, [view.origin_of_indicators() for view in views])


def _decision(views: Sequence[View], say: Phrases) -> Decision:
    """What is asked for each unit where they are few, otherwise that each unit's page asks it."""
    words = say("across.decide")
    if len(views) <= MOST_NAMED:
        asked = [(view.unit.unit, decision(view)) for view in views]
        words = " ".join(say("across.named", unit=unit, what=what) for unit, what in asked)
    blank = say("word.to_be_named")
    fields = ((say("summary.by_whom"), blank), (say("summary.by_when"), blank))
    origin = together(views, [verdict_origin(view) for view in views])
    return Decision(Text(words, say("summary.decision"), origin), fields)
