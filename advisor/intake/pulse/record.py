"""Writing down what the staff say together: in a profile that there is, or in a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import yaml

from advisor.profile import Organisation, Profile, Unit, Voice, profile_as_yaml, read_profile
from advisor.profile.extend import add_respondents
from advisor.profile.layout import NotEditable
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Recorded:
    """The text of the profile, and the staff that it has besides who may be the same people."""

    text: str
    is_new: bool
    others: tuple[Voice, ...] = ()


def in_new_profile(voice: Voice, organisation: str, unit: str) -> str:
    """The text of a profile that says nothing else."""
    return profile_as_yaml(Profile(Organisation(organisation), (Unit(unit, respondents=(voice,)),)))


def recorded(text: str, file: str, unit: Unit, voice: Voice, questions: Questionnaire) -> Recorded:
    """Add a voice to a unit in the text of a profile; the rest stays as it is, byte by byte.

    The same voice is not added twice. The result is read again: it says what the text said before plus the voice.
    """
    others = tuple(each for each in unit.respondents if each.role == voice.role)
    if voice in others:
        return Recorded(text, False)
    before = read_profile(text, questions, file)
    heard = replace(unit, respondents=(*unit.respondents, voice))
    wanted = replace(before, units=tuple(heard if each.name == unit.name else each for each in before.units))
    try:
        added = add_respondents(text, unit.name, [voice])
        if read_profile(added, questions) == wanted:
            return Recorded(added, True, others)
    except (NotEditable, yaml.YAMLError, InvalidInput):
        pass
    message = "the file is laid out in a way that cannot be added to; write to a new file, and merge the two"
    raise InvalidInput([Problem(Place(file), "P050", message)])
