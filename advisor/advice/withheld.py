"""The answers that count: voices become one, and staff answers that could be traced to a person are taken out.

This comes before anything reads or shows an answer. What leaves here holds no answer of a single respondent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from advisor.advice.wording import filled
from advisor.phrases import phrases_in
from advisor.profile import Answer, Frozen, Profile, Unit
from advisor.profile.voices import HeardQuestion, hear
from advisor.rulebook import Rulebook
from advisor.rulebook.model import StaffAnswers


@dataclass(frozen=True, slots=True)
class UsedUnit:
    """A unit with the answers that count, without respondents.

    `voices` tell how answers of several came about, `withheld` are the questions whose staff answers were taken out,
    `notices` what a reader has to know about the answers used.
    """

    unit: Unit
    voices: tuple[HeardQuestion, ...]
    withheld: tuple[str, ...]
    notices: tuple[str, ...]


def used_unit(given: Unit, rulebook: Rulebook) -> UsedUnit:
    """What counts of all that was said about a unit."""
    recorded = _staff_answers(given, rulebook) if are_withheld(given, rulebook) else []
    heard = hear(given, rulebook, recorded)
    said = {each.question for each in heard.questions if each.counts == "combined"}
    from_voices = [each.question for each in heard.questions if each.counts == "withheld"]
    withheld = tuple(dict.fromkeys([*(name for name in recorded if name not in said), *from_voices]))
    notes = {each.question: _contradiction(rulebook) for each in heard.questions if each.counts == "contradictory"}
    notes |= {name: _withheld(given.answers.get(name), rulebook) for name in withheld}
    unit = replace(heard.unit, answers=Frozen({**heard.unit.answers, **notes})) if notes else heard.unit
    few = bool(recorded) or any(view.standing == "withheld" for each in heard.questions for view in each.views)
    return UsedUnit(unit, heard.questions, withheld, tuple(_notices(given, rulebook, few=few)))


def without_traceable_answers(profile: Profile, rulebook: Rulebook) -> Profile:
    """The profile with the answers that count; staff answers of too few people are unknown, with a note why."""
    return replace(profile, units=tuple(used_unit(unit, rulebook).unit for unit in profile.units))


def are_withheld(given: Unit, rulebook: Rulebook) -> bool:
    """Whether recorded staff answers are of too few people, as far as anybody said how many there are."""
    policy = rulebook.frame.staff_answers
    if policy is None:
        return False
    minimum = rulebook.parameters[policy.minimum].value
    return any(people < minimum for people in _people(hear(given, rulebook).unit, policy))


def _contradiction(rulebook: Rulebook) -> Answer:
    voices = rulebook.frame.voices
    return Answer("unknown", note=voices.contradictory if voices else None)


def _withheld(recorded: Answer | None, rulebook: Rulebook) -> Answer:
    policy = rulebook.frame.staff_answers
    note = filled(policy.note, rulebook, {}, None) if policy else None
    tried = phrases_in(rulebook.spoken)("withheld.tried") if recorded and recorded.tried is not None else None
    return Answer("unknown", note=note, tried=tried)


def _notices(given: Unit, rulebook: Rulebook, *, few: bool) -> Iterator[str]:
    """That staff answers are withheld, or that nobody knows whether recorded ones have to be."""
    policy = rulebook.frame.staff_answers
    if policy is None:
        return
    if few:
        yield filled(policy.notice, rulebook, {}, None)
    elif _staff_answers(given, rulebook) and not any(True for _ in _people(hear(given, rulebook).unit, policy)):
        yield filled(policy.unsure, rulebook, {}, None)


def _staff_answers(unit: Unit, rulebook: Rulebook) -> list[str]:
    return [
        name
        for name, answer in unit.answers.items()
        if rulebook.questions[name].who == "staff" and answer.state == "answered"
    ]


def _people(unit: Unit, policy: StaffAnswers) -> Iterator[Decimal]:
    """The numbers of respondents and of the team that are stated; of a range the lower end."""
    for name in (policy.respondents, policy.team):
        answer = unit.answers.get(name)
        if answer is not None and answer.state == "answered":
            people = answer.low if answer.value is None else answer.value
            assert isinstance(people, Decimal)
            yield people
