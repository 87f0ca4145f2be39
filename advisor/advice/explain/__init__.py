"""Why something came out, or why not: lines at two depths, from the evaluated expressions themselves."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.adviser import Advice
from advisor.advice.explain.line import Line
from advisor.advice.explain.outcomes import Outcomes
from advisor.advice.explain.rules import Rules
from advisor.advice.explain.setting import Setting
from advisor.advice.explain.uses import Uses
from advisor.advice.naming import Subject, named

__all__ = ["Line", "explain"]


def explain(advice: Advice, name: str, *, steps: bool = False) -> list[Line]:
    """Explain what is called `name` for every unit; with `steps` down to every part of every expression and formula.

    Raises `NothingToExplain` where no thing or several are called so.
    """
    subjects = named(name, advice.rulebook)
    lines, currency = [], advice.profile.organisation.currency
    parts = zip(advice.units, advice.profile.units, advice.document.units, advice.used, strict=True)
    for known, unit, document, used in parts:
        voices = {each.question: each for each in used.voices}
        setting = Setting(known, unit, document, voices, currency, steps)
        rules = Rules(setting)
        lines.append(Line(unit.name, tuple(line for subject in subjects for line in _about(subject, setting, rules))))
    return lines


def _about(subject: Subject, setting: Setting, rules: Rules) -> Iterator[Line]:
    document, outcomes, rulebook = setting.document, Outcomes(setting, rules), setting.rulebook
    match subject.kind:
        case "pattern":
            yield from outcomes.pattern(next(each for each in document.patterns if each.pattern == subject.name))
        case "preparation":
            prepared = next(each for each in document.preparations if each.preparation == subject.name)
            yield from outcomes.preparation(prepared)
        case "verdict":
            yield from outcomes.verdict(subject.name or document.verdict)
        case "erosion":
            yield from outcomes.erosion()
        case "rule":
            yield rules.rule(rulebook.rules[subject.name])
        case "finding":
            yield from (rules.rule(rulebook.rules[rule]) for rule in rulebook.findings[subject.name])
        case "name":
            yield rules.names.in_full(subject.name)
            yield Uses(setting, rules).of(subject.name)
