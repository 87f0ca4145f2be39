"""Staff answers that could be traced to a person are taken out before anything reads or shows them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from advisor.profile import Answer, Frozen, Profile, Unit
from advisor.rulebook import Rulebook
from advisor.rulebook.model import StaffAnswers


def without_traceable_answers(profile: Profile, rulebook: Rulebook) -> Profile:
    """The profile in which staff answers of too few people are unknown, with a note that says why."""
    return replace(profile, units=tuple(withheld_answers(unit, rulebook) for unit in profile.units))


def withheld_answers(unit: Unit, rulebook: Rulebook) -> Unit:
    """The same for one unit."""
    policy = rulebook.frame.staff_answers
    return unit if policy is None else _unit(unit, policy, rulebook)


def _unit(unit: Unit, policy: StaffAnswers, rulebook: Rulebook) -> Unit:
    counts = (_at_least(unit.answers.get(name)) for name in (policy.respondents, policy.team))
    if all(count is None or count >= rulebook.parameters[policy.minimum].value for count in counts):
        return unit
    withheld = Answer("unknown", note=policy.note)
    return replace(
        unit,
        answers=Frozen(
            {
                name: withheld if rulebook.questions[name].who == "staff" and answer.state == "answered" else answer
                for name, answer in unit.answers.items()
            }
        ),
    )


def _at_least(answer: Answer | None) -> Decimal | None:
    if answer is None or answer.state != "answered":
        return None
    people = answer.low if answer.value is None else answer.value
    assert isinstance(people, Decimal)
    return people
