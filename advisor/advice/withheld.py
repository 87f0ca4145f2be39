"""Staff answers that could be traced to a person are taken out before anything reads, shows or embeds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from advisor.advice.wording import filled
from advisor.profile import Answer, Frozen, Profile, Unit, digest
from advisor.rulebook import Rulebook
from advisor.rulebook.model import StaffAnswers


@dataclass(frozen=True, slots=True)
class Shareable:
    """A profile as it may leave the house: everything that is shown or embedded anywhere comes from it.

    `withheld` names for each unit the staff answers that were taken out, `digest` is that of the profile as given.
    """

    profile: Profile
    withheld: tuple[tuple[str, ...], ...]
    digest: str


def shareable(profile: Profile, rulebook: Rulebook) -> Shareable:
    """The one way from what a client said to what others may see."""
    withheld = tuple(tuple(withheld_answers(unit, rulebook)) for unit in profile.units)
    return Shareable(without_traceable_answers(profile, rulebook), withheld, digest(profile))


def without_traceable_answers(profile: Profile, rulebook: Rulebook) -> Profile:
    """The profile in which staff answers of too few people are unknown, with a note that says why."""
    return replace(profile, units=tuple(unit_without_traceable_answers(unit, rulebook) for unit in profile.units))


def unit_without_traceable_answers(unit: Unit, rulebook: Rulebook) -> Unit:
    """The same for one unit."""
    policy = rulebook.frame.staff_answers
    return unit if policy is None else _unit(unit, policy, rulebook)


def are_withheld(unit: Unit, rulebook: Rulebook) -> bool:
    """Whether staff answers of this unit are of too few people, as far as anybody said how many there are."""
    policy = rulebook.frame.staff_answers
    if policy is None:
        return False
    minimum = rulebook.parameters[policy.minimum].value
    return any(people < minimum for people in _people(unit, policy))


def withheld_answers(given: Unit, rulebook: Rulebook) -> list[str]:
    """The answers of a unit that are taken out."""
    return _staff_answers(given, rulebook) if are_withheld(given, rulebook) else []


def notices(unit: Unit, withheld: Sequence[str], rulebook: Rulebook) -> list[str]:
    """That staff answers of a unit are withheld, or that nobody knows whether they have to be."""
    policy = rulebook.frame.staff_answers
    if policy is None:
        return []
    if withheld:
        return [filled(policy.notice, rulebook, {}, None)]
    is_known = not _staff_answers(unit, rulebook) or any(True for _ in _people(unit, policy))
    return [] if is_known else [filled(policy.unsure, rulebook, {}, None)]


def _unit(unit: Unit, policy: StaffAnswers, rulebook: Rulebook) -> Unit:
    note = filled(policy.note, rulebook, {}, None)
    taken_out = {
        name: Answer("unknown", note=note, tried=unit.answers[name].tried and "withheld")
        for name in withheld_answers(unit, rulebook)
    }
    return replace(unit, answers=Frozen({**unit.answers, **taken_out})) if taken_out else unit


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
