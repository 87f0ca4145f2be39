"""Trying answers: ``--set NAME=VALUE`` on top of a profile, without touching its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.profile.answers import read_answer
from advisor.profile.earlier import not_asked
from advisor.profile.model import Answer, Profile
from advisor.profile.values import UNKNOWN
from advisor.profile.write import with_changes
from advisor.reading import Collector, Node, Place, Scalar, Sequence, did_you_mean, quote
from advisor.reading.text_file import unwanted_character
from advisor.rulebook.model import Question
from advisor.rulebook.questionnaire import Questionnaire

_NOT_APPLICABLE = ("n/a", "not_applicable")
_REASON = "tried with --set"
_YES_NO = {"yes": "true", "no": "false"}
"""A profile refuses these words, which readers of YAML take for different things; a command line has one reader."""


def with_answers(
    profile: Profile, settings: Mapping[str, str], questions: Questionnaire, unit: str | None = None
) -> Profile:
    """Give the profile with answers set, in the named unit or in all units.

    A value is written as in a profile, several choices with commas; also ``unknown``, ``n/a``, and ``yes`` or ``no``
    for a yes/no question. A question may be given by an old name. A tried answer replaces the old one with its
    evidence, counts as stated, and is marked.
    """
    problems = Collector()
    settings = _in_todays_names(settings, questions, problems)
    read = {name: _answer(name, text.strip(), questions, problems) for name, text in settings.items()}
    problems.stop_if_any()
    changes = {name: answer and replace(answer, tried=settings[name].strip()) for name, answer in read.items()}
    for name in [unit] if unit is not None else [known.name for known in profile.units]:
        profile = with_changes(profile, name, changes, "--set")
    return profile


def _in_todays_names(settings: Mapping[str, str], questions: Questionnaire, problems: Collector) -> dict[str, str]:
    said: dict[str, str] = {}
    for name in settings:
        today = questions.renamed.get(name, name)
        if today in said:
            message = f"{quote(said[today])} and {quote(name)} are one, called '{today}' today; give it one value"
            problems.add(Place("--set"), "P039", message)
        said.setdefault(today, name)
    return {today: settings[name] for today, name in said.items()}


def _answer(name: str, text: str, questions: Questionnaire, problems: Collector) -> Answer | None:
    place = Place(f"--set {name}")
    question = questions.get(name)
    unwanted = unwanted_character(text)
    if name in questions.not_asked:
        problems.add(Place("--set"), "P020", not_asked(name, questions.not_asked[name]))
    elif question is None:
        hint = did_you_mean(name, questions) or "; 'advisor profile new' lists all questions"
        problems.add(Place("--set"), "P020", f"there is no question {quote(name)}{hint}")
    elif unwanted:
        problems.add(place, "Y007", unwanted)
    elif not text and question.type != "choices":
        problems.add(place, "P006", f"nothing is written after {name}=; write a value, unknown or n/a")
    elif text in _NOT_APPLICABLE and all(choice.value != text for choice in question.choices):
        return Answer("not_applicable", reason=_REASON, place=place)
    elif question.type == "table" and text != UNKNOWN:
        problems.add(place, "P041", f"{name} is a table; write its rows into the profile")
    else:
        return read_answer(_node(text, question, place), question, problems)
    return None


def _node(text: str, question: Question, place: Place) -> Node:
    if question.type == "yes_no":
        text = _YES_NO.get(text.lower(), text)
    if question.type != "choices" or text == UNKNOWN:
        return Scalar(text, False, place)
    words = text.removeprefix("[").removesuffix("]").split(",")
    return Sequence(tuple(Scalar(word.strip(), False, place) for word in words if word.strip()), place)
