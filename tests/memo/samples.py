"""Advice and memos on the sample profiles, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from advisor.advice import Advice, Adviser
from advisor.engines.outcomes import FIRST, VERDICT
from advisor.profile import Profile, read_profile
from advisor.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
PROFILES = sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))
GOLDEN = ("article-example", "healthy-insurer", "ikea", "klarna-2024", "no-net-saving")


@cache
def rulebook() -> Rulebook:
    return Rulebook.load(ROOT / "rules")


@cache
def adviser() -> Adviser:
    return Adviser(rulebook(), "plain")


@cache
def profile(name: str) -> Profile:
    return read_profile(ROOT / "profiles" / f"{name}.yaml", rulebook().questions)


@cache
def advice(name: str) -> Advice:
    """The advice as a memo is written from it, but for the outlook."""
    return adviser().with_tripwires(adviser().with_flips(adviser().advise(profile(name)), (VERDICT, FIRST)))


@cache
def advice_with_outlook(name: str) -> Advice:
    return adviser().with_outlook(advice(name))
