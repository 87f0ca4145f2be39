"""The texts of a rulebook in other languages, keyed by the entries they belong to; stored values never change.

A language without texts is the one in which the rulebook itself is written: it says only how units are written.
Texts that a language lacks stay as the rulebook has them; the lint lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Annotated

from advisor.rulebook.field_types import NOT_EMPTY, Text, Word, part
from advisor.rulebook.model import Choice, Column, Question, Section
from advisor.rulebook.questionnaire import Questionnaire

if TYPE_CHECKING:
    from advisor.rulebook.rulebook import Rulebook

CURRENCY = "{currency}"
"""Stands among the words of a unit of money for the currency of the profile."""


@part
class UnitWords:
    """How a unit is asked for (`says`, as in "in minutes"), and the words that may follow a number.

    `after` is what stands behind a number that is shown, where that is not the same: "in months" in German is
    "in Monaten", but five of them are "5 Monate".
    """

    says: Text
    after: Text | None = None
    words: Annotated[tuple[Text, ...], NOT_EMPTY]


@part
class ColumnTexts:
    """The texts of a column; choices by their stored value."""

    label: Text
    choices: dict[Word, Text] = field(default_factory=dict)


@part
class QuestionTexts:
    """The texts of a question; choices by their stored value."""

    label: Text | None = None
    ask: Text
    help: Text
    choices: dict[Word, Text] = field(default_factory=dict)
    columns: dict[Word, ColumnTexts] = field(default_factory=dict)


@part
class Language:
    """A language: its code (`de`), its own name, and texts by the name of the entry that they translate."""

    code: Word
    name: Text
    units: dict[str, UnitWords] = field(default_factory=dict)
    questions: dict[Word, QuestionTexts] = field(default_factory=dict)
    sections: dict[Word, Text] = field(default_factory=dict)
    patterns: dict[Word, Text] = field(default_factory=dict)
    preparations: dict[Word, Text] = field(default_factory=dict)
    verdicts: dict[Word, Text] = field(default_factory=dict)
    erosion: dict[Word, Text] = field(default_factory=dict)
    measures: dict[Word, Text] = field(default_factory=dict)
    rules: dict[str, Text] = field(default_factory=dict)

    def has_texts(self) -> bool:
        """Whether it translates anything."""
        return bool(self.questions)

    def question(self, question: Question) -> Question:
        """The question with the texts of this language, as far as there are any."""
        texts = self.questions.get(question.name)
        if texts is None:
            return question
        columns = tuple(_column(column, texts.columns.get(column.name)) for column in question.columns)
        return replace(
            question,
            label=texts.label or question.label,
            ask=texts.ask,
            help=texts.help,
            choices=_choices(question.choices, texts.choices),
            columns=columns,
        )

    def questionnaire(self, asked: Questionnaire) -> Questionnaire:
        """All questions with the texts of this language."""
        return replace(asked, questions={name: self.question(question) for name, question in asked.items()})

    def section(self, section: Section) -> Section:
        """The section with its title in this language."""
        return replace(section, title=self.sections.get(section.name, section.title))


def _column(column: Column, texts: ColumnTexts | None) -> Column:
    return replace(column, label=texts.label, choices=_choices(column.choices, texts.choices)) if texts else column


def _choices(choices: Iterable[Choice], labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(replace(choice, label=labels.get(choice.value, choice.label)) for choice in choices)


def untranslated(language: Language, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """What a language lacks, as list and name; a text within a question counts for the question.

    Units are wanted of every language; of measures only those that the interview tells.
    """
    units = {question.unit for question in rulebook.questions.values()}
    units |= {column.unit for question in rulebook.questions.values() for column in question.columns}
    yield from (("units", unit) for unit in sorted(units - {""}) if unit not in language.units)
    if not language.has_texts():
        return
    for name, question in rulebook.questions.items():
        texts = language.questions.get(name)
        if texts is None or not _is_whole(question, texts):
            yield "questions", name
    frame = rulebook.frame
    wanted = {
        "sections": [section.name for section in rulebook.sections],
        "patterns": [pattern.name for pattern in frame.patterns],
        "preparations": [preparation.name for preparation in frame.preparations],
        "verdicts": [verdict.name for verdict in frame.verdicts],
        "erosion": [*frame.erosion.titles],
        "measures": [*frame.capacity.values()],
        "rules": [*rulebook.rules],
    }
    for list_name, names in wanted.items():
        yield from ((list_name, name) for name in names if name not in getattr(language, list_name))


def _is_whole(question: Question, texts: QuestionTexts) -> bool:
    columns = {column.name: column for column in question.columns}
    return (
        bool(texts.label) >= bool(question.label)
        and {choice.value for choice in question.choices} <= {*texts.choices}
        and {*columns} <= {*texts.columns}
        and all({c.value for c in columns[name].choices} <= {*texts.columns[name].choices} for name in columns)
    )
