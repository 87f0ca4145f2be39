"""Several profiles of one client as one: what each adds, and where they say different things.

Nothing is overwritten: of two different statements the earlier profile's stays, and the other one becomes a comment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import yaml

from advisor.profile.aside import answers_aside, unread_aside, write_aside
from advisor.profile.extend import add_comments, add_units
from advisor.profile.layout import NotEditable
from advisor.profile.merge_plan import Plan
from advisor.profile.model import Frozen, Profile, Unit, Voice
from advisor.profile.piecewise import edit_units
from advisor.profile.read import read_profile
from advisor.profile.speaker import speakers
from advisor.profile.write import profile_as_yaml
from advisor.reading import InvalidInput, Problem, compose
from advisor.rulebook.model import Respondent
from advisor.rulebook.questionnaire import Questionnaire

_NOT_TAKEN = re.compile(r"^# not taken from .*$", re.MULTILINE)
_LEFT_OUT = re.compile(r"^# (?:set aside|not taken from)[ :].*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged profile and its text.

    `conflicts` name two statements of which the earlier one was taken, `notes` what else a person should know. The
    comments of the first profile are in the text where its layout allows (`comments_kept`).
    """

    text: str
    profile: Profile
    conflicts: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    comments_kept: bool = True


def merge(
    texts: Mapping[str, str],
    questions: Questionnaire,
    unit: str | None = None,
    role: Respondent | None = None,
) -> Merged:
    """Merge the texts of profiles, by their file names, into the first; only one unit of them where it is named.

    With `role` what the other profiles record is what a respondent of that role says.

    Raises `InvalidInput` with all that is wrong in any of them, and where they are of different organisations.
    """
    merger = _Merger(texts, questions)
    merger.read()
    profiles = merger.profiles
    (first, *others) = texts
    plan = Plan(profiles[first], compose(texts[first], first), questions)
    added: dict[str, Profile] = {}
    for other in others:
        added[other] = profiles[other] if role is None else _said_by(role, profiles[other], questions)
        plan.add(added[other], compose(texts[other], other), unit)
    merged = merger.merged(plan, first, added, unit)
    read_profile(merged.text, questions, "<merged>")  # all together there may be more than a profile holds
    return merged


def _said_by(role: Respondent, profile: Profile, questions: Questionnaire) -> Profile:
    """The profile in which the answers of each unit are those of one respondent."""

    def said(unit: Unit) -> Unit:
        answers = {name: answer for name, answer in unit.answers.items() if questions[name].is_asked}
        if not answers and not unit.kept:
            return replace(unit, answers=Frozen())
        place = next((answer.place for answer in answers.values()), None)
        voice = Voice(role, date=profile.engagement.date, answers=Frozen(answers), kept=unit.kept, place=place)
        return replace(unit, answers=Frozen(), kept=Frozen(), respondents=(voice, *unit.respondents))

    return replace(profile, units=tuple(map(said, profile.units)))


@dataclass(slots=True)
class _Merger:
    texts: Mapping[str, str]
    questions: Questionnaire
    profiles: dict[str, Profile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        """Read all of them; `InvalidInput` with all that is wrong in any."""
        for file, text in self.texts.items():
            try:
                self.profiles[file] = read_profile(text, self.questions, file)
            except InvalidInput as error:
                self.problems += error.problems
        if self.problems:
            raise InvalidInput(self.problems)

    def merged(self, plan: Plan, first: str, others: Mapping[str, Profile], unit: str | None) -> Merged:
        """The first text with all that the others add, and behind it what they keep as comments."""
        edited = self._edited(self.texts[first], plan)
        text = self._written_anew(self.texts[first], plan.profile) if edited is None else edited
        left_out: list[str] = []
        for file, other in others.items():
            for each in other.units:
                if unit is None or each.name.casefold() == unit.casefold():
                    text = self._with_aside(text, plan.unit(each.name), file, each)
            left_out += [*self._left_out(file), *plan.comments[file]]
        there = {*text.splitlines()}
        text = add_comments(text, [each for each in dict.fromkeys(left_out) if f"# {each}" not in there])
        return Merged(text, plan.profile, tuple(plan.conflicts), tuple(plan.notes), edited is not None)

    def _edited(self, text: str, plan: Plan) -> str | None:
        """The text with what is new put in; None where its layout does not allow it."""
        for unit_by_unit in (True, False):
            try:
                edited = _with_edits(text, plan, unit_by_unit=unit_by_unit)
                if self._says(edited, plan.profile):
                    return edited
            except (NotEditable, InvalidInput, yaml.YAMLError, ValueError):
                continue
        return None

    def _says(self, text: str, wanted: Profile) -> bool:
        """Whether a text says what is wanted; new answers also bring the version of the questions up to date."""
        said = read_profile(text, self.questions)
        return replace(said, questionnaire=wanted.questionnaire, notes=wanted.notes) == wanted

    def _written_anew(self, before: str, profile: Profile) -> str:
        kept = [line.removeprefix("# ").rstrip("\r") for line in _LEFT_OUT.findall(before)]
        return add_comments(profile_as_yaml(profile), kept)

    def _left_out(self, file: str) -> list[str]:
        """What another file holds as a comment only: what earlier merging left out, what cannot be read any more."""
        other = self.texts[file]
        lines = [*unread_aside(other, self.questions), *(line.rstrip() for line in _NOT_TAKEN.findall(other))]
        return [line.removeprefix("# ") for line in lines]

    def _with_aside(self, text: str, mine: Unit, file: str, theirs: Unit) -> str:
        """Keep what another profile has set aside, for whom it was: also where `theirs` says what that one records."""
        now = dict(zip(mine.respondents, speakers(mine), strict=True))
        was = self.profiles[file].unit(theirs.name) or theirs
        moved = {who: now[voice] for who, voice in zip(speakers(was), was.respondents, strict=True)}
        moved[None] = now[theirs.respondents[0]] if len(theirs.respondents) > len(was.respondents) else None
        for before, speaker in moved.items():
            there = answers_aside(text, mine.name, self.questions, speaker)
            found = answers_aside(self.texts[file], mine.name, self.questions, before)
            more = {name: answer for name, answer in found.items() if name not in there}
            text = write_aside(text, mine.name, more, self.questions, speaker) if more else text
        return text


def _with_edits(text: str, plan: Plan, *, unit_by_unit: bool) -> str:
    """The text after all edits; those of units in the text as a whole where they cannot be looked at one by one."""
    for edit in plan.head:
        text = edit(text)
    if unit_by_unit:
        text = edit_units(text, plan.edits)
    else:
        for edit in chain.from_iterable(plan.edits.values()):
            text = edit(text)
    new = plan.new_units()
    return add_units(text, new) if new else text
