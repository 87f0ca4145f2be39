"""Outcomes and what they come to, as a person says them; `advisor.engines.outcomes` has their names."""

from __future__ import annotations

from advisor.advice.model import FindingResult, UnitAdvice
from advisor.engines.outcomes import EROSION, FIRST, PATTERN, PREPARATION, VERDICT
from advisor.phrases import phrases_in
from advisor.rulebook import Rulebook
from advisor.rulebook.model import NOT_ASSESSED


def outcome_title(outcome: str, rulebook: Rulebook) -> str:
    """What an outcome is called: the verdict, the first pattern, the erosion level, one pattern or preparation."""
    if outcome in (VERDICT, FIRST, EROSION):
        return phrases_in(rulebook.spoken)(f"outcome.{outcome}")
    frame = rulebook.frame
    titles = {PATTERN + each.name: each.title for each in frame.patterns}
    titles |= {PREPARATION + each.name: each.title for each in frame.preparations}
    return titles[outcome]


def outcome_word(outcome: str, word: str, rulebook: Rulebook) -> str:
    """What an outcome comes to: the title of a verdict, pattern or erosion level in quotes, a status as it is."""
    say, frame = phrases_in(rulebook.spoken), rulebook.frame
    if outcome.startswith(PREPARATION):
        return say(f"status.{word}")
    if outcome == EROSION:
        return say("word.quoted", words=erosion_title(word, rulebook))
    titles = {
        VERDICT: {each.name: each.title for each in frame.verdicts},
        FIRST: {each.name: each.title for each in frame.patterns},
    }.get(outcome, {})
    return say("word.quoted", words=titles[word]) if word in titles else say(f"outcome.{word}")


def erosion_title(level: str, rulebook: Rulebook) -> str:
    """The sentence on an erosion level; where the rulebook has none, the level itself."""
    if level in rulebook.frame.erosion.titles:
        return rulebook.frame.erosion.titles[level]
    return phrases_in(rulebook.spoken)("status.not_assessed") if level == NOT_ASSESSED else level


def erosion_said(unit: UnitAdvice, rulebook: Rulebook) -> str:
    """The sentence on a unit's erosion: its level, or that none can show yet."""
    waiting = erosion_waits(unit, rulebook)
    return waiting.title if waiting else erosion_title(unit.erosion.level, rulebook)


def erosion_waits(unit: UnitAdvice, rulebook: Rulebook) -> FindingResult | None:
    """The finding under which no erosion can show yet, where nothing else speaks for any."""
    rules = rulebook.findings.get(rulebook.frame.erosion.not_before or "", ())
    found = (each for each in unit.findings if each.id in rules and not each.provisional)
    return next(found, None) if unit.erosion.level == NOT_ASSESSED else None
