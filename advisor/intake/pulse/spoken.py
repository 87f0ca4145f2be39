"""What one person answered, cell by cell. Nothing of it is told: a problem names its place and what is wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.intake.content import Cell
from advisor.intake.questionnaire import Questionnaire
from advisor.intake.typed_cells import CellReader
from advisor.profile.model import Value
from advisor.profile.texts import one_line
from advisor.profile.values import read_value
from advisor.reading import Collector, InvalidInput, Node, Scalar
from advisor.reading import Sequence as SequenceNode
from advisor.rulebook import Question

_BETWEEN = re.compile(r"[\s,;|/]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Reads answers in any of the languages, that of the export first."""

    languages: Sequence[Questionnaire]
    problems: Collector

    def value(self, cell: Cell, name: str) -> Value | None:
        """The value of an answer; None where nobody answered, or where a problem was noted."""
        cell = replace(cell, content=one_line(str(cell.content)))
        if any(self._says_nothing(cell, asked) for asked in self.languages):
            return None
        for asked in self.languages:
            unheard = Collector()
            question = asked.titles.question(name)
            node = _node(cell, question, CellReader(asked, unheard))
            value = None if node is None or len(unheard) else _checked(node, question)
            if value is not None:
                return value
        self.problems.add(cell.place, "F002", f"{name}: this cannot be understood; {self._wanted(name)}")
        return None

    def _says_nothing(self, cell: Cell, asked: Questionnaire) -> bool:
        reader = CellReader(asked, Collector())
        word = str(cell.content).casefold().strip(" .")
        nothing = word in asked.texts.no_answer or not word.strip("-–—/")
        return nothing or reader.says(cell, "unknown") or reader.says(cell, "not_applicable")

    def _wanted(self, name: str) -> str:
        asked = self.languages[0]
        question = asked.titles.question(name)
        if question.type == "number":
            return asked.titles.reader.allowed(replace(question, unit=""))
        words = [asked.wording.yes_word, asked.wording.no_word] if question.type == "yes_no" else []
        return "; ".join([*words, *(choice.label for choice in question.choices)])


def _node(cell: Cell, question: Question, reader: CellReader) -> Node | None:
    if question.type == "number":
        return reader.number(cell, question)
    if question.type == "yes_no":
        return reader.yes_no(cell, question.name)
    if question.type == "choice":
        return reader.choice(cell, question)
    return _several(cell, question, reader)


def _several(cell: Cell, question: Question, reader: CellReader) -> Node | None:
    """Choices in one cell: labels may hold commas, so the longest that fits is taken again and again."""
    text = str(cell.content).casefold()
    if text in (reader.asked.texts.none_of_these, *reader.asked.wording.none_of_them):
        return SequenceNode((), cell.place)
    labels = {choice.label.casefold(): choice.value for choice in question.choices}
    known: Mapping[str, str] = labels | {value: value for value in labels.values()}
    chosen: dict[str, None] = {}
    while text:
        label = max((each for each in known if _begins(text, each)), key=len, default=None)
        if label is None:
            return None
        chosen[known[label]] = None
        text = _BETWEEN.sub("", text.removeprefix(label), count=1)
    return SequenceNode(tuple(Scalar(value, False, cell.place) for value in chosen), cell.place)


def _begins(text: str, label: str) -> bool:
    rest = text.removeprefix(label)
    return text.startswith(label) and (not rest or bool(_BETWEEN.match(rest)))


def _checked(node: Node, question: Question) -> Value | None:
    """The value within the bounds of the question; None where it is not."""
    unheard = Collector()
    try:
        value = read_value(node, question, unheard)
    except InvalidInput:
        return None
    return None if len(unheard) else value
