"""Writing down what the staff say together: in a profile that there is, or in a new one."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.profile import Organisation, Profile, Unit, Voice, profile_as_yaml
from advisor.profile.extend import write_voice
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
    return Recorded(write_voice(text, unit.name, voice, questions, file), True, others)
