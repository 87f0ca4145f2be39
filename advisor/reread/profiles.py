"""The profile that a memo was made from against another one: which answers are not the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from advisor.advice.withheld import Shareable, UsedUnit
from advisor.phrases import Phrases, phrases_in
from advisor.profile import Answer, Unit
from advisor.profile.render import answer_as_yaml
from advisor.profile.voices import HeardQuestion, only_said
from advisor.rulebook import Rulebook


def profile_changes(before: Shareable, after: Shareable, rulebook: Rulebook) -> Iterator[str]:
    """Each difference in words, as far as both may be shown, in the order of the file."""
    found = list(_changes(before, after, rulebook))
    only_words = phrases_in(rulebook.spoken)("verify.only_wording")
    yield from found or ([only_words] if before.digest != after.digest else [])


def _changes(before: Shareable, after: Shareable, rulebook: Rulebook) -> Iterator[str]:
    then, now, say = before.profile, after.profile, phrases_in(rulebook.spoken)
    for what in ("organisation", "engagement"):
        first, second = getattr(then, what), getattr(now, what)
        for each in fields(first):
            yield from _change(f"{what}, {each.name}", getattr(first, each.name), getattr(second, each.name), say)
    yield from _change("about", then.about, now.about, say)
    yield from _change("questionnaire", then.questionnaire, now.questionnaire, say)
    today = {used.unit.name: used for used in after.units}
    for used in before.units:
        name = used.unit.name
        if name in today:
            told = unit_changes(used, today[name], rulebook)
            yield from (say("verify.of_unit", unit=name, change=change) for change in told)
        else:
            yield say("verify.unit_gone", unit=name)
    yield from (say("verify.unit_new", unit=unit.name) for unit in now.units if then.unit(unit.name) is None)


def unit_changes(before: UsedUnit, after: UsedUnit, rulebook: Rulebook) -> Iterator[str]:
    """The same for one unit: its answers in the order of the questionnaire, who says what, and the steps."""
    then, now, say = before.unit, after.unit, phrases_in(rulebook.spoken)
    yield from _change("about", then.about, now.about, say)
    for name in rulebook.asked:
        yield from _change(name, _said(then.answers.get(name)), _said(now.answers.get(name)), say)
    voices, others = ({each.question: each for each in used.voices} for used in (before, after))
    for name in rulebook.asked:
        if _views(voices.get(name)) != _views(others.get(name)):
            yield say("verify.voices", question=name)
    for rule in dict.fromkeys([*(then.steps or ()), *(now.steps or ())]):
        yield from _change(say("verify.step", rule=rule), _reported(then, rule), _reported(now, rule), say)


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


def _change(what: str, then: object, now: object, say: Phrases) -> Iterator[str]:
    if then != now:
        first, second = (say("verify.nothing") if each is None else each for each in (then, now))
        yield say("verify.change", what=what, then=first, now=second)
