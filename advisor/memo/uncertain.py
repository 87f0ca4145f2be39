"""What the advice takes for granted, and what it does not know."""

from __future__ import annotations

from advisor.advice.asking import deciding
from advisor.advice.assumptions import assumed
from advisor.advice.model import OpenQuestion
from advisor.memo.blocks import Block, Bullets, Column, Origin, Paragraph, Table, Text
from advisor.memo.view import View

IN_BODY = 10
_TITLES = 2


def assumptions_part(view: View) -> list[Block]:
    """The assumptions, and the weakest evidence."""
    unit = view.unit
    blocks: list[Block] = [view.heading(view.say.count("assumptions.heading", len(unit.assumptions)))]
    sources = assumed(view.known, view.currency)
    items = tuple(Text(each, origin=_taken_from(sources[each], view)) for each in unit.assumptions)
    blocks.append(Bullets(items) if items else Paragraph(Text(view.say("assumptions.none"))))
    if unit.weakest_evidence:
        words = view.say("assumptions.weakest", evidence=view.say(f"evidence.{unit.weakest_evidence}"))
        blocks.append(Paragraph(Text(words)))
    return blocks


def _taken_from(sources: tuple[str, ...], view: View) -> Origin | None:
    return view.origin_of((), sources) if sources else None


def open_questions_part(view: View) -> list[Block]:
    """The open questions that decide most."""
    questions = view.open_questions
    key = "open.heading_most" if len(questions) > IN_BODY else "open.heading"
    blocks: list[Block] = [view.heading(view.say.count(key, len(questions)))]
    if not questions:
        return [*blocks, Paragraph(Text(view.say("open.none")))]
    blocks += [
        *view.first_time("open.explained_outlook" if deciding(view.outlook) else "open.explained"),
        _table(questions[:IN_BODY], view),
    ]
    rest = len(questions) - IN_BODY
    return [*blocks, Paragraph(Text(view.say.count("open.rest", rest)))] if rest > 0 else blocks


def further_questions(view: View) -> list[Block]:
    """The other open questions for the appendix, gathered by subject and by who can answer."""
    rest = {each.question: each for each in view.open_questions[IN_BODY:]}
    rows = []
    for section in view.rulebook.sections:
        asked = [
            rest[name]
            for name, each in view.rulebook.questions.items()
            if each.section == section.name and name in rest
        ]
        for who in dict.fromkeys(each.who for each in asked):
            named = view.say.in_row(
                [_marked(view.label(each.question), each, view) for each in asked if each.who == who]
            )
            rows.append((Text(section.title), Text(view.say(f"who.{who}")), Text(named)))
    columns = tuple(Column(view.say(f"open.{head}")) for head in ("subject", "who", "questions"))
    return [view.heading(view.say("open.further"), 1), Table(columns, tuple(rows))] if rows else []


def _marked(words: str, open_: OpenQuestion, view: View) -> str:
    """A question, with a mark where it was asked already."""
    if open_.state == "not_asked":
        return words
    return view.say("open.marked", question=words, state=view.say(f"state.{open_.state}"))


def _table(questions: list[OpenQuestion], view: View) -> Table:
    columns = tuple(Column(view.say(f"open.{head}")) for head in ("question", "who", "decides"))
    return Table(columns, tuple(_row(each, view) for each in questions))


def _row(open_: OpenQuestion, view: View) -> tuple[Text, ...]:
    return (
        Text(_marked(view.rulebook.questions[open_.question].ask, open_, view)),
        Text(view.say(f"who.{open_.who}")),
        Text(_decides(open_, view)),
    )


def _decides(open_: OpenQuestion, view: View) -> str:
    """Points of pattern scores, then findings by their titles."""
    titles = {each.pattern: each.title for each in view.unit.patterns}
    parts = [view.say.count("open.points", points, pattern=titles[pattern]) for pattern, points in open_.points.items()]
    rules = list(dict.fromkeys(view.rulebook.rules[rule].title for rule in open_.waits))
    if rules:
        more = len(rules) - _TITLES
        key = "open.rules_more" if more > 0 else "open.rules"
        parts.append(view.say(key, titles=view.say.in_row(rules[:_TITLES]), number=more))
    return view.say.in_row(parts)
