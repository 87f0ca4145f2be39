"""One answer in any of its forms: bare, with its evidence, unknown, not applicable."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import cast

from advisor.profile.model import EVIDENCES, Answer, Evidence
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
from advisor.rulebook.model import Question

FORM = ("value", "low", "high", "evidence", "source", "as_of", "note", "not_applicable")
_NOT_APPLICABLE = {"n/a", "na", "n.a.", "not applicable", "not_applicable"}


def read_answer(node: Node, question: Question, problems: Collector) -> Answer | None:
    """Read an answer; None where it was reported."""
    if isinstance(node, Mapping):
        return _read_form(node, question, problems)
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


def _read_form(node: Mapping, question: Question, problems: Collector) -> Answer | None:
    fields = read_fields(node, FORM, f"the answer to {question.name}", problems)
    if "not_applicable" in fields:
        return _read_not_applicable(node, fields, question, problems)
    if "value" in fields and is_unknown(fields["value"]):
        return _read_unknown(node, fields, question, problems)
    low, high = _read_range(node, fields, question, problems)
    value = read_value(fields["value"], question, problems) if "value" in fields else None
    answer = Answer("answered", value, low, high, place=node.place)
    _check_order(answer, node.place, question, problems)
    return _with_evidence(answer, fields, question, problems)


def _read_not_applicable(
    node: Mapping, fields: dict[str, Node], question: Question, problems: Collector
) -> Answer | None:
    _only(node, fields, ("not_applicable",), f"{question.name} is not applicable", problems)
    reason = read_required_text(fields["not_applicable"], node.place, f"the reason for {question.name}", problems)
    return Answer("not_applicable", reason=reason, place=node.place)


def _read_unknown(node: Mapping, fields: dict[str, Node], question: Question, problems: Collector) -> Answer:
    _only(node, fields, ("value", "note"), f"{question.name} is unknown", problems)
    return Answer("unknown", note=_note(fields, question, problems), place=node.place)


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
