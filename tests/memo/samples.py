"""Advice and memos on the sample profiles, made once for each language."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from advisor.advice import Advice, Adviser
from advisor.profile import Profile, read_profile
from advisor.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
PROFILES = sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))
GOLDEN = ("article-example", "healthy-insurer", "ikea", "klarna-2024", "no-net-saving")


@cache
def rulebook(language: str = "en") -> Rulebook:
    return Rulebook.load(ROOT / "rules") if language == "en" else rulebook().in_language(language)


@cache
def adviser(language: str = "en") -> Adviser:
    return Adviser(rulebook(language), "plain")


@cache
def profile(name: str) -> Profile:
    return read_profile(ROOT / "profiles" / f"{name}.yaml", rulebook().questions)


@cache
def bare_advice(name: str, language: str = "en") -> Advice:
    """The advice alone, for what does not say what would change it."""
    return adviser(language).advise(profile(name))


@cache
def advice(name: str, language: str = "en") -> Advice:
    """The advice as a memo is written from it, but for the outlook."""
    maker = adviser(language)
    return maker.with_tripwires(maker.with_flips(bare_advice(name, language)))


@cache
def advice_with_outlook(name: str, language: str = "en") -> Advice:
    return adviser(language).with_outlook(advice(name, language))


def several(*names: str) -> Profile:
    """The only units of some profiles as units of one organisation, that of the first."""
    profiles = [profile(name) for name in names]
    return replace(profiles[0], units=tuple(each.units[0] for each in profiles))
