"""The patterns side by side: support, terms, what holds them down or out, shares and money."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from advisor.advice.figures import worth, worth_notes
from advisor.advice.model import Number, PatternResult, TermResult
from advisor.memo.answer import pattern_of, result_of
from advisor.memo.blocks import (
    Bar,
    BarPart,
    Block,
    Bullets,
    Chart,
    Column,
    Heading,
    Origin,
    Paragraph,
    ReferenceLine,
    Table,
    Text,
    Tone,
)
from advisor.memo.charts import chart_of
from advisor.memo.view import View

_NUMBERS = ("weight", "points")


def patterns_part(view: View) -> list[Block]:
    """The comparison, how a tie was decided, and one table of terms per pattern."""
    marks = view.rulebook.frame.selection
    explained = view.first_time("patterns.explained", floor=view.value(marks.floor), reach=view.value(marks.reach))
    blocks: list[Block] = [view.heading(_headline(view)), *explained]
    blocks += [*_chart(view), _side_by_side(view)]
    tie = _tie(view)
    blocks += [Paragraph(tie)] if tie else []
    notes = Text(" ".join(filter(None, _money_notes(view))), view.say("patterns.worth_lead"), _origin_of_worth(view))
    blocks += [Paragraph(notes)] if notes.words else []
    limits = tuple(_limits(view))
    blocks += [Bullets(limits)] if limits else []
    for each in view.unit.patterns:
        blocks += [_heading(each, view), *_terms(each, view)]
    return blocks


def _headline(view: View) -> str:
    if view.unit.recommended:
        first = result_of(view.unit.recommended[0], view)
        others = [
            each.low
            for each in view.unit.patterns
            if each is not first and each.low is not None and not each.excluded_by
        ]
        key = "patterns.heading" if others else "patterns.heading_alone"
        best_other = max(others, default=None)
        return view.say(
            key, pattern=first.title, low=view.support(first.low, first.low), next=view.support(best_other, best_other)
        )
    best = max((each.low for each in view.unit.patterns if each.low is not None), default=None)
    if not best:
        return view.say("patterns.heading_open" if best is None else "patterns.heading_nothing")
    floor = view.value(view.rulebook.frame.selection.floor)
    return view.say("patterns.heading_none", low=view.support(best, best), floor=floor)


def _chart(view: View) -> list[Chart]:
    """The support of each pattern and what is still possible, once something is known of one."""
    results = [each for each in view.unit.patterns if each.low is not None and each.high is not None]
    if not any(each.low for each in results):
        return []
    name = view.rulebook.frame.selection.floor
    least = float(view.rulebook.parameters[name].value)
    carried = [each.title for each in results if (each.low or 0) >= least and not each.excluded_by]
    uses = view.say.listed([view.say("word.quoted", words=title) for title in carried])
    title = view.say.count("chart.patterns", len(carried), all=len(view.unit.patterns), uses=uses)
    bars = [_bar(each, view) for each in results]
    key: dict[Tone, str] = {
        "full": view.say("chart.known"),
        "open": view.say("chart.possible"),
        "lost": view.say("chart.excluded"),
    }
    line = ReferenceLine(view.say("chart.floor", floor=view.value(name)), least)
    return chart_of(title, bars, key, view.say, [line], whole=100)


def _bar(result: PatternResult, view: View) -> Bar:
    low, high = float(result.low or 0), float(result.high or 0)
    shown = _support(result, view)
    if result.excluded_by:
        shown = view.say("chart.with", shown=shown, remark=view.say("patterns.excluded"))
    known = BarPart(low, "lost" if result.excluded_by else "full")
    return Bar(result.title, shown, (known, BarPart(high - low, "open")))


def _side_by_side(view: View) -> Table:
    results = view.unit.patterns
    nothing = {view.say("patterns.no_share"), view.say("patterns.no_hours")}
    lines: list[tuple[str, Callable[[PatternResult], Text]]] = [
        ("means", lambda each: Text(pattern_of(each.pattern, view).means)),
        ("support", lambda each: Text(_support(each, view), origin=origin_of_support(each, view))),
        ("standing", lambda each: Text(_standing(each, view))),
        ("share", lambda each: Text(_share(each, view))),
        ("money", lambda each: Text(_money(each, view))),
    ]
    columns = (Column(view.say("patterns.column")), *(Column(each.title) for each in results))
    cells = {key: [cell(each) for each in results] for key, cell in lines}
    told = {key: texts for key, texts in cells.items() if not {text.words for text in texts} <= nothing}
    return Table(columns, tuple((Text(view.say(f"patterns.{key}")), *texts) for key, texts in told.items()))


def origin_of_support(result: PatternResult, view: View) -> Origin | None:
    """The answers and sources behind the points of a pattern; none where nothing is known of it."""
    names = sorted(frozenset().union(*view.known.rests_of_terms(result.pattern)))
    score = view.rulebook.scores[result.pattern]
    return view.origin_of(names, (source for term in score.terms for source in term.sources)) if names else None


def _share(result: PatternResult, view: View) -> str:
    if not result.share_pct:
        return view.say("patterns.no_share")
    return view.say("patterns.percent", share=view.figure(result.share_pct))


def _support(result: PatternResult, view: View) -> str:
    if result.low is None:
        return view.say("patterns.not_assessable")
    return view.say("patterns.of_100", points=view.support(result.low, result.high))


def _standing(result: PatternResult, view: View) -> str:
    if result.excluded_by:
        return view.say("patterns.excluded")
    if result.pattern in view.unit.recommended:
        place = view.unit.recommended.index(result.pattern)
        return view.say("patterns.first" if place == 0 else "patterns.in_mix")
    return view.say("patterns.not_chosen" if result.low is not None else "patterns.not_assessable")


def _money(result: PatternResult, view: View) -> str:
    if result.share_pct is None:
        return view.say("patterns.no_hours")
    if pattern_of(result.pattern, view).worth is None:
        return view.say("patterns.no_money")
    if result.money_per_year is None:
        return view.say("word.not_known")
    return worth(result, view.figures)


def _money_notes(view: View) -> Iterator[str]:
    """How the worth of a share was computed, and what that takes for granted."""
    for each in view.unit.patterns:
        if each.money_per_year is not None:
            computed, assumed = worth_notes(each, view.figures)
            yield computed
            yield view.fresh(assumed)


def _origin_of_worth(view: View) -> Origin | None:
    """What the worth of the shares rests on."""
    patterns = [pattern_of(each.pattern, view) for each in view.unit.patterns if each.money_per_year is not None]
    return view.origin_of_names(*(pattern.worth for pattern in patterns if pattern.worth))


def _tie(view: View) -> Text | None:
    """How it was decided which of two uses leads."""
    decided, names, selection = view.unit.decided_by, view.unit.recommended, view.rulebook.frame.selection
    if decided == "first" and selection.first:
        words = view.fresh(selection.first.says)
        return Text(words, origin=view.origin_of_rules(*_holding(selection.first.when, view))) if words else None
    if decided not in ("money", "order") or len(names) < 2:
        return None
    window = view.value(selection.tie_window)
    first, second = (result_of(name, view) for name in names[:2])
    said = {"first": first.title, "second": second.title, "window": window}
    if decided == "order":
        origin = view.origin_of((), view.rulebook.parameters[selection.tie_window].sources)
        return Text(view.say("patterns.tie_order", **said), origin=origin)
    worths = [pattern_of(each.pattern, view).worth or "" for each in (first, second)]
    more, less = (view.value(worth) for worth in worths)
    words = view.say("patterns.tie_money", **said, more=more, less=less)
    return Text(words, origin=view.origin_of_names(*worths))


def _holding(finding: str, view: View) -> list[str]:
    """The rules that conclude a finding and hold."""
    return [rule for rule in view.rulebook.findings[finding] if view.known.evaluation.truth[rule] is True]


def _limits(view: View) -> Iterator[Text]:
    """What holds a pattern out or down, or could."""
    rules = view.rulebook.rules

    def quoted(names: Iterable[str]) -> str:
        return view.say.listed([view.say("word.quoted", words=rules[name].title) for name in names])

    for each in view.unit.patterns:
        parts = []
        for key, names in (("excluded_by", each.excluded_by), ("may_exclude", each.open_exclusions)):
            if names:
                parts.append(view.say(f"patterns.{key}", titles=quoted(names)))
        held: dict[tuple[str, Number], list[str]] = {}
        for cap in each.caps:
            key = "patterns.may_cap" if cap.open else "patterns.capped"
            held.setdefault((key, cap.at), []).append(cap.rule)
        parts += [view.say(key, at=view.figure(at), titles=quoted(names)) for (key, at), names in held.items()]
        if parts:
            behind = (*each.excluded_by, *each.open_exclusions, *(cap.rule for cap in each.caps))
            yield Text(" ".join(parts), view.say("finding.lead", title=each.title), view.origin_of_rules(*behind))


def _heading(result: PatternResult, view: View) -> Heading:
    return view.heading(view.say("patterns.terms", pattern=result.title, support=_support(result, view)), 1)


def _terms(result: PatternResult, view: View) -> list[Block]:
    """A table of the terms on which something is known, and the others in a sentence."""
    heads = ("term", "weight", "points", "facts")
    columns = tuple(Column(view.say(f"patterns.{head}"), "right" if head in _NUMBERS else "left") for head in heads)
    rows, open_ = [], []
    behind, models = view.known.rests_of_terms(result.pattern), view.rulebook.scores[result.pattern].terms
    for term, answers, model in zip(result.terms, behind, models, strict=True):
        if term.low == 0 and not any(view.is_known(name) for name in term.facts):
            open_.append(view.say.count("patterns.up_to", term.high or 0, label=term.label))
        else:
            rows.append(_term(term, view.origin_of(sorted(answers), model.sources), view))
    table: list[Block] = [Table(columns, tuple(rows))] if rows else []
    return [*table, Paragraph(Text(view.say("patterns.open_terms", terms=view.say.in_row(open_))))] if open_ else table


def _term(term: TermResult, origin: Origin, view: View) -> tuple[Text, ...]:
    points = view.say("word.not_applicable") if term.low is None else view.span(term.low, term.high)
    facts = view.say.in_row([view.fact(name) for name in term.facts])
    return Text(term.label, origin=origin), Text(view.figure(term.weight)), Text(points), Text(facts)
