"""Flips in words: what would change the verdict, a pattern, a preparation or the erosion level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.advice.adviser import Advice
from advisor.advice.explain import Line
from advisor.advice.flips import Flipper, Flips
from advisor.advice.naming import NothingToExplain
from advisor.advice.wording import shown
from advisor.engines.changes import Change
from advisor.engines.checked import CheckedEngine
from advisor.engines.outcomes import EROSION, FIRST, PATTERN, PREPARATION, VERDICT
from advisor.language import Fact
from advisor.profile.facts import facts_of
from advisor.reading import did_you_mean
from advisor.rulebook import Rulebook

_SIZES = {0: "no answer", 1: "one answer", 2: "two answers", 3: "three answers"}


def flip_lines(advice: Advice, name: str, engine: CheckedEngine) -> list[Line]:
    """For every unit the smallest sets of changeable answers that would change what `name` is."""
    flipper = Flipper(advice.rulebook, engine)
    outcome = _outcome(name, advice.rulebook)
    lines = []
    for unit in advice.profile.units:
        raw = facts_of(unit, advice.rulebook)
        flips = flipper.flips(raw, outcome)
        lines.append(Line(unit.name, tuple(_lines(flips, raw, advice))))
    return lines


def _outcome(name: str, rulebook: Rulebook) -> str:
    wanted, frame = name.strip().lower().replace(" ", "_"), rulebook.frame
    named = {VERDICT: VERDICT, EROSION: EROSION, FIRST: FIRST}
    named |= {pattern.name: PATTERN + pattern.name for pattern in frame.patterns}
    named |= {each.name: PREPARATION + each.name for each in frame.preparations}
    if wanted not in named:
        hint = did_you_mean(wanted, named) or f"; there are {', '.join(named)}"
        raise NothingToExplain(f"'{name}' is nothing that flips{hint}")
    return named[wanted]


def _lines(flips: Flips, raw: Mapping[str, Fact], advice: Advice) -> Iterator[Line]:
    yield Line(f"is now: {_said(flips.now)}")
    for flip in flips.flips:
        yield Line(f"would be {_said(flip.leads_to)} with", tuple(_change(each, raw, advice) for each in flip.changes))
    if not flips.flips:
        searched = f"of up to {_SIZES[flips.searched]}" if flips.searched > 1 else f"of {_SIZES[flips.searched]}"
        yield Line(f"no change {searched} that the client can change was found to change this")


def _said(word: str) -> str:
    return word.replace("_", " ")


def _change(change: Change, raw: Mapping[str, Fact], advice: Advice) -> Line:
    rulebook, currency = advice.rulebook, advice.profile.organisation.currency
    question = rulebook.questions[change.question]
    before, after = (
        shown(change.question, rulebook, {**raw, change.question: fact}, currency)
        for fact in (change.before, change.after)
    )
    return Line(f"{question.label or question.ask} {after} instead of {before} ({change.question})")
