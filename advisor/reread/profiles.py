"""The profile that a memo was made from against another one: which answers are not the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from advisor.advice.withheld import Shareable, UsedUnit
from advisor.profile import Answer, Unit
from advisor.profile.render import answer_as_yaml
from advisor.profile.voices import HeardQuestion, only_said
from advisor.rulebook import Rulebook

_NOTHING = "nothing"


def profile_changes(before: Shareable, after: Shareable, rulebook: Rulebook) -> Iterator[str]:
    """Each difference in words, as far as both may be shown, in the order of the file."""
    found = list(_changes(before, after, rulebook))
    yield from found or (["only how something is said"] if before.digest != after.digest else [])


def _changes(before: Shareable, after: Shareable, rulebook: Rulebook) -> Iterator[str]:
    then, now = before.profile, after.profile
    for what in ("organisation", "engagement"):
        first, second = getattr(then, what), getattr(now, what)
        for each in fields(first):
            yield from _change(f"{what}, {each.name}", getattr(first, each.name), getattr(second, each.name))
    yield from _change("about", then.about, now.about)
    yield from _change("questionnaire", then.questionnaire, now.questionnaire)
    today = {used.unit.name: used for used in after.units}
    for used in before.units:
        name = used.unit.name
        if name in today:
            yield from (f"{name}: {change}" for change in unit_changes(used, today[name], rulebook))
        else:
            yield f"the unit “{name}” is gone"
    yield from (f"the unit “{unit.name}” is new" for unit in now.units if then.unit(unit.name) is None)


def unit_changes(before: UsedUnit, after: UsedUnit, rulebook: Rulebook) -> Iterator[str]:
    """The same for one unit: its answers in the order of the questionnaire, who says what, and the steps."""
    then, now = before.unit, after.unit
    yield from _change("about", then.about, now.about)
    for name in rulebook.asked:
        yield from _change(name, _said(then.answers.get(name)), _said(now.answers.get(name)))
    voices, others = ({each.question: each for each in used.voices} for used in (before, after))
    for name in rulebook.asked:
        if _views(voices.get(name)) != _views(others.get(name)):
            yield f"{name}: what the roles say has changed"
    for rule in dict.fromkeys([*(then.steps or ()), *(now.steps or ())]):
        yield from _change(f"the step {rule}", _reported(then, rule), _reported(now, rule))


def _views(heard: HeardQuestion | None) -> list[object]:
    """What each role says; the words behind it are not told."""
    return [
        (view.role, view.people, view.standing, view.answer and only_said(view.answer), view.tally)
        for view in (heard.views if heard else ())
    ]


def _reported(unit: Unit, rule: str) -> str | None:
    return unit.steps[rule].state if unit.steps and rule in unit.steps else None


def _said(answer: Answer | None) -> str | None:
    return None if answer is None else answer_as_yaml(answer)


def _change(what: str, then: object, now: object) -> Iterator[str]:
    if then != now:
        yield f"{what}: {_NOTHING if then is None else then} then, {_NOTHING if now is None else now} now"
