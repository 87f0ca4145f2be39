"""From a profile to a workbook and back: the same profile, in every language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.profile import Frozen, Profile, digest
from tests.intake.books import SHIPPED, SMALL, made, read
from tests.intake.samples import profiles
from tests.shipped.answers import PROFILES


@given(profile=profiles(SMALL), language=st.sampled_from(["en", "de"]))
@settings(
    max_examples=settings().max_examples // 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_workbook_holds_what_the_profile_says(profile: Profile, language: str, tmp_path: Path) -> None:
    filled = read(made(profile, language), tmp_path)
    assert sorted_choices(filled.profile) == sorted_choices(profile)
    assert digest(filled.profile) == digest(profile)
    assert filled.notes == ()


def sorted_choices(profile: Profile) -> Profile:
    """The choices of one answer are a set: their order says nothing, in a profile as in a workbook."""

    def of_answer(answer):
        words = [word for word in answer.value if isinstance(word, str)] if isinstance(answer.value, tuple) else []
        return replace(answer, value=tuple(sorted(words))) if words else answer

    units = [
        replace(unit, answers=Frozen({name: of_answer(answer) for name, answer in unit.answers.items()}))
        for unit in profile.units
    ]
    return replace(profile, units=tuple(units))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_shipped_profile_comes_back(path: Path, tmp_path: Path) -> None:
    profile, language = Profile.load(path, SHIPPED), "de" if PROFILES.index(path) % 2 else "en"
    assert read(made(profile, language, SHIPPED), tmp_path, SHIPPED).profile == profile


def test_the_same_profile_gives_the_same_bytes() -> None:
    profile = Profile.load(PROFILES[0], SHIPPED)
    assert made(profile, rulebook=SHIPPED) == made(profile, rulebook=SHIPPED)


def test_a_workbook_for_one_respondent_holds_that_persons_answers_only(tmp_path: Path) -> None:
    profile = Profile.load(next(path for path in PROFILES if path.stem == "healthy-insurer"), SHIPPED)
    data = made(profile, "de", SHIPPED, "data_owner")
    found = read(data, tmp_path, SHIPPED).profile
    assert len(found.units) == len(profile.units) == 3
    for unit, whole in zip(found.units, profile.units, strict=True):
        wanted = {name: answer for name, answer in whole.answers.items() if SHIPPED.questions[name].who == "data_owner"}
        assert wanted
        assert unit.answers == Frozen(wanted)
