"""The appendix: every answer, every rule that fired, the sources, and what made the advice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from advisor.advice import Advice
from advisor.advice.model import FindingResult
from advisor.advice.wording import DOES_NOT_APPLY, NOT_KNOWN
from advisor.advice.wording import with_unit as in_unit
from advisor.memo.blocks import Block, Bullets, Column, Heading, PageBreak, Paragraph, Table, Text
from advisor.memo.citations import Citations
from advisor.memo.document import MemoOptions
from advisor.memo.phrases import Phrases
from advisor.memo.tables import cells, number
from advisor.memo.view import View
from advisor.profile import Answer
from advisor.rulebook.model import Question, Source

_HEADS = ("question", "answer", "evidence", "note")


def answers_part(view: View) -> list[Block]:
    """Every answer with its state, evidence and source, in one table by section."""
    columns = tuple(Column(view.say(f"answers.{head}")) for head in _HEADS)
    blocks: list[Block] = [view.heading(view.say("answers.heading", unit=view.unit.unit))]
    if view.answers.about:
        blocks.append(Paragraph(Text(view.answers.about, view.say("answers.about"))))
    blocks += [Paragraph(Text(each, view.say("answers.notice"))) for each in view.unit.notices]
    rows: list[tuple[Text, ...]] = []
    for section in view.rulebook.sections:
        found = [_answer(name, answer, view) for name, answer in _answers_of(section.name, view)]
        if found:
            rows += [(Text("", section.title), *(Text("") for _ in _HEADS[1:])), *found]
    return [*blocks, Table(columns, tuple(rows)) if rows else Paragraph(Text(view.say("answers.none")))]


def _answers_of(section: str, view: View) -> Iterator[tuple[str, Answer]]:
    for name, question in view.rulebook.questions.items():
        if question.section == section and name in view.answers.answers:
            yield name, view.answers.answers[name]


def _answer(name: str, answer: Answer, view: View) -> tuple[Text, ...]:
    question = view.rulebook.questions[name]
    evidence = view.say(f"evidence.{answer.evidence}") if answer.state == "answered" else ""
    evidence = view.say("answers.tried") if answer.tried is not None else evidence
    as_of = answer.as_of.isoformat() if answer.as_of else None
    source = [part for part in (evidence, answer.source, as_of) if part]
    notes = [part for part in (answer.reason, answer.note) if part]
    return (
        Text(question.label or question.ask),
        Text(_in_words(answer, question, view)),
        Text(", ".join(source)),
        Text(" ".join(notes)),
    )


def _in_words(answer: Answer, question: Question, view: View) -> str:
    if question.name in view.unit.withheld:
        return view.say("answers.withheld")
    if answer.state != "answered":
        return NOT_KNOWN if answer.state == "unknown" else DOES_NOT_APPLY
    if question.type == "table" and isinstance(answer.value, tuple):
        return view.say.in_row(
            [", ".join(cells(row, question, view.say)) for row in answer.value if not isinstance(row, str)]
        )
    words = view.value(question.name)
    if isinstance(answer.value, Decimal) and answer.low is not None and answer.high is not None:
        low, high = (
            in_unit(number(end, question), question.unit, view.rulebook, view.currency)
            for end in (answer.low, answer.high)
        )
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
        Text(", ".join(view.cite.all(finding.sources))),
    )


def sources_part(cite: Citations, say: Phrases) -> list[Block]:
    """What was cited: the claims of articles, then publications, each with how it was seen and what is disputed."""
    blocks: list[Block] = [Heading(say("sources.heading"), 2)]
    for article, claims in cite.claims():
        blocks.append(Paragraph(Text(_described(article, say), say("sources.article", id=article.id))))
        blocks.append(Bullets(tuple(Text(claim.says, claim.id) for claim in claims)))
    publications = tuple(Text(_described(source, say), mark) for mark, source in cite.publications())
    if publications:
        blocks += [Heading(say("sources.publications"), 3), Bullets(publications)]
    return blocks


def _described(source: Source, say: Phrases) -> str:
    fields = (("who", source.who), ("where", source.where), ("when", source.when), ("seen", source.seen))
    parts = [source.title, *(say(f"sources.{key}", words=words) for key, words in fields), source.note]
    return " ".join(_closed(part) for part in parts if part)


def _closed(part: str) -> str:
    return part if part.endswith((".", "?", "!", '."')) else f"{part}."


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
    parameters = advice.rulebook.parameters
    changed = [
        f"{name} = {parameters[name].value} {parameters[name].unit}. {parameters[name].why}".replace(" .", ".")
        for name in advice.document.overridden
    ]
    rows += [("record.overridden", say.in_row(changed))] if changed else []
    columns = (Column(say("record.item")), Column(say("record.value")))
    return [
        PageBreak(),
        Heading(say("record.heading"), 2),
        Table(columns, tuple((Text(say(key)), Text(value)) for key, value in rows)),
    ]
