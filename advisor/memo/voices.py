"""Who says what where several were asked, what counts of it, and whose view would turn the advice."""

from __future__ import annotations

from advisor.advice.model import VoiceAdvice
from advisor.memo.blocks import Block, Bullets, Column, Paragraph, Table, Text
from advisor.memo.changes import becomes
from advisor.memo.view import View
from advisor.profile import Answer
from advisor.profile.facts import fact_of
from advisor.profile.voices import HeardQuestion
from advisor.profile.voices import View as Said
from advisor.rulebook.model import Respondent

_ROLES: tuple[Respondent, ...] = ("manager", "staff", "data_owner")


def voices_part(view: View) -> list[Block]:
    """The questions on which voices differ, in a table; nothing where nobody was asked beside the record."""
    if not view.voices:
        return []
    differing = [each for each in view.voices if each.differs]
    minimum = view.value(staff.minimum) if (staff := view.rulebook.frame.staff_answers) else ""
    blocks: list[Block] = [
        view.heading(view.say.count("voices.heading", len(differing), all=len(view.voices))),
        Paragraph(Text(view.say("voices.explained", minimum=minimum) if minimum else view.say("voices.explained_any"))),
    ]
    heads = ("question", *_ROLES, "counts")
    if differing:
        columns = tuple(Column(view.say(f"voices.{head}")) for head in heads)
        blocks.append(Table(columns, tuple(_row(each, view) for each in differing)))
    alone = tuple(Text(_alone(each, view)) for each in view.unit.by_voice)
    return [*blocks, Bullets(alone)] if alone else blocks


def _row(heard: HeardQuestion, view: View) -> tuple[Text, ...]:
    said = {each.role: each for each in heard.views}
    cells = [_said(heard.question, said[role], view) if role in said else "" for role in _ROLES]
    return (Text(view.label(heard.question)), *map(Text, cells), Text(_counts(heard, view)))


def _said(name: str, said: Said, view: View) -> str:
    """What a role says, and of staff how many people it is."""
    if said.standing == "withheld":
        return view.say("answers.withheld")
    words = view.say("voices.divided") if said.answer is None else _worded(name, said.answer, view)
    if said.role != "staff":
        return words
    most = max((said.tally or {}).values(), default=0)
    key = "voices.some_of" if most and said.answer is not None else "voices.people"
    return view.say(key, words=words, most=most, people=said.people)


def _worded(name: str, answer: Answer, view: View) -> str:
    return view.worded(name, fact_of(answer, view.rulebook.scope[name]))


def _counts(heard: HeardQuestion, view: View) -> str:
    if heard.answer is None:
        return view.say(f"counts.{heard.counts}")
    why = f"combine.{view.rulebook.questions[heard.question].combined_by}"
    how = view.say("counts.recorded" if heard.counts == "recorded" else why)
    return view.say("voices.how", words=_worded(heard.question, heard.answer, view), how=how)


def _alone(voice: VoiceAdvice, view: View) -> str:
    role = view.say(f"who.{voice.role}")
    if voice.changes is None:
        return view.say("voices.impossible", role=role)
    changes = [becomes(change.outcome, change.then, view) for change in voice.changes]
    if not changes:
        return view.say("voices.same", role=role)
    return view.say("voices.alone", role=role, changes=view.say.listed(changes))
