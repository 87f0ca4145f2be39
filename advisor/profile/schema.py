"""The JSON Schema of a profile, for editors and for other programs that write profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from advisor.profile.model import EVIDENCES, STEP_STATES
from advisor.profile.read import MOST_UNITS
from advisor.profile.respondents import MOST_RESPONDENTS
from advisor.profile.speaker import ROLES
from advisor.profile.tally import MOST_PEOPLE, TALLIED
from advisor.profile.texts import LONGEST_TEXT
from advisor.profile.values import MOST_ROWS, UNKNOWN, bounds
from advisor.rulebook.model import Choice, Column, Question
from advisor.rulebook.questionnaire import Questionnaire, old_names

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool"
_TEXT: Json = {"type": ["string", "number"], "pattern": r"\S", "maxLength": LONGEST_TEXT}
_OPTIONAL: Json = {"type": ["string", "number", "null"], "pattern": r"\S", "maxLength": LONGEST_TEXT}
_UNKNOWN: Json = {"const": UNKNOWN, "description": "Asked, and nobody here knows."}


def profile_schema(questions: Questionnaire) -> dict[str, Json]:
    """Give the JSON Schema (2020-12) of profiles that answer these questions.

    It is a little wider than the strict reader: it cannot see how a number is written, nor compare low with high. Like
    the reader it takes names and choices of earlier questionnaires, and marks them as deprecated.
    """
    top: dict[str, Json] = {
        "advisor_profile": {"const": 1, "description": "The version of the format."},
        "questionnaire": _VERSION,
        "about": _described(_OPTIONAL, "What this case is, and where it comes from."),
        "organisation": _ORGANISATION,
        "engagement": {"anyOf": [_ENGAGEMENT, {"type": "null"}]},
        "units": {"type": "array", "minItems": 1, "maxItems": MOST_UNITS, "items": {"$ref": "#/$defs/unit"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Client profile for advisor",
        **_object(top, required=("advisor_profile", "organisation", "units")),
        "$defs": {
            "unit": _unit(questions),
            "respondent": _respondent(questions),
            "people": {"type": "integer", "minimum": 1, "maximum": MOST_PEOPLE},
            "count": {"type": "integer", "minimum": 0, "maximum": MOST_PEOPLE},
            "not_applicable": _NOT_APPLICABLE,
            "unknown_noted": _UNKNOWN_NOTED,
        },
    }


def _object(properties: Mapping[str, Json], required: Sequence[str] = ()) -> dict[str, Json]:
    schema: dict[str, Json] = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def _described(schema: Json, description: str) -> Json:
    assert isinstance(schema, dict)
    return {**schema, "description": description}


def _code(letters: int, example: str) -> Json:
    return {"type": ["string", "null"], "pattern": f"^[A-Z]{{{letters}}}$", "description": f"Such as {example}."}


_VERSION: Json = {
    "type": ["string", "number", "null"],
    "pattern": r"^[0-9]+(\.[0-9]+){0,3}$",
    "description": "The version of the rulebook for whose questions the profile is written, such as 1.0.0.",
}
_DATE: Json = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}
_ORGANISATION: Json = _object(
    {
        "name": _TEXT,
        "sector": _OPTIONAL,
        "country": _code(2, "DE"),
        "currency": _code(3, "EUR"),
        "about": _OPTIONAL,
    },
    required=("name",),
)
_ENGAGEMENT: Json = _object(
    {"prepared_for": _OPTIONAL, "prepared_by": _OPTIONAL, "date": _DATE, "reference": _OPTIONAL}
)
_NOT_APPLICABLE: Json = _described(
    _object({"not_applicable": _TEXT}, required=("not_applicable",)),
    "The question makes no sense for this work, and why.",
)
_UNKNOWN_NOTED: Json = _object({"value": _UNKNOWN, "note": _OPTIONAL}, required=("value",))
_META: dict[str, Json] = {
    "evidence": {"enum": list(EVIDENCES)},
    "source": _OPTIONAL,
    "as_of": _DATE,
    "note": _OPTIONAL,
}


_PEOPLE: Json = {"$ref": "#/$defs/people"}
_COUNT: Json = {"$ref": "#/$defs/count"}
_STATE: Json = {"enum": list(STEP_STATES)}
_STEPS: Json = {
    "type": ["object", "null"],
    "description": "What was done of the steps of an earlier advice, by the id or code of the rule that asks for each.",
    "propertyNames": {"pattern": "^[A-Za-z][A-Za-z0-9-]{0,99}$"},
    "additionalProperties": {
        "anyOf": [_STATE, _object({"state": _STATE, "date": _DATE, "note": _OPTIONAL}, required=("state",))]
    },
}


def _unit(questions: Questionnaire) -> Json:
    answers = _answers(questions, {name: _answer(question) for name, question in questions.items()})
    respondents: Json = {"type": ["array", "null"], "maxItems": MOST_RESPONDENTS, "items": _RESPONDENT}
    return _object(
        {
            "name": _TEXT,
            "about": _OPTIONAL,
            "answers": answers,
            "respondents": _described(respondents, "What several people say; names of persons do not belong here."),
            "steps": _STEPS,
        },
        required=("name",),
    )


def _answers(questions: Questionnaire, asked: dict[str, Json]) -> dict[str, Json]:
    """What may stand under `answers:`: the questions of today, and those of earlier versions."""
    earlier: dict[str, Json] = {old: _renamed(name, asked[name]) for old, name in questions.renamed.items()}
    for old, gone in questions.not_asked.items():
        earlier[old] = {"deprecated": True, "description": f"Not asked any more since {gone.version}: {gone.why}"}
    return {**_object({**asked, **earlier}), "type": ["object", "null"]}


def _renamed(name: str, schema: Json) -> Json:
    assert isinstance(schema, dict)
    return {**schema, "deprecated": True, "description": f"Called {name} today."}


_RESPONDENT: Json = {"$ref": "#/$defs/respondent"}


def _respondent(questions: Questionnaire) -> Json:
    answers = _answers(
        questions, {name: _spoken(question) for name, question in questions.items() if question.is_asked}
    )
    return _object(
        {
            "role": {"enum": list(ROLES)},
            "people": _described(_PEOPLE, "How many people speak in this entry; 1 where nothing is said."),
            "date": _DATE,
            "note": _OPTIONAL,
            "answers": answers,
        },
        required=("role",),
    )


def _spoken(question: Question) -> Json:
    """An answer of a respondent: as a recorded one, or of so many people, or as a tally."""
    where = f"#/$defs/unit/properties/answers/properties/{question.name}"
    recorded: Json = {"$ref": where}
    value: Json = {"$ref": f"{where}/anyOf/0"}
    not_applicable = _object({"not_applicable": _TEXT, "people": _PEOPLE}, required=("not_applicable",))
    forms = [recorded, _form(question, value, {"people": _PEOPLE}), not_applicable]
    if question.type in TALLIED:
        words = [choice.value for choice in question.choices] or ["true", "false"]
        tally: Json = {**_object(dict.fromkeys(words, _COUNT)), "minProperties": 1}
        forms.append(_object({"tally": tally, "people": _PEOPLE, **_META}, required=("tally",)))
    return {"anyOf": forms}


def _answer(question: Question) -> Json:
    value = _value(question)
    forms: list[Json] = [value, _UNKNOWN, _form(question, value)]
    forms += [{"$ref": "#/$defs/not_applicable"}, {"$ref": "#/$defs/unknown_noted"}]
    return {"title": question.ask, "description": _description(question), "anyOf": forms}


def _description(question: Question) -> str:
    allowed = f" Number, {bounds(question)}." if question.type == "number" else ""
    return question.help + allowed + "".join(f"\n{choice.value}: {choice.label}" for choice in question.choices)


def _form(question: Question, value: Json, more: Mapping[str, Json] = MappingProxyType({})) -> Json:
    if question.type != "number":
        return _object({"value": value, **more, **_META}, required=("value",))
    ranged: dict[str, Json] = {"low": ["high"], "high": ["low"]}
    one_of: list[Json] = [{"required": ["value"]}, {"required": ["low"]}]
    form = _object({"value": value, "low": value, "high": value, **more, **_META})
    return {**form, "dependentRequired": ranged, "anyOf": one_of}


def _value(asked: Question | Column) -> Json:
    if asked.type == "number":
        return _number(asked)
    if asked.type == "yes_no":
        return {"type": "boolean"}
    if asked.type == "text":
        return _TEXT
    if isinstance(asked, Question) and asked.type == "table":
        return {"type": "array", "maxItems": MOST_ROWS, "items": _row(asked.columns)}
    if asked.type == "choices":
        return {"type": "array", "uniqueItems": True, "items": _choice(asked.choices)}
    return _choice(asked.choices)


def _choice(choices: Sequence[Choice]) -> Json:
    today: Json = {"enum": [choice.value for choice in choices]}
    old: list[Json] = list(old_names(choices))
    return {"anyOf": [today, {"enum": old, "deprecated": True}]} if old else today


def _row(columns: Sequence[Column]) -> Json:
    cells: dict[str, Json] = {column.name: {"anyOf": [_value(column), _UNKNOWN]} for column in columns}
    return _object({**cells, **{old: _renamed(name, cells[name]) for old, name in old_names(columns).items()}})


def _number(asked: Question | Column) -> Json:
    # `multipleOf` would refuse 0.07 in editors that calculate in floating point.
    schema: dict[str, Json] = {"type": "number" if asked.decimals else "integer"}
    if asked.minimum is not None:
        schema["minimum"] = _as_json(asked.minimum)
    if asked.maximum is not None:
        schema["maximum"] = _as_json(asked.maximum)
    return schema


def _as_json(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
