"""The profile that a memo was made from against another one: which answers are not the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from advisor.profile import Answer, Profile, Unit
from advisor.profile.render import answer_as_yaml
from advisor.rulebook import Rulebook

_NOTHING = "nothing"


def profile_changes(then: Profile, now: Profile, rulebook: Rulebook) -> Iterator[str]:
    """Each difference in words, as far as both may be shown, in the order of the file."""
    for what in ("organisation", "engagement"):
        first, second = getattr(then, what), getattr(now, what)
        for each in fields(first):
            yield from _change(f"{what}, {each.name}", getattr(first, each.name), getattr(second, each.name))
    yield from _change("about", then.about, now.about)
    for unit in then.units:
        after = now.unit(unit.name)
        if after is None:
            yield f"the unit “{unit.name}” is gone"
        else:
            yield from (f"{unit.name}: {change}" for change in unit_changes(unit, after, rulebook))
    yield from (f"the unit “{unit.name}” is new" for unit in now.units if then.unit(unit.name) is None)


def unit_changes(then: Unit, now: Unit, rulebook: Rulebook) -> Iterator[str]:
    """The same for the answers of one unit, in the order of the questionnaire."""
    yield from _change("about", then.about, now.about)
    for name in rulebook.questions:
        yield from _change(name, _said(then.answers.get(name)), _said(now.answers.get(name)))


def _said(answer: Answer | None) -> str | None:
    return None if answer is None else answer_as_yaml(answer)


def _change(what: str, then: object, now: object) -> Iterator[str]:
    if then != now:
        yield f"{what}: {_NOTHING if then is None else then} then, {_NOTHING if now is None else now} now"
