"""Writing profiles: answers into an existing text, or a profile as a new text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import yaml

from advisor.profile.edit import remove_answer, set_answer, set_version
from advisor.profile.layout import NotEditable
from advisor.profile.model import Answer, Engagement, Frozen, Organisation, Profile, Unit, Voice
from advisor.profile.read import read_profile
from advisor.profile.render import answer_as_rows, answer_as_yaml, text_as_yaml
from advisor.profile.steps import steps_as_yaml
from advisor.reading import InvalidInput, Place, Problem, did_you_mean, quote
from advisor.rulebook.questionnaire import Questionnaire

_BY_HAND = "the file is laid out in a way that cannot be edited by program; write the answer into it by hand"


def write_answers(
    text: str,
    unit: str,
    changes: Mapping[str, Answer | None],
    questions: Questionnaire,
    file: str = "<text>",
    voice: int | None = None,
) -> str:
    """Set answers of a unit in the text of a profile, or remove them (None); the rest stays as it is, byte by byte.

    With `voice` they are those of the respondent at this place among those of the unit.

    An answer that stands under an old name of its question takes the name of today. The text says from now on that it
    is written for this questionnaire, unless for a later one. The result is read again: it says what the text said
    before plus the changes, or nothing is returned.
    """
    before = read_profile(text, questions, file)
    wanted = with_changes(before, unit, changes, file, voice)
    text, wanted = up_to_date(text, wanted, questions)
    for at_placeholder in (True, False) if voice is None else (False,):
        edited = _edited(text, unit, changes, questions, voice, at_placeholder)
        if edited is not None and _reads_as(edited, questions, wanted):
            return edited
    # Where an answer itself is wrong, this names what is wrong with it.
    read_profile(profile_as_yaml(wanted), questions, "<answers>")
    raise InvalidInput([Problem(Place(file), "P050", _BY_HAND)])


def up_to_date(text: str, profile: Profile, questions: Questionnaire) -> tuple[str, Profile]:
    """A text and what it says, both for this version of the questions where they were for an earlier one."""
    if questions.version is None or not questions.is_older(profile.questionnaire):
        return text, profile
    return set_version(text, questions.version), replace(profile, questionnaire=questions.version)


def with_changes(
    profile: Profile, unit: str, changes: Mapping[str, Answer | None], where: str, voice: int | None = None
) -> Profile:
    """Give the profile with answers of one unit, or of one of its respondents, set or removed (None).

    ``where`` names a unit that is unknown.
    """
    if profile.unit(unit) is None:
        hint = did_you_mean(unit, [known.name for known in profile.units])
        raise InvalidInput([Problem(Place(where), "P040", f"there is no unit {quote(unit)}{hint}")])
    return replace(profile, units=tuple(_changed(u, changes, voice) if u.name == unit else u for u in profile.units))


def _changed(unit: Unit, changes: Mapping[str, Answer | None], voice: int | None) -> Unit:
    said = unit.said_by(voice)
    answers = {name: answer for name, answer in {**said, **changes}.items() if answer is not None}
    return unit.with_answers(Frozen(answers), voice)


def _edited(
    text: str,
    unit: str,
    changes: Mapping[str, Answer | None],
    questions: Questionnaire,
    voice: int | None,
    at_placeholder: bool,
) -> str | None:
    try:
        for name, answer in changes.items():
            names = questions.names(name)
            if answer is None:
                text = remove_answer(text, unit, names, voice)
            else:
                text = set_answer(text, unit, names, answer, voice, at_placeholder=at_placeholder)
    except (NotEditable, yaml.YAMLError, ValueError):
        return None
    return text


def _reads_as(text: str, questions: Questionnaire, wanted: Profile) -> bool:
    try:
        return read_profile(text, questions) == wanted
    except InvalidInput:
        return False


def profile_as_yaml(profile: Profile) -> str:
    """Write a whole profile as a new text."""
    lines = ["advisor_profile: 1"]
    lines += [f"questionnaire: {profile.questionnaire}"] if profile.questionnaire else []
    lines += _about(profile.about, "")
    lines += ["organisation:", *_fields(profile.organisation)]
    if profile.engagement != Engagement():
        lines += ["engagement:", *_fields(profile.engagement)]
    lines.append("units:")
    for unit in profile.units:
        lines += unit_as_yaml(unit)
    return "\n".join(lines) + "\n"


def _fields(part: Organisation | Engagement) -> list[str]:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return [f"  {name}: {text_as_yaml(str(value))}" for name, value in values.items() if value is not None]


def unit_as_yaml(unit: Unit) -> list[str]:
    """Write a unit as an item of a list, on lines."""
    lines = [f"  - name: {text_as_yaml(unit.name)}", *_about(unit.about, "    ")]
    lines += _answers(unit, "    ")
    lines += ["    respondents:"] if unit.respondents else []
    lines += [line for voice in unit.respondents for line in voice_as_yaml(voice, "      ")]
    return lines + (["    steps:", *(f"      {line}" for line in steps_as_yaml(unit.steps))] if unit.steps else [])


def voice_as_yaml(voice: Voice, indent: str) -> list[str]:
    """Write what people of one role say as an item of a list, on lines."""
    lines = [f"{indent}- role: {voice.role}"]
    lines += [f"{indent}  people: {voice.people}"] if voice.people > 1 else []
    lines += [f"{indent}  date: {voice.date.isoformat()}"] if voice.date else []
    lines += [f"{indent}  note: {text_as_yaml(voice.note)}"] if voice.note else []
    return lines + _answers(voice, indent + "  ")


def voice_in_line(voice: Voice) -> str:
    """The same on one line."""
    answers = [f"{name}: {answer_as_yaml(answer)}" for name, answer in voice.answers.items()]
    answers += [f"{name}: {text}" for name, text in voice.kept.items()]
    head = [
        line.strip().removeprefix("- ") for line in voice_as_yaml(replace(voice, answers=Frozen(), kept=Frozen()), "")
    ]
    return f"{{{', '.join(head[:-1])}, answers: {{{', '.join(answers)}}}}}"


def _answers(said: Unit | Voice, indent: str) -> list[str]:
    rows = len(indent) + 4
    written = (
        f"{indent}  {name}:" + (answer_as_rows(answer, rows) or " " + answer_as_yaml(answer))
        for name, answer in said.answers.items()
    )
    kept = (f"{indent}  {name}: {text}" for name, text in said.kept.items())
    return [f"{indent}answers:", *written, *kept]


def _about(text: str | None, indent: str) -> list[str]:
    return [f"{indent}about: {text_as_yaml(text)}"] if text else []
