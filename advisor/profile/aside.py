"""Answers set aside: their question does not apply at present, so they stand as comments at the end of the file.

They count for nothing; an interview offers them again when the question applies again. A line can be deleted by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from advisor.profile.answers import read_answer
from advisor.profile.model import Answer, Frozen
from advisor.profile.render import answer_as_yaml, text_as_yaml
from advisor.profile.speaker import Speaker
from advisor.profile.texts import one_line
from advisor.reading import Collector, InvalidInput, Scalar, compose
from advisor.reading import Mapping as MappingNode
from advisor.rulebook.questionnaire import Questionnaire

_LINE = re.compile(r"^# set aside: (\{.*\})[ \t]*\r?$", re.MULTILINE)


def answers_aside(text: str, unit: str, questions: Questionnaire, speaker: Speaker | None = None) -> Frozen[Answer]:
    """The answers of a unit, or of one person of it, that were set aside; what cannot be read is passed over."""
    found = {}
    for match in _LINE.finditer(text):
        read = _read(match[1], questions)
        if read and read.is_of(unit, speaker):
            found[read.question] = read.answer
    return Frozen(found)


def unread_aside(text: str, questions: Questionnaire) -> list[str]:
    """The comments on answers set aside that cannot be read, such as those to questions that are not asked any more."""
    return [match[0].rstrip() for match in _LINE.finditer(text) if _read(match[1], questions) is None]


def write_aside(
    text: str,
    unit: str,
    changes: Mapping[str, Answer | None],
    questions: Questionnaire,
    speaker: Speaker | None = None,
) -> str:
    """Set answers aside in the text of a profile, or forget that they were (None)."""

    def kept(match: re.Match[str]) -> str:
        read = _read(match[1], questions)
        forgotten = read and read.is_of(unit, speaker) and read.question in changes
        return "" if forgotten else match[0]

    newline = "\r\n" if "\r\n" in text else "\n"
    text = re.sub(_LINE.pattern + r"\n?", kept, text, flags=re.MULTILINE)
    added = [_written(unit, speaker, name, answer) for name, answer in changes.items() if answer is not None]
    if added and not text.endswith("\n"):
        text += newline
    return text + "".join(line + newline for line in added)


def _written(unit: str, speaker: Speaker | None, name: str, answer: Answer) -> str:
    who = f"unit: {text_as_yaml(unit)}" + (f", respondent: {speaker}" if speaker else "")
    return f"# set aside: {{{who}, question: {name}, answer: {answer_as_yaml(answer)}}}"


class _Aside(NamedTuple):
    """An answer that was set aside, of a unit or of one person of it."""

    unit: str
    speaker: Speaker | None
    question: str
    answer: Answer

    def is_of(self, unit: str, speaker: Speaker | None) -> bool:
        """Whether it is of this unit, whose name may be written otherwise, and of this person (None: recorded)."""
        return self.unit.casefold() == unit.casefold() and self.speaker == speaker


def _read(text: str, questions: Questionnaire) -> _Aside | None:
    problems = Collector()
    try:
        node = compose(text, "<comment>")
    except InvalidInput:
        return None
    if not isinstance(node, MappingNode):
        return None
    unit, who, written, answer = (node.get(key) for key in ("unit", "respondent", "question", "answer"))
    if not (isinstance(unit, Scalar) and isinstance(written, Scalar) and answer):
        return None
    name = questions.renamed.get(written.text, written.text)
    speaker = Speaker.read(who.text) if isinstance(who, Scalar) else None
    if name not in questions or (who is not None and speaker is None):
        return None
    read = read_answer(answer, questions[name], problems)
    return _Aside(one_line(unit.text), speaker, name, read) if read and not len(problems) else None
