"""A blank profile to fill in: every question as a comment, by section."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from advisor.profile.render import text_as_yaml
from advisor.profile.values import bounds
from advisor.rulebook.model import Choice, Column, Parameter, Question, Section

SCHEMA_FILE = "profile.schema.json"
_WIDTH = 100
_INDENT = " " * 6
_WHO = {"manager": "manager", "staff": "staff", "data_owner": "data owner"}
_HEAD = """\
# yaml-language-server: $schema={schema}
#
# Answer what you know: remove the '# ' before a question's name and write the answer after it.
# Leave the rest as it is; a question without an answer counts as not asked. An answer may also be
#   unknown                                      asked, and nobody here knows
#   {{not_applicable: why}}                        the question makes no sense for this work, and why
#   {{value: 3.2, low: 2.5, high: 4, evidence: measured, source: QA log, as_of: 2026-09-30, note: why}}
# low and high are for numbers; evidence is measured, documented, stated, estimated or inferred.
advisor_profile: 1
organisation:
  name: {organisation}
  # sector: insurance
  # country: DE
  # currency: EUR
engagement:
  # prepared_for:
  # prepared_by:
  # date: 2026-11-22
  # reference:
units:
  - name: {unit}
    answers:
"""


def blank_profile(
    questions: Mapping[str, Question],
    sections: Sequence[Section],
    *,
    organisation: str = "Name of the organisation",
    unit: str = "Name of the unit",
    schema: str = SCHEMA_FILE,
    parameters: Mapping[str, Parameter] = MappingProxyType({}),
) -> str:
    """Give the text of a profile without answers; it can be read, and answers find their places in it.

    ``schema`` is the path from the new file to the JSON Schema, for editors. Of ``parameters`` the values are shown.
    """
    questions = {name: _in_numbers(question, parameters) for name, question in questions.items()}
    head = _HEAD.format(schema=schema, organisation=text_as_yaml(organisation), unit=text_as_yaml(unit))
    return head + "".join(f"{line}\n" for section in sections for line in _section(section, questions))


def _in_numbers(question: Question, parameters: Mapping[str, Parameter]) -> Question:
    """The question, with the values of parameters in the condition under which it applies."""

    def value(match: re.Match[str]) -> str:
        return f"{parameters[match[0]].value:f}" if match[0] in parameters else match[0]

    applies = question.applies_when
    return question if applies is None else replace(question, applies_when=re.sub(r"\w+", value, applies))


def _section(section: Section, questions: Mapping[str, Question]) -> Iterator[str]:
    asked = [question for question in questions.values() if question.section == section.name]
    if asked:
        yield ""
        yield f"{_INDENT}# {f'-- {section.title} '.ljust(_WIDTH - 10, '-')}"
    for question in asked:
        yield ""
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    yield from _comment(question.ask, "# ")
    yield from _comment(question.help, "#   ")
    yield from _comment(f"{_form(question)}; asked of: {_WHO[question.who]}", "#   ")
    for choice in question.choices:
        yield from _comment(f"{choice.value}: {choice.label}", "#     ")
    for column in question.columns:
        yield from _comment(f"{column.name}: {column.label} ({_form(column)}{_words(column.choices)})", "#     ")
    if question.applies_when:
        yield from _comment(f"applies when {question.applies_when}", "#   ")
    yield f"{_INDENT}# {question.name}:"


def _form(asked: Question | Column) -> str:
    return {
        "number": f"number, {bounds(asked)}",
        "yes_no": "true or false",
        "choice": "one of",
        "choices": "a list of any of these, such as [a, b], or []",
        "table": "a list of rows, each {column: value, …}; a value may be unknown",
        "text": "text",
    }[asked.type]


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
