"""The preparations: status, both views, the gap between them, owner and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from advisor.advice.figures import apart
from advisor.advice.model import FindingResult, Number, PreparationResult
from advisor.advice.numbers import number
from advisor.memo.answer import named
from advisor.memo.blocks import Bar, BarPart, Block, Bullets, Chart, Column, Table, Text, Tone
from advisor.memo.charts import chart_of
from advisor.memo.view import View
from advisor.rulebook.model import NOT_ASSESSED, Preparation


def preparations_part(view: View) -> list[Block]:
    """The table, then what the findings add to it."""
    blocks: list[Block] = [view.heading(_headline(view)), *view.first_time("preparations.explained")]
    blocks += [*_chart(view), _table(view)]
    notes = tuple(_notes(view))
    return [*blocks, Bullets(notes)] if notes else blocks


def _headline(view: View) -> str:
    results = view.unit.preparations
    for status in ("missing", "not_assessed", "partial"):
        number = sum(each.status == status for each in results)
        if number:
            words = named(view, status)
            key = "all" if number == len(results) else "one" if number == 1 else "many"
            return view.say(f"preparations.{status}.{key}", number=number, all=len(results), preparations=words)
    return view.say("preparations.in_place", all=len(results))


def _chart(view: View) -> list[Chart]:
    """How far managers and staff are apart, once a view is known; where none is, a preparation has no bar."""
    results = [each for each in view.unit.preparations if each.manager is not None or each.staff is not None]
    if not results:
        return []
    key: dict[Tone, str] = {
        "full": view.say("chart.both"),
        "open": view.say("chart.one_view"),
        "lost": view.say("chart.higher"),
    }
    return chart_of(_gap_title(results, view), [_bar(each, view) for each in results], key, view.say, whole=100)


def _gap_title(results: Sequence[PreparationResult], view: View) -> str:
    gaps = [(abs(gap), each) for each in results if (gap := _apart(each)) is not None]
    if not gaps:
        return view.say("chart.alone")
    widest, result = max(gaps, key=lambda each: each[0])
    if not widest:
        return view.say("chart.agree")
    return view.say.count("chart.apart", widest, preparation=result.title)


def _bar(result: PreparationResult, view: View) -> Bar:
    preparation = _preparation(result, view)
    managers = _whole(result.manager, preparation.manager_view, view)
    staff = _whole(result.staff, preparation.staff_view, view)
    views = sorted(float(each) for each in (result.manager, result.staff) if each is not None)
    lower, higher = views[0], views[-1]
    alone = len(views) == 1
    parts = (BarPart(lower, "open"),) if alone else (BarPart(lower, "full"), BarPart(higher - lower, "lost"))
    return Bar(result.title, view.say("chart.views", managers=managers, staff=staff), parts)


def _preparation(result: PreparationResult, view: View) -> Preparation:
    return next(each for each in view.rulebook.frame.preparations if each.name == result.preparation)


def _whole(score: Number | None, name: str, view: View) -> str:
    """A score in whole points; where only its limits are known, those."""
    return view.value(name) if score is None else view.support(score, score)


def _table(view: View) -> Table:
    heads = ("preparation", "question", "status", "managers", "staff", "gap", "owner", "date")
    right = ("managers", "staff", "gap")
    columns = tuple(Column(view.say(f"preparations.{head}"), "right" if head in right else "left") for head in heads)
    return Table(columns, tuple(_row(each, view) for each in view.unit.preparations))


def _row(result: PreparationResult, view: View) -> tuple[Text, ...]:
    preparation = _preparation(result, view)
    findings = [each for each in view.unit.findings if each.id in result.rules or _is_about(each, preparation, view)]
    blank, is_done = view.say("word.to_be_named"), result.status == "in_place" and not result.provisional
    status = view.say(f"status.{result.status}")
    if result.provisional:
        status = view.say("finding.provisional_word", words=status)
    return (
        Text(result.title, origin=view.origin(*findings) if findings else None),
        Text(preparation.question),
        Text(status),
        Text(view.value(preparation.manager_view)),
        Text(view.value(preparation.staff_view)),
        Text(_gap(result, view)),
        Text(_role(result, view) or (view.say("preparations.no_owner") if is_done else blank)),
        Text(view.say("preparations.no_date") if is_done else blank),
    )


def _gap(result: PreparationResult, view: View) -> str:
    """By how much managers rate it above staff, in points."""
    gap = _apart(result)
    return view.say("word.not_known") if gap is None else view.say.count("preparations.points", gap)


def _apart(result: PreparationResult) -> Number | None:
    if result.manager is None or result.staff is None:
        return None
    managers, staff = (Fraction(str(each)) for each in (result.manager, result.staff))
    return number(apart(managers, staff))


def _role(result: PreparationResult, view: View) -> str:
    """The role that the rules name for it, and that the person is still to be named."""
    roles = [each.remedy.owner for each in view.unit.findings if each.id in result.rules and each.remedy]
    return view.say("summary.role", role=roles[0], name=view.say("word.to_be_named")) if roles else ""


def _notes(view: View) -> Iterator[Text]:
    """What the findings add; that nobody has assessed one is in the table already."""
    unknown = [each.preparation for each in view.unit.preparations if each.status == NOT_ASSESSED]
    open_ = [each for each in view.rulebook.frame.preparations if each.name in unknown]
    taken = view.findings("preparations", least="advice")
    told = [each for each in taken if not any(_is_about(each, preparation, view) for preparation in open_)]
    yield from view.told(told, lambda each: (view.says(each), each.because))


def _is_about(finding: FindingResult, preparation: Preparation, view: View) -> bool:
    """Whether what a finding asks for is about this preparation."""
    remedy = view.rulebook.rules[finding.id].remedy
    return remedy is not None and remedy.about is not None and remedy.about == preparation.word
