"""The smallest counterexample that was found, as cases that `advisor rules test` runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from advisor.advice import Advice, Adviser
from advisor.assurance.read_expected import NO_VERDICT
from advisor.assurance.verify.obligations import Growth, Move, Obligation, Situation
from advisor.engines.completions import thresholds
from advisor.language import Fact
from advisor.language.values import is_inapplicable_fact, unknown_fact
from advisor.profile import Answer, Frozen, Organisation, Profile, Unit
from advisor.profile.facts import answer_of
from advisor.profile.render import answer_as_yaml, text_as_yaml
from advisor.rulebook import Rulebook

Facts = Mapping[str, Fact]
Holds = Callable[[Sequence[Facts]], bool]
_ORDERS = 6
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One profile, or two, as answers; `text` is the case file."""

    answers: tuple[Mapping[str, Answer], ...]
    text: str


def smallest(rulebook: Rulebook, found: Iterable[Sequence[Facts]], holds: Holds, kept: str | None) -> Sequence[Facts]:
    """Of the profiles (or pairs) found the one with the fewest answers after leaving out all that can be.

    `kept` is a question that is never left out. Numbers then become plain ones where that makes no difference.
    """
    tried = [
        _without_the_idle(rulebook, profiles, holds, Random(seed), kept)
        for profiles in found
        for seed in range(_ORDERS)
    ]
    best = min(tried, key=lambda profiles: len(_answered(rulebook, profiles)))
    return _plainer(rulebook, best, holds)


def _answered(rulebook: Rulebook, profiles: Sequence[Facts]) -> list[str]:
    return [name for name in rulebook.questions if any(_is_answered(rulebook, name, each) for each in profiles)]


def _is_answered(rulebook: Rulebook, name: str, facts: Facts) -> bool:
    return bool(facts[name] != unknown_fact(rulebook.scope[name].kind))


def _without_the_idle(
    rulebook: Rulebook, profiles: Sequence[Facts], holds: Holds, random: Random, kept: str | None
) -> Sequence[Facts]:
    """Leave out answers in halves, quarters, … and at last one by one, while what was found stays so."""
    names = [name for name in _answered(rulebook, profiles) if name != kept]
    random.shuffle(names)
    size = len(names)
    while size:
        for start in range(0, len(names), size):
            less = _changed(profiles, {n: unknown_fact(rulebook.scope[n].kind) for n in names[start : start + size]})
            if holds(less):
                profiles = less
        names = [name for name in names if name in _answered(rulebook, profiles)]
        size = min(size, len(names)) // 2 if size > 1 else 0
    return profiles


def _changed(profiles: Sequence[Facts], changes: Facts) -> Sequence[Facts]:
    return [{**each, **changes} for each in profiles]


def _plainer(rulebook: Rulebook, profiles: Sequence[Facts], holds: Holds) -> Sequence[Facts]:
    marks = thresholds(rulebook)
    for name in _answered(rulebook, profiles):
        fact, signature = profiles[0][name], rulebook.scope[name]
        same = all(each[name] == fact for each in profiles)
        if signature.kind != "number" or is_inapplicable_fact(fact) or not same:
            continue
        values = [*range(11), 50, 100, 1000, *(mark + step for mark in sorted(marks.get(name, ())) for step in (0, 1))]
        low, high = signature.low, signature.high
        for value in values:
            scaled = round(value * signature.scale)
            inside = (low is None or value >= low) and (high is None or value <= high)
            plainer = _changed(profiles, {name: (scaled, scaled)})
            if inside and holds(plainer):
                profiles = plainer
                break
    return profiles


def counterexample(obligation: Obligation, profiles: Sequence[Facts], adviser: Adviser) -> Counterexample:
    """The profiles as a case file; what is expected is what the default engine says today."""
    rulebook = adviser.rulebook
    answers = tuple(answers_of(facts, rulebook) for facts in profiles)
    parts = ["", "_before", "_after"][1 if len(answers) > 1 else 0 :]
    lines = [f"# Counterexample: {obligation.says}.", "# What is expected below is what comes out today.", "cases:"]
    for part, each in zip(parts, answers, strict=False):
        lines += _case(obligation, part, each, adviser.advise(_profile(each)))
    return Counterexample(answers, "\n".join(lines) + "\n")


def file_name(obligation: Obligation) -> str:
    """A name for the file of an obligation's counterexample, of its own for each."""
    return f"{_slug(obligation.says)}-{sha256(obligation.says.encode()).hexdigest()[:6]}.cases.yaml"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:_SHORT].rstrip("-")


def _profile(answers: Mapping[str, Answer]) -> Profile:
    return Profile(Organisation("counterexample"), (Unit("case", Frozen(answers)),))


def _case(obligation: Obligation, part: str, answers: Mapping[str, Answer], advice: Advice) -> list[str]:
    name = _slug(obligation.says).replace("-", "_")
    unit = advice.document.units[0]
    given = [f"      {question}: {answer_as_yaml(answer)}" for question, answer in answers.items()]
    preparations = ", ".join(f"{each.preparation}: {each.status}" for each in unit.preparations)
    return [
        f"  - name: counterexample_{name}{part}",
        f"    about: {text_as_yaml(obligation.says)}",
        "    given:" if given else "    given: {}",
        *given,
        "    expect:",
        f"      verdict: {unit.verdict or NO_VERDICT}",
        f"      erosion: {unit.erosion.level}",
        f"      recommended: [{', '.join(unit.recommended)}]",
        *([f"      preparations: {{{preparations}}}"] if preparations else []),
        *_findings(obligation, advice),
    ]


def _findings(obligation: Obligation, advice: Advice) -> list[str]:
    match obligation.about:
        case Situation() as situation:
            named = {"present": situation.holding, "absent": situation.not_holding}
        case Move():
            named = {}
        case Growth() as growth:
            truth = advice.units[0].evaluation.truth
            state = {True: "present", None: "open"}.get(truth[growth.rule], "absent")
            named = {state: (growth.rule,)}
    parts = [f"{state}: [{', '.join(rules)}]" for state, rules in named.items() if rules]
    return [f"      findings: {{{', '.join(parts)}}}"] if parts else []


def answers_of(facts: Facts, rulebook: Rulebook) -> dict[str, Answer]:
    """Facts as the answers that they came from."""
    found = {name: answer_of(facts[name], rulebook.scope[name]) for name in rulebook.questions}
    return {name: answer for name, answer in found.items() if answer is not None}
