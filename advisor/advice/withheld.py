"""The answers that count: voices become one, and staff answers that could be traced to a person are taken out.

This comes before anything reads, shows or embeds an answer. What leaves here holds no answer that could be traced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from advisor.advice.wording import filled
from advisor.phrases import phrases_in
from advisor.profile import Answer, Frozen, Profile, Unit, digest
from advisor.profile.voices import HeardQuestion, hear
from advisor.rulebook import Rulebook
from advisor.rulebook.model import StaffAnswers

_NOT_TOLD = "unknown"
"""In place of an answer to a question that is not asked any more: nothing counts it, and it may be of one person."""
StaffStanding = Literal["counted", "withheld", "unsure"]
"""Whether staff answers count, some are withheld, or nobody knows how many people gave them."""


@dataclass(frozen=True, slots=True)
class UsedUnit:
    """A unit with the answers that count, without respondents and without what answers that are not asked any more say.

    `voices` tell how answers of several came about, `withheld` are the questions whose staff answers were taken out.
    """

    unit: Unit
    voices: tuple[HeardQuestion, ...] = ()
    withheld: tuple[str, ...] = ()
    staff: StaffStanding = "counted"


@dataclass(frozen=True, slots=True)
class Shareable:
    """A profile as it may leave the house: everything that is shown or embedded anywhere comes from it.

    `profile` holds the answers that count, `units` tell for each of its units how they came about.
    """

    profile: Profile
    units: tuple[UsedUnit, ...]

    @property
    def digest(self) -> str:
        """The digest of what counts: from it nothing that was taken out can be guessed and proven."""
        return digest(replace(self.profile, units=tuple(map(_without_reasons, self.units))))


def shareable(profile: Profile, rulebook: Rulebook) -> Shareable:
    """The one way from what a client said to what others may see."""
    used = tuple(used_unit(unit, rulebook) for unit in profile.units)
    return Shareable(replace(profile, units=tuple(each.unit for each in used)), used)


def used_unit(given: Unit, rulebook: Rulebook) -> UsedUnit:
    """What counts of all that was said about a unit."""
    recorded = _staff_answers(given, rulebook) if are_withheld(given, rulebook) else []
    heard = hear(given, rulebook, recorded)
    said = {each.question for each in heard.questions if each.counts == "combined"}
    from_voices = [each.question for each in heard.questions if each.counts == "withheld"]
    withheld = tuple(dict.fromkeys([*(name for name in recorded if name not in said), *from_voices]))
    notes = {each.question: _contradiction(rulebook) for each in heard.questions if each.counts == "contradictory"}
    notes |= {name: _withheld(given.answers.get(name), rulebook) for name in withheld}
    kept = Frozen(dict.fromkeys(heard.unit.kept, _NOT_TOLD))
    unit = replace(heard.unit, answers=Frozen({**heard.unit.answers, **notes}), kept=kept)
    few = bool(recorded) or any(view.standing == "withheld" for each in heard.questions for view in each.views)
    return UsedUnit(unit, heard.questions, withheld, "withheld" if few else _standing(given, rulebook))


def _without_reasons(used: UsedUnit) -> Unit:
    """The unit without the words that say why an answer does not count: they go by language."""
    contradictory = (each.question for each in used.voices if each.counts == "contradictory")
    unknown = dict.fromkeys((*used.withheld, *contradictory), Answer("unknown"))
    return replace(used.unit, answers=Frozen({**used.unit.answers, **unknown}))


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


def _standing(given: Unit, rulebook: Rulebook) -> StaffStanding:
    """Whether somebody said how many people recorded staff answers are of."""
    policy = rulebook.frame.staff_answers
    if policy is None or not _staff_answers(given, rulebook):
        return "counted"
    return "counted" if any(True for _ in _people(hear(given, rulebook).unit, policy)) else "unsure"


def staff_notices(staff: StaffStanding, rulebook: Rulebook) -> list[str]:
    """That staff answers are withheld, or that nobody knows whether recorded ones have to be."""
    policy = rulebook.frame.staff_answers
    if policy is None or staff == "counted":
        return []
    return [filled(policy.notice if staff == "withheld" else policy.unsure, rulebook, {}, None)]


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
