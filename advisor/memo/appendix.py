"""The appendix: every answer, every rule that fired, the sources, and what made the advice."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from advisor.advice import Advice
from advisor.advice.model import FindingResult
from advisor.advice.wording import label_and_name, shown
from advisor.memo.blocks import Block, Bullets, Column, Heading, PageBreak, Paragraph, Table, Text
from advisor.memo.citations import Citations
from advisor.memo.document import MemoOptions
from advisor.memo.tables import cells, in_unit
from advisor.memo.view import View
from advisor.phrases import Phrases
from advisor.profile import Answer
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Question, Source

_QUOTED = re.compile(r'"([^"]*)"')
_HEADS = ("question", "answer", "evidence", "note")


def answers_part(view: View) -> list[Block]:
    """Every answer with its state, evidence and source, in one table by section."""
    columns = tuple(Column(view.say(f"answers.{head}")) for head in _HEADS)
    blocks: list[Block] = [view.heading(view.say("answers.heading", unit=view.unit.unit))]
    if view.answers.about:
        blocks.append(Paragraph(Text(view.answers.about, view.say("answers.about"))))
    blocks += [Paragraph(Text(each, view.say("answers.notice"))) for each in view.unit.notices]
    rows: list[tuple[Text, ...]] = []
    asked = [each for each in view.rulebook.asked.values() if each.name in view.answers.answers]
    for section in view.rulebook.sections:
        found = [_answer(each, view.answers.answers[each.name], view) for each in asked if each.section == section.name]
        if found:
            rows += [(Text("", section.title), *(Text("") for _ in _HEADS[1:])), *found]
    return [*blocks, Table(columns, tuple(rows)) if rows else Paragraph(Text(view.say("answers.none")))]


def _answer(question: Question, answer: Answer, view: View) -> tuple[Text, ...]:
    evidence = view.say(f"evidence.{answer.evidence}") if answer.state == "answered" else ""
    evidence = view.say("answers.tried") if answer.tried is not None else evidence
    as_of = view.say.date(answer.as_of, "medium") if answer.as_of else None
    source = [part for part in (evidence, answer.source, as_of) if part]
    notes = [part for part in (answer.reason, answer.note) if part]
    return (
        Text(question.label or question.ask),
        Text(_in_words(answer, question, view)),
        Text(view.say("list.comma").join(source)),
        Text(" ".join(notes)),
    )


def _in_words(answer: Answer, question: Question, view: View) -> str:
    if question.name in view.unit.withheld:
        return view.say("answers.withheld")
    if answer.state != "answered":
        return view.say("word.not_known" if answer.state == "unknown" else "word.not_applicable")
    if question.type == "table" and isinstance(answer.value, tuple):
        rows = [row for row in answer.value if not isinstance(row, str)]
        return view.say.in_row([view.say("list.comma").join(cells(row, question, view)) for row in rows])
    words = view.value(question.name)
    if isinstance(answer.value, Decimal) and answer.low is not None and answer.high is not None:
        low, high = (in_unit(end, question, view) for end in (answer.low, answer.high))
        return view.say("answers.range", value=words, low=low, high=high)
    return words


def rules_part(view: View) -> list[Block]:
    """Every rule that fired, with its facts and sources."""
    heads = ("code", "rule", "severity", "facts", "sources")
    columns = tuple(Column(view.say(f"rules.{head}")) for head in heads)
    rows = tuple(_rule(each, view) for each in view.unit.findings)
    heading = view.heading(view.say.count("rules.heading", len(rows), unit=view.unit.unit))
    return [heading, Table(columns, rows)] if rows else [heading]


def _rule(finding: FindingResult, view: View) -> tuple[Text, ...]:
    facts = view.facts(finding)
    title = view.say("finding.provisional_word", words=finding.title) if finding.provisional else finding.title
    return (
        Text(finding.code or ""),
        Text(title),
        Text(view.say(f"severity.{finding.severity}")),
        Text(view.say.in_row(facts)),
        Text(view.say("list.comma").join(view.cite.all(finding.sources))),
    )


def sources_part(cite: Citations, say: Phrases) -> list[Block]:
    """What was cited: the claims of articles, then publications, each with how it was seen and what is disputed."""
    blocks: list[Block] = []
    for article, claims in cite.claims():
        blocks.append(Paragraph(Text(_described(article, say), say("sources.article", id=article.id))))
        blocks.append(Bullets(tuple(Text(claim.says, claim.id) for claim in claims)))
    publications = tuple(Text(_described(source, say), mark) for mark, source in cite.publications())
    if publications:
        blocks += [Heading(say("sources.publications"), 3), Bullets(publications)]
    return [Heading(say("sources.heading"), 2), *blocks] if blocks else []


@lru_cache(maxsize=1_000)
def _described(source: Source, say: Phrases) -> str:
    when = say.dated(source.when) if source.when else None
    seen = say(f"seen.{source.seen.replace(' ', '_')}")
    fields = (("who", source.who), ("where", source.where), ("when", when), ("seen", seen))
    told = (say(f"sources.{key}", words=words or say("sources.not_stated")) for key, words in fields)
    parts = [source.title, *told, source.note]
    words = " ".join(_closed(part) for part in parts if part)
    return _QUOTED.sub(lambda found: say("word.quoted", words=found[1]), words)


def _closed(part: str) -> str:
    return part if part.rstrip('"”“').endswith((".", "?", "!")) else f"{part}."


def record_part(advice: Advice, options: MemoOptions, say: Phrases) -> list[Block]:
    """What made the advice, on the last page: whoever has the same gets the same."""
    made, used, day = advice.document.made_with, advice.document.profile, advice.profile.engagement.date
    checked = say("record.checked", engine=made.checked_by) if made.checked_by else say("record.unchecked")
    rows = [
        ("record.advisor", made.advisor),
        ("record.engine", f"{made.engine}, {checked}"),
        ("record.rulebook", f"{made.rulebook.name} {made.rulebook.version}"),
        ("record.rulebook_digest", made.rulebook.digest),
        ("record.profile_digest", used.digest),
        ("record.date", day.isoformat() if day else say("record.no_date")),
        ("record.embedded", say("record.all" if options.embeds else "record.nothing")),
    ]
    tried = [f"{each.unit}: {each.question}={each.value}" for each in advice.document.tried]
    rows += [("record.tried", say.in_row(tried))] if tried else []
    rows += [("record.note", made.note)] if made.note else []
    currency, rulebook = advice.profile.organisation.currency, advice.rulebook
    changed = [_parameter(name, rulebook, currency, say) for name in advice.document.overridden]
    rows += [("record.overridden", say.in_row(changed))] if changed else []
    columns = (Column(say("record.item")), Column(say("record.value")))
    return [
        PageBreak(dense=True),
        Heading(say("record.heading"), 2),
        Table(columns, tuple((Text(say(key)), Text(value)) for key, value in rows)),
    ]


def _parameter(name: str, rulebook: Rulebook, currency: str | None, say: Phrases) -> str:
    """A parameter of a house view, by the name under which it stands in the rulebook."""
    parameter, value = rulebook.parameters[name], shown(name, rulebook, {}, currency)
    return say("record.parameter", parameter=label_and_name(name, rulebook), value=value, why=parameter.why)
