"""Answers set aside: their question does not apply at present, so they stand as comments at the end of the file.

They count for nothing; an interview offers them again when the question applies again. A line can be deleted by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.profile.answers import read_answer
from advisor.profile.model import Answer, Frozen
from advisor.profile.render import answer_as_yaml, text_as_yaml
from advisor.profile.texts import one_line
from advisor.reading import Collector, InvalidInput, Scalar, compose
from advisor.reading import Mapping as MappingNode
from advisor.rulebook.questionnaire import Questionnaire

_LINE = re.compile(r"^# set aside: (\{.*\})[ \t]*\r?$", re.MULTILINE)


def answers_aside(text: str, unit: str, questions: Questionnaire) -> Frozen[Answer]:
    """The answers of a unit that were set aside; what cannot be read any more is passed over."""
    found = {}
    for match in _LINE.finditer(text):
        read = _read(match[1], questions)
        if read and read[0] == unit:
            found[read[1]] = read[2]
    return Frozen(found)


def unread_aside(text: str, questions: Questionnaire) -> list[str]:
    """The comments on answers set aside that cannot be read, such as those to questions that are not asked any more."""
    return [match[0].rstrip() for match in _LINE.finditer(text) if _read(match[1], questions) is None]


def write_aside(text: str, unit: str, changes: Mapping[str, Answer | None], questions: Questionnaire) -> str:
    """Set answers aside in the text of a profile, or forget that they were (None)."""

    def kept(match: re.Match[str]) -> str:
        read = _read(match[1], questions)
        return "" if read and read[0] == unit and read[1] in changes else match[0]

    newline = "\r\n" if "\r\n" in text else "\n"
    text = re.sub(_LINE.pattern + r"\n?", kept, text, flags=re.MULTILINE)
    added = [_written(unit, name, answer) for name, answer in changes.items() if answer is not None]
    if added and not text.endswith("\n"):
        text += newline
    return text + "".join(line + newline for line in added)


def _written(unit: str, name: str, answer: Answer) -> str:
    fields = f"unit: {text_as_yaml(unit)}, question: {name}, answer: {answer_as_yaml(answer)}"
    return f"# set aside: {{{fields}}}"


def _read(text: str, questions: Questionnaire) -> tuple[str, str, Answer] | None:
    problems = Collector()
    try:
        node = compose(text, "<comment>")
    except InvalidInput:
        return None
    if not isinstance(node, MappingNode):
        return None
    unit, written, answer = (node.get(key) for key in ("unit", "question", "answer"))
    if not (isinstance(unit, Scalar) and isinstance(written, Scalar) and answer):
        return None
    name = questions.renamed.get(written.text, written.text)
    if name not in questions:
        return None
    read = read_answer(answer, questions[name], problems)
    return (one_line(unit.text), name, read) if read and not len(problems) else None
