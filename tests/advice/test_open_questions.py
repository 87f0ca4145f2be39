"""Which questions come first: those whose answers can still change what is advised."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import Profile, Rulebook, advise
from advisor.advice.model import UnitAdvice
from advisor.profile import read_profile

PROFILES = Path(__file__).parents[2] / "profiles"
RULEBOOK = Rulebook.load()
HOURS = {"ai_minutes_saved_per_case", "cases_per_day"}


def unit(name: str) -> UnitAdvice:
    return advise(Profile.load(PROFILES / f"{name}.yaml", RULEBOOK), RULEBOOK, "plain").document.units[0]


def test_without_any_hours_what_they_wait_for_comes_first() -> None:
    assert {each.question for each in unit("blank").open_questions[:2]} == HOURS
    known = unit("article-example")
    assert known.capacity["net_hours_per_day"] == 8
    assert known.open_questions[0].question == "volume_growth_12m_pct"


@pytest.mark.parametrize("name", ["hmrc-helplines", "klarna-2025", "neda-2023"])
def test_what_only_moves_an_excluded_pattern_comes_after_what_moves_another(name: str) -> None:
    given = unit(name)
    excluded = {each.pattern for each in given.patterns if each.excluded_by}
    assert excluded
    ranked = [each for each in given.open_questions if each.question not in HOURS]
    useless = [bool(each.points) and set(each.points) <= excluded for each in ranked]
    useful = [bool(each.points) and not set(each.points) <= excluded for each in ranked]
    assert any(useful)
    assert any(useless)
    assert useless.index(True) > len(useful) - 1 - useful[::-1].index(True)


def test_a_total_is_not_asked_for_where_its_single_questions_are_answered_or_can_be() -> None:
    totals = {f"{each}_{who}" for each in ("clarity", "authority", "recognition") for who in ("mgr", "staff")}
    for name in ("healthy-insurer", "blank", "article-example"):
        assert totals.isdisjoint(each.question for each in unit(name).open_questions)


@pytest.mark.parametrize("said", ["{not_applicable: no such list}", "unknown"])
def test_a_total_is_asked_for_where_no_single_question_applies_or_nobody_knows_one(said: str) -> None:
    items = ("clarity_work_list", "clarity_value_estimated", "clarity_decided_before_golive", "clarity_hours_assigned")
    answers = ", ".join(f"{each}: {said}" for each in items)
    profile = f"advisor_profile: 1\norganisation: {{name: A}}\nunits: [{{name: B, answers: {{{answers}}}}}]\n"
    asked = advise(read_profile(profile, RULEBOOK.questions), RULEBOOK, "plain").document.units[0].open_questions
    assert "clarity_mgr" in {each.question for each in asked}
    assert "authority_mgr" not in {each.question for each in asked}
