"""One person among the respondents of a unit: the second manager, the first of the staff; nobody's name is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Self, get_args

from advisor.profile.model import Unit, Voice
from advisor.rulebook.model import Respondent

ROLES: tuple[Respondent, ...] = get_args(Respondent)
_TYPED = re.compile(r"(\w+)(?:-([1-9][0-9]{0,2}))?")


class NoSuchSpeaker(ValueError):
    """Nobody speaks at this number, and somebody would have to come before; the message says who would be next."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person by role and number: in the order of the file, of those entries that are of one person."""

    role: Respondent
    number: int = 1

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The person that a text such as ``manager-2`` names; the role alone is the first. None for any other text."""
        found = _TYPED.fullmatch(text)
        role = next((role for role in ROLES if found and found[1] == _word(role)), None)
        return cls(role, int(found[2] or 1)) if found and role else None

    def __str__(self) -> str:
        """As it is typed."""
        return f"{_word(self.role)}-{self.number}"

    def place(self, unit: Unit) -> int:
        """The place of this person's entry among the respondents: behind the last one for who comes next.

        Raises `NoSuchSpeaker` for a number beyond that.
        """
        own = [place for place, each in enumerate(speakers(unit)) if each is not None and each.role == self.role]
        if self.number > len(own) + 1:
            raise NoSuchSpeaker(f"{self} would be after {Speaker(self.role, len(own) + 1)}, who has not been heard yet")
        return own[self.number - 1] if self.number <= len(own) else len(unit.respondents)

    def beginning(self, unit: Unit, day: date) -> Unit:
        """The unit with an entry of this person; an empty one of that day where there is none yet."""
        there = self.place(unit) < len(unit.respondents)
        return unit if there else replace(unit, respondents=(*unit.respondents, Voice(self.role, date=day)))


def _word(role: Respondent) -> str:
    """The first word of a role, as it is typed."""
    return role.partition("_")[0]


def speakers(unit: Unit) -> list[Speaker | None]:
    """Who speaks in each entry of the respondents; None where several people do."""
    heard = dict.fromkeys(ROLES, 0)
    found: list[Speaker | None] = []
    for voice in unit.respondents:
        alone = _is_of_one_person(voice)
        heard[voice.role] += alone
        found.append(Speaker(voice.role, heard[voice.role]) if alone else None)
    return found


def _is_of_one_person(voice: Voice) -> bool:
    return voice.people == 1 and all(
        answer.tally is None and answer.people in (None, 1) for answer in voice.answers.values()
    )
