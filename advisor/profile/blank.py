"""A blank profile to fill in: every question as a comment, by section."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from advisor.profile.blank_texts import ENGLISH, BlankTexts
from advisor.profile.model import UNNAMED_ORGANISATION, UNNAMED_UNIT
from advisor.profile.render import text_as_yaml
from advisor.profile.values import bounds
from advisor.rulebook.model import Choice, Column, Parameter, Question, Section
from advisor.rulebook.questionnaire import Questionnaire

SCHEMA_FILE = "profile.schema.json"
_WIDTH = 100
_INDENT = " " * 6


def blank_profile(  # noqa: PLR0913 - two are what it is about, the rest is wording
    questions: Questionnaire,
    sections: Sequence[Section],
    *,
    organisation: str = UNNAMED_ORGANISATION,
    unit: str = UNNAMED_UNIT,
    schema: str = SCHEMA_FILE,
    parameters: Mapping[str, Parameter] = MappingProxyType({}),
    texts: BlankTexts = ENGLISH,
) -> str:
    """Give the text of a profile without answers; it can be read, and answers find their places in it.

    ``schema`` is the path from the new file to the JSON Schema, for editors. Of ``parameters`` the values are shown.
    ``texts`` are the comments around the questions, in the language of the questions.
    """
    version = f"questionnaire: {questions.version}\n" if questions.version else ""
    names = {"organisation": text_as_yaml(organisation), "unit": text_as_yaml(unit)}
    head = texts.head.format(schema=schema, questionnaire=version, **names)
    asked = {name: _in_numbers(question, parameters) for name, question in questions.items()}
    return head + "".join(f"{line}\n" for section in sections for line in _section(section, asked, texts))


def _in_numbers(question: Question, parameters: Mapping[str, Parameter]) -> Question:
    """The question, with the values of parameters in the condition under which it applies."""

    def value(match: re.Match[str]) -> str:
        return f"{parameters[match[0]].value:f}" if match[0] in parameters else match[0]

    applies = question.applies_when
    return question if applies is None else replace(question, applies_when=re.sub(r"\w+", value, applies))


def _section(section: Section, questions: Mapping[str, Question], texts: BlankTexts) -> Iterator[str]:
    asked = [question for question in questions.values() if question.section == section.name and question.is_asked]
    if asked:
        yield ""
        yield f"{_INDENT}# {f'-- {section.title} '.ljust(_WIDTH - 10, '-')}"
    for question in asked:
        yield ""
        yield from _question(question, texts)


def _question(question: Question, texts: BlankTexts) -> Iterator[str]:
    yield from _comment(question.ask, "# ")
    yield from _comment(question.help, "#   ")
    yield from _comment(f"{_form(question, texts)}; {texts.asked_of}: {texts.who[question.who]}", "#   ")
    for choice in question.choices:
        yield from _comment(f"{choice.value}: {choice.label}", "#     ")
    for column in question.columns:
        yield from _comment(f"{column.name}: {column.label} ({_form(column, texts)}{_words(column.choices)})", "#     ")
    if question.applies_when:
        yield from _comment(f"{texts.applies_when} {question.applies_when}", "#   ")
    yield f"{_INDENT}# {question.name}:"


def _form(asked: Question | Column, texts: BlankTexts) -> str:
    form = texts.forms[asked.type]
    if asked.type != "number":
        return form
    return f"{form}, {bounds(replace(asked, unit=texts.units.get(asked.unit, asked.unit)), texts.span)}"


def _words(choices: Sequence[Choice]) -> str:
    return (" " + ", ".join(choice.value for choice in choices)) if choices else ""


def _comment(text: str, mark: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=_INDENT + mark,
        subsequent_indent=_INDENT + mark,
        break_long_words=False,
        break_on_hyphens=False,
    )
