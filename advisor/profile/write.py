"""Writing profiles: answers into an existing text, or a profile as a new text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import yaml

from advisor.profile.edit import NotEditable, remove_answer, set_answer
from advisor.profile.model import Answer, Engagement, Frozen, Organisation, Profile, Unit
from advisor.profile.read import read_profile
from advisor.profile.render import answer_as_rows, answer_as_yaml, text_as_yaml
from advisor.profile.steps import steps_as_yaml
from advisor.reading import InvalidInput, Place, Problem, did_you_mean, quote
from advisor.rulebook.model import Question

_BY_HAND = "the file is laid out in a way that cannot be edited by program; write the answer into it by hand"


def write_answers(
    text: str, unit: str, changes: Mapping[str, Answer | None], questions: Mapping[str, Question], file: str = "<text>"
) -> str:
    """Set answers of a unit in the text of a profile, or remove them (None); the rest stays as it is, byte by byte.

    The result is read again: it says what the text said before plus the changes, or nothing is returned.
    """
    before = read_profile(text, questions, file)
    wanted = with_changes(before, unit, changes, file)
    for at_placeholder in (True, False):
        edited = _edited(text, unit, changes, at_placeholder)
        if edited is not None and _reads_as(edited, questions, wanted):
            return edited
    # Where an answer itself is wrong, this names what is wrong with it.
    read_profile(profile_as_yaml(wanted), questions, "<answers>")
    raise InvalidInput([Problem(Place(file), "P050", _BY_HAND)])


def with_changes(profile: Profile, unit: str, changes: Mapping[str, Answer | None], where: str) -> Profile:
    """Give the profile with answers of one unit set, or removed (None); ``where`` names a unit that is unknown."""
    if profile.unit(unit) is None:
        hint = did_you_mean(unit, [known.name for known in profile.units])
        raise InvalidInput([Problem(Place(where), "P040", f"there is no unit {quote(unit)}{hint}")])
    return replace(profile, units=tuple(_changed(u, changes) if u.name == unit else u for u in profile.units))


def _changed(unit: Unit, changes: Mapping[str, Answer | None]) -> Unit:
    answers = {**unit.answers, **changes}
    return replace(unit, answers=Frozen({name: answer for name, answer in answers.items() if answer is not None}))


def _edited(text: str, unit: str, changes: Mapping[str, Answer | None], at_placeholder: bool) -> str | None:
    try:
        for name, answer in changes.items():
            if answer is None:
                text = remove_answer(text, unit, name)
            else:
                text = set_answer(text, unit, name, answer, at_placeholder=at_placeholder)
    except (NotEditable, yaml.YAMLError, ValueError):
        return None
    return text


def _reads_as(text: str, questions: Mapping[str, Question], wanted: Profile) -> bool:
    try:
        return read_profile(text, questions) == wanted
    except InvalidInput:
        return False


def profile_as_yaml(profile: Profile) -> str:
    """Write a whole profile as a new text."""
    lines = ["advisor_profile: 1", *_about(profile.about, "")]
    lines += ["organisation:", *_fields(profile.organisation)]
    if profile.engagement != Engagement():
        lines += ["engagement:", *_fields(profile.engagement)]
    lines.append("units:")
    for unit in profile.units:
        lines += _unit(unit)
    return "\n".join(lines) + "\n"


def _fields(part: Organisation | Engagement) -> list[str]:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return [f"  {name}: {text_as_yaml(str(value))}" for name, value in values.items() if value is not None]


def _unit(unit: Unit) -> list[str]:
    lines = [f"  - name: {text_as_yaml(unit.name)}", *_about(unit.about, "    "), "    answers:"]
    for name, answer in unit.answers.items():
        lines.append(f"      {name}:" + (answer_as_rows(answer, 8) or " " + answer_as_yaml(answer)))
    lines += ["    steps:", *(f"      {line}" for line in steps_as_yaml(unit.steps))] if unit.steps else []
    return lines


def _about(text: str | None, indent: str) -> list[str]:
    return [f"{indent}about: {text_as_yaml(text)}"] if text else []
