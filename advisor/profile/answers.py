"""One answer in any of its forms: bare, with its evidence, unknown, not applicable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias, cast

from advisor.profile.earlier import OF_VALUES, check_still_holds, in_todays_names, in_words, not_asked
from advisor.profile.model import EVIDENCES, Answer, Frozen
from advisor.profile.tally import read_people, read_tally
from advisor.profile.texts import (
    one_line,
    read_date,
    read_fields,
    read_paragraphs,
    read_required_text,
    read_scalar,
    read_text_field,
)
from advisor.profile.values import is_unknown, read_number, read_value
from advisor.reading import Collector, Mapping, Node, Place, Scalar, did_you_mean, quote
from advisor.rulebook.model import Evidence, Question
from advisor.rulebook.questionnaire import Questionnaire

FORM = ("value", "low", "high", "evidence", "source", "as_of", "note", "not_applicable")
SPOKEN_FORM = (*FORM, "people", "tally")
"""What an answer of a respondent may say."""
Read: TypeAlias = "Callable[[Node, Question, Collector], Answer | None]"
_NOT_APPLICABLE = {"n/a", "na", "n.a.", "not applicable", "not_applicable"}


def read_answers(node: Node | None, asked: Questionnaire, problems: Collector) -> Frozen[Answer]:
    """Read answers that are all to count, and are written today; what is wrong with them goes to `problems`."""
    for key, _ in node.entries if isinstance(node, Mapping) else ():
        if key.text in asked.not_asked:
            problems.add(key.place, "P020", f"{not_asked(key.text, asked.not_asked[key.text])}; remove it")
    return read_answers_of(node, asked, asked.version, problems)


def read_answers_of(
    node: Node | None, asked: Questionnaire, version: str | None, problems: Collector, read: Read | None = None
) -> Frozen[Answer]:
    """Read the answers that stand under `answers:`, each by `read`, as they were given to a version of them.

    Those to questions that are not asked any more are passed over.
    """
    if node is None or (isinstance(node, Scalar) and node.empty):
        return Frozen()
    if not isinstance(node, Mapping):
        problems.add(node.place, "P005", "answers needs lines of the form 'question: answer' here")
        return Frozen()
    answers = {}
    for key, value in in_todays_names(node, asked.renamed, problems).entries:
        if key.text in asked:
            answers[key.text] = _read_dated(key, value, asked, version, problems, read or read_answer)
        elif key.text not in asked.not_asked:
            hint = did_you_mean(key.text, asked) or "; 'advisor profile new' lists all questions"
            problems.add(key.place, "P020", f"there is no question {quote(key.text)}{hint}")
    return Frozen({name: answer for name, answer in answers.items() if answer})


def _read_dated(
    key: Scalar, value: Node, asked: Questionnaire, version: str | None, problems: Collector, read: Read
) -> Answer | None:
    """Read an answer that was given to a version of its question."""
    question, before = asked[key.text], len(problems)
    answer = read(value, question, problems)
    revised = asked.revisions(question.name, version)
    if revised:
        problems.say_more(before, OF_VALUES, in_words(revised))
    if answer:
        check_still_holds(answer, key.place, question, asked, version, problems)
    return answer


def read_answer(node: Node, question: Question, problems: Collector, *, spoken: bool = False) -> Answer | None:
    """Read an answer, `spoken` by a respondent or recorded; None where it was reported."""
    if isinstance(node, Mapping):
        return _read_form(node, question, problems, SPOKEN_FORM if spoken else FORM)
    if is_unknown(node):
        return Answer("unknown", place=node.place)
    if isinstance(node, Scalar) and _says_not_applicable(node, question):
        remedy = "say why: {not_applicable: the reason}"
        problems.add(node.place, "P029", f"{question.name}: {quote(node.text)} needs a reason; {remedy}")
        return None
    value = read_value(node, question, problems)
    return None if value is None else Answer("answered", value, place=node.place)


def _says_not_applicable(scalar: Scalar, question: Question) -> bool:
    word = one_line(scalar.text).lower()
    return word in _NOT_APPLICABLE and all(word not in (choice.value, *choice.was) for choice in question.choices)


def _read_form(node: Mapping, question: Question, problems: Collector, form: tuple[str, ...]) -> Answer | None:
    fields = read_fields(node, form, f"the answer to {question.name}", problems)
    if "not_applicable" in fields:
        return _read_not_applicable(node, fields, question, problems)
    if "value" in fields and is_unknown(fields["value"]):
        return _read_unknown(node, fields, question, problems)
    if "tally" in fields:
        return _read_tallied(node, fields, question, problems)
    low, high = _read_range(node, fields, question, problems)
    value = read_value(fields["value"], question, problems) if "value" in fields else None
    answer = Answer("answered", value, low, high, place=node.place)
    _check_order(answer, node.place, question, problems)
    return _with_evidence(answer, fields, question, problems)


def _read_not_applicable(
    node: Mapping, fields: dict[str, Node], question: Question, problems: Collector
) -> Answer | None:
    _only(node, fields, ("not_applicable", "people"), f"{question.name} is not applicable", problems)
    reason = read_required_text(fields["not_applicable"], node.place, f"the reason for {question.name}", problems)
    return Answer("not_applicable", reason=reason, people=_people(fields, question, problems), place=node.place)


def _read_unknown(node: Mapping, fields: dict[str, Node], question: Question, problems: Collector) -> Answer:
    _only(node, fields, ("value", "note"), f"{question.name} is unknown", problems)
    return Answer("unknown", note=_note(fields, question, problems), place=node.place)


def _read_tallied(node: Mapping, fields: dict[str, Node], question: Question, problems: Collector) -> Answer | None:
    instead = {"value", "low", "high"}
    _only(node, fields, tuple({*fields} - instead), f"{question.name} has a tally", problems)
    tally = read_tally(fields["tally"], question, problems)
    answer = Answer("answered", tally=tally, place=node.place)
    return _with_evidence(answer, fields, question, problems) if tally else None


def _people(fields: dict[str, Node], question: Question, problems: Collector) -> int | None:
    return read_people(fields["people"], f"people of {question.name}", problems) if "people" in fields else None


def _only(node: Mapping, fields: dict[str, Node], allowed: tuple[str, ...], because: str, problems: Collector) -> None:
    for key, _ in node.entries:
        if key.text in fields and key.text not in allowed:
            problems.add(key.place, "P031", f"{because}, so it can have no {quote(key.text)}; remove one of the two")


def _read_range(
    node: Mapping, fields: dict[str, Node], question: Question, problems: Collector
) -> tuple[Decimal | None, Decimal | None]:
    given = [key for key in ("low", "high") if key in fields]
    if not given and "value" not in fields:
        problems.add(node.place, "P004", f"the answer to {question.name} has no value; write value: …, or unknown")
    elif given and question.type != "number":
        place = fields[given[0]].place
        problems.add(place, "P026", f"{question.name} is not a number, so it can have no {given[0]}; write value: …")
    elif len(given) == 1:
        problems.add(node.place, "P026", f"{question.name} has {given[0]} alone; low and high come together")
    else:
        ends = [read_number(fields[key], question, problems) for key in given]
        return (ends[0], ends[1]) if ends else (None, None)
    return None, None


def _check_order(answer: Answer, place: Place, question: Question, problems: Collector) -> None:
    low, high, value = answer.low, answer.high, answer.value
    if low is None or high is None:
        return
    if low > high:
        problems.add(place, "P025", f"{question.name}: low {low:f} is above high {high:f}; exchange them")
    elif isinstance(value, Decimal) and not low <= value <= high:
        message = f"{question.name}: the value {value:f} is not between low {low:f} and high {high:f}; correct one"
        problems.add(place, "P025", message)


def _with_evidence(answer: Answer, fields: dict[str, Node], question: Question, problems: Collector) -> Answer:
    return replace(
        answer,
        evidence=_read_evidence(fields.get("evidence"), question, problems),
        source=read_text_field(fields.get("source"), f"the source of {question.name}", problems),
        as_of=read_date(fields.get("as_of"), f"as_of of {question.name}", problems),
        people=_people(fields, question, problems),
        note=_note(fields, question, problems),
    )


def _note(fields: dict[str, Node], question: Question, problems: Collector) -> str | None:
    return read_paragraphs(fields.get("note"), f"the note on {question.name}", problems)


def _read_evidence(node: Node | None, question: Question, problems: Collector) -> Evidence:
    scalar = read_scalar(node, f"the evidence of {question.name}", problems) if node else None
    if scalar and scalar.text not in EVIDENCES:
        hint = f"{did_you_mean(scalar.text, EVIDENCES)}; known are {', '.join(EVIDENCES)}"
        problems.add(scalar.place, "P030", f"{question.name}: {quote(scalar.text)} is no kind of evidence{hint}")
    return cast(Evidence, scalar.text) if scalar else "stated"
