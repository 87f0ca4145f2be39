"""Dates that can hardly be right beside that of the engagement, or in any profile of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from advisor.profile.model import Profile, Unit
from advisor.profile.months import whole_months
from advisor.reading import Place, Problem
from advisor.rulebook import Rulebook


class _Dated(NamedTuple):
    what: str
    day: date
    place: Place


def doubtful_dates(profile: Profile, rulebook: Rulebook) -> Iterator[Problem]:
    """Hints at dates after the engagement's, which is the memo's, and before the rulebook's `earliest_year`."""
    engagement, name = profile.engagement, rulebook.frame.earliest_year
    earliest = date.min.year if name is None else rulebook.parameters[name].value
    dates = [each for unit in profile.units for each in _dates(unit)]
    if engagement.date:
        place = profile.dated or Place("engagement")
        dates.insert(0, _Dated("the date of the engagement", engagement.date, place))
    for what, day, place in dates:
        if day.year < earliest:
            yield Problem(place, "P065", f"{what} is {day}, before {earliest}; correct the year")
        elif engagement.date and earliest <= engagement.date.year and day > engagement.date:
            message = f"{what} is {day}, after the date of the engagement, {engagement.date}; correct one of the two"
            yield Problem(place, "P064", message)
    if engagement.date:
        yield from _outgrown(profile, engagement.date, rulebook)


def _outgrown(profile: Profile, today: date, rulebook: Rulebook) -> Iterator[Problem]:
    """Hints at answers that grow by themselves and have done so between their own date and the engagement's."""
    growing = {name for name, question in rulebook.questions.items() if question.grows_monthly}
    for unit in profile.units:
        for name, answer in unit.answers.items():
            months = whole_months(answer.as_of, today) if name in growing and answer.as_of else 0
            if months and answer.state == "answered":
                passed = f"{months} months have" if months > 1 else "a month has"
                message = f"{name} is as of {answer.as_of}, and {passed} passed by the date of the engagement, {today}"
                place = answer.place or Place(f"unit {unit.name}")
                yield Problem(place, "P066", f"{message}; bring the answer and its date up to date")


def _dates(unit: Unit) -> Iterator[_Dated]:
    nowhere = Place(f"unit {unit.name}")
    voices = [(voice.answers, voice.place) for voice in unit.respondents]
    for answers, place in ((unit.answers, None), *voices):
        for name, answer in answers.items():
            if answer.as_of:
                yield _Dated(f"as_of of {name}", answer.as_of, answer.place or place or nowhere)
    for voice in unit.respondents:
        if voice.date:
            yield _Dated("the date of a respondent", voice.date, voice.place or nowhere)
    for name, report in (unit.steps or {}).items():
        if report.date:
            yield _Dated(f"the date of {name}", report.date, report.place or nowhere)
