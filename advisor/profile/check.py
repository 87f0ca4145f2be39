"""The checks of the rulebook on a profile: what its answers must not say together."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.profile.dates import doubtful_dates
from advisor.profile.facts import facts_of
from advisor.profile.model import Answer, Profile, Unit
from advisor.profile.voices import hear
from advisor.reading import Collector, Place, Problem, did_you_mean, quote
from advisor.rulebook import Rulebook
from advisor.rulebook.constraint import Constraint


def check_profile(profile: Profile, rulebook: Rulebook) -> tuple[Problem, ...]:
    """Give the hints; raise `InvalidInput` with all errors where there are any."""
    found = [each for unit in profile.units for each in _broken(unit, rulebook)]
    errors = Collector()
    errors.add_all(problem for constraint, problem in found if constraint.check.severity == "error")
    errors.stop_if_any()
    unknown = (each for unit in profile.units for each in _unknown_steps(unit, rulebook))
    return (*profile.unnamed, *(problem for _, problem in found), *unknown, *doubtful_dates(profile, rulebook))


def unit_errors(unit: Unit, rulebook: Rulebook) -> list[Problem]:
    """What one unit says that no valid profile says."""
    return [problem for constraint, problem in _broken(unit, rulebook) if constraint.check.severity == "error"]


def _unknown_steps(unit: Unit, rulebook: Rulebook) -> Iterator[Problem]:
    """Reports on steps that no rule asks for: kept, since another rulebook may know them."""
    asking = [rule for rule in rulebook.rules.values() if rule.remedy]
    known = {name for rule in asking for name in (rule.id, rule.code) if name}
    for name, report in (unit.steps or {}).items():
        if name not in known:
            message = f"no rule {quote(name)} asks for a step{did_you_mean(name, known)}; the report on it stays"
            yield Problem(report.place or Place(f"unit {unit.name}"), "P062", message)


def _broken(unit: Unit, rulebook: Rulebook) -> Iterator[tuple[Constraint, Problem]]:
    unit = hear(unit, rulebook).unit
    facts = facts_of(unit, rulebook)
    for constraint in rulebook.constraints:
        if constraint.is_broken(facts):
            answers = {name: unit.answers[name] for name in constraint.questions if name in unit.answers}
            code = "P060" if constraint.check.severity == "error" else "P061"
            places = [_place(answer, unit) for answer in answers.values()]
            lines = ["" if len(places) == 1 else _line(place) for place in places]
            names = " and ".join(f"{name}{line}" for name, line in zip(answers, lines, strict=True))
            yield constraint, Problem(places[0], code, f"{names}: {constraint.message(facts)}")


def _place(answer: Answer, unit: Unit) -> Place:
    return answer.place or Place(f"unit {unit.name}")


def _line(place: Place) -> str:
    return f" (line {place.line})" if place.line else ""
