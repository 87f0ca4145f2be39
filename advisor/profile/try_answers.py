"""Trying answers: ``--set NAME=VALUE`` on top of a profile, without touching its file."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.profile.answers import read_answer
from advisor.profile.model import Answer, Profile
from advisor.profile.values import UNKNOWN
from advisor.profile.write import with_changes
from advisor.reading import Collector, Node, Place, Scalar, Sequence, did_you_mean, quote
from advisor.reading.text_file import unwanted_character
from advisor.rulebook.model import Question

_NOT_APPLICABLE = ("n/a", "not_applicable")
_REASON = "tried with --set"


def with_answers(
    profile: Profile, settings: Mapping[str, str], questions: Mapping[str, Question], unit: str | None = None
) -> Profile:
    """Give the profile with answers set, in the named unit or in all units.

    A value is written as in a profile, several choices with commas; also ``unknown`` and ``n/a``. A tried answer
    replaces the old one with its evidence, and counts as stated.
    """
    problems = Collector()
    changes = {name: _answer(name, text, questions, problems) for name, text in settings.items()}
    problems.stop_if_any()
    for name in [unit] if unit is not None else [known.name for known in profile.units]:
        profile = with_changes(profile, name, changes, "--set")
    return profile


def _answer(name: str, text: str, questions: Mapping[str, Question], problems: Collector) -> Answer | None:
    place = Place(f"--set {name}")
    question = questions.get(name)
    unwanted = unwanted_character(text)
    if question is None:
        hint = did_you_mean(name, questions) or "; 'advisor profile new' lists all questions"
        problems.add(Place("--set"), "P020", f"there is no question {quote(name)}{hint}")
    elif unwanted:
        problems.add(place, "Y007", unwanted)
    elif text.strip() in _NOT_APPLICABLE and all(choice.value != text.strip() for choice in question.choices):
        return Answer("not_applicable", reason=_REASON, place=place)
    elif question.type == "table" and text.strip() != UNKNOWN:
        problems.add(place, "P041", f"{name} is a table; write its rows into the profile")
    else:
        return read_answer(_node(text.strip(), question, place), question, problems)
    return None


def _node(text: str, question: Question, place: Place) -> Node:
    if question.type != "choices" or text == UNKNOWN:
        return Scalar(text, False, place)
    words = text.removeprefix("[").removesuffix("]").split(",")
    return Sequence(tuple(Scalar(word.strip(), False, place) for word in words if word.strip()), place)
